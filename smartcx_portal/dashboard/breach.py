"""The page for a data breach: whom it concerns, and with which data (Art. 33, 34)."""

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.breach_state import BreachState
from smartcx_portal.dashboard.frame import room
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import back_link, button, button_row
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import select_field
from smartcx_portal.ui.fields import date_input, time_input
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.tables import fact, facts, row, table
from smartcx_portal.ui.text import joined, when


def breach_page(lang: str) -> rx.Component:
    """The question, then figures; names stand in the file only."""
    t, state = translator(lang), BreachState
    return room(
        lang,
        t("Data breach"),
        back_link(t("Privacy"), room_address(lang, "privacy_cases")),
        alert(
            t("72 hours"),
            t(
                "A data breach must be reported to the authority within 72 hours of your learning of it, unless nobody "
                "is at risk (Art. 33 GDPR). People at high risk must be told without delay (Art. 34 GDPR)."
            ),
            kind="warning",
        ),
        paragraph(
            t(
                "Find out whose data a part of the portal held at a moment. Here you see figures only. The list with "
                "names and addresses is a file; that you took it out is written down, and each person in it sees that."
            )
        ),
        _question(lang),
        when(state.at != "", _figures(lang)),
        sub="breach",
        current="privacy_cases",
        ready=state.ready,
    )


def _question(lang: str) -> rx.Component:
    t, state = translator(lang), BreachState
    return form(
        lang,
        select_field(lang, "table", t("Which data"), state.tables, problems=Notice.problems),
        date_input(lang, "day", t("Day"), problems=Notice.problems),
        time_input(lang, "time", t("Time"), problems=Notice.problems),
        on_submit=state.ask,
        deed=t("Count the people concerned"),
        problems=Notice.problems,
    )


def _figures(lang: str) -> rx.Component:
    t, found = translator(lang), BreachState.figures
    return rx.el.section(
        FocusHeading.create(BreachState.about, stamp=BreachState.about, class_name="kern-heading-medium"),
        facts(
            fact(t("Entries in all"), found.rows),
            fact(t("People"), found.people),
            fact(t("of them to be reached by e-mail"), found.by_email),
            fact(t("of them by telephone only"), found.by_phone),
            fact(t("of them not at all"), found.unreachable),
            fact(t("People known by an address in the entry only"), found.strangers),
            fact(t("Members of the staff"), found.staff),
            fact(t("Entries that lead to nobody"), found.nameless),
            fact(
                t("Entries of people erased since"),
                joined(found.gone.to(str), " (", t("People"), ": ", found.erased.to(str), ")"),
            ),
        ),
        table(
            t("Which fields, of how many people"),
            [t("Field"), t("People")],
            rx.foreach(found.fields, lambda one: row(one.label, one.people)),
            name="fields",
        ),
        paragraph(
            t(
                "What was deleted since because its time was over, or changed, is no longer known. Entries of which "
                "nobody can tell when they arose are counted."
            ),
            muted=True,
        ),
        button_row(button(lang, t("Take the list out (XLSX)"), BreachState.download)),
        class_name="cx-section",
    )
