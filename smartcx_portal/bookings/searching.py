"""One search of the availability engine: what opening allows, less what claims and quotas forbid, as rows of starts."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.grid import Grid, both, crowded, either
from smartcx_portal.bookings.opening import DAY, MINUTE, Calendar, Rule, Shut, Span, joined, overlapping, without
from smartcx_portal.bookings.question import Group, Lanes, Taken, Wish
from smartcx_portal.bookings.timetable import Quota, Timetable, Whose

SHORTEST_DAY_MIN = 23 * 60


@dataclass(frozen=True)
class Found:
    """All possible starts, and for each need its resources with a row each that says at which starts it is free.

    In the rows of the first need a start is free only if everything else that it takes can be had too.
    """

    grid: Grid
    needs: list[list[UUID]]
    rows: list[list[bytes]]
    opened: list[bytes]
    """For each resource of the first need the starts that its opening allows, and somebody's of each further need."""
    left: dict[int, dict[UUID, int]] = field(default_factory=dict)
    """For each minute at which groups have begun the free seats of each."""

    @property
    def ids(self) -> list[UUID]:
        """The resources of the first need."""
        return self.needs[0] if self.needs else []

    @property
    def serving(self) -> list[bytes]:
        """The rows of the first need."""
        return self.rows[0] if self.rows else []


def search(
    rules: Iterable[Rule],
    shuts: Iterable[Shut],
    lanes: Sequence[Lanes],
    taken: Collection[Taken],
    wish: Wish,
    zone: str,
    first_day: date,
    last_day: date,
    groups: Iterable[Group] = (),
) -> Found:
    """Where the asked days have room for the wish. The arguments are those of `free_starts`."""
    rules = tuple(rules)
    bound = wish.online and any(rule.online_quota is not None for rule in rules)
    ahead = wish.before_min // SHORTEST_DAY_MIN + 1 if bound else 0
    following = (wish.duration_min + wish.after_min) // SHORTEST_DAY_MIN + 2
    last = max(last_day, first_day - DAY) + following * DAY
    timetable = Timetable(Calendar(ZoneInfo(zone), first_day - ahead * DAY, last), rules, shuts)
    asked = slice(ahead, ahead + max((last_day - first_day).days + 1, 0))
    quotas = timetable.quotas() if bound else []
    found = _free(timetable, lanes, taken, wish, asked, [quota for quota in quotas if quota.most == 0])
    for quota in quotas:
        if quota.most:
            _limit(found, timetable, quota, taken)
    if wish.places > wish.seats:
        found.serving[:] = [bytes(len(row)) for row in found.serving]
    if wish.seats > 1:
        _join(found, groups, wish)
    return found


def _free(
    timetable: Timetable,
    lanes: Sequence[Lanes],
    taken: Collection[Taken],
    wish: Wish,
    asked: slice,
    closing: Sequence[Quota],
) -> Found:
    """What opening and claims leave free of each need; `closing` are the quotas of 0."""
    needs = [[one for one in lanes if one.need == need] for need in sorted({one.need for one in lanes})]
    first, *further = needs or [[]]
    possible = _possible_starts(timetable, first, wish, asked, closing)
    grid = Grid(timetable.calendar, possible, wish)
    opened = [grid.row_of(starts) for starts in possible]
    others = [_opened_throughout(timetable, need, grid) for need in further]
    every = [one for need in needs for one in need]
    free = iter(grid.free_rows(every, [*opened, *chain.from_iterable(others)], taken))
    rows = [[next(free) for _ in need] for need in needs]
    for number, need in enumerate(rows[1:]):
        rows[0] = _with_one_of(rows[0], need, grid)
        opened = _with_one_of(opened, others[number], grid)
    return Found(grid, [[one.resource_id for one in need] for need in needs], rows, opened)


def _with_one_of(rows: list[bytes], need: Sequence[bytes], grid: Grid) -> list[bytes]:
    """The same rows, without the starts at which nobody is there for a further need."""
    anyone = either(need, len(grid.minutes))
    return [both(row, anyone) for row in rows]


def _limit(found: Found, timetable: Timetable, quota: Quota, taken: Collection[Taken]) -> None:
    """Take away the starts that would have more online claims run within a quota's hours than it allows."""
    counted = [claim for claim in taken if claim.online and quota.binds(claim.resource_id)]
    full = crowded(counted, quota.most)
    barred = [
        (max(begin, opens), min(end, closes))
        for opens, closes in timetable.moments(quota.spans)
        for begin, end in overlapping(full, opens, closes)
    ]
    if barred:
        allowed = found.grid.row_without(barred)
        for n, resource_id in enumerate(found.ids):
            if quota.binds(resource_id):
                found.serving[n] = both(found.serving[n], allowed)


def _join(found: Found, groups: Iterable[Group], wish: Wish) -> None:
    """Where a group has begun to fill, its seats count and nothing else: they are there, or there are too few."""
    place = {resource_id: n for n, resource_id in enumerate(found.ids)}
    positions = {minute: n for n, minute in enumerate(found.grid.minutes)}
    rows = [bytearray(row) for row in found.serving]
    for resource_id, starts_at, free in groups:
        n, minute = place.get(resource_id), found.grid.minute_of(starts_at)
        at = positions.get(minute)
        if n is not None and at is not None and found.opened[n][at]:
            rows[n][at] = free >= wish.places
            found.left.setdefault(minute, {})[resource_id] = free
    found.serving[:] = map(bytes, rows)


def _possible_starts(
    timetable: Timetable, lanes: Iterable[Lanes], wish: Wish, asked: slice, closing: Sequence[Quota]
) -> list[list[int]]:
    """For each resource the starts that opening, closures and bounds allow, as minutes of the calendar."""
    known: dict[Whose, list[int]] = {}
    return [
        known[key] if key in known else known.setdefault(key, _starts(timetable, key, wish, asked, closing))
        for key in (one.resource_id if one.resource_id in timetable.special else None for one in lanes)
    ]


def _starts(timetable: Timetable, whose: Whose, wish: Wish, asked: slice, closing: Sequence[Quota]) -> list[int]:
    """The starts counted from each opening's begin whose whole appointment is within openings, unshut."""
    openings = timetable.openings(whose)
    spans = without(joined(chain.from_iterable(openings)), timetable.closures(whose, closing))
    step = wish.step_min
    starts: list[int] = []
    for opens, closes in chain.from_iterable(openings[asked]):
        for begin, end in overlapping(spans, opens, closes):
            first = opens + max(-((opens - begin) // step), 0) * step
            starts += range(first, min(closes, end - wish.duration_min + 1), step)
    origin = timetable.calendar.origin
    earliest = -((origin - wish.earliest) // MINUTE)
    latest = (wish.latest - origin) // MINUTE
    return starts[bisect_left(starts, earliest) : bisect_right(starts, latest)]


def _opened_throughout(timetable: Timetable, lanes: Iterable[Lanes], grid: Grid) -> list[bytes]:
    """For each resource of a further need the row of the starts at which it is open for the whole appointment."""
    known: dict[Whose, bytes] = {}
    rows = []
    for one in lanes:
        key = one.resource_id if one.resource_id in timetable.special else None
        if key not in known:
            spans: list[Span] = joined(chain.from_iterable(timetable.openings(key)))
            known[key] = grid.row_within(without(spans, timetable.closures(key)))
        rows.append(known[key])
    return rows
