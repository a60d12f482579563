"""Which of the possible starts do the claims leave free? The part of the engine that must be fast.

Each lane is a row with one byte per possible start, and each claim blanks the starts that it forbids. So the
work grows with the claims, not with claims times starts, and claims at odd instants cost no exactness.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import reduce
from itertools import pairwise
from math import gcd
from operator import or_
from uuid import UUID

from smartcx_portal.bookings.opening import MINUTE, MINUTES_A_DAY, Calendar, Span
from smartcx_portal.bookings.question import Lanes, Taken, Wish

FREE = b"\x01"
"""The byte of a free start in a row; the others are zero."""
BLANKS = [bytes(length) for length in range(64)]
DAY_SECONDS = 86_400
ALL = UUID(int=0)


class Grid:
    """Every start that some resource of the first need allows by its opening, in order, as minutes of `calendar`."""

    def __init__(self, calendar: Calendar, possible: Iterable[list[int]], wish: Wish) -> None:
        self.calendar = calendar
        different = {id(starts): starts for starts in possible}.values()
        self.minutes = sorted(set().union(*different))
        self._duration = wish.duration_min
        first = self.minutes[0] if self.minutes else 0
        unit = gcd(*(minute - first for minute in self.minutes)) or 1
        self._unit_seconds = unit * 60
        reach = first + wish.duration_min + wish.after_min - unit
        self._begins_count_from = calendar.origin + reach * MINUTE
        self._ends_count_from = calendar.origin + (first - wish.before_min) * MINUTE
        self._starts_before = _counts_before([(minute - first) // unit for minute in self.minutes])

    def row_of(self, possible: list[int]) -> bytes:
        """The row in which these starts are free."""
        if len(possible) == len(self.minutes):
            return FREE * len(possible)
        return bytes(map(set(possible).__contains__, self.minutes))

    def row_within(self, spans: Iterable[Span]) -> bytes:
        """The row of the starts whose whole appointment lies in one of the joined `spans`."""
        row = bytearray(len(self.minutes))
        for begin, end in spans:
            i, j = bisect_left(self.minutes, begin), bisect_right(self.minutes, end - self._duration)
            if i < j:
                row[i:j] = FREE * (j - i)
        return bytes(row)

    def row_without(self, spans: Iterable[tuple[datetime, datetime]]) -> bytes:
        """The row of the starts whose claim, buffers included, touches none of `spans`."""
        row = bytearray(FREE * len(self.minutes))
        self._blank({ALL.int: [row]}, [Taken(ALL, 0, begin, end) for begin, end in spans])
        return bytes(row)

    def minute_of(self, moment: datetime) -> int:
        """The minute of the calendar that begins at `moment`; -1, which is none, if no minute does."""
        since = moment - self.calendar.origin
        minute, odd = divmod(since.seconds, 60)
        return -1 if odd or since.microseconds or since.days < 0 else since.days * MINUTES_A_DAY + minute

    def free_rows(self, lanes: Sequence[Lanes], opened: Sequence[bytes], taken: Collection[Taken]) -> list[bytes]:
        """For each resource those of its `opened` starts at which one lane is free for the whole claim."""
        rows = {
            one.resource_id.int: [bytearray(row) for _ in range(one.capacity)]
            for one, row in zip(lanes, opened, strict=True)
        }
        if len(rows) < len(lanes):
            raise ValueError("a resource is given twice")
        overbooked = self._blank(rows, taken)
        for number in overbooked:
            claims = [claim for claim in taken if claim.resource_id.int == number]
            full = crowded(claims, len(rows[number]))
            everywhere = [
                Taken(claims[0].resource_id, lane, begin, end)
                for begin, end in full
                for lane in range(len(rows[number]))
            ]
            self._blank(rows, everywhere)
        return [either(rows[one.resource_id.int], len(self.minutes)) for one in lanes]

    def _blank(self, rows: dict[int, list[bytearray]], taken: Iterable[Taken]) -> set[int]:
        """Take from each claim's lane the starts it forbids; answer the resources with claims on extra lanes.

        Forbidden is what starts later than the claim's begin less duration and after-buffer, and earlier than
        its end plus before-buffer. A hot loop: parts of a second drop out by rounding down, towards the claim's
        outside, and `days` and `seconds` are read because dividing a timedelta costs more than all the rest.
        """
        unit, begins_from, ends_from = self._unit_seconds, self._begins_count_from, self._ends_count_from
        starts_before, top, count = self._starts_before, len(self._starts_before) - 1, len(self.minutes)
        blanks, many, day = BLANKS, len(BLANKS), DAY_SECONDS
        overbooked = set()
        for resource_id, lane, starts_at, ends_at, _ in taken:
            try:
                row = rows[resource_id.int][lane]
            except KeyError:
                continue
            except IndexError:
                overbooked.add(resource_id.int)
                continue
            since = starts_at - begins_from
            low = (since.days * day + since.seconds) // unit
            left = ends_from - ends_at
            high = -((left.days * day + left.seconds) // unit)
            if low < top and high > 0:
                i = starts_before[low] if low > 0 else 0
                j = starts_before[high] if high < top else count
                length = j - i
                row[i:j] = blanks[length] if length < many else bytes(length)
        return overbooked


def _counts_before(steps: list[int]) -> list[int]:
    """For each number from 0 to the last step and one more, how many of the ascending `steps` are below."""
    counts: list[int] = []
    for n, step in enumerate(steps):
        counts += [n] * (step + 1 - len(counts))
    return [*counts, len(steps)]


def either(rows: Sequence[bytes | bytearray], length: int) -> bytes:
    """Free where one of the rows is free; no rows, nothing free."""
    if len(rows) == 1:
        return bytes(rows[0])
    return reduce(or_, (int.from_bytes(row, "little") for row in rows), 0).to_bytes(length, "little")


def both(one: bytes, other: bytes) -> bytes:
    """Free where both rows are free."""
    common = int.from_bytes(one, "little") & int.from_bytes(other, "little")
    return common.to_bytes(len(one), "little")


def crowded(claims: Collection[Taken], capacity: int) -> list[tuple[datetime, datetime]]:
    """When at least `capacity` of one resource's claims run at once, whichever lanes they are on."""
    changes = sorted(
        [(claim.starts_at, 1) for claim in claims] + [(claim.ends_at, -1) for claim in claims],
    )
    spans, running = [], 0
    for (at, change), (until, _) in pairwise(changes):
        running += change
        if running >= capacity and at < until:
            spans.append((at, until))
    return spans
