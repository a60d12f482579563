"""Step 1: what the appointment is about."""

import reflex as rx

from smartcx_portal.booking_page.frame import booking_page, loaded_or_waiting, to, while_open
from smartcx_portal.booking_page.service_state import ServiceState
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.choices import radio_group
from smartcx_portal.ui.forms import form, search_form
from smartcx_portal.ui.messages import count
from smartcx_portal.ui.parts import paragraph


def service_page(lang: str) -> rx.Component:
    """The services as radio buttons, each with what binds."""
    t = translator(lang)
    search = search_form(lang, "words", t("Search services"), on_submit=ServiceState.search)
    choosing = form(
        lang,
        radio_group(
            lang,
            "service",
            t("Services"),
            ServiceState.found,
            default=ServiceState.chosen,
            problems=Notice.problems,
        ),
        on_submit=ServiceState.choose,
        deed=t("Continue"),
        problems=Notice.problems,
    )
    none = paragraph(t("No service fits. Try other words."))
    return booking_page(
        lang,
        t("What is it about?"),
        while_open(
            lang,
            loaded_or_waiting(
                lang,
                ServiceState.loaded,
                rx.cond(ServiceState.many, search),
                count(ServiceState.found_text),
                rx.cond(ServiceState.found.length() > 0, choosing, none),
            ),
        ),
        sub="service",
        back=(t("Back"), to(lang)),
    )
