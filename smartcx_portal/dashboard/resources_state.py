"""All counters, people, rooms and devices: their order, and the last change."""

from typing import Any

import reflex as rx

from smartcx_portal.bookings.resource_setup import ResourceRow, list_resources, move_resource
from smartcx_portal.dashboard.setup_state import SettingUp
from smartcx_portal.dashboard.setup_words import AT_THE_END, SORTED, last_of
from smartcx_portal.gate import event, say
from smartcx_portal.tenancy import Permission, Work


class ResourcesState(SettingUp, rx.State):
    """`several_places` tells whether each resource says where it is."""

    rows: list[ResourceRow] = []
    several_places: bool = False

    @event(Permission.CALENDAR_EDIT)
    def load(self, work: Work) -> None:
        """All resources."""
        self._enter()
        self._show(work)
        self.ready = True

    @event(Permission.CALENDAR_EDIT)
    def move(self, work: Work, resource_id: str, up: bool) -> None:
        """One step up or down."""
        say(SORTED if move_resource(work, resource_id, up=up) else AT_THE_END)
        self.answers += 1
        self._show(work)

    def _after(self, work: Work, deed: str, result: Any) -> None:
        self._show(work)

    def _show(self, work: Work) -> None:
        self.rows, self.last = list_resources(work), last_of(work)
        self.several_places = len({row.place for row in self.rows}) > 1
