"""When a place is open: weekly rules and closures, written in local time, as spans of minutes.

What a local time means on the days when the clock is changed: a rule holds from the first moment of its day
at which the wall clock shows `opens` or later until the last moment at which it shows less than `closes`.

- Spring gap (02:00 becomes 03:00): a boundary inside the gap is the moment after the gap, so 01:30-02:30
  lasts half an hour and 02:00-02:30 does not exist that day.
- Autumn fold (03:00 becomes 02:00): `opens` is the first 02:15, `closes` the second 02:45, so 02:15-02:45
  lasts an hour and a half. `closes` at 02:00 is the first 02:00, before any 02:xx was shown.

A closure is read the same way. Everything here is arithmetic: no clock, no session, no settings.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, pairwise
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
MIDNIGHT = time(0, 0)
MINUTES_A_DAY = 1440
NTHS = (1, 2, 3, 4, 5, -1)

Span = tuple[int, int]
"""Half-open: the first minute inside and the first one after, counted from a `Calendar`'s origin."""
Edge = TypeVar("Edge", int, datetime)


@dataclass(frozen=True, slots=True)
class Rule:
    """Open every week on `weekday` (0 is Monday) from `opens` to `closes`, local time in whole minutes.

    `closes` at 00:00 means 24:00, the end of the day. A rule never passes midnight: a night is written as
    two rules, and an appointment may run across the seam. `valid_from` and `valid_until` are local days, both
    included, None for no bound. `every_weeks` skips weeks, counted from the Monday of `valid_from`'s week;
    `nth` picks the n-th such weekday of each month, -1 the last. Without `resource_id` the rule is the place's.
    What several rules say is added up. Which of them a resource follows, and what `extra` and `online_quota`
    mean, says `timetable`.
    """

    weekday: int
    opens: time
    closes: time
    valid_from: date | None = None
    valid_until: date | None = None
    resource_id: UUID | None = None
    every_weeks: int = 1
    nth: int | None = None
    extra: bool = False
    online_quota: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("a weekday is a number from 0 (Monday) to 6 (Sunday)")
        if self.every_weeks < 1 or (self.every_weeks > 1 and self.valid_from is None):
            raise ValueError("every n-th week is counted from the week of the first valid day")
        if self.nth is not None and self.nth not in NTHS:
            raise ValueError("a weekday is the first to fifth of a month, or the last (-1)")
        if self.online_quota is not None and self.online_quota < 0:
            raise ValueError("a quota is not negative")
        _check_times(self.opens, self.closes)

    def valid_on(self, day: date) -> bool:
        """Is `day` between the rule's first and last day? Weekday and weeks are not asked."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    def holds_on(self, day: date) -> bool:
        """Does the rule open on `day`: is it valid, is it the weekday, the week, the n-th in the month?"""
        return (
            day.weekday() == self.weekday
            and self.valid_on(day)
            and (self.every_weeks == 1 or self._in_its_week(day))
            and (self.nth is None or self._is_nth(day))
        )

    def _in_its_week(self, day: date) -> bool:
        first = self.valid_from or day
        return (monday_number(day) - monday_number(first)) % self.every_weeks == 0

    def _is_nth(self, day: date) -> bool:
        if self.nth == -1:
            return day.day + 7 > monthrange(day.year, day.month)[1]
        return (day.day - 1) // 7 + 1 == self.nth


def monday_number(day: date) -> int:
    """A running number of the week, from Monday to Sunday, in which `day` lies."""
    return (day.toordinal() - 1) // 7


@dataclass(frozen=True, slots=True)
class Shut:
    """Closed from `first_day` to `last_day`, local days, both included; none if they are swapped.

    With `begins` or `ends` only that part of each of the days, local time in whole minutes; None or 00:00 as
    `ends` is the end of the day. Without `resource_id` it is for every resource. A public `holiday` takes the
    weekly hours away and leaves extra hours open.
    """

    first_day: date
    last_day: date
    begins: time | None = None
    ends: time | None = None
    resource_id: UUID | None = None
    holiday: bool = False

    def __post_init__(self) -> None:
        _check_times(self.begins or MIDNIGHT, self.ends or MIDNIGHT)


def _check_times(begins: time, ends: time) -> None:
    for wall in (begins, ends):
        if wall.second or wall.microsecond or wall.tzinfo:
            raise ValueError("a local time is in whole minutes and without a zone")
    if ends <= begins and ends != MIDNIGHT:
        raise ValueError("the end of a span of time lies after its beginning")


def moment_of(wall: datetime, zone: ZoneInfo, *, closing: bool = False) -> datetime:
    """The moment, in UTC, of a boundary given as local time `wall` (naive); the module's text says how."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first > second:
        return _after_gap(second, first, zone)
    if closing and first < second:
        just_before = (second - MINUTE).astimezone(zone).replace(tzinfo=None)
        return second if just_before < wall else first
    return first


