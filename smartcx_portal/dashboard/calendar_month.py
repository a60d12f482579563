"""The calendar's month: how many come on each day."""

from typing import Any

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from smartcx_portal.dashboard.calendar_state import CalendarState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.month import weekday_names
from smartcx_portal.ui.text import when


def crowded(lang: str) -> rx.Component:
    """Instead of more appointments than a page can show."""
    t = translator(lang)
    return alert(
        t("Too many appointments for one page"),
        t("Choose a resource or a service in the filters, or look at a single day."),
        kind="info",
    )


def month(lang: str) -> rx.Component:
    """A table of weeks; each day leads to its own view."""
    view = CalendarState.view

    def cell(day: Any) -> rx.Component:
        inside = ReactRouterLink.create(
            rx.el.span(day.number, class_name="cx-cal-month__number"),
            when(day.count != "", rx.el.span(day.count, class_name="cx-cal-month__count")),
            when(day.note != "", rx.el.span(day.note, class_name="cx-cal-month__note")),
            to=day.leads,
            aria_label=day.words,
            aria_current=when(day.today, "date", "false"),
            class_name="cx-cal-month__day",
        )
        return rx.el.td(rx.cond(day.day != "", inside))

    return rx.el.table(
        rx.el.caption(view.title, class_name="kern-sr-only"),
        rx.el.thead(
            rx.el.tr(*[rx.el.th(rx.el.abbr(short, title=full), scope="col") for short, full in weekday_names(lang)])
        ),
        rx.el.tbody(rx.foreach(view.weeks, lambda week: rx.el.tr(rx.foreach(week, cell)))),
        class_name="cx-cal-month",
    )
