"""The calendar's page: day, week and month, as columns or as a table, with the deeds behind each appointment."""

from typing import Any

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from smartcx_portal.dashboard.addresses import DAY_WORDS, room_address
from smartcx_portal.dashboard.agenda import live_actions, live_lines, steady
from smartcx_portal.dashboard.calendar_deeds_state import CalendarDeeds
from smartcx_portal.dashboard.calendar_dialogs import dialogs, undo_line
from smartcx_portal.dashboard.calendar_month import crowded, month
from smartcx_portal.dashboard.calendar_state import CalendarState
from smartcx_portal.dashboard.calendar_words import NEW_WORDS
from smartcx_portal.dashboard.frame import room
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, link, link_button
from smartcx_portal.ui.choices import select_field
from smartcx_portal.ui.fields import date_input
from smartcx_portal.ui.forms import filter_form
from smartcx_portal.ui.messages import badge
from smartcx_portal.ui.parts import accordion, paragraph
from smartcx_portal.ui.staff_calendar import StaffCalendar
from smartcx_portal.ui.tables import row, table
from smartcx_portal.ui.text import joined, when


def calendar_page(lang: str) -> rx.Component:
    """What the address asks for."""
    t, view = translator(lang), CalendarState.view
    new = link_button(t("New appointment"), _new_address(lang))
    return room(
        lang,
        t("Calendar"),
        dialogs(lang),
        undo_line(lang),
        rx.el.div(_views(lang), _days(lang), class_name="cx-cal-tools"),
        paragraph(view.title, when(view.note != "", joined(" · ", view.note), ""), bold=True),
        _filters(lang),
        live_lines(lang, CalendarState),
        rx.match(
            view.kind,
            ("month", month(lang)),
            rx.cond(view.crowded, crowded(lang), rx.cond(view.table, _table(lang), _columns(lang))),
        ),
        sub="calendar",
        ready=CalendarState.ready,
        actions=[rx.el.div(new, *live_actions(lang, CalendarState), class_name="cx-live-actions")],
        focus_key=joined(view.kind, view.day),
    )


def _new_address(lang: str) -> Any:
    word = DAY_WORDS[1 if lang == "en" else 0]
    return joined(room_address(lang, "booking_new"), f"?{word}=", CalendarState.view.day)


def _views(lang: str) -> rx.Component:
    t, view, ways = translator(lang), CalendarState.view, CalendarState.view.ways

    def way(label: str, to: Any, here: Any) -> rx.Component:
        return rx.el.li(
            ReactRouterLink.create(label, to=to, class_name="kern-link", aria_current=when(here, "page", "false"))
        )

    return rx.el.nav(
        rx.el.ul(
            way(t("Day"), ways.day, view.kind == "day"),
            way(t("Week"), ways.week, view.kind == "week"),
            way(t("Month"), ways.month, view.kind == "month"),
            class_name="cx-cal-views",
        ),
        when(
            view.kind != "month",
            rx.cond(view.table, link(t("As columns"), ways.grid), link(t("As a table"), ways.table)),
        ),
        aria_label=t("Views"),
        class_name="cx-pages",
    )


def _days(lang: str) -> rx.Component:
    t, view, ways = translator(lang), CalendarState.view, CalendarState.view.ways
    names = {
        "day": (t("Earlier day"), t("Later day")),
        "week": (t("Earlier week"), t("Later week")),
        "month": (t("Month before"), t("Month after")),
    }
    earlier, later = (rx.match(view.kind, *[(kind, pair[n]) for kind, pair in names.items()], "") for n in range(2))
    return rx.el.nav(
        link(earlier, ways.earlier),
        when(~view.now_shown, link(t("Today"), ways.present)),
        link(later, ways.later),
        aria_label=t("Other days"),
        class_name="cx-pages",
    )


def _filters(lang: str) -> rx.Component:
    t, state, shown = translator(lang), CalendarState, CalendarState.shown
    every = t("All")

    def choose(name: str, label: str, choices: Any, default: Any) -> rx.Component:
        return select_field(lang, name, label, choices, default=default, empty=every)

    fields = (
        date_input(lang, "day", t("Go to day"), default=state.view.day),
        rx.cond(state.locations.length() > 1, choose("location", t("Location"), state.locations, shown.location)),
        choose("service", t("Service"), state.services, shown.service),
        choose("resource", t("With"), state.resources, shown.resource),
        choose("state", t("State"), state.states, shown.state),
    )
    form = rx.el.div(
        filter_form(lang, *fields, on_submit=state.filter),
        key=joined(state.view.ways.query, state.view.day, state.services.length().to_string()),
    )
    reset = rx.cond(state.view.filtered, rx.el.p(link(t("Reset filters"), state.view.ways.unfiltered)))
    return rx.el.div(accordion(t("Day and filters"), form), reset, class_name="cx-stack cx-cal-filters")


