"""One service: its form, the preview of what it would offer, and its copy."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

import reflex as rx

from smartcx_portal.bookings.copying import copy_service
from smartcx_portal.bookings.field_setup import list_fields
from smartcx_portal.bookings.service_preview import Preview, preview_service
from smartcx_portal.bookings.service_setup import (
    coming_bookings,
    new_service_entries,
    remove_service,
    save_service,
    service_entries,
)
from smartcx_portal.bookings.serving import ServingRow, serving_of
from smartcx_portal.dashboard.services_state import COPIED
from smartcx_portal.dashboard.setup_one_state import Kind, SettingOne
from smartcx_portal.dashboard.setup_state import UNDO
from smartcx_portal.dashboard.setup_words import entry_address, last_of, place_choices
from smartcx_portal.gate import Form, event, say
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

ONE_COMING = N_("1 appointment is still to come. A change leaves it as it was booked.")
MANY_COMING = N_("{number} appointments are still to come. A change leaves them as they were booked.")


class CopyForm(Form):
    """Where the copy is to be offered."""

    location_id: str = ""


class ServiceEditState(SettingOne, rx.State):
    """`serving` are the resources of its place, `coming` says how many appointments it has."""

    KIND: ClassVar[Kind] = Kind(
        rooms="services",
        room="service",
        added=N_("The service is added. Look at the preview: that is what can be booked now."),
        removed=N_("The service is removed."),
        stays=N_("The service was booked, so it stays in the list, switched off."),
    )

    places: list[Choice] = []
    serving: list[ServingRow] = []
    preview: Preview = Preview()
    questions: int = 0
    coming: str = ""
    _typed: dict[str, str] = {}

    @event(Permission.CALENDAR_EDIT)
    def look(self, work: Work, fields: dict[str, str]) -> None:
        """Show what the entries would offer; nothing is kept."""
        self._typed = fields
        self.preview = preview_service(work, self.id, fields)

    @event(Permission.CALENDAR_EDIT)
    def choose_place(self, work: Work, location_id: str) -> None:
        """A new service belongs to this place, and so do the resources to choose."""
        self.serving = serving_of(work, location_id)

    @event(Permission.CALENDAR_EDIT)
    def copy_it(self, work: Work, form: CopyForm) -> Any:
        """Copy what was saved, and go on to the copy."""
        made = copy_service(work, self.id, form.location_id)
        say(COPIED, stays=True)
        return rx.redirect(entry_address(work.lang, "service", made))

    @event(Permission.CALENDAR_EDIT)
    def back_off(self) -> None:
        """Leave everything as it is; the form comes back with what was typed."""
        self._stop_asking()
        if self._typed:
            self._keep(self._typed)

    def _entries(self, work: Work) -> dict[str, str]:
        return service_entries(work, self.id) if self.id else new_service_entries(work)

    def _write(self, work: Work, values: dict[str, Any]) -> str:
        return save_service(work, self.id, values)

    def _take_away(self, work: Work) -> bool:
        return remove_service(work, self.id)

    def _hits(self, deed: str) -> bool:
        """Appointments stay as they were booked, whatever becomes of their service."""
        return deed == UNDO

    def _show(self, work: Work) -> None:
        self.last, self.places, self._typed = last_of(work), place_choices(work), {}
        self.serving = serving_of(work, self.entries.get("location_id", ""), self.id)
        self.questions = len(list_fields(work, self.id)) if self.id else 0
        self.coming = self._coming(work)
        needs = {one.name: one.need for one in self.serving}
        self.preview = preview_service(work, self.id, self.entries | needs) if self.id else Preview()

    def _keep(self, form: Mapping[str, Any]) -> None:
        super()._keep(form)
        self.serving = [replace(one, need=str(form.get(one.name, ""))) for one in self.serving]

    def _coming(self, work: Work) -> str:
        number = coming_bookings(work, self.id) if self.id else 0
        sentence = {0: "", 1: ONE_COMING}.get(number, MANY_COMING)
        return translate(work.lang, sentence).format(number=number) if sentence else ""
