"""Days on which nothing is offered: look, add, remove."""

from dataclasses import replace

import reflex as rx

from smartcx_portal.bookings.closures import ClosureRow, add_closure, list_closures, remove_closure
from smartcx_portal.bookings.hours import choosable_resources
from smartcx_portal.bookings.queries import BookingRow
from smartcx_portal.dashboard.day_view import Line, line
from smartcx_portal.gate import Form, event, say
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

ONE = N_("1 appointment lies in this closure. It stays until you move or cancel it:")
MANY = N_("{number} appointments lie in this closure. They stay until you move or cancel them:")


class ClosureForm(Form):
    """The form for a closure; days as ISO dates."""

    first_day: str = ""
    last_day: str = ""
    reason: str = ""
    resource_id: str = ""


class ClosuresState(rx.State):
    """`affected` are the bookings in the closure that was just added, `affected_text` says how many there are."""

    ready: bool = False
    rows: list[ClosureRow] = []
    resources: list[Choice] = []
    form_key: int = 0
    affected: list[Line] = []
    affected_text: str = ""
    removing: str = ""
    removing_text: str = ""

    @event(Permission.CALENDAR_EDIT)
    def load(self, work: Work) -> None:
        """All closures."""
        self.resources = [Choice(one, name) for one, name in choosable_resources(work)]
        self.rows, self.removing, self.ready = list_closures(work), "", True
        self._name((), work.lang)

    @event(Permission.CALENDAR_EDIT)
    def add(self, work: Work, form: ClosureForm) -> None:
        """Close these days; the public page follows at once."""
        added = add_closure(work, **form.model_dump())
        self.rows = list_closures(work)
        self._name(added.affected, work.lang)
        self.form_key += 1
        say(N_("The closure is entered. Nothing new can be booked on these days."))

    @event(Permission.CALENDAR_EDIT)
    def ask(self, closure_id: str, text: str) -> None:
        """Before a closure is removed."""
        self.removing, self.removing_text = closure_id, text

    @event(Permission.CALENDAR_EDIT)
    def keep(self) -> None:
        """It stays."""
        self.removing = ""

    @event(Permission.CALENDAR_EDIT)
    def remove(self, work: Work) -> None:
        """Open the days again."""
        remove_closure(work, as_id(self.removing))
        self.rows, self.removing = list_closures(work), ""
        self._name((), work.lang)
        say(N_("The closure is removed. The days can be booked again."))

    def _name(self, affected: tuple[BookingRow, ...], lang: str) -> None:
        self.affected = [dated(row) for row in affected]
        sentence = {0: "", 1: ONE}.get(len(affected), MANY)
        self.affected_text = translate(lang, sentence).format(number=len(affected)) if sentence else ""


def dated(row: BookingRow) -> Line:
    """A booking with its day, since a closure may have many."""
    made = line(row)
    day = f"{row.day[8:]}.{row.day[5:7]}."
    return replace(made, time=f"{day} {made.time}")
