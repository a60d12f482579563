"""The page of all bookings: search, filters, the list, and its export."""

from typing import Any

import reflex as rx

from smartcx_portal.bookings.found_rows import ORIGIN_TEXTS
from smartcx_portal.bookings.queries import STATUS_TEXTS
from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.bookings_state import BookingsState
from smartcx_portal.dashboard.day_view import KINDS
from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.search_key import FIELD, SearchArrival
from smartcx_portal.gate import Notice, SessionState
from smartcx_portal.kit.language import translator
from smartcx_portal.models.booking import BookingStatus
from smartcx_portal.models.staff import Role
from smartcx_portal.ui.actions import button, button_row, link, submit
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import Choice, checkbox, select_field
from smartcx_portal.ui.fields import date_input
from smartcx_portal.ui.forms import bare_form, error_summary, search_form
from smartcx_portal.ui.keeping import print_button
from smartcx_portal.ui.messages import badge
from smartcx_portal.ui.parts import accordion, paragraph, section
from smartcx_portal.ui.tables import page_links, row, sort_head, table
from smartcx_portal.ui.text import joined, when

NEVER_ASKED = (BookingStatus.HELD,)


def bookings_page(lang: str) -> rx.Component:
    """Search first, then filters, then what was found."""
    t, state = translator(lang), BookingsState
    return room(
        lang,
        t("Bookings"),
        _search(lang),
        _filters(lang),
        FocusHeading.create(state.count, stamp=state.asked, class_name="kern-heading-medium"),
        rx.el.p(state.span, role="status", class_name="kern-sr-only"),
        rx.cond(state.rows.length() > 0, _list(lang), _nothing(lang)),
        rx.cond(
            (SessionState.role == Role.OWNER.value) & (state.rows.length() > 0),
            rx.el.div(_export(lang), class_name="cx-noprint"),
        ),
        SearchArrival.create(field=FIELD),
        sub="bookings",
        ready=state.ready,
        actions=[print_button(t("Print"))],
    )


def _search(lang: str) -> rx.Component:
    t, state = translator(lang), BookingsState
    return rx.el.div(
        error_summary(lang, Notice.problems),
        search_form(
            lang,
            "words",
            t("Code, name, e-mail or telephone number"),
            on_submit=state.search,
            default=state.words,
        ),
        class_name="cx-stack",
        key=state.stamp,
    )


def _filters(lang: str) -> rx.Component:
    t, state = translator(lang), BookingsState
    fields = [
        date_input(lang, "first", t("From day"), default=state.filters.first),
        date_input(lang, "last", t("Until day"), default=state.filters.last),
        when(state.locations.length() > 1, _one_of(lang, "location", t("Place"), state.locations)),
        _one_of(lang, "service", t("Service"), state.services),
        _one_of(lang, "resource", t("With"), state.resources),
        _one_of(lang, "state", t("State"), _states(lang)),
        _one_of(lang, "origin", t("Made by"), _origins(lang)),
        checkbox("overbooked", t("Only overbooked ones"), default=state.filters.overbooked, value="1"),
    ]
    return accordion(
        t("Filters"),
        bare_form(
            rx.el.div(*fields, submit(lang, t("Show"), weight="secondary"), class_name="cx-filters cx-found-filters"),
            on_submit=state.narrow,
            key=state.stamp,
        ),
        when(state.narrowed, rx.el.p(button(lang, t("Reset filters"), state.reset_filters, weight="tertiary"))),
        open=True,
    )


def _one_of(lang: str, name: str, label: str, choices: Any) -> rx.Component:
    default = getattr(BookingsState.filters, name)
    return select_field(lang, name, label, choices, default=default, empty=translator(lang)("All"))


def _states(lang: str) -> list[Choice]:
    t = translator(lang)
    return [Choice(state.value, t(text)) for state, text in STATUS_TEXTS.items() if state not in NEVER_ASKED]


def _origins(lang: str) -> list[Choice]:
    t = translator(lang)
    return [Choice(origin.value, t(text)) for origin, text in ORIGIN_TEXTS.items()]


def _list(lang: str) -> rx.Component:
    t, state = translator(lang), BookingsState
    heads = [
        (t("When"), "time"),
        (t("Person"), "person"),
        (t("Service"), "service"),
        (t("With"), "resource"),
        (t("State"), "state"),
    ]
    columns = [sort_head(label, state.orders[name], state.sort(name)) for label, name in heads]
    return rx.fragment(
        table(
            t("Bookings"),
            [*columns, t("Made by"), t("Code")],
            rx.foreach(state.rows, lambda one: _row(lang, one)),
            name="bookings",
            hidden_caption=True,
        ),
        when(state.span != "", page_links(lang, state.previous, state.following, state.span)),
    )


def _row(lang: str, one: Any) -> rx.Component:
    t, before = translator(lang), f"{room_address(lang, 'booking')}/"
    kind = rx.match(one.state, *[(state, kind) for state, kind in KINDS.items()], "info")
    return row(
        rx.fragment(rx.el.span(one.day, class_name="cx-found__day"), " ", rx.el.span(one.times)),
        rx.el.span(
            link(one.person, joined(before, one.id)),
            when(one.for_whom != "", rx.el.span(joined(t("for"), " ", one.for_whom), class_name="cx-found__more")),
            class_name="cx-found__person",
        ),
        rx.el.span(one.service, class_name="cx-found__service"),
        one.resource,
        rx.fragment(
            badge(one.state_text, kind=kind),
            when(one.overbooked, rx.fragment(" ", badge(t("Overbooked"), kind="warning"))),
        ),
        one.origin,
        rx.el.span(one.code, class_name="cx-found__code"),
        key=one.id,
    )


def _nothing(lang: str) -> rx.Component:
    t, state = translator(lang), BookingsState
    again = button(lang, t("Reset filters"), state.reset_filters)
    return rx.fragment(
        paragraph(when(state.narrowed, t("No booking fits."), t("There are no coming bookings."))),
        when(state.narrowed, button_row(again)),
    )


def _export(lang: str) -> rx.Component:
    t, state = translator(lang), BookingsState
    said = rx.cond(
        state.working,
        t("The file is being written …"),
        when(state.exported, t("The file is ready and is being downloaded."), ""),
    )
    return section(
        t("Take the list along"),
        paragraph(
            t(
                "All pages of this list, with contact data, at most 50,000 lines. That you export it is recorded, "
                "and each person in it can see that their data was taken out."
            )
        ),
        button_row(
            button(lang, t("Export as CSV"), state.export("csv"), sign="download"),
            button(lang, t("Export as Excel file"), state.export("xlsx"), sign="download"),
        ),
        rx.el.p(said, role="status", class_name="kern-body cx-status"),
    )
