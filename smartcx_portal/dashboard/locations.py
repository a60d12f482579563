"""The page of all places."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.locations_state import LocationsState
from smartcx_portal.dashboard.setup_parts import setup_entry, setup_list, setup_room, sort_buttons, undo_part
from smartcx_portal.dashboard.setup_words import entry_address
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import link_button
from smartcx_portal.ui.messages import badge
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.text import joined


def locations_page(lang: str) -> rx.Component:
    """In the tenant's order."""
    t, state = translator(lang), LocationsState
    return setup_room(
        lang,
        t("Locations"),
        undo_part(lang, state),
        rx.cond(
            state.rows.length() > 0,
            setup_list(t("Locations"), state.rows, lambda one: _entry(lang, one)),
            paragraph(t("There is no location yet. Add the first one."), bold=True),
        ),
        sub="locations",
        state=state,
        actions=[link_button(t("Add location"), entry_address(lang, "location_edit"))],
    )


def _entry(lang: str, one: Any) -> rx.Component:
    t, state = translator(lang), LocationsState
    return setup_entry(
        one.name,
        joined(entry_address(lang, "location_edit", "-")[:-1], one.id),
        one.address,
        joined(one.zone, rx.cond(one.holidays, joined(" · ", t("closed on public holidays")), "")),
        states=rx.cond(one.active, badge(t("In use"), kind="success"), badge(t("Out of use"), kind="warning")),
        actions=sort_buttons(lang, one.name, state.move(one.id, True), state.move(one.id, False)),
        key=one.id,
    )
