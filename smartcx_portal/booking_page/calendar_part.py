"""Days and times to choose from: the next one, the next days, the month, and the times of a day."""

from typing import Any

import reflex as rx

from smartcx_portal.booking_page.frame import call_us, to
from smartcx_portal.booking_page.time_state import TimeState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, link, link_button
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.calendar import free_day_list, month_table, time_list
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.parts import paragraph, stack
from smartcx_portal.ui.text import Text, when


def free_part(lang: str, on_choose: Any) -> rx.Component:
    """All that is free; `on_choose` is a handler that takes a start."""
    t = translator(lang)
    wait = when(TimeState.waitlist, link_button(t("Join the waiting list"), waiting_list(lang)))
    some = stack(_next(lang, on_choose), _days(lang), _times(lang, on_choose), _no_time_fits(lang))
    full = alert(TimeState.nothing, stack(wait, call_us(lang)), kind="warning")
    return rx.fragment(
        taken_part(lang, TimeState.taken, TimeState.near, on_choose),
        rx.el.div(when(TimeState.full, alert(TimeState.full, kind="warning", level=0)), role="status"),
        rx.cond(TimeState.nothing != "", full, some),
    )


def waiting_list(lang: str) -> Text:
    """The page of the waiting list, with what was chosen."""
    return to(lang, word="waiting", tail=TimeState.query)


def _no_time_fits(lang: str) -> rx.Component:
    t = translator(lang)
    way = link(t("Join the waiting list"), waiting_list(lang))
    return when(TimeState.waitlist & (TimeState.moving_from == ""), paragraph(t("No time that fits?"), " ", way))


def taken_part(lang: str, taken: Any, near: Any, on_choose: Any) -> rx.Component:
    """That a time has gone, with the nearest free ones as buttons; read out when it appears."""
    t = translator(lang)

    def slot(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.button(one.text, type="button", class_name="cx-time", on_click=on_choose(one.value)),
        )

    still = rx.fragment(
        paragraph(t("Still free:")),
        rx.el.ul(rx.foreach(near, slot), class_name="cx-freedays", aria_label=t("Nearest free times")),
    )
    left = rx.cond(near.length() > 0, still, paragraph(t("Please choose another day.")))
    return rx.el.div(
        rx.cond(taken, alert(t("This time has just gone."), left, kind="warning")),
        role="alert",
        class_name="cx-status",
    )


def _next(lang: str, on_choose: Any) -> rx.Component:
    label = rx.fragment(translator(lang)("Next free:"), " ", TimeState.next_text)
    return rx.el.div(
        button(lang, label, on_choose(TimeState.next_at), weight="primary"),
        class_name="cx-actions",
    )


def _days(lang: str) -> rx.Component:
    t = translator(lang)
    month = month_table(
        lang,
        TimeState.month_name,
        TimeState.weeks,
        TimeState.choose_day,
        on_previous=TimeState.turn(-1),
        on_next=TimeState.turn(1),
        has_previous=TimeState.earlier,
        has_next=TimeState.later,
    )
    return rx.el.section(
        FocusHeading.create(
            t("Days with free times"),
            stamp=rx.cond(TimeState.day == "", "days", ""),
            class_name="kern-heading-medium",
        ),
        rx.cond(TimeState.month == "", free_day_list(lang, TimeState.days, TimeState.choose_day), month),
        button(lang, rx.cond(TimeState.month == "", t("Show month"), t("Show list")), TimeState.switch_view),
        class_name="cx-section",
    )


def _times(lang: str, on_choose: Any) -> rx.Component:
    t = translator(lang)
    return rx.cond(
        TimeState.day != "",
        stack(
            time_list(TimeState.day_heading, TimeState.times, on_choose),
            button(lang, t("Choose another day"), TimeState.other_day, weight="tertiary"),
        ),
    )
