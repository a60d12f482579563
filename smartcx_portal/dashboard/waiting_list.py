"""The page of the waiting list."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.waiting_list_state import WaitingListState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import plain_button
from smartcx_portal.ui.messages import count
from smartcx_portal.ui.parts import confirm_dialog, paragraph
from smartcx_portal.ui.tables import row, table
from smartcx_portal.ui.text import joined, when


def waiting_list_page(lang: str) -> rx.Component:
    """In the order in which people are asked."""
    t, state = translator(lang), WaitingListState
    return room(
        lang,
        t("Waiting list"),
        paragraph(t("A freed time is offered to the first person whom it fits, held for a while, then to the next.")),
        count(state.count),
        rx.cond(
            state.rows.length() > 0,
            table(
                t("Who waits, in order"),
                [t("Name"), t("Service"), t("Wish"), t("State"), t("Since"), t("Action")],
                rx.foreach(state.rows, lambda one: _row(lang, one)),
                name="waiting",
                hidden_caption=True,
            ),
            paragraph(t("Nobody waits at the moment."), bold=True),
        ),
        _removing(lang),
        sub="waiting_list",
        ready=state.ready,
    )


def _row(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    off = plain_button(
        t("Take off"), WaitingListState.ask(one.id, one.person), aria_label=joined(t("Take off"), ": ", one.person)
    )
    wish = rx.fragment(one.days, when(one.times != "", rx.fragment(rx.el.br(), one.times)))
    state = rx.fragment(one.state, when(one.offered != "", rx.fragment(rx.el.br(), one.offered)))
    return row(one.person, one.service, wish, state, one.since, off, key=one.id)


def _removing(lang: str) -> rx.Component:
    t, state = translator(lang), WaitingListState
    return confirm_dialog(
        lang,
        t("Take this person off the waiting list?"),
        paragraph(state.removing_name, bold=True),
        paragraph(t("They are not told by us. A time that is held for them goes to the next person.")),
        open=state.removing != "",
        deed=t("Take off"),
        on_deed=state.remove,
        on_close=state.keep,
    )
