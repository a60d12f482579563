"""Choosing a day and a time: the list of next free days, the month, and the times of a day.

The data comes from `ui.month`; a State holds it as `list[FreeDay]`, `list[list[DayCell]]`, `list[TimeGroup]`.
"""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, icon, pressed
from smartcx_portal.ui.browser import FocusHeading, MonthKeys
from smartcx_portal.ui.month import weekday_names
from smartcx_portal.ui.text import Flag, Text, anchor, when


def next_free(lang: str, text: Text, on_choose: Any) -> rx.Component:
    """The main button of the page: `Nächster freier Termin: Di., 1. Dez., 10:15 Uhr`."""
    label = rx.fragment(translator(lang)("Next free:"), " ", text)
    return when(text, button(lang, label, on_choose, weight="primary"))  # type: ignore[arg-type]


def _free_day(day: Any, on_choose: Any) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            rx.el.span(day.text, class_name="cx-freeday__day"),
            rx.el.span(day.first, class_name="cx-freeday__first"),
            rx.el.span(day.free_text, class_name="cx-freeday__count"),
            type="button",
            class_name="cx-freeday",
            aria_pressed=pressed(day.chosen),
            on_click=on_choose(day.day),
        )
    )


def free_day_list(lang: str, days: rx.Var[list[Any]], on_choose: Any) -> rx.Component:
    """The next free days; `on_choose` is a handler that takes the day (`2026-12-01`)."""
    return rx.el.ul(
        rx.foreach(days, lambda day: _free_day(day, on_choose)),
        class_name="cx-freedays",
        aria_label=translator(lang)("Next days with free times"),
    )


def _tick() -> rx.Component:
    return rx.el.span("✓ ", aria_hidden="true")


def _cell(cell: Any, on_choose: Any) -> rx.Component:
    bookable = rx.el.button(
        rx.el.span(cell.number, class_name="cx-day__number", aria_hidden="true"),
        rx.el.span(cell.free, class_name="cx-day__free", aria_hidden="true"),
        rx.el.span(cell.name, class_name="kern-sr-only"),
        type="button",
        class_name="cx-day",
        aria_pressed=pressed(cell.chosen),
        on_click=on_choose(cell.day),
    )
    plain = rx.el.span(
        cell.number,
        rx.el.span(" ", cell.reason, class_name="kern-sr-only"),
        class_name="cx-day cx-day--plain",
    )
    return rx.el.td(rx.cond(cell.free > 0, bookable, rx.cond(cell.number != "", plain)))


def _month_button(lang: str, text: str, way: str, on_click: Any, shown: Flag) -> rx.Component:
    sign = "chevron-left" if way == "previous" else "chevron-right"
    turn = rx.el.button(
        icon(sign),
        type="button",
        class_name="kern-btn kern-btn--tertiary cx-month__turn",
        aria_label=text,
        on_click=on_click,
        custom_attrs={"data-month": way},
    )
    return when(shown, turn, rx.el.span(class_name="cx-month__turn"))


def month_table(
    lang: str,
    caption: Text,
    weeks: rx.Var[list[list[Any]]],
    on_choose: Any,
    *,
    on_previous: Any,
    on_next: Any,
    has_previous: Flag = True,
    has_next: Flag = True,
) -> rx.Component:
    """A month; `caption` is its name. Bookable days are buttons, other days plain text with their reason.

    Every bookable day is a tab stop; arrow keys move between them, Page Up and Page Down between months. The
    number in a day counts its free times. `on_choose` is a handler that takes the day.
    """
    t = translator(lang)
    heads = [
        rx.el.th(rx.el.abbr(short, title=full, aria_label=full), scope="col") for short, full in weekday_names(lang)
    ]
    body = rx.foreach(weeks, lambda week: rx.el.tr(rx.foreach(week, lambda cell: _cell(cell, on_choose))))
    turns = rx.el.div(
        _month_button(lang, t("Previous month"), "previous", on_previous, has_previous),
        rx.el.p(caption, role="status", class_name="kern-heading-small cx-month__name"),
        _month_button(lang, t("Next month"), "next", on_next, has_next),
        class_name="cx-month__turns",
    )
    grid = rx.el.table(
        rx.el.caption(caption, class_name="kern-sr-only"),
        rx.el.thead(rx.el.tr(*heads)),
        rx.el.tbody(body),
        class_name="cx-month__table",
    )
    legend = rx.el.p(
        t("Framed days have free times; the small number says how many."),
        class_name="kern-body kern-body--small kern-body--muted",
    )
    return MonthKeys.create(turns, grid, legend, month=caption, class_name="cx-month")


def _slot(slot: Any, on_choose: Any) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            when(slot.chosen, _tick()),
            slot.text,
            when(slot.place, rx.el.span(slot.place, class_name="cx-time__place")),
            type="button",
            class_name="cx-time",
            aria_pressed=pressed(slot.chosen),
            on_click=on_choose(slot.value),
        )
    )


def time_list(heading: Text, groups: rx.Var[list[Any]], on_choose: Any, *, name: str = "times") -> rx.Component:
    """The times of a day under the heading `Zeiten am …`, which takes focus when another day is chosen.

    `on_choose` is a handler that takes the value of a `TimeSlot`.
    """

    def group(part: Any) -> rx.Component:
        return rx.el.section(
            rx.el.h3(part.heading, class_name="kern-heading-small"),
            rx.el.ul(rx.foreach(part.slots, lambda slot: _slot(slot, on_choose)), class_name="cx-times"),
        )

    return rx.el.section(
        FocusHeading.create(heading, stamp=heading, class_name="kern-heading-medium", custom_attrs=anchor(name)),
        rx.foreach(groups, group),
        class_name="cx-section",
    )
