"""Appointments as lists, and the controls around them: other days, pause, print."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import day_address, room_address
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, link
from smartcx_portal.ui.keeping import print_button
from smartcx_portal.ui.messages import badge, count, status_line
from smartcx_portal.ui.steady import Steady
from smartcx_portal.ui.text import Text, joined, when


def agenda(lang: str, lines: Any, name: Text) -> rx.Component:
    """Appointments below each other; the person's name leads to the booking."""
    before = f"{room_address(lang, 'booking')}/"

    def entry(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(one.time, class_name="cx-agenda__time"),
            _who(lang, one, before),
            rx.el.span(one.service, class_name="cx-agenda__service"),
            rx.el.span(one.resource, class_name="cx-agenda__resource"),
            rx.el.span(badge(one.state, kind=one.kind), class_name="cx-agenda__state"),
            class_name="cx-agenda__line",
            key=one.id,
            custom_attrs={"data-row": one.id},
        )

    return rx.el.ul(rx.foreach(lines, entry), class_name="cx-agenda", aria_label=name)


def short_agenda(lang: str, lines: Any, name: Text) -> rx.Component:
    """The same for a week: when, who and what; the state only where it is not the usual one."""
    before = f"{room_address(lang, 'booking')}/"

    def entry(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.span(one.begins, class_name="cx-agenda__time"),
            _who(lang, one, before),
            rx.el.span(one.service, class_name="cx-agenda__service"),
            when(~one.usual, rx.el.span(badge(one.state, kind=one.kind), class_name="cx-agenda__state")),
            class_name="cx-agenda__line",
            key=one.id,
            custom_attrs={"data-row": one.id},
        )

    return rx.el.ul(rx.foreach(lines, entry), class_name="cx-agenda", aria_label=name)


def _who(lang: str, one: Any, before: str) -> rx.Component:
    marked = when(one.overbooked, rx.fragment(" ", badge(translator(lang)("Overbooked"), kind="warning")))
    return rx.el.span(link(one.person, joined(before, one.id)), marked, class_name="cx-agenda__person")


def steady(*children: rx.Component) -> rx.Component:
    """What may change by itself without jumping under the pointer."""
    return Steady.create(*children, class_name="cx-stack")


def ways(lang: str, room: str, earlier: tuple[str, Text], present: tuple[str, Any], later: tuple[str, Text]) -> Any:
    """Links to the day or week before and after, and to the present one unless it is shown."""
    here, shown = present
    return rx.el.nav(
        link(earlier[0], joined(day_address(lang, room, ""), earlier[1])),
        when(shown, link(here, room_address(lang, room))),
        link(later[0], joined(day_address(lang, room, ""), later[1])),
        aria_label=translator(lang)("Other days"),
        class_name="cx-pages",
    )


def live_actions(lang: str, state: Any) -> list[rx.Component]:
    """Pause or go on, and print."""
    t = translator(lang)
    return [
        rx.el.div(
            rx.cond(
                state.paused,
                button(lang, t("Go on"), state.go_on),
                button(lang, t("Pause"), state.pause, spoken=t("Pause updating by itself")),
            ),
            print_button(t("Print")),
            class_name="cx-live-actions",
        )
    ]


def live_lines(lang: str, state: Any) -> rx.Component:
    """Whether the page follows, and how much there is; read out when it changes."""
    t = translator(lang)
    words = rx.cond(state.waits, t("Paused: something has changed."), t("Paused."))
    return rx.fragment(
        status_line(rx.cond(state.paused, words, ""), kind="info"),
        count(state.view.count),
    )
