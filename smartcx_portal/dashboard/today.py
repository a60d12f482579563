"""The page of one day."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.agenda import agenda, live_actions, live_lines, steady, ways
from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.today_state import TodayState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import submit
from smartcx_portal.ui.fields import date_input
from smartcx_portal.ui.forms import bare_form
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.text import when


def today_page(lang: str) -> rx.Component:
    """Now, next, later."""
    t, view = translator(lang), TodayState.view
    return room(
        lang,
        rx.cond(view.today | (view.title == ""), t("Today"), view.title),
        rx.cond(view.today, paragraph(view.title, bold=True)),
        ways(
            lang,
            "today",
            (t("Earlier day"), view.earlier),
            (t("Today"), ~view.today),
            (t("Later day"), view.later),
        ),
        _jump(lang),
        live_lines(lang, TodayState),
        steady(
            rx.foreach(view.parts, lambda part: _part(lang, part)),
            rx.cond(
                view.parts.length() == 0,
                paragraph(rx.cond(view.today, t("No appointments today."), t("No appointments on this day."))),
            ),
        ),
        sub="today",
        ready=TodayState.ready,
        actions=live_actions(lang, TodayState),
        focus_key=view.day,
    )


def _part(lang: str, part: Any) -> rx.Component:
    return rx.el.section(
        when(part.heading != "", rx.el.h2(part.heading, class_name="kern-heading-small")),
        agenda(lang, part.lines, rx.cond(part.heading != "", part.heading, translator(lang)("Appointments"))),
        class_name="cx-section",
        key=part.heading,
    )


def _jump(lang: str) -> rx.Component:
    t = translator(lang)
    return bare_form(
        rx.el.div(
            date_input(lang, "day", t("Go to day"), default=TodayState.view.day),
            submit(lang, t("Show"), weight="secondary"),
            class_name="cx-filters",
        ),
        on_submit=TodayState.go_to,
        key=TodayState.view.day,
    )
