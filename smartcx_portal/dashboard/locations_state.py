"""All places: their order, and the last change."""

from typing import Any

import reflex as rx

from smartcx_portal.bookings.location_setup import LocationRow, list_locations, move_location
from smartcx_portal.dashboard.setup_state import SettingUp
from smartcx_portal.dashboard.setup_words import AT_THE_END, SORTED, last_of
from smartcx_portal.gate import event, say
from smartcx_portal.tenancy import Permission, Work


class LocationsState(SettingUp, rx.State):
    """In the tenant's order."""

    rows: list[LocationRow] = []

    @event(Permission.CALENDAR_EDIT)
    def load(self, work: Work) -> None:
        """All places."""
        self._enter()
        self._show(work)
        self.ready = True

    @event(Permission.CALENDAR_EDIT)
    def move(self, work: Work, location_id: str, up: bool) -> None:
        """One step up or down."""
        say(SORTED if move_location(work, location_id, up=up) else AT_THE_END)
        self.answers += 1
        self._show(work)

    def _after(self, work: Work, deed: str, result: Any) -> None:
        self._show(work)

    def _show(self, work: Work) -> None:
        self.rows, self.last = list_locations(work), last_of(work)
