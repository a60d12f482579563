"""The second half of the page for a new appointment: who comes, what is asked, how they are told."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.booking_new_state import BookingNewState
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button_row, icon, submit
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import Choice, checkbox, consent_box, radio_group, select_field
from smartcx_portal.ui.fields import date_input, email_field, number_field, tel_field, text_area, text_field
from smartcx_portal.ui.forms import bare_form
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.text import joined

PROBLEMS = Notice.problems


def who(lang: str) -> rx.Component:
    """The form about the person; what it asks follows from what was chosen."""
    t, state = translator(lang), BookingNewState
    other = text_field(lang, "attendee", t("Name of the person who comes"), problems=PROBLEMS, max_length=200)
    return rx.el.section(
        FocusHeading.create(
            joined(t("Who comes?"), " ", state.when), stamp=state.when, class_name="kern-heading-small"
        ),
        bare_form(
            text_field(lang, "name", t("Full name"), problems=PROBLEMS, max_length=200),
            tel_field(lang, "phone", t("Telephone"), optional=True, autocomplete="off", problems=PROBLEMS),
            email_field(lang, "email", t("E-mail"), optional=True, autocomplete="off", problems=PROBLEMS),
            radio_group(
                lang,
                "for_whom",
                t("Who is the appointment for?"),
                [Choice("self", t("For this person")), Choice("other", t("For somebody else"))],
                default="self",
                inside={"other": other},
                problems=PROBLEMS,
            ),
            rx.foreach(state.questions, lambda one: _question(lang, one)),
            rx.cond(state.special.length() > 0, _special(lang)),
            _confirming(lang),
            rx.cond(state.refused != "", _all_the_same(lang)),
            button_row(submit(lang, t("Enter the appointment"))),
            on_submit=state.book,
            class_name="cx-form",
            key=state.form_key.to_string(),
        ),
        class_name="cx-section",
    )


def _question(lang: str, one: Any) -> rx.Component:
    said: dict[str, Any] = {"hint": one.why, "optional": one.optional, "problems": PROBLEMS}
    return rx.match(
        one.kind,
        ("choice", radio_group(lang, one.name, one.label, one.choices, **said)),
        ("number", number_field(lang, one.name, one.label, **said)),
        ("date", date_input(lang, one.name, one.label, **said)),
        text_area(lang, one.name, one.label, rows=2, **said),
    )


def _special(lang: str) -> rx.Component:
    t = translator(lang)
    return section(
        t("Specially protected details"),
        paragraph(t("Enter these answers only if the person has expressly agreed.")),
        rx.foreach(BookingNewState.special, lambda one: _question(lang, one)),
        _read_out(lang, "consent-health", BookingNewState.consents.health),
        level=3,
    )


def _confirming(lang: str) -> rx.Component:
    t, consents = translator(lang), BookingNewState.consents
    sms = stack(
        _read_out(lang, "consent-sms", consents.sms), _read_out(lang, "consent-sms_transfer", consents.transfer)
    )
    languages = [Choice("de", "Deutsch"), Choice("en", "English")]
    return rx.fragment(
        radio_group(
            lang,
            "confirming",
            t("How should the person be told?"),
            [
                Choice("none", t("No message")),
                Choice("email", t("By e-mail")),
                Choice("sms", t("By SMS")),
            ],
            default="none",
            inside={"email": _read_out(lang, "consent-mail", consents.mail), "sms": sms},
            offered={"sms": consents.sms_offered},
            problems=PROBLEMS,
        ),
        select_field(lang, "language", t("Language of the messages"), languages, default=lang),
    )


def _read_out(lang: str, name: str, wording: Any) -> rx.Component:
    """A consent that the staff read out and note."""
    t = translator(lang)
    words = rx.fragment(
        paragraph(t("Read out to the person:"), muted=True),
        rx.el.blockquote(wording, class_name="cx-written kern-body"),
    )
    return consent_box(name, t("The person agreed, on the telephone or here"), words, problems=PROBLEMS)


def _all_the_same(lang: str) -> rx.Component:
    t = translator(lang)
    return rx.el.div(
        rx.el.div(
            icon("warning"),
            FocusHeading.create(BookingNewState.refused, stamp=BookingNewState.refused, class_name="kern-title"),
            class_name="kern-alert__header",
        ),
        rx.el.div(
            checkbox(
                "overbook",
                t("Enter it all the same"),
                hint=t(
                    "Where somebody else is already, the appointment is marked as overbooked. Who did it is recorded."
                ),
            ),
            class_name="kern-alert__body",
        ),
        class_name="kern-alert kern-alert--warning",
    )
