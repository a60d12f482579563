"""The start page: what Smart CX is, the way to sign in for staff, and in demo mode the demo's tenants."""

import reflex as rx

from smartcx_portal.booking_page.start_state import DemoCard, StartState
from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.ui.actions import button_row, link, link_button, outside_link
from smartcx_portal.ui.layout import page, tenant_address
from smartcx_portal.ui.messages import waiting
from smartcx_portal.ui.parts import cards, paragraph, section
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import when

TITLE = N_("Book appointments, keep your data in your hands")
WHAT = N_("With Smart CX you book appointments at offices, shops and practices, without an account.")
DATA = N_("You keep command of your data: see it, correct it, take it with you, delete it.")
MAILBOX = "/dev/mailbox"


def start_page(lang: str) -> rx.Component:
    """Explains Smart CX; outside demo mode it lists nobody."""
    t = translator(lang)
    return page(
        lang,
        t(TITLE),
        paragraph(t(WHAT), " ", t(DATA), large=True),
        rx.cond(
            StartState.demo,
            _demo(lang),
            when(
                rx.State.is_hydrated,
                paragraph(t("To book, open the address that your office, shop or practice has given you.")),
                waiting(lang),
            ),
        ),
        section(
            t("For staff"),
            paragraph(t("You work at an office, shop or practice that uses Smart CX?")),
            button_row(link_button(t("Sign in"), address(lang, "sign_in"), weight="secondary")),
        ),
        section(t("Who runs Smart CX"), facts(rx.foreach(StartState.runs, _fact))),
        other=address("en" if lang == "de" else "de", "start"),
    )


def _demo(lang: str) -> rx.Component:
    t = translator(lang)
    return section(
        t("Try it out"),
        paragraph(t("These places are made up. Book there as often as you like.")),
        cards(rx.foreach(StartState.places, lambda place: _card(lang, place))),
        paragraph(
            t("No message leaves this machine:"), " ", outside_link(t("read all mails in the mailbox"), MAILBOX), "."
        ),
    )


def _card(lang: str, place: DemoCard) -> rx.Component:
    t = translator(lang)
    return rx.el.article(
        rx.el.div(
            rx.el.header(
                rx.el.p(place.about, class_name="kern-preline"),
                rx.el.h3(place.name, class_name="kern-title", lang=place.language),
                class_name="kern-card__header",
            ),
            rx.el.div(
                link_button(
                    t("Book an appointment"),
                    tenant_address(lang, "book", place.slug),
                    aria_label=rx.Var.create(t("Book an appointment")) + ": " + place.name,
                ),
                rx.el.p(
                    link(
                        t("Your data"),
                        tenant_address(lang, "my_data", place.slug),
                        aria_label=rx.Var.create(t("Your data")) + ": " + place.name,
                    ),
                    class_name="kern-body",
                ),
                class_name="kern-card__body cx-stack",
            ),
            class_name="kern-card__container",
        ),
        class_name="kern-card kern-card--small",
    )


def _fact(one: rx.Var) -> rx.Component:
    return fact(one.label, rx.cond(one.href != "", outside_link(one.value, one.href), rx.el.span(one.value)))
