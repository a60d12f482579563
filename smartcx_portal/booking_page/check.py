"""Step 4: everything once more, then the booking."""

from typing import Any

import reflex as rx

from smartcx_portal.booking_page.check_state import CheckState
from smartcx_portal.booking_page.fact_line import fact_line
from smartcx_portal.booking_page.frame import booking_page, notice_link, own_words, to, while_open
from smartcx_portal.booking_page.hold_part import hold_part, series_part
from smartcx_portal.booking_page.hold_state import HoldState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button
from smartcx_portal.ui.messages import waiting
from smartcx_portal.ui.tables import answer, summary
from smartcx_portal.ui.text import when


def check_page(lang: str) -> rx.Component:
    """What will be booked, with ways to change each part; they lead back here."""
    t = translator(lang)
    label = rx.cond(CheckState.binding, t("Book with obligation to pay"), t("Book appointment"))
    whole = rx.fragment(
        hold_part(lang),
        _appointment(lang),
        series_part(lang),
        _entries(lang),
        notice_link(lang),
        rx.el.div(button(lang, label, CheckState.book, weight="primary"), class_name="cx-actions"),
    )
    return booking_page(
        lang,
        t("Check your booking"),
        while_open(lang, rx.cond(CheckState.rows.length() > 0, whole, waiting(lang))),
        sub="check",
        back=(t("Your details"), to(lang, "details")),
    )


def _appointment(lang: str) -> rx.Component:
    t = translator(lang)
    return summary(
        t("Your appointment"),
        answer(lang, t("Service"), own_words(HoldState.service), change=to(lang, "service")),
        answer(lang, t("Date and time"), HoldState.when, change=to(lang, "time")),
        when(CheckState.place != "", answer(lang, t("Where"), CheckState.place)),
        rx.foreach(CheckState.facts, fact_line),
    )


def _entries(lang: str) -> rx.Component:
    t = translator(lang)

    def row(one: Any) -> rx.Component:
        return answer(lang, one.key, rx.el.bdi(one.text), change=to(lang, "details"))

    return summary(t("Your details"), rx.foreach(CheckState.rows, row))
