"""Step 2: day and time. The move page of an appointment shows the same."""

import reflex as rx

from smartcx_portal.booking_page.calendar_part import free_part
from smartcx_portal.booking_page.fact_line import fact_line
from smartcx_portal.booking_page.frame import (
    booking_page,
    call_us,
    loaded_or_waiting,
    nothing_here,
    own_words,
    to,
    while_open,
)
from smartcx_portal.booking_page.time_state import TimeState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button_row, link_button
from smartcx_portal.ui.keeping import secret_from_address
from smartcx_portal.ui.messages import alert, waiting
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.tables import summary


def time_page(lang: str) -> rx.Component:
    """What binds first, then what is free."""
    t = translator(lang)
    return booking_page(
        lang,
        t("When suits you?"),
        while_open(
            lang,
            loaded_or_waiting(
                lang,
                TimeState.loaded,
                summary(own_words(TimeState.service), rx.foreach(TimeState.facts, fact_line)),
                free_part(lang, TimeState.choose),
            ),
        ),
        sub="time",
        back=(
            rx.cond(TimeState.options, t("Change the selection"), t("Choose another service")),
            rx.cond(
                TimeState.options,
                to(lang, "options", tail=TimeState.query),
                to(lang, "service", tail=TimeState.query),
            ),
        ),
    )


def move_page(lang: str) -> rx.Component:
    """Another time for an appointment; the old one stays until then."""
    t = translator(lang)
    choosing = rx.fragment(
        paragraph(t("Your appointment so far:"), " ", TimeState.moving_from, bold=True),
        paragraph(t("It stays until the new one is certain.")),
        free_part(lang, TimeState.move),
        button_row(link_button(t("Keep the appointment"), TimeState.back, weight="secondary")),
    )
    too_late = alert(t("This appointment can no longer be moved online."), call_us(lang), kind="warning")
    found = rx.cond(
        TimeState.refused != "",
        nothing_here(lang, TimeState.refused),
        rx.cond(TimeState.moving_from != "", while_open(lang, choosing), too_late),
    )
    return booking_page(
        lang,
        t("Move the appointment"),
        secret_from_address(TimeState.open_move, asked=TimeState.asked),
        rx.cond(TimeState.asked, waiting(lang), found),
        word="appointment",
        sub="move",
    )
