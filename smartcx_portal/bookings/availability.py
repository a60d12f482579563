"""When can somebody come? The one answer for the booking page, the staff calendar and the booking check.

Pure arithmetic on what it is given: no session, no clock, no settings; the server's own zone plays no part.

- An appointment lies within the opening and outside every closure. Its buffers may stick out of both, but no
  part of [start - before, end + after) may touch another claim on the same lane.
- Starts are counted in steps of real time from where the day's joined opening begins (09:00-12:00 and
  11:00-14:00 count from 09:00). A closure or a claim takes starts away and never shifts the others.
- A resource serves one appointment per lane. Claims on lanes beyond the capacity (deliberate overbooking) use
  the resource up like any other: nothing is offered that would have more than `capacity` claims run at once.
- Opening, step and bounds are whole minutes; claims may begin and end at any instant.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain, compress
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.grid import FREE, Grid, Lanes, Taken, crowded, either
from smartcx_portal.bookings.opening import DAY, MINUTE, Calendar, Rule, Shut, Span, joined, overlapping, without

SHORTEST_DAY_MIN = 23 * 60


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be booked: minutes of the appointment and its buffers, the step of starts, and the bounds.

    `earliest` (lead time) and `latest` (booking horizon) bound the start, aware, both included.
    """

    duration_min: int
    before_min: int
    after_min: int
    step_min: int
    earliest: datetime
    latest: datetime

    def __post_init__(self) -> None:
        if self.duration_min < 1 or self.step_min < 1 or self.before_min < 0 or self.after_min < 0:
            raise ValueError("duration and step are at least a minute, and buffers are not negative")

    def claim_for(self, starts_at: datetime) -> tuple[datetime, datetime]:
        """The time to claim for an appointment at `starts_at`: [start - before, end + after)."""
        until = starts_at + timedelta(minutes=self.duration_min + self.after_min)
        return starts_at - timedelta(minutes=self.before_min), until


class Start(NamedTuple):
    """A time to book, in UTC, buffers not included, and the resources that can serve it, as ordered."""

    starts_at: datetime
    ends_at: datetime
    resource_ids: tuple[UUID, ...]


def free_starts(
    rules: Iterable[Rule],
    shuts: Iterable[Shut],
    lanes: Sequence[Lanes],
    taken: Collection[Taken],
    wish: Wish,
    zone: str,
    first_day: date,
    last_day: date,
) -> list[Start]:
    """Every start that can be booked on the local days `first_day` to `last_day`, both included, in order.

    `taken` may hold more than is needed: other resources, other days. It must hold every claim that touches
    the days, widened by the buffers, and the following day for an appointment that runs across midnight.
    Raises `ZoneInfoNotFoundError` for an unknown zone and `ValueError` if a resource is given twice.
    """
    grid, rows = _free_rows(rules, shuts, lanes, taken, wish, zone, first_day, last_day)
    ids = [one.resource_id for one in lanes]
    length = timedelta(minutes=wish.duration_min)
    starts = []
    for minute, free in zip(grid.minutes, zip(*rows, strict=True), strict=True):
        if any(free):
            starts_at = grid.calendar.origin + timedelta(0, minute * 60)
            starts.append(Start(starts_at, starts_at + length, tuple(compress(ids, free))))
    return starts


def days_with_free(
    rules: Iterable[Rule],
    shuts: Iterable[Shut],
    lanes: Sequence[Lanes],
    taken: Collection[Taken],
    wish: Wish,
    zone: str,
    first_day: date,
    last_day: date,
) -> dict[date, int]:
    """How many starts `free_starts` offers on each local day; days without any are left out."""
    grid, rows = _free_rows(rules, shuts, lanes, taken, wish, zone, first_day, last_day)
    anywhere = either(rows, len(grid.minutes))
    edges = [bisect_left(grid.minutes, begin) for begin in grid.calendar.begins]
    counts = ((day, anywhere.count(FREE, *edges[n : n + 2])) for n, day in enumerate(grid.calendar.days))
    return {day: count for day, count in counts if count}


