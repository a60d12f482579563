"""When can somebody come? The one answer for the booking page, the staff calendar and the booking check.

Pure arithmetic on what it is given: no session, no clock, no settings; the server's own zone plays no part.

- An appointment lies within the opening and outside every closure. Its buffers may stick out of both, but no
  part of [start - before, end + after) may touch another claim on the same lane.
- Starts are counted in steps of real time from where the day's joined opening begins (09:00-12:00 and
  11:00-14:00 count from 09:00). A closure or a claim takes starts away and never shifts the others.
- A resource serves one appointment per lane. Claims on lanes beyond the capacity (deliberate overbooking) use
  the resource up like any other: nothing is offered that would have more than `capacity` claims run at once.
- An appointment that needs several resources takes one of each need for the same time, buffers included. The
  openings of the first need count the starts; the others only have to be open for the whole appointment.
- Seats of a group that has begun to fill can be had at its start, if the openings of all needs and the bounds
  still allow it and enough are free; where a resource has one, no second begins at that very start. Elsewhere a
  new one may begin.
- Opening, step and bounds are whole minutes; claims may begin and end at any instant.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import compress, count, repeat
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.grid import FREE, crowded, either
from smartcx_portal.bookings.opening import Rule, Shut
from smartcx_portal.bookings.question import Group, Lanes, Start, Taken, Wish
from smartcx_portal.bookings.searching import Found, search

__all__ = [
    "Group",
    "Lanes",
    "Rule",
    "Shut",
    "Start",
    "Taken",
    "Wish",
    "days_with_free",
    "free_lane",
    "free_start",
    "free_starts",
    "is_free",
    "lane_is_free",
    "spare_lane",
]


def free_starts(
    rules: Iterable[Rule],
    shuts: Iterable[Shut],
    lanes: Sequence[Lanes],
    taken: Collection[Taken],
    wish: Wish,
    zone: str,
    first_day: date,
    last_day: date,
    groups: Collection[Group] = (),
) -> list[Start]:
    """Every start that can be booked on the local days `first_day` to `last_day`, both included, in order.

    `taken` may hold more than is needed: other resources, other days. It must hold every claim that touches
    the days, widened by the buffers, and the following day for an appointment that runs across midnight; for
    a wish that quotas bind also the online claims of the place's other resources. So must `rules` hold theirs.
    Raises `ZoneInfoNotFoundError` for an unknown zone and `ValueError` if a resource is given twice.
    """
    found = search(rules, shuts, lanes, taken, wish, zone, first_day, last_day, groups)
    ids, origin = found.ids, found.grid.calendar.origin
    length = timedelta(minutes=wish.duration_min)
    seats, starts = wish.seats, []
    anywhere = either(found.serving, len(found.grid.minutes))
    columns = zip(found.grid.minutes, zip(*found.serving, strict=True), _others(found), strict=True)
    for minute, free, others in compress(columns, anywhere):
        starts_at = origin + timedelta(0, minute * 60)
        who = tuple(compress(ids, free))
        left = max(map(found.left[minute].get, who, repeat(seats))) if minute in found.left else seats
        starts.append(Start(starts_at, starts_at + length, who, others, left))
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
    groups: Collection[Group] = (),
) -> dict[date, int]:
    """How many starts `free_starts` offers on each local day; days without any are left out."""
    found = search(rules, shuts, lanes, taken, wish, zone, first_day, last_day, groups)
    minutes, calendar = found.grid.minutes, found.grid.calendar
    anywhere = either(found.serving, len(minutes))
    edges = [bisect_left(minutes, begin) for begin in calendar.begins]
    counts = ((day, anywhere.count(FREE, *edges[n : n + 2])) for n, day in enumerate(calendar.days))
    return {day: number for day, number in counts if number}


def free_start(
    rules: Iterable[Rule],
    shuts: Iterable[Shut],
    lanes: Sequence[Lanes],
    taken: Collection[Taken],
    wish: Wish,
    zone: str,
    starts_at: datetime,
    groups: Collection[Group] = (),
) -> Start | None:
    """The offer at exactly `starts_at`, or None: what the booking check asks, of the same arithmetic."""
    only = replace(wish, earliest=max(wish.earliest, starts_at), latest=min(wish.latest, starts_at))
    day = starts_at.astimezone(ZoneInfo(zone)).date()
    return next(iter(free_starts(rules, shuts, lanes, taken, only, zone, day, day, groups)), None)


def is_free(
    rules: Iterable[Rule],
    shuts: Iterable[Shut],
    lanes: Sequence[Lanes],
    taken: Collection[Taken],
    wish: Wish,
    zone: str,
    starts_at: datetime,
    groups: Collection[Group] = (),
) -> bool:
    """Is `starts_at` among the free starts?"""
    return free_start(rules, shuts, lanes, taken, wish, zone, starts_at, groups) is not None


def free_lane(
    resource_id: UUID, capacity: int, taken: Iterable[Taken], starts_at: datetime, ends_at: datetime
) -> int | None:
    """The lowest lane of the resource that is free for the whole claim `starts_at` to `ends_at`, or None.

    The bounds include the buffers (`Wish.claim_for`). None also if claims beyond the capacity use it up.
    """
    touching = _touching(resource_id, taken, starts_at, ends_at)
    used = {claim.lane for claim in touching}
    lane = next((n for n in range(capacity) if n not in used), None)
    if lane is None or max(used, default=0) < capacity:
        return lane
    full = any(begin < ends_at and starts_at < end for begin, end in crowded(touching, capacity))
    return None if full else lane


def spare_lane(resource_id: UUID, capacity: int, taken: Iterable[Taken], starts_at: datetime, ends_at: datetime) -> int:
    """The lowest free lane beyond the capacity, for an appointment that the staff put in although none is free."""
    used = {claim.lane for claim in _touching(resource_id, taken, starts_at, ends_at)}
    return next(lane for lane in count(capacity) if lane not in used)


def lane_is_free(resource_id: UUID, lane: int, taken: Iterable[Taken], starts_at: datetime, ends_at: datetime) -> bool:
    """Is this very lane free for the whole claim, whatever runs on the others?"""
    return all(claim.lane != lane for claim in _touching(resource_id, taken, starts_at, ends_at))


def _touching(resource_id: UUID, taken: Iterable[Taken], starts_at: datetime, ends_at: datetime) -> list[Taken]:
    return [
        claim
        for claim in taken
        if claim.starts_at < ends_at and starts_at < claim.ends_at and claim.resource_id == resource_id
    ]


def _others(found: Found) -> Iterable[tuple[tuple[UUID, ...], ...]]:
    """For each possible start who can serve the further needs."""
    if len(found.needs) < 2:
        return repeat((), len(found.grid.minutes))
    needs = zip(found.needs[1:], found.rows[1:], strict=True)
    return zip(*([tuple(compress(ids, free)) for free in zip(*rows, strict=True)] for ids, rows in needs), strict=True)
