"""The calendar as its page shows it: a day or a week in columns and as a list, a month as counts."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from smartcx_portal.bookings.calendar_ground import CLOSED, Band, Lane, day_notes, ground, lanes
from smartcx_portal.bookings.calendar_rows import DAY_MIN, CalendarRow, calendar_counts, calendar_rows
from smartcx_portal.dashboard.calendar_address import Shown, calendar_address, query_of
from smartcx_portal.dashboard.calendar_columns import Block, Column, block, day_columns, resource_columns
from smartcx_portal.dashboard.day_view import count_text, today_of, week_text
from smartcx_portal.kit.localtime import day_text, month_text
from smartcx_portal.tenancy import Work

DAY = timedelta(days=1)
HOUR = 60
EARLIEST, LATEST = 8 * HOUR, 18 * HOUR
"""The hours of a calendar that has nothing to show."""
MOST = 800
"""Appointments that a page shows at most; beyond, the reader narrows it."""


@dataclass(frozen=True)
class Part:
    """The appointments of one day below each other: for narrow screens, paper and tables."""

    day: str
    title: str
    note: str
    lines: list[Block]


@dataclass(frozen=True)
class MonthDay:
    """One cell; empty for the days of neighbouring months. `words` is read out: the day and its count."""

    day: str = ""
    number: int = 0
    count: str = ""
    words: str = ""
    leads: str = ""
    note: str = ""
    today: bool = False


@dataclass(frozen=True)
class Ways:
    """Addresses of what lies beside the shown: other days, views, the table."""

    earlier: str = ""
    present: str = ""
    later: str = ""
    day: str = ""
    week: str = ""
    month: str = ""
    grid: str = ""
    table: str = ""
    unfiltered: str = ""
    query: str = ""


@dataclass(frozen=True)
class CalendarView:
    """What one address shows. `now_shown`: the present day is in it. `crowded`: there is too much to show."""

    kind: str = ""
    day: str = ""
    title: str = ""
    note: str = ""
    table: bool = False
    now_shown: bool = False
    filtered: bool = False
    crowded: bool = False
    count: str = ""
    begins: int = EARLIEST
    ends: int = LATEST
    shortest: int = 30
    columns: list[Column] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    weeks: list[list[MonthDay]] = field(default_factory=list)
    ways: Ways = field(default_factory=Ways)


def calendar_view(work: Work, shown: Shown) -> CalendarView:
    """What an address asks for, as of now."""
    day = date.fromisoformat(shown.day) if shown.day else today_of(work)
    make = {"day": _day, "week": _week, "month": _month}[shown.view]
    return make(work, shown, day)


def span_of(view: str, day: date) -> tuple[date, date]:
    """The first and last day that a view of `day` shows."""
    if view == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if view == "week":
        monday = day - day.weekday() * DAY
        return monday, monday + 6 * DAY
    return day, day


def _day(work: Work, shown: Shown, day: date) -> CalendarView:
    return _grid(work, shown, day, day, day_text(day, work.lang))


def _week(work: Work, shown: Shown, day: date) -> CalendarView:
    first, last = span_of("week", day)
    return _grid(work, shown, first, last, week_text(first, work.lang))


def _grid(work: Work, shown: Shown, first: date, last: date, title: str) -> CalendarView:
    rows = calendar_rows(work, first, last, shown.wanted)
    crowded = len(rows) > MOST
    notes = day_notes(work, first, last, shown.wanted.location_id)
    found = _lanes(work, shown, rows)
    bands = ground(work, first, last, found)
    drawn = [] if crowded or shown.table else rows
    columns = (
        resource_columns(work, found, drawn, bands, first)
        if first == last
        else day_columns(work, found, drawn, bands, notes, first)
    )
    begins, ends = _axis(rows, bands)
    return CalendarView(
        kind=shown.view,
        day=first.isoformat(),
        title=title,
        note=notes.get(first.isoformat(), "") if first == last else "",
        table=shown.table,
        now_shown=first <= today_of(work) <= last,
        filtered=shown.filtered,
        crowded=crowded,
        count=count_text(len(rows), work.lang),
        begins=begins,
        ends=ends,
        shortest=min((row.end - row.begin for row in rows), default=30),
        columns=[] if shown.table else columns,
        parts=[] if crowded else _parts(work, rows, notes, first, last),
        ways=_ways(work, shown, first, last),
    )


def _lanes(work: Work, shown: Shown, rows: Iterable[CalendarRow]) -> Sequence[Lane]:
    used = {one for row in rows for one in row.resource_ids}
    found = lanes(work, shown.wanted.location_id, shown.wanted.resource_id)
    return [one for one in found if one.active or one.id in used]


def _axis(rows: Sequence[CalendarRow], bands: Sequence[Band]) -> tuple[int, int]:
    """From the full hour before anything is open or booked to the one after; closed ends of days are cut off."""
    closed = [band for band in bands if band.kind == CLOSED]
    opens = [one.end for one in closed if one.begin == 0 and one.end < DAY_MIN]
    closes = [one.begin for one in closed if one.end == DAY_MIN and one.begin > 0]
    begin = min([*opens, *(row.begin for row in rows)], default=EARLIEST)
    end = max([*closes, *(row.end for row in rows)], default=LATEST)
    return begin // HOUR * HOUR, -(-max(end, begin + HOUR) // HOUR) * HOUR


def _parts(work: Work, rows: Sequence[CalendarRow], notes: dict[str, str], first: date, last: date) -> list[Part]:
    days = [(first + n * DAY).isoformat() for n in range((last - first).days + 1)]
    return [
        Part(
            day,
            day_text(date.fromisoformat(day), work.lang),
            notes.get(day, ""),
            [block(work, row) for row in rows if row.day == day],
        )
        for day in days
    ]


def _month(work: Work, shown: Shown, day: date) -> CalendarView:
    first, last = span_of("month", day)
    counts = calendar_counts(work, first, last, shown.wanted)
    notes = day_notes(work, first, last, shown.wanted.location_id)
    weeks = [
        [_cell(work, shown, one, counts, notes) if one.month == day.month else MonthDay() for one in week]
        for week in calendar.Calendar().monthdatescalendar(day.year, day.month)
    ]
    return CalendarView(
        kind="month",
        day=first.isoformat(),
        title=month_text(first, work.lang),
        now_shown=first <= today_of(work) <= last,
        filtered=shown.filtered,
        count=count_text(sum(counts.values()), work.lang),
        weeks=weeks,
        ways=_ways(work, shown, first, last),
    )


def _cell(work: Work, shown: Shown, day: date, counts: dict[str, int], notes: dict[str, str]) -> MonthDay:
    number, note = counts.get(day.isoformat(), 0), notes.get(day.isoformat(), "")
    count = count_text(number, work.lang)
    return MonthDay(
        day=day.isoformat(),
        number=day.day,
        count=str(number) if number else "",
        words=": ".join(filter(None, [day_text(day, work.lang), ", ".join(filter(None, [count, note]))])),
        leads=calendar_address(work.lang, shown.but(view="day", day=day.isoformat())),
        note=note,
        today=day == today_of(work),
    )


def _ways(work: Work, shown: Shown, first: date, last: date) -> Ways:
    def to(**changes: object) -> str:
        return calendar_address(work.lang, shown.but(**changes))

    here = shown.day or today_of(work).isoformat()
    return Ways(
        earlier=to(day=(first - DAY).isoformat() if shown.view != "week" else (first - 7 * DAY).isoformat()),
        present=to(day=""),
        later=to(day=(last + DAY).isoformat()),
        day=to(view="day", day=here),
        week=to(view="week", day=here),
        month=to(view="month", day=here, table=False),
        grid=to(table=False),
        table=to(table=True),
        unfiltered=calendar_address(work.lang, Shown(shown.view, shown.day, table=shown.table)),
        query=query_of(work.lang, shown),
    )
