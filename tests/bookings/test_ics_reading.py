"""Calendars of others: their times in every writing, nothing but times, and no file that keeps the worker busy."""

import time
from datetime import UTC, datetime

import pytest

from smartcx_portal.bookings.ics_reading import MOST_EVENTS, NotRead, Unread, read_busy

BERLIN = "Europe/Berlin"
BEGIN, END = datetime(2026, 11, 22, tzinfo=UTC), datetime(2027, 11, 22, tzinfo=UTC)


def calendar(*events: str) -> bytes:
    """A file with these events, each a text of lines."""
    inside = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{one}\r\nEND:VEVENT\r\n" for n, one in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inside}END:VCALENDAR\r\n".encode()


def event(starts: str, more: str = "", length: str = "PT1H") -> str:
    """An event from `DTSTART` on, with everything that must not come out of it."""
    lines = [
        f"DTSTART{starts}",
        f"DURATION:{length}" if length else "",
        "SUMMARY:Zahnarzt",
        "ATTENDEE:mailto:a@b.c",
        more,
    ]
    return "\r\n".join(line for line in lines if line)


def times(*events: str, zone: str = BERLIN) -> list[str]:
    """What they take: `2026-11-23 08:00-09:00` in UTC."""
    found = read_busy(calendar(*events), zone=zone, begin=BEGIN, end=END)
    return [f"{one.starts_at:%Y-%m-%d %H:%M}-{one.ends_at:%H:%M}" for one in found]


def unread(file: bytes) -> Unread:
    """What is wrong with a file."""
    with pytest.raises(NotRead) as caught:
        read_busy(file, zone=BERLIN, begin=BEGIN, end=END)
    return caught.value.why


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (":20261123T080000Z", "2026-11-23 08:00-09:00"),
        (";TZID=Europe/Berlin:20261123T090000", "2026-11-23 08:00-09:00"),
        (";TZID=America/New_York:20261123T090000", "2026-11-23 14:00-15:00"),
        (";TZID=W. Europe Standard Time:20261123T090000", "2026-11-23 08:00-09:00"),
        (":20261123T090000", "2026-11-23 08:00-09:00"),
        (";TZID=Nowhere/Land:20261123T090000", "2026-11-23 08:00-09:00"),
    ],
)
def test_a_time_in_each_writing(starts: str, expected: str) -> None:
    assert times(event(starts)) == [expected]


def test_a_whole_day_is_a_day_of_the_place() -> None:
    found = read_busy(calendar(event(";VALUE=DATE:20261123", length="")), zone=BERLIN, begin=BEGIN, end=END)
    assert [(one.starts_at, one.ends_at) for one in found] == [
        (datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 23, 23, tzinfo=UTC))
    ]


def test_a_weekly_meeting_keeps_its_clock_time_over_the_change_of_clocks() -> None:
    found = times(event(";TZID=Europe/Berlin:20270319T090000", "RRULE:FREQ=WEEKLY;COUNT=3"))
    assert found == ["2027-03-19 08:00-09:00", "2027-03-26 08:00-09:00", "2027-04-02 07:00-08:00"]


def test_exceptions_and_moved_occurrences_count() -> None:
    weekly = event(":20261123T080000Z", "RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE:20261130T080000Z")
    moved = "UID:0\r\nRECURRENCE-ID:20261207T080000Z\r\nDTSTART:20261208T100000Z\r\nDURATION:PT1H"
    file = calendar(weekly, moved).replace(b"UID:1\r\n", b"")
    found = read_busy(file, zone=BERLIN, begin=BEGIN, end=END)
    assert [f"{one.starts_at:%m-%d %H}" for one in found] == ["11-23 08", "12-08 10"]


@pytest.mark.parametrize("said", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"])
def test_what_is_free_or_cancelled_takes_nothing(said: str) -> None:
    assert times(event(":20261123T080000Z", said)) == []


def test_what_touches_is_joined_and_what_lies_outside_is_left_out() -> None:
    found = times(
        event(":20261123T080000Z"),
        event(":20261123T083000Z"),
        event(":20261123T093000Z"),
        event(":20261123T120000Z"),
        event(":20251123T080000Z"),
        event(":20281123T080000Z"),
    )
    assert found == ["2026-11-23 08:00-10:30", "2026-11-23 12:00-13:00"]


def test_an_event_that_makes_no_sense_does_not_hide_the_others() -> None:
    found = times(
        "SUMMARY:no start",
        event(":20261123T080000Z"),
        event(":20261123T090000Z", "RRULE:FREQ=SOMETIMES"),
        event(":20261124T080000Z", "SEQUENCE:x"),
        event(":99999999T999999"),
    )
    assert found == ["2026-11-23 08:00-09:00", "2026-11-24 08:00-09:00"]


def test_an_empty_calendar_is_a_calendar() -> None:
    assert times() == []


@pytest.mark.parametrize(
    "file", [b"", b"<html>Please sign in</html>", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT"]
)
def test_something_else_is_no_calendar(file: bytes) -> None:
    assert unread(file) is Unread.NO_CALENDAR


BOMBS = {
    "each second": (calendar(event(":20200101T000000Z", "RRULE:FREQ=SECONDLY")), Unread.TOO_COMPLEX),
    "folded": (calendar(event(":20200101T000000Z", "RRULE:FREQ=MIN\r\n UTELY")), Unread.TOO_COMPLEX),
    "each second of a day": (
        calendar(
            event(
                ":20200101T000000Z",
                f"RRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))};"
                f"BYSECOND={','.join(map(str, range(60)))}",
            )
        ),
        Unread.TOO_COMPLEX,
    ),
    "never fits": (
        calendar(*[event(":20200101T000000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")] * 100),
        Unread.TOO_COMPLEX,
    ),
    "too many events": (calendar(*[event(":20261123T080000Z")] * (MOST_EVENTS + 1)), Unread.TOO_MANY),
    "a hundred thousand events": (
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 74_000 + b"END:VCALENDAR\r\n",
        Unread.TOO_MANY,
    ),
    "too many times": (
        calendar(*[event(":20200101T000000Z", "RRULE:FREQ=DAILY", "PT1M")] * 20),
        Unread.TOO_MANY,
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_time(name: str) -> None:
    file, expected = BOMBS[name]
    began = time.monotonic()
    assert unread(file) in (expected, Unread.TOO_COMPLEX)
    assert time.monotonic() - began < 10


def test_a_zone_that_changes_each_second_ends_in_time() -> None:
    rules = "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200"
    zone = f"BEGIN:VTIMEZONE\r\nTZID:X\r\n{rules}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n".encode()
    file = calendar(event(";TZID=X:20261123T090000")).replace(b"BEGIN:VEVENT", zone + b"BEGIN:VEVENT")
    assert len(read_busy(file, zone=BERLIN, begin=BEGIN, end=END)) == 1


def test_components_within_components_end_in_time() -> None:
    deep = b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 20_000 + b"END:VEVENT\r\n" * 20_000 + b"END:VCALENDAR\r\n"
    assert unread(deep) in set(Unread)
