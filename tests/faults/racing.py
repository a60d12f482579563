"""Many people at once: threads in two processes of their own, started together by a barrier."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from typing import Any
from unittest.mock import patch
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.affected import apply_with_choices
from smartcx_portal.bookings.cancelling import cancel_by_link
from smartcx_portal.bookings.closures import add_closure
from smartcx_portal.bookings.drafts import save_entered
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.moving import move_by_link
from smartcx_portal.bookings.promoting import promote_one
from smartcx_portal.bookings.submitting import submit
from smartcx_portal.kit import clock
from smartcx_portal.kit.engine import make_engine
from smartcx_portal.models.booking import WaitlistEntry, WaitlistStatus
from smartcx_portal.models.staff import Role
from smartcx_portal.tenancy import JOB, VISITOR, Actor, ActorKind, Work, open_work

PROCESSES = 2
THREADS = 20
ENTRIES = {"name": "Clara Lindqvist", "confirming": "none"}
_together: Any = None


@dataclass(frozen=True)
class Try:
    """One attempt of somebody: to book `service` at `starts_at`, or what `deed` says.

    `move`: to move the appointment of `secret` there; `submit`: to book what the tab `who` holds; `close`: Anna
    closes half an hour from there on, asking about nobody; `cancel`: to call the appointment of `secret` off;
    `promote`: the job passes free time on to the line.
    """

    who: str
    starts_at: datetime
    service: UUID | None = None
    deed: str = ""
    secret: str = ""
    network: str = ""
    """Where the person is; a network of their own if empty."""
    places: int = 1
    at: datetime | None = None
    """What time it is for this one; the track's time if empty."""


@dataclass(frozen=True)
class Track:
    """Where the race is run; for the negative controls, locks can be switched off.

    `without` names the locks that nobody waits for, `all` for every one; `rows` is off when rows are not locked.
    `holding_only`: what is held is not booked.
    """

    database: str
    tenant: UUID
    now: datetime
    without: tuple[str, ...] = ()
    rows: bool = True
    holding_only: bool = False
    anna: UUID | None = None


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
    try:
        with _switched_off(track), ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(lambda _: engine.connect().close(), range(THREADS)))
            _together.wait(timeout=30)
            return list(threads.map(lambda one: _outcome(track, engine, one), tries))
    finally:
        engine.dispose()


@contextmanager
def _switched_off(track: Track) -> Iterator[None]:
    lock, find = Work.lock, Work.find

    def lock_some(work: Work, *parts: object, shared: bool = False) -> None:
        if not {"all", parts[0]} & set(track.without):
            lock(work, *parts, shared=shared)

    def find_any(work: Work, model: Any, row_id: Any, *, lock: bool = False) -> Any:
        return find(work, model, row_id, lock=lock and track.rows)

    with patch.object(Work, "lock", lock_some), patch.object(Work, "find", find_any):
        yield


def _outcome(track: Track, engine: Any, one: Try) -> str:
    try:
        with clock.frozen_at(one.at or track.now):
            return DEEDS[one.deed](_Runner(track, engine, one)) or "won"
    except Exception as problem:
        return type(problem).__name__


@dataclass(frozen=True)
class _Runner:
    """One try at its place in the race."""

    track: Track
    engine: Any
    one: Try

    def work(self, actor: Actor = VISITOR) -> AbstractContextManager[Work]:
        who, network = self.one.who, self.one.network or self.one.who
        return open_work(actor, self.track.tenant, tab=who, network=network, engine=self.engine)

    def book(self) -> None:
        with self.work() as holding:
            hold(holding, str(self.one.service), self.one.starts_at, places=self.one.places)
        if not self.track.holding_only:
            self.submit()

    def submit(self) -> None:
        with self.work() as booking:
            save_entered(booking, ENTRIES)
            submit(booking)

    def move(self) -> None:
        with self.work() as moving:
            move_by_link(moving, self.one.secret, self.one.starts_at)

    def cancel(self) -> None:
        with self.work() as cancelling:
            cancel_by_link(cancelling, self.one.secret)

    def close(self) -> str:
        begins = self.one.starts_at.astimezone(ZoneInfo("Europe/Berlin"))
        ends = begins + timedelta(minutes=30)
        times = {"begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}
        anna = Actor(ActorKind.STAFF, identity_id=self.track.anna, role=Role.OWNER)
        with self.work(anna) as closing:
            outcome = apply_with_choices(closing, lambda: add_closure(closing, f"{begins:%Y-%m-%d}", **times), {})
            return "asked" if outcome.asked else "closed"

    def promote(self) -> None:
        with self.work(JOB) as promoting:
            waiting = WaitlistEntry.status == WaitlistStatus.WAITING
            for entry_id in promoting.all(promoting.select(WaitlistEntry.id).where(waiting)):
                promote_one(promoting, entry_id)


DEEDS = {
    "": _Runner.book,
    "submit": _Runner.submit,
    "move": _Runner.move,
    "cancel": _Runner.cancel,
    "close": _Runner.close,
    "promote": _Runner.promote,
}
