"""Titles of rows about data that goes to others or comes from them, and of who was told of a change."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.privacy import (
    PortalDraft,
    PullLink,
    ReceivedData,
    RecipientNotice,
    Told,
    Transfer,
    TransferState,
)
from smartcx_portal.models.tenant import SubProcessor, Tenant
from smartcx_portal.tenancy import Work

TOLD = {
    Told.FOLLOWS: N_("follows by itself at the next fetch"),
    Told.INFORMED: N_("was told"),
    Told.PENDING: N_("is being told"),
    Told.NOTHING: N_("holds none of it"),
}
HANDING_OVER = {
    TransferState.ASKED: N_("on its way"),
    TransferState.DELIVERED: N_("delivered, waits there to be taken over"),
    TransferState.IMPORTED: N_("taken over"),
    TransferState.REFUSED: N_("not taken over"),
    TransferState.LAPSED: N_("over, nobody took it over in time"),
}
FEEDS = N_("Calendars of the staff")
HANDED_OVER = N_("to {name}: {state}, {when}")
RECEIVED = N_("from {name}: {state}, {when}")
FETCHED = N_("made {made}, used {used}")
UNFETCHED = N_("made {made}, not used")
TYPED = N_("kept until {when}")


class HandedTitles:
    """Titles for one reader; `when` writes a moment in the tenant's zone. Part of `summaries.Summaries`."""

    def __init__(self, work: Work, lang: str, when: Callable[[Any], str]) -> None:
        self.work, self.lang, self._when = work, lang, when
        self.makers: dict[str, Callable[[Any], str]] = {
            "portal_draft": self._typed,
            "recipient_notice": self._told,
            "transfer": self._handed_over,
            "received_data": self._received,
            "pull_link": self._link,
        }

    def recipient(self, recipient: str) -> str:
        """The name behind `RecipientNotice.recipient`; the stored word if what it names is gone."""
        kind, _, number = recipient.partition(":")
        if kind == "transfer":
            sent = self.work.find(Transfer, as_id(number))
            return self._tenant(sent.to_tenant) if sent else recipient
        if kind == "feeds":
            return self._t(FEEDS)
        known = self.work.shared(SubProcessor.name).where(SubProcessor.key == recipient)
        return self.work.first(known) or recipient

    def _typed(self, row: PortalDraft) -> str:
        return self._t(TYPED).format(when=self._when(row.lapses_at))

    def _told(self, row: RecipientNotice) -> str:
        return f"{self.recipient(row.recipient)}: {self._t(TOLD[row.state])}, {self._when(row.at)}"

    def _handed_over(self, row: Transfer) -> str:
        return self._way(HANDED_OVER, self._tenant(row.to_tenant), row)

    def _received(self, row: ReceivedData) -> str:
        return self._way(RECEIVED, row.from_name, row)

    def _way(self, sentence: str, name: str, row: Transfer | ReceivedData) -> str:
        state, when = self._t(HANDING_OVER[row.state]), self._when(row.created_at)
        return self._t(sentence).format(name=name, state=state, when=when)

    def _link(self, row: PullLink) -> str:
        made = self._when(row.created_at)
        if row.used_at is None:
            return self._t(UNFETCHED).format(made=made)
        return self._t(FETCHED).format(made=made, used=self._when(row.used_at))

    def _tenant(self, tenant_id: UUID) -> str:
        return self.work.get(Tenant, tenant_id).name

    def _t(self, text: str) -> str:
        return translate(self.lang, text)
