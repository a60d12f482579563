"""The day and the week as their pages show them: what is on now, next and later, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from babel.dates import format_interval

from smartcx_portal.bookings.queries import BookingRow, day_rows, week_rows
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import LOCALE, day_text
from smartcx_portal.models.booking import BookingStatus
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Work

NOW, NEXT, LATER, OVER = N_("Now"), N_("Up next"), N_("Later"), N_("Over")
ONE, MANY = N_("1 appointment"), N_("{number} appointments")
KINDS = {BookingStatus.PENDING.value: "warning", BookingStatus.CONFIRMED.value: "success"}
"""The badge of a state, in addition to its words."""
USUAL = (BookingStatus.CONFIRMED.value, BookingStatus.FINISHED.value)
"""States that a week does not mention at each appointment."""


@dataclass(frozen=True)
class Line:
    """One appointment: `10:15–10:35`, which `begins` at `10:15`."""

    id: str
    begins: str
    time: str
    person: str
    service: str
    resource: str
    state: str
    kind: str
    overbooked: bool
    usual: bool


@dataclass(frozen=True)
class Part:
    """Some lines under a heading; without one when the day has only one part."""

    heading: str = ""
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class DayView:
    """A day with links' targets (ISO days); `count` says how many appointments in words."""

    day: str = ""
    title: str = ""
    today: bool = False
    earlier: str = ""
    later: str = ""
    count: str = ""
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class WeekPart:
    """One day of the week."""

    day: str
    title: str
    today: bool
    lines: list[Line]


@dataclass(frozen=True)
class WeekView:
    """A week from Monday to Sunday; its name is `23. bis 29. November 2026`."""

    monday: str = ""
    title: str = ""
    present: bool = False
    earlier: str = ""
    later: str = ""
    count: str = ""
    days: list[WeekPart] = field(default_factory=list)


def day_view(work: Work, day: date | None) -> DayView:
    """One local day, by default the present one."""
    today = today_of(work)
    wanted = day or today
    rows = day_rows(work, wanted)
    return DayView(
        day=wanted.isoformat(),
        title=day_text(wanted, work.lang),
        today=wanted == today,
        earlier=(wanted - timedelta(days=1)).isoformat(),
        later=(wanted + timedelta(days=1)).isoformat(),
        count=count_text(len(rows), work.lang),
        parts=parts_of(rows, work.now, work.lang) if wanted == today else _one_part(rows),
    )


def week_view(work: Work, day: date | None) -> WeekView:
    """The week that a local day lies in, by default the present one."""
    today = today_of(work)
    wanted = day or today
    monday = wanted - timedelta(days=wanted.weekday())
    days = [WeekPart(one.day, one.text, one.today, [line(row) for row in one.rows]) for one in week_rows(work, monday)]
    return WeekView(
        monday=monday.isoformat(),
        title=week_text(monday, work.lang),
        present=monday <= today < monday + timedelta(days=7),
        earlier=(monday - timedelta(days=7)).isoformat(),
        later=(monday + timedelta(days=7)).isoformat(),
        count=count_text(sum(len(one.lines) for one in days), work.lang),
        days=days,
    )


def today_of(work: Work) -> date:
    """The present day where the tenant is."""
    return local_day(work.now, work.get(Tenant, work.tenant).zone)


def parts_of(rows: Iterable[BookingRow], now: datetime, lang: str) -> list[Part]:
    """Today's lines: those that run at this moment, those that begin next, those after, and those that are over."""
    found: dict[str, list[Line]] = {NOW: [], NEXT: [], LATER: [], OVER: []}
    next_begin = ""
    for row in rows:
        begin = datetime.fromisoformat(row.starts_at)
        if begin > now:
            next_begin = next_begin or row.starts_at
            heading = NEXT if row.starts_at == next_begin else LATER
        else:
            heading = NOW if now < begin + _length(row) else OVER
        found[heading].append(line(row))
    return [Part(translate(lang, heading), lines) for heading, lines in found.items() if lines]


def line(row: BookingRow) -> Line:
    """One row as the list shows it."""
    return Line(
        id=row.id,
        begins=row.starts,
        time=f"{row.starts}–{row.ends}",
        person=row.person,
        service=row.service,
        resource=row.resource,
        state=row.status_text,
        kind=KINDS.get(row.status, "info"),
        overbooked=row.overbooked,
        usual=row.status in USUAL,
    )


def count_text(number: int, lang: str) -> str:
    """`12 Termine`; empty for none, which the page says in a sentence of its own."""
    if not number:
        return ""
    return translate(lang, ONE) if number == 1 else translate(lang, MANY).format(number=number)


def week_text(monday: date, lang: str) -> str:
    """`23. bis 29. November 2026`, from Babel's own intervals."""
    return format_interval(monday, monday + timedelta(days=6), "yMMMMd", locale=LOCALE[lang])


def _one_part(rows: list[BookingRow]) -> list[Part]:
    return [Part("", [line(row) for row in rows])] if rows else []


def _length(row: BookingRow) -> timedelta:
    begin, end = (timedelta(hours=int(t[:2]), minutes=int(t[3:])) for t in (row.starts, row.ends))
    return end - begin if end > begin else end - begin + timedelta(days=1)