def _after_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment in (`before`, `after`] at which the zone's clock is put forward."""
    old = before.astimezone(zone).utcoffset()
    seconds = range(int((after - before).total_seconds()) + 1)
    changed = bisect_left(
        seconds, True, key=lambda s: (before + timedelta(seconds=s)).astimezone(zone).utcoffset() != old
    )
    return before + timedelta(seconds=changed)


class Calendar:
    """The local days `first_day` to `last_day` of a zone, in minutes of real time from `origin` (UTC)."""

    def __init__(self, zone: ZoneInfo, first_day: date, last_day: date) -> None:
        self.zone = zone
        self.origin = moment_of(datetime.combine(first_day, MIDNIGHT), zone)
        self.days = [first_day + n * DAY for n in range((last_day - first_day).days + 1)]
        self.begins = [self._minute(datetime.combine(day, MIDNIGHT)) for day in [*self.days, last_day + DAY]]

    def _minute(self, wall: datetime, *, closing: bool = False) -> int:
        return (moment_of(wall, self.zone, closing=closing) - self.origin) // MINUTE

    def span(self, n: int, opens: time, closes: time) -> Span:
        """From `opens` to `closes` on the `n`-th day; empty if a gap swallows it. `closes` 00:00 is 24:00."""
        begin, end = self.begins[n], self.begins[n + 1]
        if end - begin == MINUTES_A_DAY:
            until = begin + closes.hour * 60 + closes.minute if closes != MIDNIGHT else end
            return begin + opens.hour * 60 + opens.minute, until
        day = self.days[n]
        until = self._minute(datetime.combine(day, closes), closing=True) if closes != MIDNIGHT else end
        return self._minute(datetime.combine(day, opens)), until

    def closures(self, shuts: Iterable[Shut]) -> list[Span]:
        """All that is shut, in order and joined."""
        spans: list[Span] = []
        first_day = self.days[0]
        for shut in shuts:
            first = max((shut.first_day - first_day).days, 0)
            last = min((shut.last_day - first_day).days, len(self.days) - 1)
            begins, ends = shut.begins or MIDNIGHT, shut.ends or MIDNIGHT
            spans += [self.span(n, begins, ends) for n in range(first, last + 1)]
        return joined(spans)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same minutes as the fewest spans, in order; empty spans vanish."""
    result: list[Span] = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((begin, end))
    return result


def overlapping(spans: Sequence[tuple[Edge, Edge]], begin: Edge, end: Edge) -> Sequence[tuple[Edge, Edge]]:
    """Those of the `spans` that have a part in [begin, end); they are in order and do not overlap."""
    first = bisect_right(spans, begin, key=lambda span: span[1])
    return spans[first : bisect_left(spans, end, key=lambda span: span[0])]


def without(spans: Iterable[Span], holes: Sequence[Span]) -> list[Span]:
    """The minutes of `spans` that no hole covers; both in order and joined."""
    result: list[Span] = []
    for begin, end in spans:
        edges = [begin, *chain.from_iterable(overlapping(holes, begin, end)), end]
        result += [(a, b) for a, b in list(pairwise(edges))[::2] if a < b]
    return result
