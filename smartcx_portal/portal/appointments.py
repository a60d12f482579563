"""My appointments, in the same place as everything else about me."""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.appointments_state import AppointmentsState
from smartcx_portal.portal.frame import portal_page
from smartcx_portal.ui.actions import button, button_row, link, link_button
from smartcx_portal.ui.browser import tenant_slug
from smartcx_portal.ui.layout import tenant_address
from smartcx_portal.ui.messages import badge, waiting
from smartcx_portal.ui.parts import code, paragraph, section, stack
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined, when

APPOINTMENTS = N_("Your appointments")


def appointments_page(lang: str) -> rx.Component:
    """What is to come, then what is over or cancelled; each leads to its own page."""
    t, state = translator(lang), AppointmentsState
    none = stack(
        paragraph(t("You have no appointment to come."), bold=True),
        button_row(link_button(t("Book an appointment"), tenant_address(lang, "book", tenant_slug()))),
    )
    coming = section(
        t("To come"),
        when(state.coming.length() > 0, _list(lang, state.coming), none),
        when(state.more_coming, button(lang, t("Show further appointments"), state.show_more_coming)),
    )
    earlier = section(
        t("Earlier and cancelled"),
        _list(lang, state.earlier),
        when(state.more_earlier, button(lang, t("Show earlier appointments"), state.show_more_earlier)),
    )
    body = stack(coming, when(state.earlier.length() > 0, earlier))
    return portal_page(lang, "appointments", t(APPOINTMENTS), when(state.loaded, body, waiting(lang)))


def _list(lang: str, lines: Any) -> rx.Component:
    return rx.fragment(rx.foreach(lines, lambda one: _line(lang, one)))


def _line(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    label = t("Open appointment")
    return rx.el.section(
        rx.el.h3(one.when, class_name="kern-heading-small"),
        when(one.cancelled, rx.el.p(badge(t("cancelled"), kind="warning"), class_name="kern-body")),
        facts(
            fact(t("Service"), one.service),
            fact(t("Where"), one.place),
            when(one.who != "", fact(t("For whom"), one.who)),
            when(one.code != "", fact(t("Booking code"), code(one.code))),
        ),
        rx.el.p(link(label, _address(lang, one), aria_label=joined(label, ": ", one.when)), class_name="kern-body"),
        class_name="cx-section",
    )


def _address(lang: str, one: Any) -> Any:
    """Its page; the secret stands in the fragment, out of logs."""
    return joined(tenant_address(lang, "appointment", tenant_slug()), "#", one.secret)
