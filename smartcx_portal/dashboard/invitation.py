"""Following an invitation: the link's secret is in the fragment, which no server sees."""

import reflex as rx

from smartcx_portal.gate import AccountState, Notice
from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.language import LANGUAGES, translator
from smartcx_portal.ui.actions import link
from smartcx_portal.ui.fields import password_field, text_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.keeping import secret_from_address
from smartcx_portal.ui.layout import page
from smartcx_portal.ui.messages import waiting
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.tables import fact, facts


def invitation_page(lang: str) -> rx.Component:
    """A new account sets name and password; who has one shows its password."""
    t, other = translator(lang), next(one for one in LANGUAGES if one != lang)
    invited = AccountState.invited
    refused = rx.el.p(link(t("To the sign-in"), address(lang, "sign_in")))
    return page(
        lang,
        t("Accept the invitation"),
        secret_from_address(AccountState.open_invitation, asked=rx.Var.create(True)),
        rx.cond(invited, _form(lang), rx.cond(Notice.text != "", refused, waiting(lang))),
        other=address(other, "invitation"),
        problem=Notice.text,
    )


def _form(lang: str) -> rx.Component:
    t, invited, problems = translator(lang), AccountState.invited, Notice.problems
    known = rx.fragment(
        paragraph(t("You already have an account with this address. Enter its password.")),
        _fields(lang, password_field(lang, "password", t("Password"), problems=problems)),
    )
    new = _fields(
        lang,
        text_field(lang, "name", t("Your name"), autocomplete="name", problems=problems),
        password_field(
            lang, "password", t("New password"), hint=t("At least 12 characters."), fresh=True, problems=problems
        ),
    )
    return rx.fragment(
        facts(fact(t("Workplace"), invited.tenant), fact(t("Your e-mail"), invited.email)),
        rx.cond(invited.known, known, new),
    )


def _fields(lang: str, *fields: rx.Component) -> rx.Component:
    t = translator(lang)
    return form(
        lang,
        *fields,
        on_submit=AccountState.accept_invitation,
        deed=t("Accept and sign in"),
        problems=Notice.problems,
    )
