"""The week's opening hours: look, add, remove."""

from dataclasses import dataclass
from datetime import date

import reflex as rx

from smartcx_portal.bookings.hours import WEEKDAYS, HoursRow, add_hours, choosable_resources, list_hours, remove_hours
from smartcx_portal.gate import Form, event, say
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

FROM, UNTIL = N_("from {day}"), N_("until {day}")


class HoursForm(Form):
    """The form for a new rule; times as `08:30`, days as ISO dates."""

    weekday: str = ""
    opens: str = ""
    closes: str = ""
    valid_from: str = ""
    valid_until: str = ""
    resource_id: str = ""


@dataclass(frozen=True)
class HoursLine:
    """One rule: `08:00–12:00`, and for whom and when it holds if not for all and always."""

    id: str
    span: str
    limits: str
    whole: str
    """All of it in one sentence, with the weekday."""


@dataclass(frozen=True)
class Weekday:
    """One row of the week."""

    name: str
    lines: list[HoursLine]


class HoursState(rx.State):
    """`removing` is the rule that a question is asked about; `form_key` gives a fresh form after each success."""

    ready: bool = False
    week: list[Weekday] = []
    resources: list[Choice] = []
    form_key: int = 0
    removing: str = ""
    removing_text: str = ""

    @event(Permission.CALENDAR_EDIT)
    def load(self, work: Work) -> None:
        """All rules."""
        self.resources = [Choice(one, name) for one, name in choosable_resources(work)]
        self.removing, self.ready = "", True
        self._show(work)

    @event(Permission.CALENDAR_EDIT)
    def add(self, work: Work, form: HoursForm) -> None:
        """Add a rule; the public page follows at once."""
        add_hours(work, **form.model_dump())
        self._show(work)
        self.form_key += 1
        say(N_("The opening hours are added. They can be booked from now on."))

    @event(Permission.CALENDAR_EDIT)
    def ask(self, hours_id: str, text: str) -> None:
        """Before a rule is removed."""
        self.removing, self.removing_text = hours_id, text

    @event(Permission.CALENDAR_EDIT)
    def keep(self) -> None:
        """It stays."""
        self.removing = ""

    @event(Permission.CALENDAR_EDIT)
    def remove(self, work: Work) -> None:
        """Remove it."""
        remove_hours(work, as_id(self.removing))
        self.removing = ""
        self._show(work)
        say(N_("The opening hours are removed. What is booked already stays booked."))

    def _show(self, work: Work) -> None:
        rows = list_hours(work)
        self.week = [
            Weekday(translate(work.lang, name), [line(row, work.lang) for row in rows if row.weekday == number])
            for number, name in enumerate(WEEKDAYS)
        ]


def line(row: HoursRow, lang: str) -> HoursLine:
    """A rule in words."""
    span = f"{row.opens}–{row.closes}"
    parts = [row.resource]
    for sentence, day in ((FROM, row.valid_from), (UNTIL, row.valid_until)):
        if day:
            parts.append(translate(lang, sentence).format(day=day_text(date.fromisoformat(day), lang)))
    limits = ", ".join(part for part in parts if part)
    return HoursLine(row.id, span, limits, ", ".join(part for part in (row.weekday_text, span, limits) if part))


def weekday_choices(lang: str) -> list[Choice]:
    """Monday to Sunday."""
    return [Choice(str(number), translate(lang, name)) for number, name in enumerate(WEEKDAYS)]
