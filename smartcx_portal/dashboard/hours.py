"""The page of the opening hours of a location or a resource."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.deciding_part import or_asking, undo_button
from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.hours_form import hours_form
from smartcx_portal.dashboard.hours_state import HoursState
from smartcx_portal.dashboard.hours_view import weekday_choices
from smartcx_portal.dashboard.preview_part import preview_part
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button_row, plain_button
from smartcx_portal.ui.choices import checkbox, fieldset, select_field
from smartcx_portal.ui.forms import error_summary, filter_form
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.parts import confirm_dialog, paragraph, section
from smartcx_portal.ui.tables import row, table
from smartcx_portal.ui.text import joined, when

WEEK = "week"
"""What `copying` says while a whole week is to be copied."""


def hours_page(lang: str) -> rx.Component:
    """Whose hours; then the week as rows, single days, the form and its preview."""
    t, state = translator(lang), HoursState
    return room(
        lang,
        t("Opening hours"),
        or_asking(
            lang,
            state,
            _chooser(lang),
            when(state.view.note != "", alert(state.view.note, kind="info", level=0)),
            paragraph(t("Times are local. What you change here counts at once for new bookings.")),
            _week(lang),
            button_row(
                undo_button(lang, state), plain_button(t("Copy a week"), state.ask_days(WEEK), weight="secondary")
            ),
            _extras(lang),
            rx.el.div(hours_form(lang), preview_part(lang, state), class_name="cx-beside"),
            _copy_day(lang),
            _copy_week(lang),
        ),
        sub="hours",
        below=state.query,
        ready=state.ready,
    )


def _chooser(lang: str) -> rx.Component:
    t, state = translator(lang), HoursState
    field = select_field(lang, "whose", t("Hours of"), state.owners, default=state.whose)
    return rx.cond(
        state.owners.length() > 1,
        rx.el.div(filter_form(lang, field, on_submit=state.show), key=state.whose, class_name="cx-whose"),
    )


def _week(lang: str) -> rx.Component:
    t, state = translator(lang), HoursState

    def actions(day: Any) -> rx.Component:
        spoken = joined(t("Copy the day"), ": ", day.name)
        return when(
            day.lines.length() > 0, plain_button(t("Copy the day"), state.ask_days(day.number), aria_label=spoken)
        )

    return table(
        joined(t("The week"), ": ", state.view.name),
        [t("Day"), t("Open hours"), t("Actions")],
        rx.foreach(state.view.week, lambda day: row(day.name, _lines(lang, day.lines), actions(day), key=day.number)),
    )


def _lines(lang: str, lines: Any) -> rx.Component:
    t = translator(lang)
    return rx.cond(
        lines.length() > 0,
        rx.el.ul(rx.foreach(lines, lambda line: _line(lang, line, line.span)), class_name="cx-rules"),
        rx.el.span(t("closed")),
    )


def _line(lang: str, line: Any, head: Any) -> rx.Component:
    t, state = translator(lang), HoursState
    return rx.el.li(
        rx.el.span(head, when(line.limits != "", joined(", ", line.limits))),
        rx.el.span(
            plain_button(t("Change"), state.edit(line.id), aria_label=joined(t("Change"), ": ", line.whole)),
            plain_button(t("Remove"), state.remove(line.id), aria_label=joined(t("Remove"), ": ", line.whole)),
            class_name="cx-rule__deeds",
        ),
        class_name="cx-rule",
        key=line.id,
    )


def _extras(lang: str) -> rx.Component:
    t, state = translator(lang), HoursState
    lines = rx.el.ul(rx.foreach(state.view.extras, lambda one: _line(lang, one, one.whole)), class_name="cx-rules")
    there = section(t("Hours for single days"), lines)
    return rx.cond(state.view.extras.length() > 0, there)


def _copy_day(lang: str) -> rx.Component:
    t, state = translator(lang), HoursState
    open_ = (state.copying != "") & (state.copying != WEEK)
    boxes = [
        rx.cond(
            state.copying != day.value, checkbox(f"day-{day.value}", day.label, value="yes", place=f"day-{day.value}")
        )
        for day in weekday_choices(lang)
    ]
    return confirm_dialog(
        lang,
        t("Copy the day"),
        error_summary(lang, rx.cond(open_, Notice.problems, {})),
        rx.el.div(
            fieldset(lang, "days", t("To which days"), *boxes, problem=rx.cond(open_, Notice.problems["days"], "")),
            key=state.copying,
        ),
        paragraph(t("The weekly hours that these days have now are replaced.")),
        open=open_,
        deed=t("Copy"),
        on_deed=state.copy_day,
        on_close=state.copy_nothing,
        form=True,
        name="copy-day",
    )


def _copy_week(lang: str) -> rx.Component:
    t, state = translator(lang), HoursState
    open_ = state.copying == WEEK
    problems = rx.cond(open_, Notice.problems, {})
    return confirm_dialog(
        lang,
        t("Copy a week"),
        error_summary(lang, problems),
        select_field(lang, "source", t("Take the week of"), state.owners, empty=t("Please choose"), problems=problems),
        paragraph(joined(t("It replaces the weekly hours of"), " ", state.view.name, ".")),
        open=open_,
        deed=t("Copy"),
        on_deed=state.copy_week,
        on_close=state.copy_nothing,
        form=True,
        name="copy-week",
    )
