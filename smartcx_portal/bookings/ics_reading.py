"""Which times a calendar file (RFC 5545) takes. Only times come out of it, never a title or a name.

A file can be made so that reading it never ends: recurrence rules that repeat each second, or never fit. So it is read
in a process of its own, which has little memory and little time.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

LONGEST = 8.0
"""Seconds that reading may take by the clock."""
LONGEST_CPU = 5
"""Seconds of computing."""
LARGEST_MEMORY = 600_000_000
"""Bytes."""
MOST_EVENTS = 5_000
MOST_TIMES = 5_000
TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
ROOT = Path(__file__).resolve().parents[2]
KEPT_ENVIRONMENT = ("PATH", "PYTHONPATH", "LANG", "LC_ALL")


class Unread(StrEnum):
    """Why a file could not be read: closed words, never a word of the file."""

    NO_CALENDAR = "no_calendar"
    TOO_MANY = "too_many"
    TOO_COMPLEX = "too_complex"


class NotRead(Exception):
    """What is wrong with the file, as one of the closed words."""

    def __init__(self, why: Unread) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True, order=True)
class Busy:
    """A time that is taken: aware UTC, half-open."""

    starts_at: datetime
    ends_at: datetime


def read_busy(file: bytes, *, zone: str, begin: datetime, end: datetime) -> list[Busy]:
    """The times between `begin` and `end`, joined where they touch, in order. Raises `NotRead`.

    Times without a zone and whole days are those of `zone`. Free and cancelled entries take nothing.
    """
    asked = {"zone": zone, "begin": begin.isoformat(), "end": end.isoformat()}
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__],
            input=json.dumps(asked).encode() + b"\n" + file,
            capture_output=True,
            timeout=LONGEST,
            cwd=ROOT,
            env={name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ},
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else Unread.TOO_COMPLEX.value
    except (subprocess.TimeoutExpired, ValueError):
        raise NotRead(Unread.TOO_COMPLEX) from None
    if isinstance(answer, str):
        raise NotRead(Unread(answer))
    return [Busy(datetime.fromisoformat(starts), datetime.fromisoformat(ends)) for starts, ends in answer]


def find_busy(file: bytes, *, zone: str, begin: datetime, end: datetime) -> list[Busy]:
    """The same within this process, without its limits. Raises `NotRead`."""
    import icalendar
    import recurring_ical_events

    try:
        calendars = icalendar.Calendar.from_ical(file, multiple=True)
    except Exception:
        raise NotRead(Unread.NO_CALENDAR) from None
    if not calendars or any(one.name != "VCALENDAR" for one in calendars):
        raise NotRead(Unread.NO_CALENDAR)
    found: list[Busy] = []
    for calendar in calendars:
        _refuse_too_much(calendar)
        calendar.subcomponents = [one for one in calendar.subcomponents if one.name != "VEVENT" or _has_times(one)]
        query = recurring_ical_events.of(calendar, skip_bad_series=True)
        found += _within(query.between(begin, end), ZoneInfo(zone), begin, end)
        if len(found) > MOST_TIMES:
            raise NotRead(Unread.TOO_MANY)
    return list(joined(found))


def joined(times: Iterable[Busy]) -> Iterator[Busy]:
    """The same times in order, each as long as possible."""
    open_one: Busy | None = None
    for one in sorted(times):
        if open_one is None:
            open_one = one
        elif one.starts_at > open_one.ends_at:
            yield open_one
            open_one = one
        else:
            open_one = Busy(open_one.starts_at, max(open_one.ends_at, one.ends_at))
    if open_one:
        yield open_one


def _refuse_too_much(calendar: Any) -> None:
    events = list(calendar.walk("VEVENT"))
    if len(events) > MOST_EVENTS:
        raise NotRead(Unread.TOO_MANY)
    for event in events:
        rules = event.get("RRULE", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            if isinstance(rule, dict) and TOO_OFTEN & {str(one).upper() for one in rule.get("FREQ", [])}:
                raise NotRead(Unread.TOO_COMPLEX)


def _has_times(event: Any) -> bool:
    """Whether an event says when it is: one that does not must not hide the others."""
    if not isinstance(event.get("SEQUENCE", 0), int):
        del event["SEQUENCE"]
    try:
        return bool(event.start and event.end)
    except Exception:
        return False


def _within(events: Iterable[Any], zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[Busy]:
    for event in events:
        if _takes_nothing(event):
            continue
        starts, ends = _moment(event.start, zone), _moment(event.end, zone)
        if max(starts, begin) < min(ends, end):
            yield Busy(max(starts, begin), min(ends, end))


def _takes_nothing(event: Any) -> bool:
    """Cancelled, or shown as free; Outlook says the latter in a way of its own too."""
    said = {name: str(event.get(name, "")).upper() for name in ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")}
    return "CANCELLED" in said.values() or "TRANSPARENT" in said.values() or "FREE" in said.values()


def _moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    whole = value if isinstance(value, datetime) else datetime.combine(value, time())
    return (whole if whole.tzinfo else whole.replace(tzinfo=zone)).astimezone(UTC)


def _main() -> None:
    """The process of its own: what is asked in the first line, then the file; answers with times or with a word."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_CPU, LONGEST_CPU))
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
    asked = json.loads(sys.stdin.buffer.readline())
    begin, end = (datetime.fromisoformat(asked[name]) for name in ("begin", "end"))
    try:
        found = find_busy(sys.stdin.buffer.read(), zone=asked["zone"], begin=begin, end=end)
    except NotRead as problem:
        print(json.dumps(problem.why.value))
    except Exception:
        print(json.dumps(Unread.NO_CALENDAR.value))
    else:
        print(json.dumps([(one.starts_at.isoformat(), one.ends_at.isoformat()) for one in found]))


if __name__ == "__main__":
    _main()
