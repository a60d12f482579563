"""Who takes which resource when, as the staff calendar shows it: in minutes of the place's own wall clock."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from smartcx_portal.bookings.moments import day_bounds, iso
from smartcx_portal.bookings.queries import ERASED, STATUS_TEXTS
from smartcx_portal.kit.language import translate
from smartcx_portal.models.booking import Booking, BookingPart, BookingStatus, Claim, GroupAppointment, Seat
from smartcx_portal.models.calendar import Location, Resource, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.tenancy import Permission, Work

DAY_MIN = 1440
LONGEST = timedelta(days=2)
"""No appointment is longer."""
NEVER_SHOWN = (BookingStatus.HELD, BookingStatus.EXPIRED)
SHOWN_STATES = tuple(one for one in BookingStatus if one not in NEVER_SHOWN)
COMING = (BookingStatus.PENDING, BookingStatus.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the calendar is asked for; empty for everything. Those called off come only when asked for by state."""

    location_id: UUID | None = None
    service_id: UUID | None = None
    resource_id: UUID | None = None
    state: BookingStatus | None = None


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One appointment on one local day: its minutes `begin` to `end` from midnight by the wall clock.

    What runs past midnight is a row on each of its days. `people` are names, one for each booking: a group
    appointment is one row with all of its bookings (`booking_ids`), `seats` then says how many of how many.
    """

    key: str
    booking_ids: tuple[str, ...]
    day: str
    begin: int
    end: int
    starts_at: str
    time: str
    """`10:15–10:35`."""
    people: tuple[str, ...]
    seats: tuple[int, int] | None
    service: str
    colour: str
    resource_ids: tuple[str, ...]
    resource: str
    status: str
    status_text: str
    overbooked: bool
    movable: bool
    step: int
    """Minutes between two starts of its service."""


@dataclass(frozen=True)
class _Known:
    """Names and places by id, read once for all rows."""

    zones: Mapping[UUID, str]
    services: Mapping[UUID, tuple[str, str, int]]
    """Name, colour, step of starts in minutes."""
    resources: Mapping[UUID, str]
    people: Mapping[UUID, str]
    parts: Mapping[UUID, list[tuple[UUID, int]]]
    taken: Mapping[UUID, list[UUID]]
    """The resources that a booking or a group has claims on."""


def calendar_rows(work: Work, first: date, last: date, wanted: Wanted) -> list[CalendarRow]:
    """The appointments of these local days, both included, by day and begin."""
    work.need(Permission.BOOKINGS_READ)
    bookings = _bookings(work, first, last, wanted)
    groups = _groups(work, [one.id for one in bookings])
    known = _known(work, bookings, {one.id for one in groups.values()})
    rows = []
    for members in _together(bookings, groups):
        group = groups.get(members[0].id)
        resource_ids = known.taken.get(group.id if group else members[0].id) or [members[0].resource_id]
        if wanted.resource_id in (None, *resource_ids):
            rows += _rows(work, members, group, resource_ids, known)
    shown = [row for row in rows if first.isoformat() <= row.day <= last.isoformat()]
    return sorted(shown, key=lambda row: (row.day, row.begin, row.resource, row.key))


def calendar_counts(work: Work, first: date, last: date, wanted: Wanted) -> dict[str, int]:
    """How many appointments begin on each of these local days, by ISO date; days without any are left out."""
    work.need(Permission.BOOKINGS_READ)
    query = sa.func.date(sa.func.timezone(Location.zone, Booking.starts_at))
    asked = _asked(work, work.select(Booking.id), first, last, wanted)
    if wanted.resource_id:
        asked = asked.where(_takes(work, wanted.resource_id))
    asked = asked.join(Location, (Location.tenant_id == Booking.tenant_id) & (Location.id == Booking.location_id))
    counted = asked.with_only_columns(query, sa.func.count()).group_by(query)
    found = {day.isoformat(): number for day, number in work.all(counted)}
    return {day: number for day, number in found.items() if first.isoformat() <= day <= last.isoformat()}


def wall_minute(moment: datetime, day: date, zone: str) -> int:
    """Minutes since the midnight that begins `day`, by the wall clock; 0 for earlier and 1440 for later moments."""
    local = moment.astimezone(ZoneInfo(zone))
    if local.date() != day:
        return 0 if local.date() < day else DAY_MIN
    return local.hour * 60 + local.minute


def _bookings(work: Work, first: date, last: date, wanted: Wanted) -> list[Booking]:
    query = _asked(work, work.select(Booking), first, last, wanted)
    return list(work.all(query.order_by(Booking.starts_at, Booking.id)))


def _asked(work: Work, query: sa.Select, first: date, last: date, wanted: Wanted) -> sa.Select:
    """Places may lie in several zones: a wide search; each row's own local day decides later."""
    zones = set(work.all(work.select(Location.zone))) or {"Europe/Berlin"}
    begin = min(day_bounds(first, zone)[0] for zone in zones)
    end = max(day_bounds(last, zone)[1] for zone in zones)
    query = query.where(
        Booking.starts_at > begin - LONGEST, Booking.starts_at < end, Booking.ends_at > begin, _in_state(wanted.state)
    )
    if wanted.location_id:
        query = query.where(Booking.location_id == wanted.location_id)
    if wanted.service_id:
        parts = work.select(BookingPart.booking_id).where(BookingPart.service_id == wanted.service_id)
        query = query.where((Booking.service_id == wanted.service_id) | Booking.id.in_(parts))
    return query


