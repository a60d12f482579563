"""What every page of the booking has around its content."""

import re
from typing import Any

import reflex as rx

from smartcx_portal.booking_page.place_state import PlaceState
from smartcx_portal.booking_page.widget import in_frame, word_here
from smartcx_portal.gate import Notice
from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import link, link_button, outside_link
from smartcx_portal.ui.browser import tenant_slug
from smartcx_portal.ui.layout import page, tenant_address
from smartcx_portal.ui.messages import alert, waiting
from smartcx_portal.ui.parts import paragraph, stack
from smartcx_portal.ui.text import Text, joined

STEPS = {"service": 1, "options": 1, "time": 2, "details": 3, "check": 4}


def booking_page(
    lang: str,
    title: Text,
    *children: rx.Component,
    sub: str = "",
    word: str = "book",
    back: tuple[Text, Text] | None = None,
    document_title: Text = "",
    focus_key: Text = "",
) -> rx.Component:
    """A page of the booking at `word` and `sub` of the table of addresses; steps say which one they are."""
    t, tenant = translator(lang), tenant_slug()
    other = tenant_address("en" if lang == "de" else "de", word_here(word), tenant, sub)
    number = STEPS.get(sub) if word == "book" else None
    return page(
        lang,
        title,
        *children,
        name=PlaceState.name,
        tenant=tenant,
        other=other,
        back=back,
        below=1 if sub else 0,
        preline=t("Step {number} of 4").format(number=number) if number else "",
        status=Notice.said,
        problem=Notice.text,
        document_title=document_title,
        focus_key=focus_key,
        framed=in_frame(),
    )


def to(lang: str, sub: str = "", *, word: str = "book", tail: Text = "") -> Text:
    """The address of a page of the booking; `tail` is a query or a fragment."""
    return joined(tenant_address(lang, word_here(word), tenant_slug(), sub), tail)


def filled(text: str, **values: Text) -> Text:
    """A translated sentence with Vars in its `{fields}`."""
    parts = (values[part[1:-1]] if part.startswith("{") else part for part in re.split(r"(\{\w+\})", text) if part)
    return joined(*parts)


def while_open(lang: str, *children: rx.Component) -> rx.Component:
    """The children, or why nothing can be booked at the moment."""
    return rx.cond(PlaceState.open, rx.fragment(*children), paused(lang))


def paused(lang: str) -> rx.Component:
    """Booking online is paused; the other ways."""
    t = translator(lang)
    return alert(
        t("Booking online is paused at the moment."),
        stack(call_us(lang), paragraph(link(t("Contact and help"), to(lang, word="contact")))),
        kind="warning",
    )


def call_us(lang: str) -> rx.Component:
    """`Rufen Sie uns an: …`, or where to write when there is no telephone."""
    t = translator(lang)
    phone = paragraph(t("Call us:"), " ", outside_link(PlaceState.phone, PlaceState.phone_link))
    mail = paragraph(t("Write to us:"), " ", outside_link(PlaceState.email, "mailto:" + PlaceState.email))
    return rx.cond(PlaceState.phone != "", phone, rx.cond(PlaceState.email != "", mail, rx.fragment()))


def loaded_or_waiting(lang: str, loaded: Any, *children: rx.Component) -> rx.Component:
    """The children once the data is here."""
    return rx.cond(loaded, rx.fragment(*children), waiting(lang))


def nothing_here(lang: str, title: Text, *more: rx.Component, deed: Text = "") -> rx.Component:
    """What an address says that has nothing to show any more, with the next step."""
    t = translator(lang)
    way = link_button(deed or t("Book an appointment"), to(lang))
    return stack(alert(title, *more, kind="warning"), call_us(lang), rx.el.div(way, class_name="cx-actions"))


def own_words(text: Text) -> rx.Component:
    """What the tenant wrote itself, marked with the language it is written in."""
    return rx.el.span(text, lang=PlaceState.language)


def notice_link(lang: str) -> rx.Component:
    """The tenant's privacy notice, in a new tab so that nothing typed is left behind."""
    t = translator(lang)
    return paragraph(
        outside_link(t("Privacy notice (opens in a new tab)"), to(lang, word="privacy"), target="_blank"),
    )


def route(lang: str, sub: str = "", word: str = "book") -> str:
    """The route of a page for all tenants."""
    return address(lang, word, "[tenant]", sub)
