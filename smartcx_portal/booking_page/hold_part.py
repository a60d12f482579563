"""The held time above the details and the check page."""

import reflex as rx

from smartcx_portal.booking_page.calendar_part import taken_part
from smartcx_portal.booking_page.fact_line import text_lines
from smartcx_portal.booking_page.frame import own_words, to
from smartcx_portal.booking_page.hold_state import HoldState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, link
from smartcx_portal.ui.keeping import AfterTime
from smartcx_portal.ui.messages import alert, hold_line
from smartcx_portal.ui.parts import paragraph, stack
from smartcx_portal.ui.text import when


def held_time() -> rx.Component:
    """Which appointment this is about."""
    return paragraph(own_words(HoldState.service), rx.el.br(), HoldState.when, rx.el.br(), HoldState.place, bold=True)


def series_part(lang: str) -> rx.Component:
    """The other appointments of a series, and those that did not fit, each with its reason."""
    t = translator(lang)

    missed = alert(
        t("These times do not fit and are not booked:"),
        text_lines(HoldState.missed),
        paragraph(t("You can book others for them afterwards, one by one.")),
        kind="warning",
        level=0,
    )
    return rx.fragment(
        when(
            HoldState.series.length() > 0, stack(paragraph(t("Also reserved for you:")), text_lines(HoldState.series))
        ),
        when(HoldState.missed.length() > 0, missed),
    )


def hold_part(lang: str) -> rx.Component:
    """Until when the time is held, a warning before it ends, and the way to hold it once more."""
    t = translator(lang)
    return stack(
        hold_line(lang, HoldState.until, HoldState.more_time),
        rx.el.div(_warning(lang), role="status", class_name="cx-status"),
        rx.el.div(rx.cond(HoldState.lapsed & ~HoldState.gone, _lapsed(lang)), role="alert", class_name="cx-status"),
        taken_part(lang, HoldState.gone, HoldState.near, HoldState.take),
        rx.cond(HoldState.gone, paragraph(t("Your entries are still there."))),
        AfterTime.create(rx.fragment(), seconds=HoldState.seconds, stamp=HoldState.stamp, on_reached=HoldState.load),
    )


def _warning(lang: str) -> rx.Component:
    t = translator(lang)
    return AfterTime.create(
        alert(
            t("The reservation ends in two minutes."),
            t("What you have typed is kept in any case."),
            kind="warning",
            level=0,
        ),
        seconds=HoldState.warn_in,
        stamp=HoldState.stamp,
    )


def _lapsed(lang: str) -> rx.Component:
    t = translator(lang)
    other = link(t("Choose another time"), to(lang, "time"))
    return alert(
        t("The reservation has ended."),
        t("Your entries are still there."),
        rx.el.div(
            button(lang, t("Reserve the time again"), HoldState.again, weight="primary"), other, class_name="cx-actions"
        ),
        kind="warning",
    )
