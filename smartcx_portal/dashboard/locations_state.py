"""All places: their order, and the last change."""

import reflex as rx

from smartcx_portal.bookings.changing import LastChange, undo_last_change
from smartcx_portal.bookings.location_setup import LocationRow, list_locations, move_location
from smartcx_portal.dashboard.setup_words import AT_THE_END, NOTHING, SORTED, TAKEN_BACK, last_of
from smartcx_portal.gate import event, say
from smartcx_portal.tenancy import Permission, Work


class LocationsState(rx.State):
    """`last` is what the undo button takes back."""

    ready: bool = False
    rows: list[LocationRow] = []
    last: LastChange = NOTHING
    moves: int = 0
    """So that every push of a button has an answer, also one that moves nothing."""

    @event(Permission.CALENDAR_EDIT)
    def load(self, work: Work) -> None:
        """All places."""
        self._show(work)
        self.ready = True

    @event(Permission.CALENDAR_EDIT)
    def move(self, work: Work, location_id: str, up: bool) -> None:
        """One step up or down."""
        say(SORTED if move_location(work, location_id, up=up) else AT_THE_END)
        self.moves += 1
        self._show(work)

    @event(Permission.CALENDAR_EDIT)
    def undo(self, work: Work, change_id: str) -> None:
        """Take the last change back."""
        undo_last_change(work, change_id)
        self._show(work)
        say(TAKEN_BACK)

    def _show(self, work: Work) -> None:
        self.rows, self.last = list_locations(work), last_of(work)
