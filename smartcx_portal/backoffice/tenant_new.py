"""The page on which a tenant is opened."""

import reflex as rx

from smartcx_portal.backoffice.frame import office, place
from smartcx_portal.backoffice.tenant_new_state import TenantNewState
from smartcx_portal.backoffice.words import kind_choices, land_choices, language_choices
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import link
from smartcx_portal.ui.choices import fieldset, radio_group, select_field
from smartcx_portal.ui.fields import email_field, tel_field, text_field
from smartcx_portal.ui.forms import form


def tenant_new_page(lang: str) -> rx.Component:
    """Body, address, contact, privacy, owner."""
    t = translator(lang)
    return office(
        lang,
        t("New tenant"),
        form(
            lang,
            *_body(lang),
            *_address(lang),
            *_contact(lang),
            *_officer(lang),
            *_owner(lang),
            on_submit=TenantNewState.open,
            deed=t("Open tenant"),
            others=(link(t("Back without opening"), place(lang, "tenants")),),
            problems=Notice.problems,
        ),
        sub="tenant_new",
        current="tenants",
        ready=TenantNewState.ready,
    )


def _body(lang: str) -> list[rx.Component]:
    t, problems = translator(lang), Notice.problems
    return [
        text_field(lang, "name", t("Name of the office or business"), problems=problems),
        radio_group(
            lang,
            "kind",
            t("Kind of body"),
            kind_choices(lang),
            hint=t("It decides the legal grounds in the privacy notice."),
            problems=problems,
        ),
        text_field(
            lang,
            "represented_by",
            t("Represented by"),
            hint=t("Stands in the imprint."),
            optional=True,
            problems=problems,
        ),
    ]


def _address(lang: str) -> list[rx.Component]:
    t, problems = translator(lang), Notice.problems
    return [
        text_field(lang, "street", t("Street and house number"), problems=problems),
        text_field(lang, "postal_code", t("Postal code"), input_mode="numeric", width="8", problems=problems),
        text_field(lang, "city", t("Town"), problems=problems),
        select_field(lang, "land", t("Land"), land_choices(), empty=t("Please choose"), problems=problems),
        text_field(lang, "zone", t("Time zone"), default="Europe/Berlin", problems=problems),
    ]


def _contact(lang: str) -> list[rx.Component]:
    t, problems = translator(lang), Notice.problems
    return [
        email_field(lang, "email", t("E-mail for the public"), autocomplete="off", problems=problems),
        tel_field(lang, "phone", t("Telephone for the public"), autocomplete="off", problems=problems),
        text_field(lang, "website", t("Own website"), type="url", problems=problems),
        select_field(
            lang, "language", t("Language of its own texts"), language_choices(lang), default="de", problems=problems
        ),
    ]


def _officer(lang: str) -> list[rx.Component]:
    t, problems = translator(lang), Notice.problems
    name = text_field(lang, "dpo_name", t("Name"), problems=problems)
    email = email_field(lang, "dpo_email", t("E-mail"), autocomplete="off", problems=problems)
    return [fieldset(lang, "dpo", t("Data protection officer (contact)"), name, email)]


def _owner(lang: str) -> list[rx.Component]:
    t = translator(lang)
    hint = t("Gets an invitation and sets a password; can invite others later.")
    return [
        email_field(lang, "owner_email", t("Owner's e-mail"), hint=hint, autocomplete="off", problems=Notice.problems)
    ]
