"""The page of all services."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.services_state import ServicesState
from smartcx_portal.dashboard.setup_parts import setup_entry, setup_list, setup_room, sort_buttons, undo_part
from smartcx_portal.dashboard.setup_words import entry_address
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, link_button
from smartcx_portal.ui.messages import badge
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.text import joined, when


def services_page(lang: str) -> rx.Component:
    """In the order in which people see them."""
    t, state = translator(lang), ServicesState
    return setup_room(
        lang,
        t("Services"),
        paragraph(t("People see the services in this order. Open one to change it.")),
        undo_part(lang, state),
        rx.cond(
            state.rows.length() > 0,
            setup_list(t("Services"), state.rows, lambda one: _entry(lang, one)),
            paragraph(t("There is no service yet. Add the first one."), bold=True),
        ),
        sub="services",
        state=state,
        actions=[link_button(t("Add service"), entry_address(lang, "service"))],
    )


def _entry(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    copy = button(lang, t("Copy"), ServicesState.copy_it(one.id), small=True, spoken=joined(t("Copy"), ": ", one.name))
    questions = rx.match(
        one.questions,
        (0, ""),
        (1, joined(" · ", t("1 question"))),
        joined(" · ", one.questions.to(str), " ", t("questions")),
    )
    return setup_entry(
        one.name,
        joined(entry_address(lang, "service", "-")[:-1], one.id),
        joined(one.duration, when(one.price != "", joined(" · ", one.price)), questions),
        joined(
            rx.cond(one.resources != "", one.resources, t("No resource serves it.")),
            when(ServicesState.several_places, joined(" · ", one.place)),
        ),
        states=rx.cond(
            one.active,
            rx.cond(one.online, badge(t("Online"), kind="success"), badge(t("Only for your team"), kind="info")),
            badge(t("Switched off"), kind="warning"),
        ),
        actions=[
            *sort_buttons(lang, one.name, ServicesState.move(one.id, True), ServicesState.move(one.id, False)),
            copy,
        ],
        key=one.id,
    )
