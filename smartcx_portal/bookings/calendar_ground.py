"""What lies under the staff calendar: closed hours, what is busy elsewhere, what is just being booked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.calendar_rows import DAY_MIN, wall_minute
from smartcx_portal.bookings.holidays import holidays_of
from smartcx_portal.bookings.moments import day_bounds
from smartcx_portal.bookings.offer import rules_of, shuts_of
from smartcx_portal.bookings.opening import Calendar, without
from smartcx_portal.bookings.timetable import Timetable
from smartcx_portal.models.booking import Booking, BookingStatus, Claim
from smartcx_portal.models.calendar import BusyTime, Closure, Location, Resource
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Permission, Work

DAY = timedelta(days=1)
CLOSED, BUSY, HELD = "closed", "busy", "held"


@dataclass(frozen=True, slots=True)
class Band:
    """Minutes `begin` to `end` of a local day (wall clock) in which a resource is closed, busy elsewhere, or held."""

    resource_id: str
    day: str
    begin: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A resource of the calendar, with its place. One that is switched off is there only while it has appointments."""

    id: str
    name: str
    location_id: str
    location: str
    active: bool


def lanes(work: Work, location_id: UUID | None = None, resource_id: UUID | None = None) -> list[Lane]:
    """The resources in the order of their places, then their own."""
    work.need(Permission.BOOKINGS_READ)
    query = work.select(Resource, Location.name).join(
        Location, (Location.tenant_id == Resource.tenant_id) & (Location.id == Resource.location_id)
    )
    if location_id:
        query = query.where(Resource.location_id == location_id)
    if resource_id:
        query = query.where(Resource.id == resource_id)
    query = query.order_by(Location.position, Location.id, Resource.position, Resource.name, Resource.id)
    return [Lane(str(one.id), one.name, str(one.location_id), place, one.active) for one, place in work.all(query)]


def ground(work: Work, first: date, last: date, shown: Sequence[Lane]) -> list[Band]:
    """All bands of these resources on these local days, both included."""
    work.need(Permission.BOOKINGS_READ)
    by_place: dict[str, list[UUID]] = defaultdict(list)
    for one in shown:
        by_place[one.location_id].append(UUID(one.id))
    found: list[Band] = []
    for place in work.all(work.select(Location).where(Location.id.in_([UUID(one) for one in by_place]))):
        ids = by_place[str(place.id)]
        found += _closed(work, place, ids, first, last)
        found += _busy(work, place.zone, ids, first, last)
    return found


def day_notes(work: Work, first: date, last: date, location_id: UUID | None = None) -> dict[str, str]:
    """Why these days are special at a place (without one: at any), by ISO date: public holidays and closures."""
    query = work.select(Location).where(Location.active.is_(True))
    places = work.all(query.where(Location.id == location_id) if location_id else query)
    notes: dict[str, list[str]] = defaultdict(list)
    for place in places:
        if place.holidays:
            land = place.land or work.get(Tenant, work.tenant).land
            for year in range(first.year, last.year + 1):
                for one in holidays_of(land, year, work.lang):
                    if first <= one.day <= last:
                        notes[one.day.isoformat()].append(one.name)
    ids = [place.id for place in places]
    query = work.select(Closure).where(
        Closure.location_id.in_(ids),
        Closure.resource_id.is_(None),
        Closure.reason != "",
        Closure.first_day <= last,
        Closure.last_day >= first,
    )
    for one in work.all(query):
        for number in range((min(one.last_day, last) - max(one.first_day, first)).days + 1):
            notes[(max(one.first_day, first) + number * DAY).isoformat()].append(one.reason)
    return {day: ", ".join(dict.fromkeys(words)) for day, words in notes.items()}


def _closed(work: Work, place: Location, ids: Iterable[UUID], first: date, last: date) -> list[Band]:
    calendar = Calendar(ZoneInfo(place.zone), first, last)
    table = Timetable(calendar, rules_of(work, place), shuts_of(work, place, first, last))
    known: dict[UUID | None, list[tuple[str, int, int]]] = {}
    found = []
    for resource_id in ids:
        whose = resource_id if resource_id in table.special else None
        if whose not in known:
            known[whose] = _gaps(table, whose, place.zone)
        found += [Band(str(resource_id), *gap, CLOSED) for gap in known[whose]]
    return found


def _gaps(table: Timetable, whose: UUID | None, zone: str) -> list[tuple[str, int, int]]:
    """Day, begin and end of the minutes that are not open."""
    closures, found = table.closures(whose), []
    for day, openings in zip(table.calendar.days, table.openings(whose), strict=True):
        edges = [0]
        for begin, end in table.moments(without(openings, closures)):
            edges += [wall_minute(begin, day, zone), wall_minute(end, day, zone)]
        edges.append(DAY_MIN)
        found += [(day.isoformat(), begin, end) for begin, end in list(pairwise(edges))[::2] if begin < end]
    return found


def _busy(work: Work, zone: str, ids: Sequence[UUID], first: date, last: date) -> list[Band]:
    begin, end = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    elsewhere = work.select(BusyTime.resource_id, BusyTime.starts_at, BusyTime.ends_at).where(
        BusyTime.resource_id.in_(ids), BusyTime.starts_at < end, BusyTime.ends_at > begin
    )
    held = (
        work.select(Claim.resource_id, Claim.starts_at, Claim.ends_at)
        .join(Booking, (Booking.tenant_id == Claim.tenant_id) & (Booking.id == Claim.booking_id))
        .where(Claim.resource_id.in_(ids), Claim.starts_at < end, Claim.ends_at > begin)
        .where(Booking.status == BookingStatus.HELD, Booking.lapses_at > work.now)
    )
    bands = [_bands(row, zone, first, last, BUSY) for row in work.all(elsewhere)]
    bands += [_bands(row, zone, first, last, HELD) for row in work.all(held)]
    return [band for several in bands for band in several]


def _bands(row: tuple[UUID, datetime, datetime], zone: str, first: date, last: date, kind: str) -> list[Band]:
    """One span as a band on each local day that it touches."""
    resource_id, starts_at, ends_at = row
    day = max(starts_at.astimezone(ZoneInfo(zone)).date(), first)
    until = min(ends_at.astimezone(ZoneInfo(zone)).date(), last)
    found = []
    while day <= until:
        begin, end = wall_minute(starts_at, day, zone), wall_minute(ends_at, day, zone)
        if begin < end:
            found.append(Band(str(resource_id), day.isoformat(), begin, end, kind))
        day += DAY
    return found
