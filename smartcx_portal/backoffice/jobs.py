"""The page of jobs that failed for good."""

from typing import Any

import reflex as rx

from smartcx_portal.backoffice.frame import office
from smartcx_portal.backoffice.jobs_state import JobsState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button
from smartcx_portal.ui.parts import paragraph
from smartcx_portal.ui.tables import row, table
from smartcx_portal.ui.text import joined


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

    def one(job: Any) -> rx.Component:
        again = button(
            lang, t("Run again"), JobsState.again(job.id), small=True, spoken=joined(t("Run again"), ": ", job.id)
        )
        whose = rx.cond(job.tenant != "", job.tenant, t("whole installation"))
        return row(job.id, job.task, whose, job.attempts, job.failed, again, key=job.id)

    heads = [t("Number"), t("Job"), t("Tenant"), t("Tries"), t("Failed on"), t("Actions")]
    return table(t("Failed jobs"), heads, rx.foreach(JobsState.rows, one), hidden_caption=True)
