"""A turn: one event of one tab, with what the gate has proven about it; shared by the gate's parts only."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from smartcx_portal.accounts.sessions import Proof
from smartcx_portal.tenancy import Actor, Permission, Work, open_work


@dataclass(frozen=True, slots=True)
class Asked:
    """What an event says about its tab, before anything is proven.

    `tab` is the hash of its key, `network` the keyed hash of its network, `slug` the tenant in the page's path.
    """

    tab: str
    token: str
    socket: str
    path: str
    slug: str
    lang: str
    network: str
    signed_in: bool
    renew: bool


@dataclass(frozen=True, slots=True)
class Proven:
    """What the database says to that: who acts for which tenant on this page; `proof` is the tab's session."""

    asked: Asked
    actor: Actor
    tenant_id: UUID | None
    proof: Proof | None = None
    suspended: bool = False

    @property
    def lost(self) -> bool:
        """Whether the tab was signed in and is no longer."""
        return self.asked.signed_in and self.proof is None


@dataclass(slots=True)
class Turn:
    """One event on its way. What a handler wishes for beyond its own vars waits here for the commit."""

    proven: Proven
    permission: Permission
    name: str
    return_to: str = ""
    new_key: str = ""
    replaces: bool = False
    over: bool = False
    leaves: dict[str, Any] = field(default_factory=dict)
    said: str = ""
    stays: bool = False
    follows: tuple[type, str] | None = None

    @contextmanager
    def open(self) -> Iterator[Work]:
        """The one transaction of this event."""
        asked = self.proven.asked
        with open_work(
            self.proven.actor,
            self.proven.tenant_id,
            lang=asked.lang,
            tab=asked.tab,
            network=asked.network,
            session_id=self.proven.proof.session_id if self.proven.proof else None,
        ) as work:
            yield work


_turn: ContextVar[Turn] = ContextVar("turn")


def begin_turn(turn: Turn) -> None:
    """From here on, in this task and the threads that it starts, this is the turn."""
    _turn.set(turn)


def this_turn() -> Turn:
    """The turn that the caller runs in; `LookupError` for code that did not come through the gate."""
    return _turn.get()
