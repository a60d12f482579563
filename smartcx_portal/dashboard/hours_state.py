"""Opening hours of a location or a resource: look, preview, add, change, remove, copy."""

from datetime import date
from typing import Any

import reflex as rx

from smartcx_portal.bookings.hours import add_extra_hours, add_hours, change_hours, hours_of, put_hours, remove_hours
from smartcx_portal.bookings.hours_owner import owner_of, owners, services_of
from smartcx_portal.bookings.week_copy import copy_day, copy_week
from smartcx_portal.dashboard.editing_state import UNDO, UNDONE, Change, Editing, Entered
from smartcx_portal.dashboard.hours_view import HoursView, RuleEntries, entries_of, hours_view, owner_label
from smartcx_portal.dashboard.whose import whose_address, whose_in, whose_query
from smartcx_portal.gate import Form, event
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

SAID = {
    "add": N_("The opening hours are added. They can be booked from now on."),
    "change": N_("The opening hours are changed. The new ones count at once."),
    "remove": N_("The opening hours are removed."),
    "copy_day": N_("The hours of the day are copied."),
    "copy_week": N_("The week is copied."),
    UNDO: UNDONE,
}


class RuleForm(Form):
    """The form of a weekly rule, or with a `day` that of extra hours; fields as in `RuleEntries`."""

    weekday: str = ""
    day: str | None = None
    opens: str = ""
    closes: str = ""
    repeats: str = ""
    every_weeks: str = ""
    nth: str = ""
    valid_from: str = ""
    valid_until: str = ""
    online_quota: str = ""

    @property
    def entered(self) -> Entered:
        """What was typed; a `day` is among it only for extra hours."""
        return {name: value for name, value in self.model_dump().items() if value is not None}


class WhoseForm(Form):
    """Whose hours are shown, or copied: an owner's key."""

    whose: str = ""
    source: str = ""


