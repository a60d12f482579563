"""Showing that data is one's own: ask for a code, enter it, or use an appointment's link and booking code."""

import reflex as rx

from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.frame import here, portal_page
from smartcx_portal.portal.portal_state import PortalState
from smartcx_portal.ui.actions import link
from smartcx_portal.ui.browser import FocusHeading, tenant_slug
from smartcx_portal.ui.fields import Problems, code_field, text_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.layout import tenant_address
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.text import joined, when

SIGN_IN = N_("Get a code")
CODE = N_("Enter the code")
WITHOUT = N_("Without an address")


def sign_in_page(lang: str) -> rx.Component:
    """One field: the address at which the person is known here."""
    t = translator(lang)
    return portal_page(
        lang,
        "sign_in",
        t(SIGN_IN),
        paragraph(t("So that nobody else sees your data, we send you a code. It goes to the address you booked with.")),
        form(
            lang,
            text_field(
                lang,
                "contact",
                when(PortalState.phones, t("E-mail address or telephone number"), t("E-mail address")),
                autocomplete="email",
                spell_check=False,
                auto_capitalize="none",
                problems=PortalState.problems,
            ),
            on_submit=PortalState.request,
            deed=t("Send code"),
            problems=PortalState.problems,
        ),
        when(
            PortalState.phones,
            paragraph(
                t(
                    "You can no longer read your mailbox? Then enter your telephone number. The code comes as a text "
                    "message by way of a company in the USA; authorities there may be able to read it."
                )
            ),
        ),
        rx.el.p(
            t("You left no address when you booked?"),
            " ",
            link(t("Use the link and the code of your appointment"), here(lang, "without_address")),
            class_name="kern-body",
        ),
        _for_others(lang),
        private=False,
    )


def _for_others(lang: str) -> rx.Component:
    """Representatives are checked by the tenant, by hand (privacy: Who may ask)."""
    t = translator(lang)
    return section(
        t("You ask for somebody else?"),
        paragraph(
            t("You act for a child, for a person in your care, or with somebody's authority? Then write to us."),
            " ",
            t("Somebody here checks by hand that you may, and tells you what is needed. No copy of an identity card."),
        ),
        rx.el.p(link(t("Contact and help"), tenant_address(lang, "contact", tenant_slug())), class_name="kern-body"),
    )


def code_page(lang: str) -> rx.Component:
    """The code's field; says the same whether the address is known here or not."""
    t = translator(lang)
    before, after = t("We have written to you. The code is valid until {time}.").split("{time}")
    again = rx.el.p(t("No code came?"), " ", link(t("Get a new one"), here(lang, "sign_in")), class_name="kern-body")
    asked = rx.fragment(
        rx.el.p(joined(before, PortalState.until, after), role="status", class_name="kern-body kern-body--bold"),
        form(
            lang,
            code_field(lang, "code", t("Code"), hint=t("8 digits"), problems=PortalState.problems),
            when(PortalState.asks_booking_code, booking_code_part(lang, PortalState.problems)),
            on_submit=PortalState.prove,
            deed=t("See my data"),
            problems=PortalState.problems,
        ),
        again,
    )
    none = rx.fragment(paragraph(t("No code is open on this page.")), again)
    return portal_page(
        lang,
        "code",
        t(CODE),
        when(PortalState.until != "", asked, when(rx.State.is_hydrated, none)),
        private=False,
        back=(t("Back"), here(lang, "sign_in")),
    )


def without_address_page(lang: str) -> rx.Component:
    """For people who left neither e-mail address nor telephone number."""
    t = translator(lang)
    return portal_page(
        lang,
        "without_address",
        t("See your data without an address"),
        paragraph(t("Your appointment has a link of its own and a booking code. Together they show that it is yours.")),
        form(
            lang,
            link_field(lang),
            booking_code_field(lang, Notice.problems),
            on_submit=PortalState.prove_by_booking,
            deed=t("See my data"),
            problems=Notice.problems,
        ),
        private=False,
        back=(t("Back"), here(lang, "sign_in")),
    )


def link_field(lang: str) -> rx.Component:
    """Where the link to the own appointment is pasted."""
    t = translator(lang)
    return text_field(
        lang,
        "link",
        t("Link to your appointment"),
        hint=t("Copy the whole address of the page on which you see your appointment."),
        spell_check=False,
        autocomplete="off",
    )


def booking_code_part(lang: str, problems: Problems) -> rx.Component:
    """Asked for in addition once the code was right; the heading takes focus, since nothing went wrong."""
    t = translator(lang)
    return stack(
        FocusHeading.create(
            t("One more thing: your booking code"), stamp="booking-code", class_name="kern-heading-medium"
        ),
        paragraph(t("The code is right. The booking code makes sure that only you see your data.")),
        paragraph(
            t(
                "Did you tell us anything about your health, or other specially protected details? Then enter the "
                "booking code of the first appointment for which you did. It stands on the page to which the "
                "confirmation of that appointment leads."
            )
        ),
        booking_code_field(lang, problems),
        rx.el.p(
            t("You have no booking code any more?"),
            " ",
            link(t("Contact and help"), tenant_address(lang, "contact", tenant_slug())),
            class_name="kern-body",
        ),
    )


def booking_code_field(lang: str, problems: Problems) -> rx.Component:
    """The booking code, which picks the person at a shared address."""
    t = translator(lang)
    return text_field(
        lang,
        "booking_code",
        t("Booking code"),
        hint=t("It stands on the page of your appointment."),
        autocomplete="off",
        spell_check=False,
        width="8",
        problems=problems,
    )
