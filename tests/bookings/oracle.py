"""The availability engine once more, slow and obvious: every minute is looked at, on the wall clock, one by one.

It shares the engine's input types and nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.availability import Group, Lanes, Rule, Shut, Taken, Wish

MINUTE = timedelta(minutes=1)
Answer = tuple[datetime, datetime, tuple[UUID, ...], tuple[tuple[UUID, ...], ...], int]
"""A `Start`, as a plain tuple."""


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


def follows(rules: Sequence[Rule], rule: Rule, resource_id: UUID, day: date) -> bool:
    """Is this one of the rules by which the resource lives on that day?"""
    if rule.resource_id is not None or rule.extra:
        return rule.resource_id in (None, resource_id)
    own = [other for other in rules if other.resource_id == resource_id and not other.extra]
    return not any(is_valid(other, day) for other in own)


def is_valid(rule: Rule, day: date) -> bool:
    """Is the day one of the rule's days, by their dates?"""
    return (rule.valid_from or date.min) <= day <= (rule.valid_until or date.max)


def holds(rule: Rule, day: date) -> bool:
    """Does the rule open on this day? Weeks and months are counted day by day."""
    if not is_valid(rule, day) or rule.weekday != day.weekday():
        return False
    alike = [n for n in range(1, 32) if n <= last_of_month(day) and day.replace(day=n).weekday() == rule.weekday]
    if rule.nth is not None and day.day != (alike + [0] * 6)[rule.nth - 1 if rule.nth > 0 else len(alike) - 1]:
        return False
    monday, weeks = rule.valid_from or day, 0
    while monday.weekday() != 0:
        monday -= timedelta(days=1)
    while monday + timedelta(days=7) <= day:
        monday, weeks = monday + timedelta(days=7), weeks + 1
    return weeks % rule.every_weeks == 0


def last_of_month(day: date) -> int:
    """The number of the month's last day."""
    while (day + timedelta(days=1)).month == day.month:
        day += timedelta(days=1)
    return day.day


def rule_minutes(rule: Rule, shuts: Sequence[Shut], whose: UUID | None, day: date, zone: str) -> set[datetime]:
    """The minutes of one rule that day, without those that a public holiday takes from it."""
    if not holds(rule, day):
        return set()
    minutes = between(day, rule.opens, rule.closes, zone)
    return minutes if rule.extra else minutes - shut_minutes(shuts, whose, day, zone, holiday=True)


def open_minutes(
    rules: Sequence[Rule], shuts: Sequence[Shut], resource_id: UUID, day: date, zone: str
) -> set[datetime]:
    """When the rules have the resource open that day."""
    followed = [rule for rule in rules if follows(rules, rule, resource_id, day)]
    return set().union(*(rule_minutes(rule, shuts, resource_id, day, zone) for rule in followed))


def shut_minutes(
    shuts: Iterable[Shut], resource_id: UUID | None, day: date, zone: str, *, holiday: bool = False
) -> set[datetime]:
    """When a closure shuts the resource that day."""
    minutes: set[datetime] = set()
    for shut in shuts:
        mine = shut.resource_id in (None, resource_id) and shut.holiday == holiday
        if mine and shut.first_day <= day <= shut.last_day:
            minutes |= between(day, shut.begins, shut.ends, zone)
    return minutes


def usable_minutes(
    rules: Sequence[Rule], shuts: Sequence[Shut], resource_id: UUID, days: Sequence[date], zone: str
) -> set[datetime]:
    """When an appointment may be on the resource, on these days and the two after them."""
    usable: set[datetime] = set()
    for day in [*days, *(days[-1] + timedelta(days=n) for n in range(1, 3))]:
        opened = open_minutes(rules, shuts, resource_id, day, zone)
        usable |= opened - shut_minutes(shuts, resource_id, day, zone)
    return usable


def has_room(one: Lanes, taken: Sequence[Taken], begin: datetime, end: datetime) -> bool:
    """Is a lane unused throughout, and would at no instant more claims run than the capacity allows?"""
    there = [t for t in taken if t.resource_id == one.resource_id and t.starts_at < end and t.ends_at > begin]
    unused = [n for n in range(one.capacity) if all(t.lane != n for t in there)]
    instants = [begin] + [t.starts_at for t in there if t.starts_at > begin]
    running = [sum(1 for t in there if t.starts_at <= instant < t.ends_at) for instant in instants]
    return bool(unused) and max(running) < one.capacity


def quota_minutes(
    rules: Sequence[Rule],
    shuts: Sequence[Shut],
    taken: Sequence[Taken],
    resource_id: UUID,
    days: Sequence[date],
    zone: str,
) -> tuple[set[datetime], set[datetime]]:
    """The minutes closed for people who book online, and those in which no further online claim may run."""
    closed: set[datetime] = set()
    full: set[datetime] = set()
    around = [days[0] + timedelta(days=n) for n in range(-2, len(days) + 3)]
    for rule in rules:
        for day in around if rule.online_quota is not None else []:
            if not follows(rules, rule, resource_id, day):
                continue
            minutes = rule_minutes(rule, shuts, rule.resource_id, day, zone)
            if rule.online_quota == 0:
                closed |= minutes
            else:
                counted = [t for t in taken if t.online and follows(rules, rule, t.resource_id, day)]
                full |= {minute for minute in minutes if most_running(counted, minute) >= (rule.online_quota or 0)}
    return closed, full


