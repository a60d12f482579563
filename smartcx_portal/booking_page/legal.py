"""Imprint and accessibility statement of a tenant, and how the parts of such pages are laid out."""

from typing import Any

import reflex as rx

from smartcx_portal.booking_page.legal_state import LegalState
from smartcx_portal.booking_page.place_state import PlaceState
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.ui.actions import link, outside_link
from smartcx_portal.ui.browser import tenant_slug
from smartcx_portal.ui.layout import page, tenant_address
from smartcx_portal.ui.messages import waiting
from smartcx_portal.ui.parts import section
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import Text, when

IMPRINT = N_("Imprint")
ACCESSIBILITY = N_("Accessibility")


def legal_page(
    lang: str, name: str, title: str, *more: rx.Component, above: rx.Component | None = None, **options: Any
) -> rx.Component:
    """One legal page: what is to stand `above`, its parts, then `more`."""
    return page(
        lang,
        title,
        above or rx.fragment(),
        parts_of(lang, name),
        *more,
        name=PlaceState.name,
        tenant=tenant_slug(),
        other=tenant_address("en" if lang == "de" else "de", name, tenant_slug()),
        **options,
    )


def imprint_page(lang: str) -> rx.Component:
    """Who is responsible (§ 5 DDG), and who runs the pages."""
    return legal_page(lang, "imprint", translator(lang)(IMPRINT))


def accessibility_page(lang: str) -> rx.Component:
    """The accessibility statement that fits the tenant's kind."""
    return legal_page(lang, "accessibility", translator(lang)(ACCESSIBILITY))


def parts_of(lang: str, name: str) -> rx.Component:
    """The parts of the page `name` once they are here."""
    return rx.cond(
        LegalState.shown == name,
        rx.el.div(rx.foreach(LegalState.parts, lambda part: _part(lang, part)), class_name="cx-stack"),
        waiting(lang),
    )


def _part(lang: str, part: Any) -> rx.Component:
    return section(
        part.heading,
        rx.foreach(part.paragraphs, lambda text: rx.el.p(text, class_name="kern-body")),
        when(
            part.points.length() > 0,
            rx.el.ul(
                rx.foreach(part.points, lambda item: rx.el.li(item)),
                class_name="kern-list kern-list--bullet cx-bullets",
            ),
        ),
        when(part.facts.length() > 0, facts(rx.foreach(part.facts, lambda one: _fact(lang, one)))),
        rx.foreach(part.links, lambda one: rx.el.p(link(one.value, one.href), class_name="kern-body")),
    )


def _fact(lang: str, one: Any) -> rx.Component:
    spoken: Text = rx.cond(one.lang != "", one.lang, lang)
    return fact(
        one.label,
        rx.cond(one.href != "", outside_link(one.value, one.href), rx.el.span(one.value, lang=spoken)),
    )
