"""The pages of the waiting list: ask for a place in the line, and one's wish by its link."""

import reflex as rx

from smartcx_portal.booking_page.frame import (
    booking_page,
    call_us,
    filled,
    loaded_or_waiting,
    nothing_here,
    notice_link,
    own_words,
    to,
    while_open,
)
from smartcx_portal.booking_page.wish_states import JoinState, WishState
from smartcx_portal.bookings.hours_shown import WEEKDAYS
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, button_row, link_button
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import checkbox, consent_box, fieldset
from smartcx_portal.ui.fields import date_input, email_field, problem_of, text_field, time_input
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.keeping import secret_from_address
from smartcx_portal.ui.messages import alert, problem_line, waiting
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import when


def join_page(lang: str) -> rx.Component:
    """When it suits, and where to write."""
    t, state = translator(lang), JoinState
    asking = stack(
        paragraph(own_words(state.service), bold=True),
        paragraph(
            filled(
                t("When a time becomes free that fits, we write to you and hold it for you for {span}."),
                span=state.held,
            )
        ),
        _form(lang),
    )
    none = nothing_here(lang, t("There is no waiting list for this service."))
    shown = rx.cond(state.sent_to != "", _sent(lang), rx.cond(state.none, none, asking))
    return booking_page(
        lang,
        t("Waiting list"),
        while_open(lang, loaded_or_waiting(lang, state.ready, shown)),
        word="waiting",
        back=(t("Back to the times"), to(lang, "time")),
    )


def _form(lang: str) -> rx.Component:
    t, problems, state = translator(lang), Notice.problems, JoinState
    days = [checkbox(f"weekday-{n}", t(name), default=True) for n, name in enumerate(WEEKDAYS)]
    return form(
        lang,
        date_input(lang, "first_day", t("From day"), default=state.first_day, problems=problems),
        date_input(lang, "last_day", t("Until day"), problems=problems),
        time_input(
            lang, "from_time", t("Not before"), optional=True, hint=t("Leave it empty for any time."), problems=problems
        ),
        time_input(lang, "until_time", t("Begins before"), optional=True, problems=problems),
        fieldset(lang, "weekdays", t("On these weekdays"), *days, problem=problem_of("weekdays", problems)),
        text_field(lang, "name", t("Full name"), autocomplete="name", problems=problems),
        email_field(lang, "email", t("E-mail"), problems=problems),
        consent_box("consent-mail", t("Yes, write to me when a time becomes free"), state.consent, problems=problems),
        notice_link(lang),
        on_submit=state.join,
        deed=t("Join the waiting list"),
        problems=problems,
    )


def _sent(lang: str) -> rx.Component:
    t = translator(lang)
    return stack(
        FocusHeading.create(
            t("Almost done: confirm by e-mail"), stamp=JoinState.sent_to, class_name="kern-heading-medium"
        ),
        paragraph(filled(t("We have written to {address}."), address=JoinState.sent_to)),
        paragraph(t("Open the link in the mail within 24 hours. Only then you are on the waiting list.")),
        paragraph(t("Without that, we forget your entries.")),
    )


def wish_page(lang: str) -> rx.Component:
    """One's wish: to be confirmed, waiting, offered, or over."""
    t, state = translator(lang), WishState
    shown = rx.match(
        state.state,
        ("unconfirmed", _unconfirmed(lang)),
        ("waiting", _waiting(lang)),
        ("offered", _offered(lang)),
        ("taken", _over(lang, t("You have taken a time."), kind="success")),
        ("left", _over(lang, t("You have left the waiting list."), kind="success")),
        ("lapsed", _over(lang, t("Your wish has ended: its days are over, or you let five offers go."), kind="info")),
        nothing_here(lang, state.refused),
    )
    return booking_page(
        lang,
        rx.match(
            state.state,
            ("unconfirmed", t("Confirm your place in the waiting list")),
            ("offered", t("A time has become free for you")),
            t("Your place in the waiting list"),
        ),
        secret_from_address(WishState.open, asked=WishState.asked),
        rx.cond(state.asked, waiting(lang), shown),
        word="waiting",
        sub="wish",
        document_title=t("Waiting list"),
        focus_key=state.state,
    )


def _wish(lang: str) -> rx.Component:
    t, state = translator(lang), WishState
    return facts(
        fact(t("Service"), own_words(state.service)),
        fact(t("Where"), own_words(state.place)),
        fact(t("Days"), state.days),
        when(state.times != "", fact(t("Between"), state.times)),
    )


def _unconfirmed(lang: str) -> rx.Component:
    t = translator(lang)
    return stack(_wish(lang), button_row(button(lang, t("Join the waiting list"), WishState.confirm, weight="primary")))


def _waiting(lang: str) -> rx.Component:
    t, state = translator(lang), WishState
    return stack(
        problem_line(state.refused),
        alert(t("You are on the waiting list."), paragraph(state.line), kind="success"),
        _wish(lang),
        paragraph(t("You need do nothing more. We write to you when a time becomes free that fits.")),
        button_row(button(lang, t("Leave the waiting list"), state.leave)),
    )


def _offered(lang: str) -> rx.Component:
    t, state = translator(lang), WishState
    deed = rx.cond(state.asks, t("Take it and continue"), t("Book appointment"))
    more = when(state.asks, paragraph(t("The next page asks what we need to know for it.")))
    return stack(
        paragraph(state.offered, bold=True, large=True),
        paragraph(filled(t("Held for you until {time}."), time=state.until)),
        _wish(lang),
        more,
        button_row(
            button(lang, deed, state.take, weight="primary"),
            button(lang, t("Leave it to others, wait on"), state.decline),
        ),
        section(t("You need it no longer?"), button_row(button(lang, t("Leave the waiting list"), state.leave))),
    )


def _over(lang: str, title: str, *, kind: str) -> rx.Component:
    t = translator(lang)
    return stack(
        alert(title, kind=kind),
        _wish(lang),
        call_us(lang),
        button_row(link_button(t("Book an appointment"), to(lang), weight="secondary")),
    )
