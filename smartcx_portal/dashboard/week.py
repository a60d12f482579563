"""The page of one week."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import day_address
from smartcx_portal.dashboard.agenda import live_actions, live_lines, short_agenda, steady, ways
from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.week_state import WeekState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import link
from smartcx_portal.ui.messages import badge
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.text import joined


def week_page(lang: str) -> rx.Component:
    """Seven days."""
    t, view = translator(lang), WeekState.view
    return room(
        lang,
        t("Week"),
        paragraph(view.title, bold=True),
        ways(
            lang,
            "week",
            (t("Earlier week"), view.earlier),
            (t("This week"), ~view.present),
            (t("Later week"), view.later),
        ),
        live_lines(lang, WeekState),
        steady(rx.el.div(rx.foreach(view.days, lambda day: _day(lang, day)), class_name="cx-week")),
        sub="week",
        ready=WeekState.ready,
        actions=live_actions(lang, WeekState),
        focus_key=view.monday,
    )


def _day(lang: str, day: Any) -> rx.Component:
    t = translator(lang)
    return rx.el.section(
        rx.el.h2(
            link(day.title, joined(day_address(lang, "today", ""), day.day)),
            rx.cond(day.today, rx.fragment(" ", badge(t("Today")))),
            class_name="kern-heading-small",
        ),
        rx.cond(
            day.lines.length() > 0,
            short_agenda(lang, day.lines, day.title),
            paragraph(t("No appointments"), muted=True),
        ),
        class_name="cx-section",
        key=day.day,
    )
