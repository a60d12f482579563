"""One counter, person, room or device."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

import reflex as rx

from smartcx_portal.bookings.resource_setup import (
    ServedRow,
    new_resource_entries,
    remove_resource,
    resource_entries,
    save_resource,
    served_rows,
)
from smartcx_portal.dashboard.setup_one_state import Kind, SettingOne
from smartcx_portal.dashboard.setup_words import last_of, place_choices
from smartcx_portal.gate import event
from smartcx_portal.kit.language import N_
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice


class ResourceEditState(SettingOne, rx.State):
    """`served` are the services of its place."""

    KIND: ClassVar[Kind] = Kind(
        rooms="resources",
        room="resource_edit",
        added=N_("The resource is added."),
        removed=N_("The resource is removed."),
        stays=N_("The resource was booked, so it stays in the list, out of use."),
    )

    places: list[Choice] = []
    served: list[ServedRow] = []

    @event(Permission.CALENDAR_EDIT)
    def choose_place(self, work: Work, location_id: str) -> None:
        """A new resource belongs to this place, and so do the services to choose."""
        self.served = served_rows(work, location_id)

    def _entries(self, work: Work) -> dict[str, str]:
        return resource_entries(work, self.id) if self.id else new_resource_entries(work)

    def _write(self, work: Work, values: dict[str, Any]) -> str:
        return save_resource(work, self.id, values)

    def _take_away(self, work: Work) -> bool:
        return remove_resource(work, self.id)

    def _show(self, work: Work) -> None:
        self.last, self.places = last_of(work), place_choices(work)
        place = self.entries.get("location_id", "")
        self.served = served_rows(work, place, self.id) if place else []

    def _keep(self, form: Mapping[str, Any]) -> None:
        super()._keep(form)
        self.served = [replace(one, ticked=str(form.get(one.name, ""))) for one in self.served]
