"""Step 3: who comes, the service's questions, and how to confirm."""

from typing import Any

import reflex as rx

from smartcx_portal.booking_page.details_state import DetailsState
from smartcx_portal.booking_page.frame import booking_page, notice_link, own_words, to, while_open
from smartcx_portal.booking_page.hold_part import held_time, hold_part, series_part
from smartcx_portal.booking_page.hold_state import HoldState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.choices import Choice, consent_box, radio_group
from smartcx_portal.ui.fields import date_input, email_field, number_field, tel_field, text_area, text_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.keeping import Keeper, Kept
from smartcx_portal.ui.messages import waiting
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.text import when

PROBLEMS = DetailsState.problems
LONGEST_SENT = 4200
"""More than the 2000 signs that an answer may have, also where each takes two units."""


def details_page(lang: str) -> rx.Component:
    """The form; it appears once the draft is here, and stays through cut lines."""
    t = translator(lang)
    whole = form(
        lang,
        text_field(
            lang,
            "name",
            t("Full name"),
            default=DetailsState.name,
            autocomplete="name",
            problems=PROBLEMS,
            dir="auto",
        ),
        when(DetailsState.for_others, _for_whom(lang)),
        when(DetailsState.by_phone, _called_at(lang)),
        rx.foreach(DetailsState.questions, lambda one: question_field(lang, one)),
        _confirming(lang),
        rx.cond(DetailsState.special.length() > 0, _special(lang)),
        notice_link(lang),
        on_submit=DetailsState.check,
        deed=t("Continue"),
        problems=PROBLEMS,
    )
    return booking_page(
        lang,
        t("Your details"),
        while_open(
            lang,
            rx.cond(HoldState.when != "", stack(held_time(), series_part(lang), hold_part(lang)), waiting(lang)),
            Kept.create(
                Keeper.create(whole, on_keep=DetailsState.keep, longest=LONGEST_SENT), stamp=DetailsState.form_id
            ),
        ),
        sub="details",
        back=(t("Choose another time"), to(lang, "time")),
    )


def question_field(lang: str, one: Any) -> rx.Component:
    """A question in its kind of field, each with what it is needed for."""
    label = own_words(one.label)
    said: dict[str, Any] = {"hint": one.why, "optional": one.optional, "problems": PROBLEMS}
    typed: dict[str, Any] = {"default": one.entered, **said}
    return rx.match(
        one.kind,
        ("choice", radio_group(lang, one.name, label, one.choices, **typed)),
        ("number", number_field(lang, one.name, label, **typed)),
        ("date", date_input(lang, one.name, label, **typed)),
        text_area(lang, one.name, label, rows=2, **typed),
    )


def _for_whom(lang: str) -> rx.Component:
    t = translator(lang)
    name = text_field(
        lang,
        "attendee",
        t("Name of the person who comes"),
        default=DetailsState.attendee,
        autocomplete="off",
        dir="auto",
        problems=PROBLEMS,
    )
    return radio_group(
        lang,
        "for_whom",
        t("Who is the appointment for?"),
        [Choice("me", t("For me")), Choice("other", t("For somebody else, such as a child"))],
        default=DetailsState.for_whom,
        problems=PROBLEMS,
        inside={"other": name},
    )


def _called_at(lang: str) -> rx.Component:
    t = translator(lang)
    return tel_field(
        lang,
        "phone",
        t("Telephone number"),
        default=DetailsState.phone,
        hint=t("The appointment takes place on the telephone: we call you at this number. Abroad with country code."),
        problems=PROBLEMS,
    )


def _confirming(lang: str) -> rx.Component:
    t = translator(lang)
    mail = stack(
        email_field(lang, "email", t("E-mail address"), default=DetailsState.email, problems=PROBLEMS),
        paragraph(DetailsState.mail_text),
    )
    transfer = "consent-sms_transfer"
    number = tel_field(lang, "phone", t("Mobile number"), default=DetailsState.phone, problems=PROBLEMS)
    sms = stack(
        when(DetailsState.by_phone, paragraph(t("It goes to the telephone number above.")), number),
        paragraph(DetailsState.sms_text),
        consent_box(
            transfer,
            t("I agree to the transfer to the USA"),
            DetailsState.transfer_text,
            default=DetailsState.ticked[transfer],
            problems=PROBLEMS,
        ),
    )
    none = paragraph(t("We do not write to you. The next page shows your booking code and a link: keep them."))
    return radio_group(
        lang,
        "confirming",
        t("How should we confirm?"),
        [
            Choice("email", t("By e-mail")),
            Choice("sms", t("By SMS")),
            Choice("none", t("No message")),
        ],
        default=DetailsState.confirming,
        hint=t("We use the address for this appointment only. Your choice is your consent."),
        problems=PROBLEMS,
        inside={"email": mail, "sms": sms, "none": none},
        offered={"sms": DetailsState.sms, "none": DetailsState.without_message},
    )


def _special(lang: str) -> rx.Component:
    t = translator(lang)
    name = "consent-health"
    return section(
        t("Specially protected details"),
        paragraph(t("We keep this answer only once you have ticked the box below.")),
        rx.foreach(DetailsState.special, lambda one: question_field(lang, one)),
        consent_box(
            name,
            t("I expressly agree"),
            DetailsState.health_text,
            default=DetailsState.ticked[name],
            problems=PROBLEMS,
        ),
    )
