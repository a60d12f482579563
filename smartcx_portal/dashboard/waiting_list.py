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
            _lines(lang),
            paragraph(t("Nobody waits at the moment."), bold=True),
        ),
        _removing(lang),
        sub="waiting_list",
        ready=state.ready,
    )


def _lines(lang: str) -> rx.Component:
    """A table, or on a phone, where six columns have no room, the same lines one below the other."""
    t, rows = translator(lang), WaitingListState.rows
    name = t("Who waits, in order")
    heads = [t("Name"), t("Service"), t("Wish"), t("State"), t("Since"), t("Action")]
    wide = table(name, heads, rx.foreach(rows, lambda one: _row(lang, one)), name="waiting", hidden_caption=True)
    narrow = rx.el.ol(rx.foreach(rows, lambda one: _entry(lang, one)), class_name="cx-setup", aria_label=name)
    return rx.fragment(
        rx.el.div(wide, class_name="cx-lines--wide"),
        rx.el.div(narrow, class_name="cx-lines--narrow"),
    )


def _row(lang: str, one: Any) -> rx.Component:
    return row(one.person, one.service, _wish(one), _state(one), one.since, _off(lang, one), key=one.id)


def _entry(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    lines = [_state(one), one.service, rx.fragment(t("Wish"), ": ", _wish(one)), joined(t("Since"), ": ", one.since)]
    return rx.el.li(
        rx.el.div(
            rx.el.p(one.person, class_name="kern-body cx-setup__name"),
            *[rx.el.p(line, class_name="kern-body") for line in lines],
            class_name="cx-setup__what",
        ),
        rx.el.div(_off(lang, one), class_name="cx-setup__actions"),
        key=one.id,
    )


def _wish(one: Any) -> rx.Component:
    return rx.fragment(one.days, when(one.times != "", rx.fragment(rx.el.br(), one.times)))


def _state(one: Any) -> rx.Component:
    return rx.fragment(one.state, when(one.offered != "", rx.fragment(rx.el.br(), one.offered)))


def _off(lang: str, one: Any) -> rx.Component:
    label = translator(lang)("Take off")
    return plain_button(label, WaitingListState.ask(one.id, one.person), aria_label=joined(label, ": ", one.person))


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
