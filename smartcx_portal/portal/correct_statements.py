"""Correct what was entered for coming appointments and open questions: one section each, one form at a time."""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import translator
from smartcx_portal.portal.correct_state import CorrectState
from smartcx_portal.portal.frame import here
from smartcx_portal.portal.kept_form import kept_form, typed
from smartcx_portal.ui.actions import button, link
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import select_field
from smartcx_portal.ui.fields import date_input, number_field, text_area, text_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.parts import paragraph, section
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined, when

PROBLEMS = CorrectState.stated_problems


def statements_part(lang: str) -> rx.Component:
    """Appointments first, the next one at the top, then questions."""
    return rx.fragment(rx.foreach(CorrectState.matters, lambda one: _matter(lang, one)))


def wrong_part(lang: str) -> rx.Component:
    """The way to somebody for what cannot be corrected at once."""
    t = translator(lang)
    before, after = t("You get an answer by {day}.").split("{day}")
    done = rx.el.section(
        FocusHeading.create(t("Your request has arrived"), stamp=CorrectState.due, class_name="kern-heading-medium"),
        paragraph(joined(before, CorrectState.due, after)),
        rx.el.p(link(t("Your requests"), here(lang, "cases")), class_name="kern-body"),
        role="status",
        class_name="cx-section",
    )
    ask = section(
        t("Something else is wrong"),
        paragraph(
            t(
                "What you told us for an appointment belongs to what happened once it has begun, and what the staff "
                "entered is not yours to change at once. Write what is wrong and what is right: somebody looks at it."
            )
        ),
        kept_form(lang, "correct", _wrong_form(lang), known=False),
    )
    return rx.cond(CorrectState.due != "", done, ask)


def _wrong_form(lang: str) -> rx.Component:
    t, problems = translator(lang), CorrectState.wrong_problems
    return form(
        lang,
        text_area(lang, "wrong", t("What is wrong, and what is right"), default=typed("wrong"), problems=problems),
        on_submit=CorrectState.ask,
        deed=t("Send request for correction"),
        problems=problems,
    )


def _matter(lang: str, one: Any) -> rx.Component:
    opened = CorrectState.opened == one.key
    stamp = when(opened, "open", when(CorrectState.left == one.key, "left", ""))
    return rx.el.section(
        FocusHeading.create(one.title, stamp=stamp, class_name="kern-heading-medium"),
        rx.cond(
            opened,
            rx.fragment(kept_form(lang, "correct", _form(lang, one), known=False), key=one.key),
            _values(lang, one),
        ),
        class_name="cx-section",
    )


def _values(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    return rx.fragment(
        facts(rx.foreach(one.statements, lambda each: fact(each.label, each.shown))),
        button(lang, t("Correct"), CorrectState.open(one.key), spoken=joined(t("Correct"), ": ", one.title)),
    )


def _form(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    return form(
        lang,
        rx.foreach(one.statements, lambda each: _field(lang, each)),
        on_submit=CorrectState.save,
        deed=t("Save details"),
        others=(button(lang, t("Leave as it is"), CorrectState.close, weight="tertiary"),),
        problems=PROBLEMS,
    )


def _field(lang: str, one: Any) -> rx.Component:
    """A value in its kind of field."""
    t = translator(lang)
    options: dict[str, Any] = {"hint": one.why, "optional": one.optional, "problems": PROBLEMS}
    options["default"] = typed(one.name, one.value)
    return rx.match(
        one.kind,
        ("line", text_field(lang, one.name, one.label, autocomplete="off", dir="auto", **options)),
        ("choice", select_field(lang, one.name, one.label, one.options, empty=t("not answered"), **options)),
        ("number", number_field(lang, one.name, one.label, **options)),
        ("date", date_input(lang, one.name, one.label, **options)),
        ("long", text_area(lang, one.name, one.label, rows=6, **options)),
        text_area(lang, one.name, one.label, rows=2, **options),
    )