def _columns(lang: str) -> rx.Component:
    t, view = translator(lang), CalendarState.view
    column = 1 if lang == "en" else 0
    words = {
        "name": rx.cond(view.kind == "week", t("Week in columns"), t("Day in columns")),
        "days": view.kind == "week",
        "today": t("Today"),
        "now": t("Now"),
        "closed": t("Closed"),
        "busy": t("Busy elsewhere"),
        "held": t("Being booked"),
        "overbooked": t("Overbooked"),
        "create": t("New appointment"),
        "askDay": DAY_WORDS[column],
        "askTime": NEW_WORDS["time"][column],
        "askWith": NEW_WORDS["resource"][column],
    }
    grid = StaffCalendar.create(
        columns=view.columns,
        begins=view.begins,
        ends=view.ends,
        shortest=view.shortest,
        words=words,
        new_at=room_address(lang, "booking_new"),
        on_open=CalendarDeeds.open,
        on_drop=CalendarDeeds.drop,
    )
    lists = steady(rx.foreach(view.parts, lambda part: _part(lang, part)))
    return rx.fragment(grid, rx.el.div(lists, class_name="cx-stack cx-cal-list"))


def _part(lang: str, part: Any) -> rx.Component:
    """One day as a list."""
    t = translator(lang)
    head = rx.el.h2(part.title, when(part.note != "", joined(" · ", part.note), ""), class_name="kern-heading-small")
    return rx.el.section(
        rx.cond(CalendarState.view.kind == "week", head),
        rx.cond(
            part.lines.length() > 0,
            rx.el.ul(
                rx.foreach(part.lines, lambda one: _line(lang, one)), class_name="cx-agenda", aria_label=part.title
            ),
            paragraph(t("No appointments"), muted=True),
        ),
        class_name="cx-section",
        key=part.day,
    )


def _line(lang: str, one: Any) -> rx.Component:
    return rx.el.li(
        rx.el.span(one.time, class_name="cx-agenda__time"),
        rx.el.span(_opener(one), class_name="cx-agenda__person"),
        rx.el.span(one.service, class_name="cx-agenda__service"),
        rx.el.span(one.resource, class_name="cx-agenda__resource"),
        rx.el.span(_state(lang, one), class_name="cx-agenda__state"),
        class_name="cx-agenda__line",
        key=one.key,
        custom_attrs={"data-row": one.key},
    )


def _state(lang: str, one: Any) -> rx.Component:
    over = rx.cond(one.overbooked, rx.fragment(" ", badge(translator(lang)("Overbooked"), kind="warning")))
    return rx.fragment(badge(one.state, kind=one.kind), over)


def _table(lang: str) -> rx.Component:
    """The same without columns; a week says the day in each row."""
    view = CalendarState.view
    some = rx.cond(view.kind == "week", _rows(lang, days=True), _rows(lang, days=False))
    return rx.cond(view.count != "", some, paragraph(translator(lang)("No appointments")))


def _rows(lang: str, *, days: bool) -> rx.Component:
    t, view = translator(lang), CalendarState.view

    def move(one: Any) -> rx.Component:
        spoken = joined(t("Move"), ": ", one.time, " ", one.who)
        return rx.cond(one.movable, button(lang, t("Move"), CalendarDeeds.ask_move(one.id), small=True, spoken=spoken))

    def line(one: Any) -> rx.Component:
        day = [one.day_text] if days else []
        return row(one.time, *day, _opener(one), one.service, one.resource, _state(lang, one), move(one), key=one.key)

    columns = [t("Time"), *([t("Day")] if days else []), t("Person"), t("Service"), t("With"), t("State"), t("Actions")]
    rows = rx.foreach(view.parts, lambda part: rx.foreach(part.lines, line))
    return table(joined(t("Appointments"), ": ", view.title), columns, rows, name="calendar", hidden_caption=True)


def _opener(one: Any) -> rx.Component:
    """Who comes, as a button that opens the appointment."""
    return rx.el.button(
        one.who,
        type="button",
        class_name="kern-link cx-cal-who",
        on_click=CalendarDeeds.open(one.id),
        aria_haspopup="dialog",
    )
