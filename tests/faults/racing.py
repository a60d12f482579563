"""Many people at once: threads in two processes of their own, started together by a barrier."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from typing import Any
from unittest.mock import patch
from uuid import UUID

from smartcx_portal.bookings.drafts import save_entered
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.moving import move_by_link
from smartcx_portal.bookings.submitting import submit
from smartcx_portal.kit import clock
from smartcx_portal.kit.engine import make_engine
from smartcx_portal.tenancy import VISITOR, Work, open_work

PROCESSES = 2
THREADS = 20
ENTRIES = {"name": "Clara Lindqvist", "confirming": "none"}
_together: Any = None


@dataclass(frozen=True)
class Try:
    """One person's attempt: to book `service` at `starts_at`, or to move the appointment of `secret` there."""

    who: str
    starts_at: datetime
    service: UUID | None = None
    secret: str = ""
    network: str = ""
    """Where the person is; a network of their own if empty."""


@dataclass(frozen=True)
class Track:
    """Where the race is run. Without `locks` nobody waits for a day's lock: for the negative control.

    `holding_only`: what is held is not booked.
    """

    database: str
    tenant: UUID
    now: datetime
    locks: bool = True
    holding_only: bool = False


def _meet(barrier: Any) -> None:
    global _together
    _together = barrier


@contextmanager
def racers():
    """Two processes that stand ready; their start is paid once."""
    spawning = get_context("spawn")
    barrier = spawning.Barrier(PROCESSES)
    with ProcessPoolExecutor(PROCESSES, spawning, initializer=_meet, initargs=(barrier,)) as pool:
        yield pool


def race(pool: ProcessPoolExecutor, track: Track, tries: Sequence[Try]) -> list[str]:
    """What became of each try, in no order: `won`, or the name of the error."""
    shares = [tries[n::PROCESSES] for n in range(PROCESSES)]
    running = [pool.submit(_run, track, share) for share in shares]
    return [outcome for each in running for outcome in each.result(timeout=60)]


def _run(track: Track, tries: Sequence[Try]) -> list[str]:
    """One process's part: all threads connect first, then wait for the other process."""
    engine = make_engine(track.database, pool=THREADS)
    unlocked = patch.object(Work, "lock", lambda *_, **__: None)
    try:
        with nullcontext() if track.locks else unlocked, ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(lambda _: engine.connect().close(), range(THREADS)))
            _together.wait(timeout=30)
            return list(threads.map(lambda one: _outcome(track, engine, one), tries))
    finally:
        engine.dispose()


def _outcome(track: Track, engine: Any, one: Try) -> str:
    def work():
        return open_work(VISITOR, track.tenant, tab=one.who, network=one.network or one.who, engine=engine)

    try:
        with clock.frozen_at(track.now):
            if one.secret:
                with work() as moving:
                    move_by_link(moving, one.secret, one.starts_at)
            else:
                with work() as holding:
                    hold(holding, str(one.service), one.starts_at)
                if not track.holding_only:
                    with work() as booking:
                        save_entered(booking, ENTRIES)
                        submit(booking)
    except Exception as problem:
        return type(problem).__name__
    return "won"
