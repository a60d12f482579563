"""The availability engine once more, slow and obvious: every minute is looked at, on the wall clock, one by one.

It shares the engine's input types and nothing else.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.availability import Lanes, Rule, Shut, Taken, Wish

MINUTE = timedelta(minutes=1)


@lru_cache(maxsize=256)
def wall_clock(day: date, zone: str) -> list[tuple[datetime, time]]:
    """Every minute of the local day: the moment, and what the clock on the wall shows."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    shown = []
    for n in range(-40 * 60, 40 * 60):
        moment = noon + n * MINUTE
        wall = moment.astimezone(ZoneInfo(zone))
        if wall.date() == day:
            shown.append((moment, wall.time()))
    return shown


def between(day: date, begins: time | None, ends: time | None, zone: str) -> set[datetime]:
    """The minutes from the first that shows `begins` or later to the last that shows less than `ends`."""
    shown = wall_clock(day, zone)
    late_enough = [moment for moment, wall in shown if begins is None or wall >= begins]
    early_enough = [moment for moment, wall in shown if ends in (None, time(0)) or wall < ends]
    if not late_enough or not early_enough:
        return set()
    return {moment for moment, _ in shown if late_enough[0] <= moment <= early_enough[-1]}


def open_minutes(rules: Iterable[Rule], resource_id: UUID, day: date, zone: str) -> set[datetime]:
    """When the rules have the resource open that day."""
    minutes: set[datetime] = set()
    for rule in rules:
        mine = rule.resource_id is None or rule.resource_id == resource_id
        begun = rule.valid_from is None or day >= rule.valid_from
        over = rule.valid_until is not None and day > rule.valid_until
        if mine and begun and not over and rule.weekday == day.weekday():
            minutes |= between(day, rule.opens, rule.closes, zone)
    return minutes


def shut_minutes(shuts: Iterable[Shut], resource_id: UUID, day: date, zone: str) -> set[datetime]:
    """When a closure shuts the resource that day."""
    minutes: set[datetime] = set()
    for shut in shuts:
        if shut.resource_id in (None, resource_id) and shut.first_day <= day <= shut.last_day:
            minutes |= between(day, shut.begins, shut.ends, zone)
    return minutes


def has_room(one: Lanes, taken: Sequence[Taken], begin: datetime, end: datetime) -> bool:
    """Is a lane unused throughout, and would at no instant more claims run than the capacity allows?"""
    there = [t for t in taken if t.resource_id == one.resource_id and t.starts_at < end and t.ends_at > begin]
    unused = [n for n in range(one.capacity) if all(t.lane != n for t in there)]
    instants = [begin] + [t.starts_at for t in there if t.starts_at > begin]
    running = [sum(1 for t in there if t.starts_at <= instant < t.ends_at) for instant in instants]
    return bool(unused) and max(running) < one.capacity


def starts_of(
    rules: Sequence[Rule], shuts: Sequence[Shut], one: Lanes, wish: Wish, zone: str, days: Sequence[date]
) -> list[datetime]:
    """The starts of one resource that opening, closures and bounds allow."""
    following = [days[-1] + timedelta(days=n) for n in range(1, 3)] if days else []
    usable: set[datetime] = set()
    for day in [*days, *following]:
        opened = open_minutes(rules, one.resource_id, day, zone)
        usable |= opened - shut_minutes(shuts, one.resource_id, day, zone)
    starts = []
    for day in days:
        minutes_since_opening = None
        opened = open_minutes(rules, one.resource_id, day, zone)
        for moment, _ in wall_clock(day, zone):
            if moment not in opened:
                minutes_since_opening = None
                continue
            minutes_since_opening = 0 if minutes_since_opening is None else minutes_since_opening + 1
            whole = all(moment + n * MINUTE in usable for n in range(wish.duration_min))
            in_bounds = wish.earliest <= moment <= wish.latest
            if minutes_since_opening % wish.step_min == 0 and in_bounds and whole:
                starts.append(moment)
    return starts


def free_starts(
    rules: Sequence[Rule],
    shuts: Sequence[Shut],
    lanes: Sequence[Lanes],
    taken: Sequence[Taken],
    wish: Wish,
    zone: str,
    first_day: date,
    last_day: date,
) -> list[tuple[datetime, datetime, tuple[UUID, ...]]]:
    """What the engine has to answer."""
    days = [first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1)]
    serving: dict[datetime, list[UUID]] = {}
    for one in lanes:
        for start in starts_of(rules, shuts, one, wish, zone, days):
            begin = start - wish.before_min * MINUTE
            end = start + (wish.duration_min + wish.after_min) * MINUTE
            if has_room(one, taken, begin, end):
                serving.setdefault(start, []).append(one.resource_id)
    length = wish.duration_min * MINUTE
    return [(start, start + length, tuple(ids)) for start, ids in sorted(serving.items())]
