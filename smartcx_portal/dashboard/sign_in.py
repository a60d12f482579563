"""Signing in, for members and the operator's admins alike."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import AccountState, Notice
from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.language import LANGUAGES, translator
from smartcx_portal.ui.actions import button
from smartcx_portal.ui.fields import email_field, password_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.layout import page
from smartcx_portal.ui.parts import paragraph, stack


def sign_in_page(lang: str) -> rx.Component:
    """E-mail and password; then the workplace, where there are several."""
    t, other = translator(lang), next(one for one in LANGUAGES if one != lang)
    choosing = AccountState.workplaces.length() > 0
    return page(
        lang,
        rx.cond(choosing, t("Where do you want to work?"), t("Sign in")),
        rx.cond(choosing, _workplaces(lang), _form(lang)),
        other=address(other, "sign_in"),
        document_title=t("Sign in"),
        status=Notice.said,
        problem=Notice.text,
        focus_key=rx.cond(choosing, "choose", "sign-in"),
    )


def _form(lang: str) -> rx.Component:
    t = translator(lang)
    return rx.fragment(
        paragraph(t("For the staff of offices and businesses. To book an appointment you need no account.")),
        form(
            lang,
            email_field(lang, "email", t("E-mail"), autocomplete="username", problems=Notice.problems),
            password_field(lang, "password", t("Password"), problems=Notice.problems),
            on_submit=AccountState.sign_in,
            deed=t("Sign in"),
            problems=Notice.problems,
        ),
    )


def _workplaces(lang: str) -> rx.Component:
    def place(one: Any) -> rx.Component:
        return button(lang, one.name, AccountState.choose_tenant(one.id), key=one.id)

    return stack(
        rx.foreach(AccountState.workplaces, place),
        button(lang, translator(lang)("Sign out"), AccountState.sign_out, weight="tertiary"),
    )
