"""What became of jobs: dead letters, and letting one run again. Shows names, ids and counts; jobs hold nothing else."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from smartcx_portal.kit.engine import app_engine
from smartcx_portal.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A job that failed on its last try. `tenant` is empty for jobs of the whole installation."""

    id: str
    task: str
    tenant: str
    attempts: int
    failed_at: datetime | None


FAILED = sa.text("""
SELECT job.id, job.task_name, job.args, job.attempts,
    (SELECT max(event.at) FROM procrastinate_events event WHERE event.job_id = job.id AND event.type = 'failed')
FROM procrastinate_jobs job WHERE job.status = 'failed' ORDER BY job.id DESC LIMIT :most
""")
STANDS = sa.text("""
SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE task_name = :task AND args ->> 'tenant' = :tenant
    AND status IN ('todo', 'doing', 'failed'))
""")
AGAIN = sa.text("""
SELECT procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) FROM procrastinate_jobs
WHERE id = :id AND status = 'failed'
""")


def dead_letters(most: int = 200) -> list[DeadLetter]:
    """The newest dead letters first."""
    with app_engine().connect() as connection:
        rows = connection.execute(FAILED, {"most": most})
        return [DeadLetter(str(i), task, args.get("tenant", ""), tries, at) for i, task, args, tries, at in rows]


def stands(task: str, tenant: str) -> bool:
    """Whether such a job of that tenant is to be done, or has failed and was not run again."""
    with app_engine().connect() as connection:
        return bool(connection.scalar(STANDS, {"task": task, "tenant": tenant}))


def run_again(job_id: str) -> None:
    """Put a dead letter back into the queue. Raises `NotFound` for a job that did not fail."""
    with app_engine().begin() as connection:
        if not job_id.isdigit() or not connection.execute(AGAIN, {"id": int(job_id)}).all():
            raise NotFound