class HoursState(Editing, rx.State):
    """`location_id` and `resource_id` say whose hours these are, `query` says so in the address.

    `editing` is the rule that is changed, `single` whether the form is for one day only, `entries` what stands in
    it. `copying` is the weekday whose hours are copied.
    """

    location_id: str = ""
    resource_id: str = ""
    query: str = ""
    whose: str = ""
    owners: list[Choice] = []
    view: HoursView = HoursView()
    editing: str = ""
    editing_text: str = ""
    single: bool = False
    entries: RuleEntries = RuleEntries()
    copying: str = ""

    @event(Permission.CALENDAR_EDIT)
    def load(self, work: Work) -> None:
        """The hours that the address names, else those of the first location."""
        self.ready = False
        owner = owner_of(work, *whose_in(self.router.url.query_parameters))
        self.location_id, self.resource_id, self.whose = owner.location_id, owner.resource_id, owner.key
        self.query = whose_query(work.lang, owner.location_id, owner.resource_id)
        self.owners = [Choice(one.key, owner_label(one, work.lang)) for one in owners(work)]
        self._open(work, services_of(work, owner.location_id, owner.resource_id))

    @event(Permission.CALENDAR_EDIT)
    def show(self, work: Work, form: WhoseForm) -> Any:
        """Other hours, at their own address."""
        location_id, _, resource_id = form.whose.partition("/")
        owner = owner_of(work, location_id, resource_id)
        return rx.redirect(whose_address(work.lang, "hours", owner.location_id, owner.resource_id))

    @event(Permission.CALENDAR_EDIT)
    def save(self, work: Work, form: RuleForm) -> None:
        """Add or change a rule."""
        entered = form.entered
        self.entries = RuleEntries(**entered)
        self._begin(work, "change" if self.editing else "add", {**entered, "id": self.editing})

    @event(Permission.CALENDAR_EDIT)
    def edit(self, work: Work, hours_id: str) -> None:
        """Show a rule in the form."""
        row = next((one for one in self._rows(work) if one.id == hours_id), None)
        if row is None:
            raise NotFound
        self.editing, self.editing_text = row.id, row.day_text or f"{row.weekday_text}, {row.span}"
        self._fill(work, entries_of(row), single=row.extra)

    @event(Permission.CALENDAR_EDIT)
    def leave(self, work: Work) -> None:
        """Leave the rule as it is."""
        self._fresh()
        self._fill(work, RuleEntries(), single=False)

    @event(Permission.CALENDAR_EDIT)
    def turn(self, work: Work) -> None:
        """From weekly hours to those of a single day, or back."""
        self._fill(work, RuleEntries(), single=not self.single)

    @event(Permission.CALENDAR_EDIT)
    def remove(self, work: Work, hours_id: str) -> None:
        """Take a rule away."""
        self._begin(work, "remove", {"id": hours_id})

    @event(Permission.CALENDAR_EDIT)
    def ask_days(self, weekday: str) -> None:
        """To which days the hours of this one are copied."""
        self.copying = weekday

    @event(Permission.CALENDAR_EDIT)
    def copy_nothing(self) -> None:
        """To none."""
        self.copying = ""

    @event(Permission.CALENDAR_EDIT)
    def copy_day(self, work: Work, form: dict[str, Any]) -> None:
        """To those that are ticked."""
        days = [name.removeprefix("day-") for name in form if name.startswith("day-")]
        self._begin(work, "copy_day", {"weekday": self.copying, "days": ",".join(days)})
        self.copying = ""

    @event(Permission.CALENDAR_EDIT)
    def copy_week(self, work: Work, form: WhoseForm) -> None:
        """Take over the week of another location or resource."""
        self._begin(work, "copy_week", {"source": form.source})

    def _change(self, work: Work, deed: str, values: Entered) -> Change:
        here = {"location_id": self.location_id, "resource_id": self.resource_id}
        entered = {name: value for name, value in values.items() if name != "id"}
        add = add_extra_hours if "day" in entered else add_hours
        place, _, resource = values.get("source", "").partition("/")
        changes: dict[str, Change] = {
            "add": lambda: add(work, **{name: one for name, one in entered.items() if _asked(name, entered)}, **here),
            "change": lambda: change_hours(work, values["id"], **entered),
            "remove": lambda: remove_hours(work, values["id"]),
            "copy_day": lambda: copy_day(work, values["weekday"], values["days"].split(","), **here),
            "copy_week": lambda: copy_week(work, (place, resource), (self.location_id, self.resource_id)),
        }
        return changes[deed]

    def _supposed(self, work: Work) -> Change | None:
        if not (self._typed.get("opens") or self._typed.get("closes")):
            return None
        here = {"location_id": self.location_id, "resource_id": self.resource_id}
        hours_id = as_id(self.editing) if self.editing else None
        return lambda: put_hours(work, {**self._typed, **here}, hours_id)

    def _offered(self) -> tuple[str, date | None]:
        entered = self._typed.get("day") or self._typed.get("valid_from") or ""
        try:
            return self.resource_id, date.fromisoformat(entered)
        except ValueError:
            return self.resource_id, None

    def _said(self, deed: str) -> str:
        return SAID[deed]

    def _refresh(self, work: Work) -> None:
        owner = owner_of(work, self.location_id, self.resource_id)
        self.view = hours_view(owner, self._rows(work), work.lang)
        self._fresh()

    def _rows(self, work: Work) -> list[Any]:
        return hours_of(work, self.location_id, self.resource_id)

    def _fresh(self) -> None:
        self.editing = self.editing_text = self.copying = ""
        self.entries = RuleEntries()

    def _fill(self, work: Work, entries: RuleEntries, *, single: bool) -> None:
        self.entries, self.single, self._typed = entries, single, {}
        self._fresh_form()
        self._preview(work)


def _asked(name: str, entered: Entered) -> bool:
    """Extra hours have no weekday of their own."""
    return name != "weekday" or "day" not in entered
