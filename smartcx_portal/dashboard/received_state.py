"""Data that other providers handed over at people's wish."""

import reflex as rx

from smartcx_portal.gate import event, say
from smartcx_portal.kit.language import N_
from smartcx_portal.privacy.receiving import Opened, Waiting, import_data, open_data, refuse_data, waiting_data
from smartcx_portal.tenancy import Permission, Work


class ReceivedState(rx.State):
    """`opened` is the one that is being looked at, or empty."""

    ready: bool = False
    waiting: list[Waiting] = []
    opened: Opened = Opened()

    @event(Permission.PRIVACY_CASES)
    def load(self, work: Work) -> None:
        """All that wait; none is open."""
        self.waiting, self.opened, self.ready = waiting_data(work), Opened(), True

    @event(Permission.PRIVACY_CASES)
    def look(self, work: Work, received_id: str) -> None:
        """Open one; that is written down."""
        self.opened = open_data(work, received_id)

    @event(Permission.PRIVACY_CASES)
    def take(self, work: Work) -> None:
        """Enter the person; the sender, and through it the person, is told."""
        import_data(work, self.opened.id)
        self._again(work)
        say(N_("Taken over. The person is entered here now, and can show by a code that it is them."))

    @event(Permission.PRIVACY_CASES)
    def refuse(self, work: Work) -> None:
        """Delete what was sent; the sender, and through it the person, is told."""
        refuse_data(work, self.opened.id)
        self._again(work)
        say(N_("Refused. What was sent is deleted, and the person sees it in the portal that it came from."))

    def _again(self, work: Work) -> None:
        self.waiting, self.opened = waiting_data(work), Opened()
