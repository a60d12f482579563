"""A tenant's booking page: the way in."""

import reflex as rx

from smartcx_portal.booking_page.frame import booking_page, call_us, filled, paused, to
from smartcx_portal.booking_page.own_part import my_data
from smartcx_portal.booking_page.place_state import PlaceState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import link_button
from smartcx_portal.ui.parts import paragraph, section
from smartcx_portal.ui.tables import fact, facts


def booking_start_page(lang: str) -> rx.Component:
    """What one can do here, and how else to reach the tenant."""
    t = translator(lang)
    title = rx.cond(PlaceState.known, filled(t("Appointments at {name}"), name=PlaceState.name), t("Appointments"))
    book = rx.el.div(
        link_button(t("Book an appointment"), to(lang, "service")),
        class_name="cx-actions",
    )
    return booking_page(
        lang,
        title,
        rx.cond(PlaceState.open, rx.fragment(_before(lang), book), paused(lang)),
        _change(lang),
        _reach(lang),
        section(t("Your data"), my_data(lang)),
        document_title=t("Book an appointment"),
    )


def _before(lang: str) -> rx.Component:
    t = translator(lang)
    return paragraph(t("Without an account, in four short steps. You only say what the appointment needs."), large=True)


def _change(lang: str) -> rx.Component:
    t = translator(lang)
    return section(
        t("See, move or cancel an appointment"),
        paragraph(t("Open the link in your confirmation. Without the link, please get in touch with us.")),
    )


def _reach(lang: str) -> rx.Component:
    t = translator(lang)
    hours = facts(rx.foreach(PlaceState.hours, lambda one: fact(one.day, one.spans)))
    return section(
        t("How else to reach us"),
        call_us(lang),
        paragraph(PlaceState.address),
        rx.cond(PlaceState.hours.length() > 0, section(t("Opening hours"), hours, level=3)),
    )
