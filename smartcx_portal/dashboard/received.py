"""The page of data that people had handed over here."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.received_state import ReceivedState
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.ui.actions import back_link, button, button_row
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.parts import paragraph, section
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined, when

RECEIVED = N_("Received data")


def received_page(lang: str) -> rx.Component:
    """What waits, without names; then the one that is looked at."""
    t, state = translator(lang), ReceivedState
    return room(
        lang,
        t(RECEIVED),
        back_link(t("Privacy"), room_address(lang, "privacy_cases")),
        paragraph(
            t(
                "People can have another provider hand their data over to you (Art. 20 GDPR). You decide whether you "
                "take it over; the person sees what you decided. What nobody takes over is deleted after 30 days."
            )
        ),
        rx.cond(
            state.waiting.length() > 0,
            rx.fragment(rx.foreach(state.waiting, lambda one: _waiting(lang, one))),
            paragraph(t("Nothing waits."), bold=True),
        ),
        when(state.opened.id != "", _opened(lang)),
        sub="received",
        current="privacy_cases",
        ready=state.ready,
    )


def _waiting(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    return section(
        joined(t("From"), " ", one.sender),
        facts(fact(t("Arrived on"), one.arrived), fact(t("Waits until"), one.until)),
        button(
            lang,
            t("Look at it"),
            ReceivedState.look(one.id),
            spoken=joined(t("Look at it"), ": ", one.sender, ", ", one.arrived),
        ),
    )


def _opened(lang: str) -> rx.Component:
    t, one = translator(lang), ReceivedState.opened
    none = t("not given")
    beside = rx.el.div(
        paragraph(t("Was sent along and is not taken over:")),
        rx.el.ul(rx.foreach(one.beside, lambda line: rx.el.li(line)), class_name="kern-list kern-list--bullet"),
    )
    return rx.el.section(
        FocusHeading.create(t("What would be taken over"), stamp=one.id, class_name="kern-heading-medium"),
        facts(
            fact(t("Name"), when(one.name != "", one.name, none)),
            fact(t("E-mail address"), when(one.email != "", one.email, none)),
            fact(t("Telephone"), when(one.phone != "", one.phone, none)),
            fact(t("Language"), when(one.language == "de", t("German"), t("English"))),
        ),
        when(one.beside.length() > 0, beside),
        when(one.erased != "", paragraph(t("The sender has deleted it at the person's wish:"), " ", one.erased)),
        paragraph(t("Addresses that the person confirmed there by a code count as confirmed here, too."), muted=True),
        button_row(
            button(lang, t("Take over"), ReceivedState.take, weight="primary"),
            button(lang, t("Refuse and delete"), ReceivedState.refuse, weight="secondary"),
        ),
        class_name="cx-section",
    )
