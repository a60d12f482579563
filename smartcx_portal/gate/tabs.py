"""Which tabs are open at this process, what they show, and when their sessions end. Nothing of it is stored."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from smartcx_portal.gate.turn import Proven


@dataclass(frozen=True, slots=True)
class Tab:
    """One open tab: its session, and what it shows and wants to be told about."""

    tenant_id: UUID | None
    session_id: UUID | None
    ends_at: datetime | None
    lang: str
    page: type | None = None
    what: str = ""


class Tabs:
    """The open tabs by their token, and the sockets that have shown their tab's key."""

    def __init__(self) -> None:
        self.by_token: dict[str, Tab] = {}
        self.shown: set[str] = set()

    def note(self, proven: Proven, *, moved: bool) -> None:
        """Remember where a tab is; when it `moved` to another page, it no longer follows anything."""
        asked, proof = proven.asked, proven.proof
        before = self.by_token.get(asked.token)
        keep = before is not None and not moved
        self.by_token[asked.token] = Tab(
            tenant_id=proven.tenant_id,
            session_id=proof.session_id if proof else None,
            ends_at=proof.ends_at if proof else None,
            lang=asked.lang,
            page=before.page if before and keep else None,
            what=before.what if before and keep else "",
        )

    def follow(self, token: str, page: type, what: str) -> None:
        """This tab shows `what` on `page`."""
        if token in self.by_token:
            self.by_token[token] = replace(self.by_token[token], page=page, what=what)

    def following(self, page: type, tenant_id: UUID) -> dict[str, list[str]]:
        """The tokens of the tabs that show something of this tenant on `page`, by what they show."""
        found: dict[str, list[str]] = {}
        for token, tab in self.by_token.items():
            if tab.page is page and tab.tenant_id == tenant_id:
                found.setdefault(tab.what, []).append(token)
        return found

    def followed_tenants(self) -> set[UUID]:
        """The tenants of which some tab shows something."""
        return {tab.tenant_id for tab in self.by_token.values() if tab.page is not None and tab.tenant_id is not None}

    def ending(self, before: datetime) -> Iterator[tuple[str, Tab]]:
        """The tabs whose sessions end before that moment."""
        for token, tab in list(self.by_token.items()):
            if tab.ends_at is not None and tab.ends_at <= before:
                yield token, tab

    def keep_only(self, sockets: dict[str, str]) -> None:
        """Forget what is not among the connected `sockets` (socket to token)."""
        tokens = set(sockets.values())
        self.by_token = {token: tab for token, tab in self.by_token.items() if token in tokens}
        self.shown &= set(sockets)


tabs = Tabs()
"""Those of this process."""
