"""The page of the tenant's record of processing activities (Art. 30(1))."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.record_state import RecordState
from smartcx_portal.kit.language import translator
from smartcx_portal.privacy.measures import measures
from smartcx_portal.privacy.record_papers import ABROAD, SCOPE, TITLE, WHOM
from smartcx_portal.ui.actions import back_link, button, button_row
from smartcx_portal.ui.parts import bullets, paragraph, section, stack
from smartcx_portal.ui.tables import fact, facts, lines, row, table
from smartcx_portal.ui.text import when


def record_page(lang: str) -> rx.Component:
    """Who, what for, to whom, how long, guarded how; then the files."""
    t, state = translator(lang), RecordState
    return room(
        lang,
        t(TITLE),
        back_link(t("Privacy"), room_address(lang, "privacy_cases")),
        paragraph(
            t(
                "This is the record that Art. 30(1) GDPR asks you to keep. It is written from what is switched on "
                "here, and is never older than this page."
            )
        ),
        paragraph(t(SCOPE)),
        paragraph(state.record.as_of, muted=True),
        button_row(
            button(lang, t("Download as PDF"), state.download_pdf),
            button(lang, t("Download as a workbook (XLSX)"), state.download_workbook, weight="secondary"),
        ),
        section(t("Controller"), _lines(state.record.controller)),
        section(t("Processor"), _lines(state.record.processor)),
        section(t("Activities"), rx.foreach(state.record.activities, lambda one: _activity(lang, one))),
        _abroad(lang),
        _outside(lang),
        section(t("Measures (Art. 32 GDPR)"), bullets(*measures(lang))),
        sub="record",
        current="privacy_cases",
        ready=state.ready,
    )


def _lines(lines: Any) -> rx.Component:
    return facts(rx.foreach(lines, lambda one: fact(one.label, one.text)))


def _activity(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    return section(
        one.title,
        facts(
            fact(t("Ground"), one.ground),
            fact(t("Data subjects"), one.subjects.join("; ")),
            fact(t("Categories of data"), one.categories.join("; ")),
            fact(t("Recipients"), one.recipients.join("; ")),
            fact(t("Third countries"), when(one.abroad.length() > 0, one.abroad.join("; "), t("no transfer"))),
            fact(t("Erasure"), one.period),
        ),
        level=3,
    )


def _abroad(lang: str) -> rx.Component:
    t, state = translator(lang), RecordState
    return section(
        t("Transfers to third countries"),
        rx.cond(
            state.record.abroad.length() > 0,
            stack(paragraph(t(WHOM)), _transfers(lang)),
            paragraph(t("There are none.")),
        ),
    )


def _outside(lang: str) -> rx.Component:
    t = translator(lang)
    return section(
        t("Beyond the database"),
        table(
            t("Beyond the database"),
            [t("What"), t("How long")],
            rx.foreach(RecordState.record.outside, lambda one: row(one.label, one.text)),
            name="outside",
            hidden_caption=True,
        ),
    )


def _transfers(lang: str) -> rx.Component:
    t = translator(lang)
    return lines(
        t("Transfers to third countries"),
        [t(head) for head in ABROAD],
        RecordState.record.abroad,
        lambda one: [one.name, one.country, one.basis, one.told],
        name="abroad",
    )