def _in_state(state: BookingStatus | None) -> sa.ColumnElement[bool]:
    if state in SHOWN_STATES:
        return Booking.status.in_((state,))
    return Booking.status.not_in((*NEVER_SHOWN, BookingStatus.CANCELLED))


def _takes(work: Work, resource_id: UUID) -> sa.ColumnElement[bool]:
    own = work.select(Claim.booking_id).where(Claim.resource_id == resource_id, Claim.booking_id.is_not(None))
    groups = work.select(Claim.group_id).where(Claim.resource_id == resource_id, Claim.group_id.is_not(None))
    seated = work.select(Seat.booking_id).where(Seat.group_id.in_(groups))
    return (Booking.resource_id == resource_id) | Booking.id.in_(own) | Booking.id.in_(seated)


def _groups(work: Work, booking_ids: Collection[UUID]) -> dict[UUID, GroupAppointment]:
    """The group in which each booking has a seat."""
    seats = work.all(work.select(Seat.booking_id, Seat.group_id).where(Seat.booking_id.in_(booking_ids)).distinct())
    wanted = {group_id for _, group_id in seats}
    query = work.select(GroupAppointment).where(GroupAppointment.id.in_(wanted))
    found = {one.id: one for one in work.all(query)} if wanted else {}
    return {booking_id: found[group_id] for booking_id, group_id in seats}


def _together(bookings: Iterable[Booking], groups: Mapping[UUID, GroupAppointment]) -> list[list[Booking]]:
    """Each booking by itself, and those of a group as one."""
    found: dict[UUID, list[Booking]] = defaultdict(list)
    for one in bookings:
        found[groups[one.id].id if one.id in groups else one.id].append(one)
    return list(found.values())


def _known(work: Work, bookings: Collection[Booking], group_ids: Collection[UUID]) -> _Known:
    ids = [one.id for one in bookings]
    parts: dict[UUID, list[tuple[UUID, int]]] = defaultdict(list)
    columns = (BookingPart.booking_id, BookingPart.service_id, BookingPart.quantity)
    query = work.select(*columns).where(BookingPart.booking_id.in_(ids)).order_by(BookingPart.position)
    for booking_id, service_id, quantity in work.all(query):
        parts[booking_id].append((service_id, quantity))
    taken: dict[UUID, list[UUID]] = defaultdict(list)
    claims = work.select(Claim.booking_id, Claim.group_id, Claim.resource_id)
    mine = Claim.booking_id.in_(ids) | Claim.group_id.in_(group_ids)
    first = {one.resource_id for one in bookings}
    for booking_id, group_id, resource_id in work.all(claims.where(mine)):
        taken[booking_id or group_id].append(resource_id)
    for resource_ids in taken.values():
        resource_ids.sort(key=lambda one: one not in first)
    people = {one.customer_id for one in bookings if one.customer_id}
    services = work.all(work.select(Service.id, Service.name, Service.colour, Service.step_min))
    return _Known(
        zones=dict(work.all(work.select(Location.id, Location.zone))),
        services={one: (name, colour.value, step) for one, name, colour, step in services},
        resources=dict(work.all(work.select(Resource.id, Resource.name))),
        people=dict(work.all(work.select(Customer.id, Customer.name).where(Customer.id.in_(people)))),
        parts=parts,
        taken=taken,
    )


def _rows(
    work: Work, members: list[Booking], group: GroupAppointment | None, resource_ids: list[UUID], known: _Known
) -> list[CalendarRow]:
    """The rows of one appointment, one for each local day that it touches."""
    one, zone = members[0], known.zones[members[0].location_id]
    begins, ends = one.starts_at.astimezone(ZoneInfo(zone)), one.ends_at.astimezone(ZoneInfo(zone))
    last = (ends - timedelta(microseconds=1)).date()
    erased = translate(work.lang, ERASED)
    found = []
    for number in range((last - begins.date()).days + 1):
        day = begins.date() + timedelta(days=number)
        begin = wall_minute(one.starts_at, day, zone)
        length = int((one.ends_at - one.starts_at).total_seconds() // 60)
        end = wall_minute(one.ends_at, day, zone)
        found.append(
            CalendarRow(
                key=f"{group.id if group else one.id}-{day}",
                booking_ids=tuple(str(each.id) for each in members),
                day=day.isoformat(),
                begin=begin,
                end=end if end > begin else min(begin + length, DAY_MIN),
                starts_at=iso(one.starts_at),
                time=f"{begins:%H:%M}–{ends:%H:%M}",
                people=tuple(known.people.get(each.customer_id) or erased for each in members),
                seats=(sum(each.places for each in members), group.seats) if group else None,
                service=_service(one, known),
                colour=known.services[one.service_id][1],
                resource_ids=tuple(map(str, resource_ids)),
                resource=", ".join(known.resources[each] for each in resource_ids),
                status=one.status.value,
                status_text=translate(work.lang, STATUS_TEXTS[one.status]),
                overbooked=any(each.overbooked for each in members),
                movable=group is None and one.status in COMING and one.starts_at > work.now,
                step=known.services[one.service_id][2],
            )
        )
    return found


def _service(one: Booking, known: _Known) -> str:
    """`Personalausweis beantragen`, or `2 × Reisepass, Führungszeugnis` for a combined visit."""
    parts = known.parts.get(one.id) or [(one.service_id, 1)]
    return ", ".join(
        f"{count} × {known.services[service_id][0]}" if count > 1 else known.services[service_id][0]
        for service_id, count in parts
    )
