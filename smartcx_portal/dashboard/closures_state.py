"""Times at which nothing is offered: look, preview, enter, change, remove; public holidays on and off."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import reflex as rx

from smartcx_portal.bookings.closures import (
    ClosureRow,
    HolidayRow,
    add_closure,
    change_closure,
    coming_holidays,
    land_of,
    list_closures,
    put_closure,
    remove_closure,
    switch_holidays,
)
from smartcx_portal.bookings.hours_owner import owner_of, owners, resources_at, services_of
from smartcx_portal.dashboard.editing_state import UNDO, UNDONE, Change, Editing, Entered
from smartcx_portal.dashboard.whose import whose_address, whose_in, whose_query
from smartcx_portal.gate import Form, event
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.calendar import Location
from smartcx_portal.operations.tenant_form import LAND_NAMES
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

SAID = {
    "add": N_("The closure is entered. Nothing new can be booked in this time."),
    "change": N_("The closure is changed."),
    "remove": N_("The closure is removed. The time can be booked again."),
    "holidays": N_("Public holidays are switched."),
    UNDO: UNDONE,
}
KEPT = N_("{place} is closed on the public holidays of {land}. Extra hours that you enter for such a day stay open.")
NOT_KEPT = N_("{place} is open on the public holidays of {land}, like on any other day.")


class ClosureForm(Form):
    """The form for a closure; days as ISO dates, times as `08:30`."""

    first_day: str = ""
    last_day: str = ""
    begins: str = ""
    ends: str = ""
    reason: str = ""
    resource_id: str = ""


class PlaceForm(Form):
    """Which location's closures are shown."""

    place: str = ""


@dataclass(frozen=True)
class ClosureEntries:
    """What stands in the form, as it was typed."""

    first_day: str = ""
    last_day: str = ""
    begins: str = ""
    ends: str = ""
    reason: str = ""
    resource_id: str = ""


class ClosuresState(Editing, rx.State):
    """The closures of the location `location_id`, coming ones and those that are `over`.

    `editing` is the closure that is changed; `kept` whether the public holidays are closed.
    """

    location_id: str = ""
    query: str = ""
    places: list[Choice] = []
    resources: list[Choice] = []
    rows: list[ClosureRow] = []
    over: list[ClosureRow] = []
    holidays: list[HolidayRow] = []
    kept: bool = False
    kept_text: str = ""
    editing: str = ""
    editing_text: str = ""
    entries: ClosureEntries = ClosureEntries()

    @event(Permission.CALENDAR_EDIT)
    def load(self, work: Work) -> None:
        """The closures of the location that the address names, else of the first."""
        self.ready = False
        owner = owner_of(work, whose_in(self.router.url.query_parameters)[0])
        self.location_id, self.query = owner.location_id, whose_query(work.lang, owner.location_id)
        self.places = [Choice(one.location_id, one.place) for one in owners(work) if not one.resource_id]
        self.resources = [Choice(one, name) for one, name in resources_at(work, owner.location_id)]
        self._open(work, services_of(work, owner.location_id))

    @event(Permission.CALENDAR_EDIT)
    def show(self, work: Work, form: PlaceForm) -> Any:
        """Another location's, at their own address."""
        return rx.redirect(whose_address(work.lang, "closures", owner_of(work, form.place).location_id))

    @event(Permission.CALENDAR_EDIT)
    def save(self, work: Work, form: ClosureForm) -> None:
        """Enter or change a closure."""
        entered = form.model_dump()
        self.entries = ClosureEntries(**entered)
        self._begin(work, "change" if self.editing else "add", {**entered, "id": self.editing})

    @event(Permission.CALENDAR_EDIT)
    def edit(self, work: Work, closure_id: str) -> None:
        """Show a closure in the form."""
        row = next((one for one in list_closures(work, self.location_id) if one.id == closure_id), None)
        if row is None:
            raise NotFound
        self.editing, self.editing_text = row.id, row.text
        last = row.last_day if row.last_day != row.first_day else ""
        ends = "00:00" if row.ends == "24:00" else row.ends
        self._fill(work, ClosureEntries(row.first_day, last, row.begins, ends, row.reason, row.resource_id))

    @event(Permission.CALENDAR_EDIT)
    def leave(self, work: Work) -> None:
        """Leave the closure as it is."""
        self.editing = self.editing_text = ""
        self._fill(work, ClosureEntries())

    @event(Permission.CALENDAR_EDIT)
    def remove(self, work: Work, closure_id: str) -> None:
        """Open these days again."""
        self._begin(work, "remove", {"id": closure_id})

    @event(Permission.CALENDAR_EDIT)
    def switch(self, work: Work) -> None:
        """Close on public holidays, or open on them."""
        self._begin(work, "holidays", {"on": "" if self.kept else "yes"})

    def _change(self, work: Work, deed: str, values: Entered) -> Change:
        entered = {name: value for name, value in values.items() if name != "id"}
        changes: dict[str, Change] = {
            "add": lambda: add_closure(work, **entered, location_id=self.location_id),
            "change": lambda: change_closure(work, values["id"], **entered),
            "remove": lambda: remove_closure(work, values["id"]),
            "holidays": lambda: switch_holidays(work, self.location_id, bool(values["on"])),
        }
        return changes[deed]

    def _supposed(self, work: Work) -> Change | None:
        if not self._typed.get("first_day"):
            return None
        closure_id = as_id(self.editing) if self.editing else None
        return lambda: put_closure(work, {**self._typed, "location_id": self.location_id}, closure_id)

    def _offered(self) -> tuple[str, date | None]:
        resource_id = self._typed.get("resource_id", "")
        known = resource_id if resource_id in [one.value for one in self.resources] else ""
        try:
            return known, date.fromisoformat(self._typed.get("first_day", ""))
        except ValueError:
            return known, None

    def _said(self, deed: str) -> str:
        return SAID[deed]

    def _refresh(self, work: Work) -> None:
        found = list_closures(work, self.location_id)
        self.rows, self.over = [one for one in found if not one.over], [one for one in found[::-1] if one.over]
        place = work.get(Location, as_id(self.location_id))
        self.kept, self.holidays = place.holidays, coming_holidays(work, self.location_id)
        sentence = translate(work.lang, KEPT if place.holidays else NOT_KEPT)
        self.kept_text = sentence.format(place=place.name, land=LAND_NAMES.get(land_of(work, place), ""))
        self.editing = self.editing_text = ""
        self.entries = ClosureEntries()

    def _fill(self, work: Work, entries: ClosureEntries) -> None:
        self.entries, self._typed = entries, {}
        self._fresh_form()
        self._preview(work)
