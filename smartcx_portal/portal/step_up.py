"""The box that asks for a fresh proof, until it is there."""

import reflex as rx

from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.portal.sign_in import booking_code_field, booking_code_part, link_field
from smartcx_portal.portal.step_up_state import StepUpState
from smartcx_portal.ui.actions import button, button_row, link
from smartcx_portal.ui.browser import FocusHeading, tenant_slug
from smartcx_portal.ui.fields import code_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.layout import tenant_address
from smartcx_portal.ui.parts import accordion, paragraph, stack
from smartcx_portal.ui.text import joined, when


def step_up_box(lang: str, why: str) -> rx.Component:
    """Ask for a code, then its field; `why` says what it is for."""
    t = translator(lang)
    ask = rx.fragment(
        paragraph(why),
        button_row(button(lang, t("Get a code"), StepUpState.request, weight="primary")),
        _lost_mailbox(lang),
    )
    body = when(StepUpState.by_booking, _by_booking(lang), when(StepUpState.until != "", _code(lang), ask))
    return rx.el.section(
        FocusHeading.create(
            t("Show once more that it is you"),
            stamp=joined("step", StepUpState.until, when(StepUpState.by_booking, "booking", "")),
            class_name="kern-heading-medium",
        ),
        body,
        class_name="cx-section",
    )


def _code(lang: str) -> rx.Component:
    t = translator(lang)
    before, after = t("We have written to {address}. The code is valid until {time}.").split("{address}")
    middle, end = after.split("{time}")
    return rx.fragment(
        rx.el.p(
            joined(before, StepUpState.sent_to, middle, StepUpState.until, end),
            role="status",
            class_name="kern-body kern-body--bold",
        ),
        form(
            lang,
            code_field(lang, "code", t("Code"), hint=t("8 digits"), problems=StepUpState.problems),
            when(StepUpState.asks_booking_code, booking_code_part(lang, StepUpState.problems)),
            on_submit=StepUpState.prove,
            deed=t("Check code"),
            others=(button(lang, t("Send a new code"), StepUpState.request, weight="tertiary"),),
            problems=StepUpState.problems,
        ),
        _lost_mailbox(lang),
    )


def _lost_mailbox(lang: str) -> rx.Component:
    """The way for those who can no longer read what comes to their e-mail address."""
    t = translator(lang)
    number = stack(
        paragraph(t("Then we send the code to your telephone. You need your booking code beside it.")),
        button_row(button(lang, t("Send code to my telephone"), StepUpState.request_by_phone, weight="secondary")),
    )
    nobody = rx.el.p(
        t("Then write or call us; we find out together that it is you, without a copy of an identity card."),
        " ",
        link(t("Contact and help"), tenant_address(lang, "contact", tenant_slug())),
        class_name="kern-body",
    )
    known = accordion(
        t("I cannot read this mailbox any more"), when(StepUpState.lost_mailbox == "phone", number, nobody)
    )
    return when(StepUpState.lost_mailbox != "", known)


def _by_booking(lang: str) -> rx.Component:
    t = translator(lang)
    return form(
        lang,
        link_field(lang),
        booking_code_field(lang, Notice.problems),
        on_submit=StepUpState.prove_by_booking,
        deed=t("Check"),
    )
