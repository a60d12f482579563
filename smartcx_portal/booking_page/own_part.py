"""An appointment as its person sees it, with what can be done about it."""

from typing import Any

import reflex as rx

from smartcx_portal.booking_page.frame import call_us, filled, own_words, to
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import Weight, button_row, download_button, link, link_button, outside_link
from smartcx_portal.ui.keeping import print_button
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.parts import code, paragraph, section
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import when


def own_facts(lang: str, own: Any) -> rx.Component:
    """Date, way or place, code, what to bring."""
    t = translator(lang)
    video = rx.fragment(rx.el.br(), outside_link(own.video_url, own.video_url))
    return facts(
        fact(t("Date and time"), own.when),
        when(own.series.length() > 0, fact(t("Further appointments"), rx.foreach(own.series, _linked))),
        fact(t("Service"), own_words(own.service)),
        when(own.places != "", fact(t("For how many"), own.places)),
        rx.cond(
            own.way == "",
            fact(t("Where"), own.place, rx.el.br(), own.address),
            fact(t("Takes place"), rx.cond(own.video_url != "", rx.fragment(own.way, video), own.address)),
        ),
        when(own.directions != "", fact(t("Directions"), own_words(own.directions))),
        when(own.bring != "", fact(t("What to bring"), own_words(own.bring))),
        fact(t("Booking code"), code(own.code)),
    )


def _linked(one: Any) -> rx.Component:
    return rx.el.div(link(one.text, one.path))


def keep_part(lang: str, own: Any, *, weight: Weight = "secondary") -> rx.Component:
    """Into the calendar, on paper."""
    t = translator(lang)
    return button_row(
        download_button(t("Add to calendar"), own.calendar, weight=weight),
        print_button(t("Print")),
    )


def later_part(lang: str, own: Any) -> rx.Component:
    """The ways that stay open after booking."""
    t = translator(lang)
    return section(
        t("If something changes"),
        paragraph(link(t("See, move or cancel the appointment"), own.manage)),
        paragraph(t("Keep this link:"), " ", rx.el.span(own.link, class_name="cx-link")),
        my_data(lang),
    )


def my_data(lang: str) -> rx.Component:
    """Into the privacy portal."""
    t = translator(lang)
    return paragraph(link(t("See, correct or delete your data"), to(lang, word="my_data")))


def change_part(lang: str, own: Any) -> rx.Component:
    """Moving and cancelling, or why they do not work online any more."""
    t = translator(lang)
    until = filled(t("This could be done online until {day}."), day=own.changes_until)
    late = alert(until, call_us(lang), kind="warning")
    ways = button_row(
        link_button(t("Move"), own.move),
        link_button(t("Cancel the appointment"), own.cancel, weight="secondary"),
    )
    return rx.cond(own.changeable, ways, late)
