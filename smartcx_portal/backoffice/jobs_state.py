"""Jobs that failed on their last try."""

from dataclasses import dataclass

import reflex as rx

from smartcx_portal.accounts.sessions import OWN_ZONE
from smartcx_portal.gate import event, say
from smartcx_portal.kit.job_list import DeadLetter, dead_letters, run_again
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.retention import OVERDUE
from smartcx_portal.tenancy import Permission, Work

MEANINGS = {OVERDUE: N_("At least one person's data could not be deleted in time; the log says why")}
"""What a failed job means, where it matters to more than the machine."""


@dataclass(frozen=True)
class JobLine:
    """One dead letter; `tenant` is empty for jobs of the whole installation.

    `task` is the job's name, with what its failure means if `MEANINGS` has it.
    """

    id: str
    task: str
    tenant: str
    attempts: int
    failed: str


class JobsState(rx.State):
    """The dead letters, newest first."""

    ready: bool = False
    rows: list[JobLine] = []

    @event(Permission.OPERATE)
    def load(self, work: Work) -> None:
        """All of them."""
        self._show(work)
        self.ready = True

    @event(Permission.OPERATE)
    def again(self, work: Work, job_id: str) -> None:
        """Put one back into the queue."""
        run_again(job_id)
        self._show(work)
        say(N_("The job is in the queue again."))

    def _show(self, work: Work) -> None:
        names = {str(one): name for one, name in work.all(work.shared(Tenant.id, Tenant.name))}
        self.rows = [_line(one, names.get(one.tenant, one.tenant), work.lang) for one in dead_letters()]


def _line(one: DeadLetter, tenant: str, lang: str) -> JobLine:
    failed = moment_text(one.failed_at, OWN_ZONE, lang) if one.failed_at else ""
    meaning = MEANINGS.get(one.task)
    task = f"{one.task}: {translate(lang, meaning)}" if meaning else one.task
    return JobLine(one.id, task, tenant, one.attempts, failed)
