"""Correct data: name, language and statements at once, an address by a code; the old value stands beside."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.correct_state import CorrectState
from smartcx_portal.portal.correct_statements import statements_part, wrong_part
from smartcx_portal.portal.frame import portal_page
from smartcx_portal.portal.kept_form import kept_form, typed
from smartcx_portal.portal.step_up import step_up_box
from smartcx_portal.portal.step_up_state import StepUpState
from smartcx_portal.ui.actions import button
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import Choice, radio_group
from smartcx_portal.ui.fields import code_field, email_field, tel_field, text_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.messages import waiting
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.text import Text, joined, when

CORRECT = N_("Correct data")


def correct_page(lang: str) -> rx.Component:
    """Name, addresses, language; then what was entered for appointments and questions, and whatever else is wrong."""
    t = translator(lang)
    body = stack(
        when(CorrectState.told.length() > 0, _told(lang)),
        _name(lang),
        section(
            t("E-mail address and telephone"),
            when(
                StepUpState.fresh,
                when(CorrectState.waiting != "", _code(lang), _addresses(lang)),
                stack(
                    _now(lang, t("E-mail address"), CorrectState.email),
                    _now(lang, t("Telephone"), CorrectState.phone),
                    step_up_box(lang, t("Before an address is changed, we send a code to the one you have now.")),
                ),
            ),
        ),
        _language(lang),
        statements_part(lang),
        wrong_part(lang),
    )
    return portal_page(
        lang,
        "correct",
        t(CORRECT),
        when(CorrectState.loaded, body, waiting(lang)),
        status=when(CorrectState.answer != "", CorrectState.answer, Notice.said),
        problem=when(CorrectState.late != "", CorrectState.late, Notice.text),
    )


def _told(lang: str) -> rx.Component:
    t = translator(lang)
    return section(
        t("Who else was told of your correction"),
        rx.el.ul(
            rx.foreach(CorrectState.told, lambda line: rx.el.li(line)),
            class_name="kern-list kern-list--bullet cx-bullets",
        ),
        paragraph(t("You find this again under “Your requests” and under “Who saw your data”."), muted=True),
    )


def _name(lang: str) -> rx.Component:
    t = translator(lang)
    return section(
        t("Name"),
        _now(lang, t("Name"), CorrectState.name),
        rx.fragment(kept_form(lang, "correct", _name_form(lang)), key=joined(CorrectState.name, "|", typed("name"))),
    )


def _name_form(lang: str) -> rx.Component:
    t = translator(lang)
    return form(
        lang,
        text_field(
            lang,
            "name",
            t("Correct name"),
            default=typed("name", CorrectState.name),
            autocomplete="name",
            problems=Notice.problems,
        ),
        on_submit=CorrectState.save_name,
        deed=t("Save name"),
        problems=Notice.problems,
    )


def _language(lang: str) -> rx.Component:
    t = translator(lang)
    choices = [Choice("de", t("German")), Choice("en", t("English"))]
    return section(
        t("Language of our messages"),
        form(
            lang,
            radio_group(lang, "language", t("We write to you in"), choices, default=CorrectState.language),
            on_submit=CorrectState.save_language,
            deed=t("Save language"),
        ),
    )


def _now(lang: str, label: Text, value: Any) -> rx.Component:
    t = translator(lang)
    return paragraph(label, ", ", t("so far:"), " ", rx.el.strong(when(value != "", value, t("none"))))


def _addresses(lang: str) -> rx.Component:
    t, problems = translator(lang), CorrectState.problems
    hint = t("It holds once you have entered the code that we send there. Until then the old one stays.")
    phone = stack(
        _now(lang, t("Telephone"), CorrectState.phone),
        form(
            lang,
            tel_field(lang, "phone", t("New telephone number"), hint=hint, problems=problems),
            on_submit=CorrectState.new_phone,
            deed=t("Send code to the new number"),
        ),
    )
    return stack(
        _now(lang, t("E-mail address"), CorrectState.email),
        form(
            lang,
            email_field(lang, "email", t("New e-mail address"), hint=hint, problems=problems),
            on_submit=CorrectState.new_email,
            deed=t("Send code to the new address"),
            problems=problems,
        ),
        when(CorrectState.phones, phone),
    )


def _code(lang: str) -> rx.Component:
    t = translator(lang)
    before, after = t("We have written to {address}. The code is valid until {time}.").split("{address}")
    middle, end = after.split("{time}")
    return stack(
        FocusHeading.create(t("Enter the code"), stamp=CorrectState.until, class_name="kern-heading-small"),
        rx.el.p(
            joined(before, CorrectState.sent_to, middle, CorrectState.until, end),
            class_name="kern-body kern-body--bold",
        ),
        form(
            lang,
            code_field(lang, "code", t("Code"), hint=t("8 digits"), problems=CorrectState.problems),
            on_submit=CorrectState.confirm,
            deed=t("Save new address"),
            others=(button(lang, t("Keep the old address"), CorrectState.keep, weight="tertiary"),),
            problems=CorrectState.problems,
        ),
    )
