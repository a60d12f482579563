"""The page of the closures."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.agenda import agenda
from smartcx_portal.dashboard.closures_state import ClosuresState
from smartcx_portal.dashboard.frame import room
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import plain_button
from smartcx_portal.ui.choices import select_field
from smartcx_portal.ui.fields import date_input, text_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.parts import confirm_dialog, paragraph, section
from smartcx_portal.ui.tables import row, table
from smartcx_portal.ui.text import joined, when


def closures_page(lang: str) -> rx.Component:
    """What an addition touches, the closures, then the form for one more."""
    t, state = translator(lang), ClosuresState
    return room(
        lang,
        t("Closures"),
        rx.cond(
            state.affected_text != "",
            alert(state.affected_text, agenda(lang, state.affected, t("Appointments in this closure")), kind="warning"),
        ),
        rx.cond(state.rows.length() > 0, _list(lang), paragraph(t("No closures are entered."))),
        section(t("Enter a closure"), _form(lang)),
        _removing(lang),
        sub="closures",
        ready=state.ready,
    )


def _list(lang: str) -> rx.Component:
    t = translator(lang)

    def one(closure: Any) -> rx.Component:
        whole = joined(closure.text, when(closure.reason != "", joined(", ", closure.reason)))
        away = plain_button(
            t("Remove"), ClosuresState.ask(closure.id, whole), aria_label=joined(t("Remove"), ": ", whole)
        )
        who = rx.cond(closure.resource != "", closure.resource, t("everybody and everything here"))
        return row(closure.text, closure.reason, who, away, key=closure.id)

    return table(
        t("Entered closures"),
        [t("Days"), t("Reason"), t("For whom or what"), t("Actions")],
        rx.foreach(ClosuresState.rows, one),
        hidden_caption=True,
    )


def _form(lang: str) -> rx.Component:
    t, problems = translator(lang), Notice.problems
    return form(
        lang,
        date_input(lang, "first_day", t("First day"), problems=problems),
        date_input(
            lang,
            "last_day",
            t("Last day"),
            hint=t("Leave it empty for a single day."),
            optional=True,
            problems=problems,
        ),
        text_field(lang, "reason", t("Reason"), hint=t("Only your team sees it."), optional=True, problems=problems),
        select_field(
            lang,
            "resource_id",
            t("For whom or what"),
            ClosuresState.resources,
            empty=t("everybody and everything here"),
            optional=True,
            problems=problems,
        ),
        on_submit=ClosuresState.add,
        deed=t("Enter closure"),
        problems=problems,
        key=ClosuresState.form_key.to_string(),
    )


def _removing(lang: str) -> rx.Component:
    t, state = translator(lang), ClosuresState
    return confirm_dialog(
        lang,
        t("Remove this closure?"),
        paragraph(state.removing_text, bold=True),
        paragraph(t("The days can be booked again at once.")),
        open=state.removing != "",
        deed=t("Remove"),
        on_deed=state.remove,
        on_close=state.keep,
    )
