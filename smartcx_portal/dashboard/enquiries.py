"""The page of enquiries that wait for an answer."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.enquiries_state import EnquiriesState
from smartcx_portal.dashboard.frame import room
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, outside_link
from smartcx_portal.ui.parts import paragraph, section
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined, when


def enquiries_page(lang: str) -> rx.Component:
    """The oldest first; answered by e-mail, then marked."""
    t, state = translator(lang), EnquiriesState
    return room(
        lang,
        t("Enquiries"),
        paragraph(t("Answer by e-mail, then mark the enquiry as answered: it is deleted when its period ends.")),
        rx.cond(
            state.waiting.length() > 0,
            rx.fragment(rx.foreach(state.waiting, lambda one: _enquiry(lang, one))),
            paragraph(t("No enquiry waits for an answer."), bold=True),
        ),
        sub="enquiries",
        ready=state.ready,
    )


def _enquiry(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    address = rx.cond(one.email != "", outside_link(one.email, joined("mailto:", one.email)), t("none given"))
    return section(
        joined(one.topic, when(one.name != "", joined(" · ", one.name))),
        rx.el.p(one.text, class_name="kern-body cx-written"),
        facts(fact(t("E-mail"), address), fact(t("Received on"), one.created)),
        button(
            lang,
            t("Mark as answered"),
            EnquiriesState.close(one.id),
            spoken=joined(t("Mark as answered"), ": ", one.topic, ", ", one.created),
        ),
    )
