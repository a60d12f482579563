"""The page of the opening hours."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.hours_state import HoursState, weekday_choices
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import plain_button
from smartcx_portal.ui.choices import select_field
from smartcx_portal.ui.fields import date_input, time_input
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.parts import confirm_dialog, paragraph, section
from smartcx_portal.ui.tables import row, table
from smartcx_portal.ui.text import joined, when


def hours_page(lang: str) -> rx.Component:
    """The week as rows, then the form for one more rule."""
    t, state = translator(lang), HoursState
    return room(
        lang,
        t("Opening hours"),
        paragraph(t("Times are local. What you change here counts at once for new bookings.")),
        table(
            t("The week"),
            [t("Day"), t("Open hours")],
            rx.foreach(state.week, lambda day: row(day.name, _lines(lang, day), key=day.name)),
            hidden_caption=True,
        ),
        section(t("Add opening hours"), _form(lang)),
        _removing(lang),
        sub="hours",
        ready=state.ready,
    )


def _lines(lang: str, day: Any) -> rx.Component:
    t = translator(lang)

    def one(line: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(line.span, when(line.limits != "", joined(" · ", line.limits))),
            plain_button(
                t("Remove"), HoursState.ask(line.id, line.whole), aria_label=joined(t("Remove"), ": ", line.whole)
            ),
            class_name="cx-rule",
            key=line.id,
        )

    return rx.cond(
        day.lines.length() > 0,
        rx.el.ul(rx.foreach(day.lines, one), class_name="cx-rules"),
        rx.el.span(t("closed")),
    )


def _form(lang: str) -> rx.Component:
    t, problems = translator(lang), Notice.problems
    choose = t("Please choose")
    return form(
        lang,
        select_field(lang, "weekday", t("Weekday"), weekday_choices(lang), empty=choose, problems=problems),
        time_input(lang, "opens", t("Opens at"), problems=problems),
        time_input(lang, "closes", t("Closes at"), hint=t("00:00 is the end of the day."), problems=problems),
        select_field(
            lang,
            "resource_id",
            t("For whom or what"),
            HoursState.resources,
            empty=t("everybody and everything here"),
            optional=True,
            problems=problems,
        ),
        date_input(lang, "valid_from", t("Valid from"), optional=True, problems=problems),
        date_input(lang, "valid_until", t("Valid until"), optional=True, problems=problems),
        on_submit=HoursState.add,
        deed=t("Add opening hours"),
        problems=problems,
        key=HoursState.form_key.to_string(),
    )


def _removing(lang: str) -> rx.Component:
    t, state = translator(lang), HoursState
    return confirm_dialog(
        lang,
        t("Remove these opening hours?"),
        paragraph(state.removing_text, bold=True),
        paragraph(t("Nothing new can be booked then. What is booked already stays booked.")),
        open=state.removing != "",
        deed=t("Remove"),
        on_deed=state.remove,
        on_close=state.keep,
    )
