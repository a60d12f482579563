"""The page for a new appointment: what and when first, then who."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import day_address, room_address
from smartcx_portal.dashboard.booking_new_person import who
from smartcx_portal.dashboard.booking_new_state import LINES, BookingNewState
from smartcx_portal.dashboard.frame import room
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, button_row, link_button, pressed, submit
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import Choice, select_field
from smartcx_portal.ui.fields import (
    date_input,
    number_field,
    time_input,
)
from smartcx_portal.ui.forms import bare_form, error_summary, form
from smartcx_portal.ui.parts import accordion, paragraph, section, stack
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined, when

PROBLEMS = Notice.problems


def booking_new_page(lang: str) -> rx.Component:
    """Three steps below each other; what is entered stays when one goes back to an earlier one."""
    t, state = translator(lang), BookingNewState
    steps = rx.fragment(
        error_summary(lang, PROBLEMS),
        _what(lang),
        rx.cond(state.what != "", _time(lang)),
        rx.cond(state.when != "", who(lang)),
    )
    return room(
        lang,
        t("New appointment"),
        rx.cond(state.done.id != "", _done(lang), steps),
        sub="booking_new",
        ready=state.ready,
        current="calendar",
    )


def _what(lang: str) -> rx.Component:
    t, state = translator(lang), BookingNewState
    more = accordion(t("More services in one visit"), *[_line(lang, str(n)) for n in range(2, LINES + 1)])
    ways = [
        Choice("on_site", t("On site")),
        Choice("telephone", t("By telephone")),
        Choice("video", t("By video")),
    ]
    return section(
        t("What and when?"),
        form(
            lang,
            _line(lang, ""),
            more,
            rx.el.div(
                select_field(lang, "way", t("How"), ways, empty=t("As usual"), problems=PROBLEMS),
                number_field(
                    lang, "places", t("Places"), default="1", hint=t("Of a group appointment"), problems=PROBLEMS
                ),
                class_name="cx-filters",
            ),
            rx.el.div(
                date_input(lang, "day", t("Day"), default=state.day, problems=PROBLEMS),
                select_field(
                    lang, "resource", t("With"), state.resources, default=state.resource, empty=t("Whoever is free")
                ),
                class_name="cx-filters",
            ),
            on_submit=state.look,
            deed=t("Show times"),
            key=joined(state.form_key.to_string(), state.services.length().to_string()),
        ),
    )


def _line(lang: str, number: str) -> rx.Component:
    """One service and how often."""
    t = translator(lang)
    return stack(
        select_field(
            lang,
            f"service{number}",
            t("Service"),
            BookingNewState.services,
            empty=t("Please choose") if not number else t("None"),
            optional=bool(number),
            problems=PROBLEMS,
        ),
        number_field(lang, f"quantity{number}", t("How often"), default="1", problems=PROBLEMS),
    )


def _time(lang: str) -> rx.Component:
    t, state = translator(lang), BookingNewState

    def slot(time: Any) -> rx.Component:
        choose = state.choose(time.value)
        inside = rx.el.button(
            time.text, type="button", class_name="cx-time", aria_pressed=pressed(time.chosen), on_click=choose
        )
        return rx.el.li(inside, key=time.value)

    other = bare_form(
        rx.el.div(
            time_input(lang, "time", t("Another time"), default=state.asked_time, problems=PROBLEMS),
            submit(lang, t("Take this time"), weight="secondary"),
            class_name="cx-filters",
        ),
        on_submit=state.choose_other,
        key=joined(state.form_key.to_string(), state.day),
    )
    return rx.el.section(
        FocusHeading.create(
            joined(t("Times on"), " ", state.day_text),
            stamp=joined(state.what, state.day),
            class_name="kern-heading-small",
        ),
        paragraph(state.what),
        rx.cond(
            state.times.length() > 0,
            rx.el.ul(rx.foreach(state.times, slot), class_name="cx-times"),
            paragraph(t("Nothing is free on this day.")),
        ),
        button_row(button(lang, t("Now: the person is here"), state.choose_now)),
        other,
        class_name="cx-section",
    )


def _done(lang: str) -> rx.Component:
    t, done = translator(lang), BookingNewState.done
    return rx.el.section(
        FocusHeading.create(t("The appointment is entered"), stamp=done.id, class_name="kern-heading-medium"),
        facts(
            fact(t("Time"), done.when),
            fact(t("Code"), rx.el.span(done.code, class_name="cx-code")),
            when(done.overbooked, fact(t("State"), t("Overbooked"))),
        ),
        paragraph(
            rx.cond(
                done.tells, t("The person gets a message with everything."), t("Tell the person the time and the code.")
            )
        ),
        button_row(
            link_button(t("To the calendar"), joined(day_address(lang, "calendar", ""), done.day)),
            link_button(
                t("Open the appointment"), joined(f"{room_address(lang, 'booking')}/", done.id), weight="secondary"
            ),
            button(lang, t("Enter another one"), BookingNewState.again),
        ),
        class_name="cx-section",
    )
