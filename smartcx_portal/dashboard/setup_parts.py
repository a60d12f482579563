"""What the pages share on which a tenant sets things up: lists that can be sorted, spans, boxes, the undo button."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from smartcx_portal.bookings.spans import UNIT_TEXTS
from smartcx_portal.dashboard.deciding_part import or_asking
from smartcx_portal.dashboard.frame import room
from smartcx_portal.kit.language import translate, translator
from smartcx_portal.ui.actions import button, link
from smartcx_portal.ui.choices import Choice, checkbox, each
from smartcx_portal.ui.fields import Problems, described, frame, number_field, problem_of, text_area, text_field
from smartcx_portal.ui.text import Text, anchor, joined, when

Entries = rx.Var[dict[str, str]]


class Entered:
    """The fields of one form: each takes its beginning from the State's `entries`, its problem from `problems`."""

    def __init__(self, lang: str, entries: Any, problems: Problems) -> None:
        self.lang, self.entries, self.problems = lang, entries, problems

    def of(self, name: str) -> Any:
        """What a field begins with."""
        return self.entries.to(dict[str, str])[name].to(str)

    def line(self, name: str, text: Text, **props: Any) -> rx.Component:
        """One line of text."""
        return text_field(self.lang, name, text, default=self.of(name), problems=self.problems, **props)

    def text(self, name: str, text: Text, **props: Any) -> rx.Component:
        """Several lines, which may stay empty."""
        more = {"optional": True, "rows": 3, **props}
        return text_area(self.lang, name, text, default=self.of(name), problems=self.problems, **more)

    def number(self, name: str, text: Text, **props: Any) -> rx.Component:
        """A whole number."""
        return number_field(self.lang, name, text, default=self.of(name), problems=self.problems, **props)

    def box(self, name: str, text: Text, **props: Any) -> rx.Component:
        """Yes or no."""
        return checkbox(name, text, default=self.of(name) == "yes", problems=self.problems, **props)

    def span(self, name: str, text: str, units: Sequence[str], *, hint: Text = "") -> rx.Component:
        """A number and its unit beside each other; the unit is the field `<name>_unit`."""
        problem = problem_of(name, self.problems)
        number = rx.el.input(
            type="text",
            name=name,
            custom_attrs=anchor(name),
            default_value=self.of(name),
            input_mode="decimal",
            required=True,
            class_name=joined("kern-form-input__input cx-width-4", when(problem, " kern-form-input__input--error", "")),
            **described(name, hint, problem),
        )
        unit = rx.el.div(self._unit(name, text, units), class_name="kern-form-input__select-wrapper")
        control = rx.el.div(number, unit, class_name="cx-span")
        return frame(self.lang, name, text, control, hint=hint, optional=False, problem=problem)

    def _unit(self, name: str, text: str, units: Sequence[str]) -> rx.Component:
        choices = [Choice(unit, translate(self.lang, UNIT_TEXTS[unit])) for unit in units]
        return rx.el.select(
            *each(choices, lambda one: rx.el.option(one.label, value=one.value)),
            name=f"{name}_unit",
            default_value=self.of(f"{name}_unit"),
            aria_label=f"{text}: {translator(self.lang)('Unit')}",
            class_name="kern-form-input__select",
        )


def setup_room(lang: str, title: Text, *content: rx.Component, state: Any, **props: Any) -> rx.Component:
    """A page whose State is `SettingUp`: while it asks what becomes of appointments, that stands in its place."""
    return room(lang, title, or_asking(lang, state, *content), ready=state.ready, **props)


def columns(*fields: rx.Component) -> rx.Component:
    """Short fields beside each other where there is room."""
    return rx.el.div(*fields, class_name="cx-columns")


def setup_list(name: Text, rows: Any, entry: Any) -> rx.Component:
    """Things in the order in which people see them; `entry` makes a `setup_entry` of each."""
    return rx.el.ol(rx.foreach(rows, entry), class_name="cx-setup", aria_label=name)


def setup_entry(
    title: Text, to: Text, *facts: Text | rx.Component, states: rx.Component, actions: Sequence[rx.Component], key: Text
) -> rx.Component:
    """One thing: its name leads to it, then what it is, its states as badges, and what can be done at once."""
    name = rx.el.p(rx.cond(to != "", link(title, to), rx.el.span(title)), class_name="cx-setup__name")
    lines = [rx.el.p(fact, class_name="kern-body kern-body--small") for fact in facts]
    return rx.el.li(
        rx.el.div(name, *lines, class_name="cx-setup__what"),
        rx.el.div(states, class_name="cx-setup__states"),
        rx.el.div(*actions, class_name="cx-setup__actions"),
        key=key,
    )


def sort_buttons(lang: str, title: Text, up: Any, down: Any) -> list[rx.Component]:
    """One step up, one step down; both stay where they are at the ends of the list, so that the focus stays."""
    t = translator(lang)
    return [
        button(lang, t("Up"), up, small=True, spoken=joined(t("Up"), ": ", title)),
        button(lang, t("Down"), down, small=True, spoken=joined(t("Down"), ": ", title)),
    ]


def undo_part(lang: str, state: Any) -> rx.Component:
    """`Rückgängig: Leistung geändert, 10:42 Uhr, Ben`; the State has `last: LastChange` and a handler `undo(id)`."""
    deed = button(lang, state.last.label, state.undo(state.last.id), weight="tertiary")
    return rx.cond(state.last.id != "", rx.el.div(deed, class_name="cx-take-back"))
