"""The page of the closures and public holidays of a location."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.closures_state import ClosuresState
from smartcx_portal.dashboard.deciding_part import or_asking, undo_button
from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.preview_part import preview_part
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, button_row, plain_button
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import select_field
from smartcx_portal.ui.fields import date_input, text_field, time_input
from smartcx_portal.ui.forms import filter_form, form
from smartcx_portal.ui.keeping import Keeper
from smartcx_portal.ui.parts import accordion, paragraph, section
from smartcx_portal.ui.tables import row, table
from smartcx_portal.ui.text import joined, when


def closures_page(lang: str) -> rx.Component:
    """The closures, the form for one more with its preview, then the public holidays."""
    t, state = translator(lang), ClosuresState
    return room(
        lang,
        t("Closures"),
        or_asking(
            lang,
            state,
            _chooser(lang),
            rx.cond(
                state.rows.length() > 0, _list(lang, state.rows, "closures"), paragraph(t("No closures are entered."))
            ),
            button_row(undo_button(lang, state)),
            rx.cond(
                state.over.length() > 0,
                accordion(t("Closures that are over"), _list(lang, state.over, "closures-over")),
            ),
            rx.el.div(_entering(lang), preview_part(lang, state), class_name="cx-beside"),
            _holidays(lang),
        ),
        sub="closures",
        below=state.query,
        ready=state.ready,
    )


def _chooser(lang: str) -> rx.Component:
    t, state = translator(lang), ClosuresState
    field = select_field(lang, "place", t("Closures of"), state.places, default=state.location_id)
    return rx.cond(
        state.places.length() > 1,
        rx.el.div(filter_form(lang, field, on_submit=state.show), key=state.location_id, class_name="cx-whose"),
    )


def _list(lang: str, rows: Any, name: str) -> rx.Component:
    t, state = translator(lang), ClosuresState

    def one(closure: Any) -> rx.Component:
        whole = joined(closure.text, when(closure.reason != "", joined(", ", closure.reason)))
        deeds = rx.el.span(
            plain_button(t("Change"), state.edit(closure.id), aria_label=joined(t("Change"), ": ", whole)),
            plain_button(t("Remove"), state.remove(closure.id), aria_label=joined(t("Remove"), ": ", whole)),
            class_name="cx-rule__deeds",
        )
        who = rx.cond(closure.resource != "", closure.resource, t("everybody and everything here"))
        return row(closure.text, closure.reason, who, deeds, key=closure.id)

    return table(
        t("Entered closures"),
        [t("Time"), t("Reason"), t("For whom or what"), t("Actions")],
        rx.foreach(rows, one),
        name=name,
        hidden_caption=True,
    )


def _entering(lang: str) -> rx.Component:
    t, state = translator(lang), ClosuresState
    return rx.el.section(
        FocusHeading.create(
            rx.cond(state.editing != "", joined(t("Change"), ": ", state.editing_text), t("Enter a closure")),
            stamp=state.focus,
            class_name="kern-heading-medium",
        ),
        Keeper.create(_form(lang), on_keep=state.look),
        class_name="cx-section",
        key=state.form_key.to_string(),
    )


def _form(lang: str) -> rx.Component:
    t, state, entries, problems = translator(lang), ClosuresState, ClosuresState.entries, Notice.problems
    single, only = t("Leave it empty for a single day."), t("Only your team sees it.")
    part = t("Leave both times empty for whole days. Else it is closed between them on each of the days.")
    return form(
        lang,
        date_input(lang, "first_day", t("First day"), default=entries.first_day, problems=problems),
        date_input(
            lang, "last_day", t("Last day"), default=entries.last_day, hint=single, optional=True, problems=problems
        ),
        time_input(
            lang, "begins", t("Closed from"), default=entries.begins, hint=part, optional=True, problems=problems
        ),
        time_input(lang, "ends", t("Closed until"), default=entries.ends, optional=True, problems=problems),
        text_field(lang, "reason", t("Reason"), default=entries.reason, hint=only, optional=True, problems=problems),
        select_field(
            lang,
            "resource_id",
            t("For whom or what"),
            state.resources,
            default=entries.resource_id,
            empty=t("everybody and everything here"),
            optional=True,
            problems=problems,
        ),
        on_submit=state.save,
        deed=rx.cond(state.editing != "", t("Apply"), t("Enter closure")),
        others=(rx.cond(state.editing != "", plain_button(t("Leave it as it is"), state.leave)),),
        problems=problems,
    )


def _holidays(lang: str) -> rx.Component:
    t, state = translator(lang), ClosuresState
    return section(
        t("Public holidays"),
        paragraph(state.kept_text),
        button_row(
            rx.cond(
                state.kept,
                button(lang, t("Open on public holidays"), state.switch),
                button(lang, t("Close on public holidays"), state.switch),
            )
        ),
        table(
            t("Public holidays of this and the next year"),
            [t("Day"), t("Public holiday")],
            rx.foreach(state.holidays, lambda one: row(one.text, one.name, key=one.day)),
            name="holidays",
        ),
    )
