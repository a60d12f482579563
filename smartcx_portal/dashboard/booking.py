"""The page of one booking."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import day_address, room_address
from smartcx_portal.dashboard.booking_deeds import deeds
from smartcx_portal.dashboard.booking_state import BookingState
from smartcx_portal.dashboard.frame import room
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, link, outside_link
from smartcx_portal.ui.keeping import print_button
from smartcx_portal.ui.messages import alert, badge
from smartcx_portal.ui.parts import paragraph, section
from smartcx_portal.ui.tables import fact, facts, row, table
from smartcx_portal.ui.text import joined, when


def booking_page(lang: str) -> rx.Component:
    """Facts and what can be done, then person, messages, consents, history."""
    t, state = translator(lang), BookingState
    return room(
        lang,
        rx.cond(state.ready, state.title, t("Appointment")),
        _facts(lang),
        deeds(lang),
        _series(lang),
        _person(lang),
        _answers(lang),
        _messages(lang),
        _consents(lang),
        _history(lang),
        sub="booking",
        below=joined("/", state.id),
        ready=state.ready,
        current="bookings",
        document_title=t("Appointment"),
        focus_key=state.id,
        actions=[print_button(t("Print"))],
    )


def _facts(lang: str) -> rx.Component:
    t, state, detail = translator(lang), BookingState, BookingState.detail
    marked = when(detail.overbooked, rx.fragment(" ", badge(t("Overbooked"), kind="warning")))
    return rx.fragment(
        rx.el.p(
            link(t("Back to the day"), joined(day_address(lang, "today", ""), state.when.day)),
            class_name="cx-noprint",
        ),
        facts(
            fact(t("State"), badge(state.row.status_text, kind=state.kind), marked),
            fact(t("Time"), joined(state.row.starts, "–", state.row.ends)),
            fact(t("Service"), _listed(state.services)),
            fact(t("Way"), detail.way),
            fact(t("With"), detail.team),
            fact(t("Place"), detail.place),
            when(detail.seats != "", fact(t("Group"), detail.seats)),
            when(detail.code != "", fact(t("Code"), detail.code)),
            fact(t("Made by"), detail.origin),
            when(detail.booked != "", fact(t("Booked on"), detail.booked)),
            when(detail.cancelled_reason != "", fact(t("Reason of the cancellation"), detail.cancelled_reason)),
        ),
    )


def _listed(lines: Any) -> rx.Component:
    return rx.el.ul(rx.foreach(lines, lambda line: rx.el.li(line, key=line)), class_name="cx-plain-list")


def _series(lang: str) -> rx.Component:
    t, state = translator(lang), BookingState
    before = f"{room_address(lang, 'booking')}/"

    def one(sibling: Any) -> rx.Component:
        text = rx.cond(sibling.here, rx.el.strong(sibling.text), link(sibling.text, joined(before, sibling.id)))
        return rx.el.li(text, " (", sibling.state, ")", key=sibling.id)

    there = section(
        t("Series"),
        paragraph(state.detail.series),
        rx.el.ol(rx.foreach(state.siblings, one), class_name="kern-list kern-list--number cx-bullets"),
    )
    return rx.cond(state.siblings.length() > 0, there)


def _person(lang: str) -> rx.Component:
    t, detail = translator(lang), BookingState.detail
    other = detail.for_whom != ""
    return section(
        rx.cond(other, t("Persons"), t("Person")),
        when(BookingState.concerns.length() > 0, _concerns(lang)),
        facts(
            when(other, fact(t("The appointment is for"), detail.for_whom)),
            fact(rx.cond(other, t("Booked by"), t("Name")), BookingState.row.person),
            when(detail.email != "", fact(t("E-mail"), outside_link(detail.email, joined("mailto:", detail.email)))),
            when(detail.phone != "", fact(t("Telephone"), outside_link(detail.phone, joined("tel:", detail.phone)))),
            when(detail.confirming != "", fact(t("How the person is told"), detail.confirming)),
        ),
        paragraph(t("That you opened this page is recorded. The person can see who looked at their data."), muted=True),
    )


def _concerns(lang: str) -> rx.Component:
    """What is open about the person's data, before anybody uses it."""
    t = translator(lang)

    def one(concern: Any) -> rx.Component:
        return rx.el.li(joined(concern.right, ", ", t("since"), " ", concern.since), key=concern.right)

    return alert(
        t("A request of this person about their data is open"),
        rx.el.ul(rx.foreach(BookingState.concerns, one), class_name="kern-list kern-list--bullet cx-bullets"),
        t("Until it is decided, use the data only for what this appointment needs."),
        kind="warning",
        level=3,
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

    return _either(
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

    return _either(
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
    return _either(
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


def _either(title: str, rows: Any, shown: rx.Component, otherwise: str) -> rx.Component:
    return section(title, rx.cond(rows.length() > 0, shown, paragraph(otherwise)))
