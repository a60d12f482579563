"""The worker: gathers every slice's jobs and works them off until it is told to stop. As many may run as needed.

It dies of nothing that passes: when the database goes away, it waits and starts anew. A job whose worker was killed
is taken up again after `STALLED` seconds, so a job may run more than once, and each is written for that.
"""

import asyncio
import contextlib
import signal
from collections.abc import Iterator

from procrastinate import App, JobContext
from procrastinate.jobs import Status
from procrastinate.periodic import PeriodicRegistry

from smartcx_portal.bookings import busy_import, expiring, exporting, promoting, replies
from smartcx_portal.kit.jobs import jobs, jobs_on_this_database
from smartcx_portal.kit.logs import get_log, set_up_logs
from smartcx_portal.messaging import clearing, delivering
from smartcx_portal.operations import counts, renewing
from smartcx_portal.privacy import retention, telling_receivers, transferring

log = get_log(__name__)
GATHERED = (
    delivering,
    clearing,
    expiring,
    promoting,
    replies,
    busy_import,
    exporting,
    retention,
    transferring,
    telling_receivers,
    counts,
    renewing,
)
"""Importing a module registers its jobs; a test looks for modules with jobs that are missing here."""
PARALLEL = 4
HEARTBEAT = 5.0
STALLED = 20.0
"""Seconds without a sign of life after which a worker counts as dead; its jobs run for 10 s at most."""
MOST_REVIVALS = 10
KEPT_HOURS = {"succeeded": 24, "all": 24 * 30}
PAUSE = 1.0


def main() -> None:
    """Work until SIGTERM or Ctrl-C; jobs in hand are finished first."""
    set_up_logs()
    asyncio.run(_serve())


def work_off() -> None:
    """Run everything that is due now, and what follows from it, then come back; for tests and commands."""

    async def once() -> None:
        with jobs_on_this_database() as app, _without_periodic(app):
            async with app.open_async():
                await app.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)

    asyncio.run(once())


async def _serve() -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    with jobs_on_this_database() as app:
        while not ended.is_set():
            await _until_trouble(app, ended)
    log.info("worker.ended")


async def _until_trouble(app: App, ended: asyncio.Event) -> None:
    """One run of the worker; it comes back by itself only when the database is out of reach."""
    working = asyncio.create_task(_work(app))
    stop = asyncio.create_task(ended.wait())
    await asyncio.wait({working, stop}, return_when=asyncio.FIRST_COMPLETED)
    if not working.done():
        working.cancel()  # the worker takes this as a wish, and finishes what it has in hand
    try:
        await working
    except asyncio.CancelledError:
        pass
    except Exception as problem:
        log.error("worker.interrupted", problem=problem)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop, PAUSE)


async def _work(app: App) -> None:
    async with app.open_async():
        await app.run_worker_async(
            concurrency=PARALLEL,
            fetch_job_polling_interval=1.0,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED,
            install_signal_handlers=False,
        )


@contextlib.contextmanager
def _without_periodic(app: App) -> Iterator[None]:
    known, app.periodic_registry = app.periodic_registry, PeriodicRegistry()
    try:
        yield
    finally:
        app.periodic_registry = known


@jobs.periodic(cron="* * * * * */15")
@jobs.task(name="worker.revive", queueing_lock="worker.revive", pass_context=True)
async def revive(context: JobContext, timestamp: int) -> None:
    """Give jobs of dead workers to a living one; a job that kills its workers ends as a dead letter."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
        if job.attempts >= MOST_REVIVALS:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
            log.warning("job.buried", job=job.id, task=job.task_name)
        else:
            await manager.retry_job(job)
            log.warning("job.revived", job=job.id, task=job.task_name)


@jobs.periodic(cron="41 * * * *")
@jobs.task(name="worker.tidy", queueing_lock="worker.tidy", pass_context=True)
async def tidy(context: JobContext, timestamp: int) -> None:
    """Take finished jobs away: done ones after a day, dead letters after thirty."""
    manager = context.app.job_manager
    await manager.delete_old_jobs(nb_hours=KEPT_HOURS["succeeded"])
    await manager.delete_old_jobs(
        nb_hours=KEPT_HOURS["all"], include_failed=True, include_cancelled=True, include_aborted=True
    )
