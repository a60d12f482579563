"""The page of jobs that failed for good."""

from typing import Any

import reflex as rx

from smartcx_portal.backoffice.frame import office
from smartcx_portal.backoffice.jobs_state import JobsState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.tables import lines
from smartcx_portal.ui.text import Text, joined, when


def jobs_page(lang: str) -> rx.Component:
    """Dead letters; each may run once more."""
    t, state = translator(lang), JobsState
    return office(
        lang,
        t("Jobs"),
        paragraph(t("Jobs that failed on their last try wait here. They hold ids only, nothing about people.")),
        rx.cond(state.rows.length() > 0, _table(lang), paragraph(t("No job has failed."), bold=True)),
        sub="jobs",
        ready=state.ready,
    )


def _table(lang: str) -> rx.Component:
    t = translator(lang)
    heads = [t("Job"), t("Tenant"), t("Number"), t("Tries"), t("Failed on"), t("Actions")]
    return lines(t("Failed jobs"), heads, JobsState.rows, lambda job: _line(lang, job), name="jobs")


def _line(lang: str, job: Any) -> list[Text | rx.Component]:
    label = translator(lang)("Run again")
    again = button(lang, label, JobsState.again(job.id), small=True, spoken=joined(label, ": ", job.id))
    whose = when(job.tenant != "", job.tenant, translator(lang)("whole installation"))
    return [job.task, whose, job.id, job.attempts.to_string(), job.failed, again]