def free_start(
    rules: Iterable[Rule],
    shuts: Iterable[Shut],
    lanes: Sequence[Lanes],
    taken: Collection[Taken],
    wish: Wish,
    zone: str,
    starts_at: datetime,
) -> Start | None:
    """The offer at exactly `starts_at`, or None: what the booking check asks, of the same arithmetic."""
    only = replace(wish, earliest=max(wish.earliest, starts_at), latest=min(wish.latest, starts_at))
    day = starts_at.astimezone(ZoneInfo(zone)).date()
    return next(iter(free_starts(rules, shuts, lanes, taken, only, zone, day, day)), None)


def is_free(
    rules: Iterable[Rule],
    shuts: Iterable[Shut],
    lanes: Sequence[Lanes],
    taken: Collection[Taken],
    wish: Wish,
    zone: str,
    starts_at: datetime,
) -> bool:
    """Is `starts_at` among the free starts?"""
    return free_start(rules, shuts, lanes, taken, wish, zone, starts_at) is not None


def free_lane(
    resource_id: UUID, capacity: int, taken: Iterable[Taken], starts_at: datetime, ends_at: datetime
) -> int | None:
    """The lowest lane of the resource that is free for the whole claim `starts_at` to `ends_at`, or None.

    The bounds include the buffers (`Wish.claim_for`). None also if claims beyond the capacity use it up.
    """
    touching = [
        claim
        for claim in taken
        if claim.starts_at < ends_at and starts_at < claim.ends_at and claim.resource_id == resource_id
    ]
    used = {claim.lane for claim in touching}
    lane = next((n for n in range(capacity) if n not in used), None)
    if lane is None or max(used, default=0) < capacity:
        return lane
    full = any(begin < ends_at and starts_at < end for begin, end in crowded(touching, capacity))
    return None if full else lane


def _free_rows(
    rules: Iterable[Rule],
    shuts: Iterable[Shut],
    lanes: Sequence[Lanes],
    taken: Collection[Taken],
    wish: Wish,
    zone: str,
    first_day: date,
    last_day: date,
) -> tuple[Grid, list[bytes]]:
    """All possible starts, and for each resource a row that says which of them it can serve."""
    following = wish.duration_min // SHORTEST_DAY_MIN + 2
    calendar = Calendar(ZoneInfo(zone), first_day, max(last_day, first_day - DAY) + following * DAY)
    possible = _possible_starts(calendar, rules, shuts, lanes, wish, last_day)
    grid = Grid(calendar, possible, wish.duration_min, wish.before_min, wish.after_min)
    return grid, grid.free_rows(lanes, taken)


def _possible_starts(
    calendar: Calendar,
    rules: Iterable[Rule],
    shuts: Iterable[Shut],
    lanes: Sequence[Lanes],
    wish: Wish,
    last_day: date,
) -> list[list[int]]:
    """For each resource the starts that opening, closures and bounds allow, as minutes of the calendar."""
    rules_of, shuts_of = defaultdict(list), defaultdict(list)
    for rule in rules:
        rules_of[rule.resource_id].append(rule)
    for shut in shuts:
        shuts_of[shut.resource_id].append(shut)
    special = (rules_of.keys() | shuts_of.keys()) - {None}
    known: dict[UUID | None, list[int]] = {}
    for one in lanes:
        key = one.resource_id if one.resource_id in special else None
        if key not in known:
            openings = calendar.openings(chain.from_iterable(rules_of[k] for k in {None, key}))
            closures = calendar.closures(chain.from_iterable(shuts_of[k] for k in {None, key}))
            known[key] = _starts(calendar, openings, closures, wish, last_day)
    return [known[one.resource_id if one.resource_id in special else None] for one in lanes]


def _starts(
    calendar: Calendar, openings: Sequence[list[Span]], closures: Sequence[Span], wish: Wish, last_day: date
) -> list[int]:
    """The starts counted from each opening's begin whose whole appointment is within openings, unshut."""
    spans = without(joined(chain.from_iterable(openings)), closures)
    asked = openings[: max((last_day - calendar.days[0]).days + 1, 0)]
    step = wish.step_min
    starts: list[int] = []
    for opens, closes in chain.from_iterable(asked):
        for begin, end in overlapping(spans, opens, closes):
            first = opens + max(-((opens - begin) // step), 0) * step
            starts += range(first, min(closes, end - wish.duration_min + 1), step)
    earliest = -((calendar.origin - wish.earliest) // MINUTE)
    latest = (wish.latest - calendar.origin) // MINUTE
    return starts[bisect_left(starts, earliest) : bisect_right(starts, latest)]
