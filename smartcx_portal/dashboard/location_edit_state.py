"""One place."""

from typing import Any

import reflex as rx

from smartcx_portal.bookings.changing import LastChange, undo_last_change
from smartcx_portal.bookings.location_setup import (
    list_locations,
    location_entries,
    new_location_entries,
    remove_location,
    save_location,
    zones,
)
from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.setup_words import NOTHING, SAVED, TAKEN_BACK, entry_in, last_of, told
from smartcx_portal.gate import event, say
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_
from smartcx_portal.tenancy import Permission, Work

ADDED = N_("The location is added.")
REMOVED = N_("The location is removed.")
OUT_OF_USE = N_("Services or resources belong to the location, so it stays in the list, out of use.")


class LocationEditState(rx.State):
    """`entries` are what the form begins with; `zones` what its zone is chosen from."""

    ready: bool = False
    id: str = ""
    form_id: str = ""
    title: str = ""
    entries: dict[str, str] = {}
    zones: list[str] = []
    problems: dict[str, str] = {}
    asking: bool = False
    last: LastChange = NOTHING

    @event(Permission.CALENDAR_EDIT)
    def load(self, work: Work) -> None:
        """The place that the address names, or a new one."""
        self.ready = False
        self.id, self.title, self.asking = entry_in(self.router.url.path), "", False
        self.zones = list(zones())
        self._begin(work)
        self.ready = True

    @event(Permission.CALENDAR_EDIT)
    def save(self, work: Work, form: dict[str, Any]) -> Any:
        """Keep the entries, or say what is wrong with them."""
        try:
            with work.attempt():
                save_location(work, self.id, form)
        except InvalidForm as wrong:
            self.problems = told(wrong, work.lang)
            return None
        if not self.id:
            say(ADDED, stays=True)
            return rx.redirect(room_address(work.lang, "locations"))
        self._show(work)
        say(SAVED)
        return None

    @event(Permission.CALENDAR_EDIT)
    def ask(self) -> None:
        """Before it is removed."""
        self.asking = True

    @event(Permission.CALENDAR_EDIT)
    def keep(self) -> None:
        """It stays."""
        self.asking = False

    @event(Permission.CALENDAR_EDIT)
    def remove(self, work: Work) -> Any:
        """Take it away, or out of use if anything belongs to it."""
        say(REMOVED if remove_location(work, self.id) else OUT_OF_USE, stays=True)
        return rx.redirect(room_address(work.lang, "locations"))

    @event(Permission.CALENDAR_EDIT)
    def undo(self, work: Work, change_id: str) -> Any:
        """Take the last change back; the form begins anew, unless the place itself went with the change."""
        undo_last_change(work, change_id)
        if self.id and self.id not in {one.id for one in list_locations(work)}:
            say(TAKEN_BACK, stays=True)
            return rx.redirect(room_address(work.lang, "locations"))
        self._begin(work)
        say(TAKEN_BACK)
        return None

    def _begin(self, work: Work) -> None:
        """With a form that shows what is saved."""
        self._show(work)
        self.form_id = f"{self.id or 'new'} {work.now.isoformat()}"

    def _show(self, work: Work) -> None:
        self.entries = location_entries(work, self.id) if self.id else new_location_entries(work)
        self.title, self.last, self.problems = self.entries["name"], last_of(work), {}
