"""The page of the operator's record of processing (Art. 30(2))."""

from typing import Any

import reflex as rx

from smartcx_portal.backoffice.frame import office
from smartcx_portal.backoffice.record_state import ProcessorRecordState
from smartcx_portal.kit.language import translator
from smartcx_portal.operations.processor_record import TITLE
from smartcx_portal.privacy.measures import measures
from smartcx_portal.privacy.record_papers import ABROAD, WHOM
from smartcx_portal.ui.actions import button, button_row
from smartcx_portal.ui.messages import count
from smartcx_portal.ui.parts import accordion, bullets, paragraph, section, stack
from smartcx_portal.ui.tables import fact, facts, lines
from smartcx_portal.ui.text import joined, when


def record_page(lang: str) -> rx.Component:
    """Who processes, for whom, what, where to, guarded how."""
    t, state = translator(lang), ProcessorRecordState
    return office(
        lang,
        t(TITLE),
        paragraph(
            t(
                "This is the record that Art. 30(2) GDPR asks a processor to keep. It is written from what is switched "
                "on for each tenant, and is never older than this page."
            )
        ),
        paragraph(state.record.as_of, muted=True),
        button_row(
            button(lang, t("Download as PDF"), state.download_pdf),
            button(lang, t("Download as a workbook (XLSX)"), state.download_workbook, weight="secondary"),
        ),
        section(t("Processor"), facts(rx.foreach(state.record.processor, lambda one: fact(one.label, one.text)))),
        _controllers(lang),
        _abroad(lang),
        section(t("Measures (Art. 32 GDPR)"), bullets(*measures(lang))),
        sub="processor_record",
        ready=state.ready,
    )


def _controllers(lang: str) -> rx.Component:
    t, state = translator(lang), ProcessorRecordState
    return section(
        t("Controllers"),
        count(joined(t("Tenants"), ": ", state.record.tenants.to(str))),
        when(state.shortened, paragraph(t("Only the first ones by name stand here; the files name all of them."))),
        rx.foreach(state.record.controllers, lambda one: _controller(lang, one)),
    )


def _controller(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    return accordion(
        one.name,
        facts(
            fact(t("Represented by"), one.represented),
            fact(t("Contact"), one.contact),
            fact(t("Data protection officer (Art. 37)"), one.officer),
            fact(t("Categories of processing"), one.processing.join("; ")),
            fact(t("Sub-processors"), one.companies.join("; ")),
            fact(t("Processing agreement (Art. 28)"), one.agreement),
        ),
    )


def _abroad(lang: str) -> rx.Component:
    t, state = translator(lang), ProcessorRecordState
    return section(
        t("Transfers to third countries"),
        rx.cond(
            state.record.abroad.length() > 0,
            stack(paragraph(t(WHOM)), _transfers(lang)),
            paragraph(t("There are none.")),
        ),
    )


def _transfers(lang: str) -> rx.Component:
    t = translator(lang)
    return lines(
        t("Transfers to third countries"),
        [t(head) for head in ABROAD],
        ProcessorRecordState.record.abroad,
        lambda one: [one.name, one.country, one.basis, one.told],
        name="abroad",
    )
