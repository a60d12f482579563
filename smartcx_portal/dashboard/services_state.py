"""All services: their order, copies, and the last change."""

from typing import Any

import reflex as rx

from smartcx_portal.bookings.copying import copy_service
from smartcx_portal.bookings.service_setup import ServiceRow, list_services, move_service
from smartcx_portal.dashboard.setup_state import SettingUp
from smartcx_portal.dashboard.setup_words import AT_THE_END, SORTED, entry_address, last_of
from smartcx_portal.gate import event, say
from smartcx_portal.kit.language import N_
from smartcx_portal.tenancy import Permission, Work

COPIED = N_("This is the copy. It is switched off: look it through, then switch it on.")


class ServicesState(SettingUp, rx.State):
    """`several_places` tells whether each service says where it is offered."""

    rows: list[ServiceRow] = []
    several_places: bool = False

    @event(Permission.CALENDAR_EDIT)
    def load(self, work: Work) -> None:
        """All services."""
        self._enter()
        self._show(work)
        self.ready = True

    @event(Permission.CALENDAR_EDIT)
    def move(self, work: Work, service_id: str, up: bool) -> None:
        """One step up or down."""
        say(SORTED if move_service(work, service_id, up=up) else AT_THE_END)
        self.answers += 1
        self._show(work)

    @event(Permission.CALENDAR_EDIT)
    def copy_it(self, work: Work, service_id: str) -> Any:
        """Copy a service, and go on to the copy."""
        made = copy_service(work, service_id)
        say(COPIED, stays=True)
        return rx.redirect(entry_address(work.lang, "service", made))

    def _after(self, work: Work, deed: str, result: Any) -> None:
        self._show(work)

    def _show(self, work: Work) -> None:
        self.rows, self.last = list_services(work), last_of(work)
        self.several_places = len({row.place for row in self.rows}) > 1
