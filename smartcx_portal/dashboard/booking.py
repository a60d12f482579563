"""The page of one booking."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import day_address
from smartcx_portal.dashboard.booking_state import BookingState
from smartcx_portal.dashboard.frame import room
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, button_row, link, outside_link, plain_button
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.fields import date_input, text_area
from smartcx_portal.ui.forms import error_summary, form
from smartcx_portal.ui.keeping import print_button
from smartcx_portal.ui.messages import badge
from smartcx_portal.ui.parts import confirm_dialog, paragraph, section
from smartcx_portal.ui.tables import fact, facts, row, table
from smartcx_portal.ui.text import joined, when


def booking_page(lang: str) -> rx.Component:
    """Facts, person, messages, consents, history; moving and cancelling."""
    t, state = translator(lang), BookingState
    return room(
        lang,
        rx.cond(state.ready, state.title, t("Appointment")),
        _facts(lang),
        rx.cond(state.row.cancellable, _deeds(lang)),
        rx.cond(state.moving, _move(lang)),
        _person(lang),
        _answers(lang),
        _messages(lang),
        _consents(lang),
        _history(lang),
        _cancel(lang),
        sub="booking",
        below=joined("/", state.id),
        ready=state.ready,
        current="today",
        document_title=t("Appointment"),
        actions=[print_button(t("Print"))],
    )


def _facts(lang: str) -> rx.Component:
    t, state = translator(lang), BookingState
    return rx.fragment(
        rx.el.p(link(t("Back to the day"), joined(day_address(lang, "today", ""), state.when.day))),
        facts(
            fact(t("State"), badge(state.row.status_text, kind=state.kind)),
            fact(t("Time"), joined(state.row.starts, "–", state.row.ends)),
            fact(t("Service"), state.row.service),
            fact(t("With"), state.row.resource),
            fact(t("Place"), state.detail.place),
            rx.cond(state.detail.code != "", fact(t("Code"), state.detail.code)),
            rx.cond(state.detail.booked != "", fact(t("Booked on"), state.detail.booked)),
            rx.cond(
                state.detail.cancelled_reason != "",
                fact(t("Reason of the cancellation"), state.detail.cancelled_reason),
            ),
        ),
    )


def _deeds(lang: str) -> rx.Component:
    t = translator(lang)
    return button_row(
        button(lang, t("Move"), BookingState.start_moving, weight="primary"),
        button(lang, t("Cancel appointment"), BookingState.ask),
    )


def _person(lang: str) -> rx.Component:
    t, detail = translator(lang), BookingState.detail
    return section(
        t("Person"),
        facts(
            fact(t("Name"), BookingState.row.person),
            when(detail.email != "", fact(t("E-mail"), outside_link(detail.email, joined("mailto:", detail.email)))),
            when(detail.phone != "", fact(t("Telephone"), outside_link(detail.phone, joined("tel:", detail.phone)))),
            when(detail.confirming != "", fact(t("How the person is told"), detail.confirming)),
        ),
        paragraph(t("That you opened this page is recorded. The person can see who looked at their data."), muted=True),
    )


def _answers(lang: str) -> rx.Component:
    def one(answer: Any) -> rx.Component:
        return fact(answer.label, answer.text)

    there = section(translator(lang)("Answers"), facts(rx.foreach(BookingState.answers, one)))
    return rx.cond(BookingState.answers.length() > 0, there)


def _messages(lang: str) -> rx.Component:
    t = translator(lang)

    def one(message: Any) -> rx.Component:
        again = button(
            lang,
            t("Send again"),
            BookingState.send_again(message.id),
            small=True,
            spoken=joined(t("Send again"), ": ", message.what),
        )
        state = rx.fragment(message.state, when(message.failed, rx.fragment(" ", again)))
        return row(message.what, message.channel, state, message.at, key=message.id)

    return _listed(
        t("Messages"),
        BookingState.messages,
        table(
            t("Messages"),
            [t("Message"), t("Sent by"), t("State"), t("When")],
            rx.foreach(BookingState.messages, one),
            name="messages",
            hidden_caption=True,
        ),
        t("No messages have been sent."),
    )


def _consents(lang: str) -> rx.Component:
    t = translator(lang)

    def one(consent: Any) -> rx.Component:
        return row(consent.title, badge(consent.state, kind=rx.cond(consent.given, "success", "warning")), consent.at)

    return _listed(
        t("Consents"),
        BookingState.consents,
        table(
            t("Consents"),
            [t("Consent to"), t("State"), t("When")],
            rx.foreach(BookingState.consents, one),
            name="consents",
            hidden_caption=True,
        ),
        t("No consent was asked for."),
    )


def _history(lang: str) -> rx.Component:
    t = translator(lang)
    return _listed(
        t("History"),
        BookingState.history,
        table(
            t("History"),
            [t("When"), t("What"), t("Who")],
            rx.foreach(BookingState.history, lambda one: row(one.at, one.what, one.who)),
            name="history",
            hidden_caption=True,
        ),
        t("Nobody has changed anything so far."),
    )


def _listed(title: str, rows: Any, shown: rx.Component, otherwise: str) -> rx.Component:
    return section(title, rx.cond(rows.length() > 0, shown, paragraph(otherwise)))


def _move(lang: str) -> rx.Component:
    t, state = translator(lang), BookingState

    def slot(time: Any) -> rx.Component:
        label = joined(time.text)
        return rx.el.li(
            rx.el.button(label, type="button", class_name="cx-time", on_click=state.move(time.value)), key=time.value
        )

    return section(
        t("Move the appointment"),
        paragraph(t("The old time stays until you choose a new one. The person is told by the way they chose.")),
        form(
            lang,
            date_input(lang, "day", t("Day"), default=state.move_day, problems=Notice.problems),
            on_submit=state.look_at_day,
            deed=t("Show times"),
            others=(plain_button(t("Leave it as it is"), state.stop_moving),),
            key=state.move_day,
        ),
        FocusHeading.create(
            joined(t("Free on"), " ", state.move_day_text), stamp=state.move_day, class_name="kern-heading-small"
        ),
        rx.cond(
            state.times.length() > 0,
            rx.el.ul(rx.foreach(state.times, slot), class_name="cx-times"),
            paragraph(t("Nothing is free on this day.")),
        ),
    )


def _cancel(lang: str) -> rx.Component:
    t, state = translator(lang), BookingState
    return confirm_dialog(
        lang,
        t("Cancel this appointment?"),
        error_summary(lang, Notice.problems),
        paragraph(t("The time becomes free at once. This cannot be undone.")),
        paragraph(joined(t("How the person is told"), ": ", state.detail.confirming)),
        text_area(lang, "reason", t("Reason, for the person to read"), problems=Notice.problems),
        open=state.asking,
        deed=t("Cancel appointment"),
        on_deed=state.cancel,
        on_close=state.keep,
        form=True,
        name="cancel",
    )
