"""Who waits for a time."""

import reflex as rx

from smartcx_portal.bookings.line import LineRow, line_rows, strike_out
from smartcx_portal.gate import event, say
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.tenancy import Permission, Work

ONE, MANY = N_("1 person waits"), N_("{number} people wait")


class WaitingListState(rx.State):
    """`removing` is the wish that a question is asked about."""

    ready: bool = False
    rows: list[LineRow] = []
    count: str = ""
    removing: str = ""
    removing_name: str = ""

    @event(Permission.BOOKINGS_READ)
    def load(self, work: Work) -> None:
        """All who wait, in the order in which they are asked."""
        self.removing = ""
        self._show(work)
        self.ready = True

    @event(Permission.BOOKINGS_CANCEL)
    def ask(self, entry_id: str, name: str) -> None:
        """Before somebody is taken off the list."""
        self.removing, self.removing_name = entry_id, name

    @event(Permission.BOOKINGS_READ)
    def keep(self) -> None:
        """They stay."""
        self.removing = ""

    @event(Permission.BOOKINGS_CANCEL)
    def remove(self, work: Work) -> None:
        """Take them off."""
        strike_out(work, as_id(self.removing))
        self.removing = ""
        self._show(work)
        say(N_("Taken off the waiting list."))

    def _show(self, work: Work) -> None:
        self.rows = line_rows(work)
        one = len(self.rows) == 1
        self.count = translate(work.lang, ONE if one else MANY).format(number=len(self.rows)) if self.rows else ""
