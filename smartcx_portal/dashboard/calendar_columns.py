"""Columns of the calendar: appointments beside each other over what is closed or busy, by the wall clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.calendar_ground import CLOSED, Band, Lane
from smartcx_portal.bookings.calendar_rows import DAY_MIN, CalendarRow
from smartcx_portal.dashboard.calendar_words import seats_text
from smartcx_portal.dashboard.day_view import KINDS, USUAL, today_of
from smartcx_portal.kit.localtime import day_text, short_day_text
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Work

DAY = timedelta(days=1)
SHORTEST = 10
"""Minutes; what is shorter takes as much room, so that it can be hit."""


@dataclass(frozen=True)
class Block:
    """One appointment: minutes of its day, and the `slot` of `slots` beside each other. `id` is a booking's."""

    id: str
    key: str
    begin: int
    end: int
    slot: int
    slots: int
    day: str
    day_text: str
    starts: str
    time: str
    who: str
    service: str
    resource: str
    resource_id: str
    colour: str
    state: str
    kind: str
    usual: bool
    overbooked: bool
    movable: bool
    step: int


@dataclass(frozen=True)
class Ground:
    """A part of a column in which nothing is offered: `closed`, `busy` elsewhere or `held`."""

    begin: int
    end: int
    kind: str


@dataclass(frozen=True)
class Column:
    """A resource on one day, or one day of a week; `now` is the present minute, -1 on other days."""

    key: str
    title: str
    note: str
    day: str
    resource_id: str
    today: bool
    now: int
    blocks: list[Block] = field(default_factory=list)
    bands: list[Ground] = field(default_factory=list)


def resource_columns(
    work: Work, found: Sequence[Lane], rows: Sequence[CalendarRow], bands: Sequence[Band], day: date
) -> list[Column]:
    """One day, with a column for each resource."""
    several = len({one.location_id for one in found}) > 1
    return [
        Column(
            key=one.id,
            title=one.name,
            note=one.location if several else "",
            day=day.isoformat(),
            resource_id=one.id,
            today=day == today_of(work),
            now=now_minute(work, day),
            blocks=blocks(work, [row for row in rows if one.id in row.resource_ids], one.id),
            bands=shared([band for band in bands if band.resource_id == one.id], 1),
        )
        for one in found
    ]


def day_columns(
    work: Work,
    found: Sequence[Lane],
    rows: Sequence[CalendarRow],
    bands: Sequence[Band],
    notes: dict[str, str],
    monday: date,
) -> list[Column]:
    """A week, with a column for each day. A weekend's day on which nothing is open and nobody comes is left out."""
    only = found[0].id if len(found) == 1 else ""
    columns = []
    for day in (monday + n * DAY for n in range(7)):
        mine = [row for row in rows if row.day == day.isoformat()]
        under = shared([band for band in bands if band.day == day.isoformat()], len(found))
        shut = any(one.kind == CLOSED and one.end - one.begin == DAY_MIN for one in under)
        if day.weekday() > 4 and shut and not mine and day != today_of(work):
            continue
        columns.append(
            Column(
                key=day.isoformat(),
                title=short_day_text(day, work.lang),
                note=notes.get(day.isoformat(), ""),
                day=day.isoformat(),
                resource_id=only,
                today=day == today_of(work),
                now=now_minute(work, day),
                blocks=blocks(work, mine, ""),
                bands=under,
            )
        )
    return columns


def blocks(work: Work, rows: Sequence[CalendarRow], resource_id: str) -> list[Block]:
    """Rows of one column as they lie beside each other; `resource_id` is the column's, empty where it has several."""
    places = packed([(row.begin, row.end) for row in rows])
    return [block(work, row, resource_id, *place) for row, place in zip(rows, places, strict=True)]


def block(work: Work, row: CalendarRow, resource_id: str = "", slot: int = 0, slots: int = 1) -> Block:
    """One row as pages show it."""
    return Block(
        id=row.booking_ids[0],
        key=row.key,
        begin=row.begin,
        end=row.end,
        slot=slot,
        slots=slots,
        day=row.day,
        day_text=_spoken(row.day, work.lang),
        starts=row.time[:5],
        time=row.time,
        who=seats_text(row, work.lang) if row.seats else row.people[0],
        service=row.service,
        resource=row.resource,
        resource_id=resource_id or row.resource_ids[0],
        colour=row.colour,
        state=row.status_text,
        kind=KINDS.get(row.status, "info"),
        usual=row.status in USUAL,
        overbooked=row.overbooked,
        movable=row.movable,
        step=row.step,
    )


@lru_cache(maxsize=400)
def _spoken(day: str, lang: str) -> str:
    """The day in words; asked for each appointment, and slow to make."""
    return day_text(date.fromisoformat(day), lang)


def packed(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each span, in order of begin, its slot and how many its neighbours need: so none covers another."""
    slots, clusters = [0] * len(spans), [0] * len(spans)
    widths: list[int] = []
    ends: list[int] = []
    for number, (begin, end) in enumerate(spans):
        if all(one <= begin for one in ends):
            widths.append(0)
            ends = []
        slot = next((n for n, one in enumerate(ends) if one <= begin), len(ends))
        ends[slot : slot + 1] = [max(end, begin + SHORTEST)]
        slots[number], clusters[number] = slot, len(widths) - 1
        widths[-1] = max(widths[-1], len(ends))
    return [(slot, widths[cluster]) for slot, cluster in zip(slots, clusters, strict=True)]


def shared(bands: Iterable[Band], resources: int) -> list[Ground]:
    """The bands of one column. Where it is for several resources, only what is closed for all of them."""
    if resources == 1:
        return [Ground(one.begin, one.end, one.kind) for one in bands]
    steps = [(edge, step) for one in bands if one.kind == CLOSED for edge, step in ((one.begin, 1), (one.end, -1))]
    found, closed, since = [], 0, 0
    for minute, step in sorted(steps, key=lambda one: (one[0], -one[1])):
        if closed == resources and minute > since:
            found.append(Ground(since, minute, CLOSED))
        closed += step
        since = minute
    return found


def now_minute(work: Work, day: date) -> int:
    """The present minute of `day` where the tenant is, -1 on another day."""
    local = work.now.astimezone(ZoneInfo(work.get(Tenant, work.tenant).zone))
    return local.hour * 60 + local.minute if local.date() == day else -1