def most_running(claims: Sequence[Taken], minute: datetime) -> int:
    """How many of the claims run at once, at most, within this minute."""
    there = [t for t in claims if t.starts_at < minute + MINUTE and t.ends_at > minute]
    instants = [minute] + [t.starts_at for t in there if t.starts_at > minute]
    return max(sum(1 for t in there if t.starts_at <= instant < t.ends_at) for instant in instants)


def starts_of(
    rules: Sequence[Rule], shuts: Sequence[Shut], one: Lanes, wish: Wish, zone: str, days: Sequence[date]
) -> list[datetime]:
    """The starts of one resource that opening, closures and bounds allow."""
    usable = usable_minutes(rules, shuts, one.resource_id, days, zone)
    starts = []
    for day in days:
        minutes_since_opening = None
        opened = open_minutes(rules, shuts, one.resource_id, day, zone)
        for moment, _ in wall_clock(day, zone):
            if moment not in opened:
                minutes_since_opening = None
                continue
            minutes_since_opening = 0 if minutes_since_opening is None else minutes_since_opening + 1
            in_bounds = wish.earliest <= moment <= wish.latest
            if minutes_since_opening % wish.step_min == 0 and in_bounds and throughout(usable, moment, wish):
                starts.append(moment)
    return starts


def throughout(minutes: set[datetime], start: datetime, wish: Wish) -> bool:
    """Is every minute of the appointment among these?"""
    return from_moment(start, wish.duration_min) <= minutes


def from_moment(begin: datetime, length: int) -> set[datetime]:
    """So many minutes from `begin` on."""
    return {begin + n * MINUTE for n in range(length)}


def claimed(start: datetime, wish: Wish) -> set[datetime]:
    """The minutes of the appointment and its buffers."""
    length = wish.before_min + wish.duration_min + wish.after_min
    return from_moment(start - wish.before_min * MINUTE, length)


class Look:
    """One look at everything, for one question."""

    def __init__(
        self,
        rules: Sequence[Rule],
        shuts: Sequence[Shut],
        lanes: Sequence[Lanes],
        taken: Sequence[Taken],
        wish: Wish,
        zone: str,
        days: Sequence[date],
        groups: Sequence[Group],
    ) -> None:
        self.lanes, self.taken, self.wish = lanes, taken, wish
        self.first, *self.further = sorted({one.need for one in lanes})
        self.begun = {(group.resource_id, group.starts_at): group.free for group in groups if wish.seats > 1}
        self.usable = {one.resource_id: usable_minutes(rules, shuts, one.resource_id, days, zone) for one in lanes}
        bound = rules if wish.online else [replace(rule, online_quota=None) for rule in rules]
        self.quotas = {
            one.resource_id: quota_minutes(bound, shuts, taken, one.resource_id, days, zone) for one in lanes
        }

    def is_open(self, one: Lanes, start: datetime) -> bool:
        """Is the resource open for the whole appointment?"""
        return throughout(self.usable[one.resource_id], start, self.wish)

    def room(self, one: Lanes, start: datetime) -> bool:
        """Has the resource room for the appointment and its buffers?"""
        begin = start - self.wish.before_min * MINUTE
        return has_room(one, self.taken, begin, start + (self.wish.duration_min + self.wish.after_min) * MINUTE)

    def serving(self, need: int) -> list[Lanes]:
        """The resources for a need."""
        return [one for one in self.lanes if one.need == need]

    def who(self, need: int, start: datetime) -> tuple[UUID, ...]:
        """Who is open and free for a further need."""
        able = [one for one in self.serving(need) if self.is_open(one, start) and self.room(one, start)]
        return tuple(one.resource_id for one in able)

    def left(self, one: Lanes, start: datetime) -> int:
        """How many places can be had with this resource of the first need, at a start that its opening allows."""
        closed, full = self.quotas[one.resource_id]
        attended = all(any(self.is_open(other, start) for other in self.serving(need)) for need in self.further)
        if closed & from_moment(start, self.wish.duration_min) or not attended:
            return 0
        if (one.resource_id, start) in self.begun:
            return self.begun[one.resource_id, start]
        fits = self.room(one, start) and all(self.who(need, start) for need in self.further)
        return self.wish.seats if fits and not full & claimed(start, self.wish) else 0


def free_starts(
    rules: Sequence[Rule],
    shuts: Sequence[Shut],
    lanes: Sequence[Lanes],
    taken: Sequence[Taken],
    wish: Wish,
    zone: str,
    first_day: date,
    last_day: date,
    groups: Sequence[Group] = (),
) -> list[Answer]:
    """What the engine has to answer."""
    days = [first_day + timedelta(days=n) for n in range((last_day - first_day).days + 1)]
    if not days or not lanes:
        return []
    look = Look(rules, shuts, lanes, taken, wish, zone, days, groups)
    seats: dict[datetime, dict[UUID, int]] = {}
    for one in look.serving(look.first):
        for start in starts_of(rules, shuts, one, wish, zone, days):
            if look.left(one, start) >= wish.places:
                seats.setdefault(start, {})[one.resource_id] = look.left(one, start)
    length = wish.duration_min * MINUTE
    return [
        (start, start + length, tuple(left), tuple(look.who(need, start) for need in look.further), max(left.values()))
        for start, left in sorted(seats.items())
    ]
