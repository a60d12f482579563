"""D7: jobs of a killed worker run again, poison ends as a dead letter, and a worker ends when it is asked to."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from smartcx_portal import worker
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.job_list import dead_letters, run_again
from smartcx_portal.kit.jobs import jobs
from smartcx_portal.messaging import delivering
from smartcx_portal.messaging.channels.mailbox import Mailbox, letters
from smartcx_portal.messaging.letters import Letter
from smartcx_portal.models.messaging import MessageStatus
from smartcx_portal.worker import work_off
from tests.cast import Cast
from tests.messaging.scenes import Scene, claras_booking, message, post_about

PATIENCE = 20.0


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return claras_booking(cast)


@pytest.fixture
def posted(cast: Cast, scene: Scene) -> UUID:
    return post_about(cast, scene)


def run(engine: Engine, statement: str) -> list[tuple]:
    with engine.begin() as connection:
        result = connection.execute(sa.text(statement))
        return [tuple(row) for row in result] if result.returns_rows else []


def lose_worker(engine: Engine, attempts: int = 0) -> None:
    """The one job is in the hand of a worker that no longer exists."""
    run(engine, f"UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL, attempts = {attempts}")
    run(engine, "INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args) "
                "VALUES ('default', 'worker.revive', 0, '{\"timestamp\": 0}')")  # fmt: skip


@pytest.mark.usefixtures("demo")
def test_a_killed_workers_job_runs_again(cast: Cast, engine: Engine, posted: UUID):
    lose_worker(engine)
    work_off()
    assert message(cast, posted).status is MessageStatus.SENT


@pytest.mark.usefixtures("demo")
def test_a_job_that_kills_its_workers_is_buried_and_can_be_seen(cast: Cast, engine: Engine, posted: UUID):
    lose_worker(engine, attempts=worker.MOST_REVIVALS)
    work_off()
    (dead,) = dead_letters()
    assert (dead.task, dead.tenant) == ("messaging.deliver", str(cast.town.id))
    run_again(dead.id)
    work_off()
    assert message(cast, posted).status is MessageStatus.SENT
    with pytest.raises(NotFound):
        run_again(dead.id)


@pytest.mark.usefixtures("demo")
def test_two_workers_deliver_once(cast: Cast, posted: UUID, monkeypatch: pytest.MonkeyPatch):
    sendings = []

    class Counting(Mailbox):
        def send(self, letter: Letter) -> str:
            sendings.append(letter.message_id)
            return super().send(letter)

    monkeypatch.setattr(delivering, "road", lambda letter: Counting())

    def deliver() -> None:
        try:
            delivering.deliver_message(cast.town.id, posted)
        except delivering.StillInHand:
            return

    with ThreadPoolExecutor(8) as pool:
        for each in [pool.submit(deliver) for _ in range(8)]:
            each.result()
    assert sendings == [posted]


def test_every_module_with_jobs_is_gathered():
    root = Path(worker.__file__).parent
    with_jobs = {
        ".".join(file.relative_to(root.parent).with_suffix("").parts)
        for file in root.rglob("*.py")
        if "@jobs." in file.read_text() and file.name != "worker.py"
    }
    assert with_jobs == {module.__name__ for module in worker.GATHERED}


def test_every_periodic_job_waits_in_the_queue_at_most_once():
    for periodic in jobs.periodic_registry.periodic_tasks.values():
        assert periodic.task.queueing_lock or periodic.task.name.startswith("builtin"), periodic.task.name


@contextmanager
def worker_process() -> Iterator[subprocess.Popen]:
    environment = {**os.environ, "SMARTCX_DEMO": "1"}
    command = [sys.executable, "-m", "smartcx_portal.cli", "worker"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


@pytest.mark.usefixtures("demo")
def test_a_worker_of_its_own_delivers_within_moments_and_ends_when_asked(cast: Cast, scene: Scene, posted: UUID):
    with worker_process() as process:
        until(lambda: letters())
        began = time.monotonic()
        second = post_about(cast, scene)
        until(lambda: len(letters()) == 2)
        assert time.monotonic() - began < 2
        process.send_signal(signal.SIGTERM)
        _, logged = process.communicate(timeout=PATIENCE)
    assert (process.returncode, "worker.ended" in logged) == (0, True)
    assert "Traceback" not in logged
    assert message(cast, second).status is MessageStatus.SENT


def until(true: Callable[[], object]) -> None:
    """Wait for another process; fails after `PATIENCE` seconds."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.usefixtures("demo")
def test_a_worker_outlives_the_loss_of_its_database_connections(cast: Cast, engine: Engine, scene: Scene, posted: UUID):
    with worker_process():
        until(lambda: letters())
        run(engine, "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND usename = current_user AND pid <> pg_backend_pid()")  # fmt: skip
        post_about(cast, scene)
        until(lambda: len(letters()) == 2)
