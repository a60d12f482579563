"""One place."""

from typing import Any, ClassVar

import reflex as rx

from smartcx_portal.bookings.location_setup import (
    location_entries,
    new_location_entries,
    remove_location,
    save_location,
    zones,
)
from smartcx_portal.dashboard.setup_one_state import Kind, SettingOne
from smartcx_portal.dashboard.setup_words import last_of
from smartcx_portal.kit.language import N_
from smartcx_portal.tenancy import Work


class LocationEditState(SettingOne, rx.State):
    """`zones` are what its zone is chosen from."""

    KIND: ClassVar[Kind] = Kind(
        rooms="locations",
        room="location_edit",
        added=N_("The location is added."),
        removed=N_("The location is removed."),
        stays=N_("Services or resources belong to the location, so it stays in the list, out of use."),
    )

    zones: list[str] = []

    def _entries(self, work: Work) -> dict[str, str]:
        return location_entries(work, self.id) if self.id else new_location_entries(work)

    def _write(self, work: Work, values: dict[str, Any]) -> str:
        return save_location(work, self.id, values)

    def _take_away(self, work: Work) -> bool:
        return remove_location(work, self.id)

    def _show(self, work: Work) -> None:
        self.last, self.zones = last_of(work), list(zones())
