"""The page of all counters, people, rooms and devices."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.resources_state import ResourcesState
from smartcx_portal.dashboard.setup_parts import setup_entry, setup_list, setup_room, sort_buttons, undo_part
from smartcx_portal.dashboard.setup_words import entry_address
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import link_button
from smartcx_portal.ui.messages import badge
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.text import joined, when


def resources_page(lang: str) -> rx.Component:
    """In the order in which lists and calendars show them."""
    t, state = translator(lang), ResourcesState
    return setup_room(
        lang,
        t("Resources"),
        paragraph(t("Counters, people, rooms and devices: what appointments take up. Open one to change it.")),
        undo_part(lang, state),
        rx.cond(
            state.rows.length() > 0,
            setup_list(t("Resources"), state.rows, lambda one: _entry(lang, one)),
            paragraph(t("There is no resource yet. Add the first one."), bold=True),
        ),
        sub="resources",
        state=state,
        actions=[link_button(t("Add resource"), entry_address(lang, "resource_edit"))],
    )


def _entry(lang: str, one: Any) -> rx.Component:
    t, state = translator(lang), ResourcesState
    many = joined(" · ", one.capacity.to(str), " ", t("appointments at a time"))
    return setup_entry(
        one.name,
        joined(entry_address(lang, "resource_edit", "-")[:-1], one.id),
        joined(one.kind, rx.cond(one.capacity > 1, many, ""), when(state.several_places, joined(" · ", one.place))),
        rx.cond(one.services != "", one.services, t("It serves nothing yet.")),
        states=rx.cond(one.active, badge(t("In use"), kind="success"), badge(t("Out of use"), kind="warning")),
        actions=sort_buttons(lang, one.name, state.move(one.id, True), state.move(one.id, False)),
        key=one.id,
    )
