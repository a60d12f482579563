"""The list of all bookings: filtered, sorted and paged by the database."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.bookings.found_rows import FoundRow, found_rows
from smartcx_portal.bookings.looking_up import folded_in_sql, looked_up, read_words
from smartcx_portal.bookings.moments import day_bounds
from smartcx_portal.bookings.queries import STATUS_TEXTS
from smartcx_portal.models.booking import Booking, BookingPart, BookingStatus, Claim, Origin, Seat
from smartcx_portal.models.calendar import Location, Resource, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.tenancy import Permission, Work

PAGE_SIZE = 25
LAST_PAGE = 100_000
"""No address leads further."""
SORTS = ("time", "person", "service", "resource", "state", "booked")
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)
"""Days beyond cannot be asked for, and nothing is booked on them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shall show. Days are local to each place and included; empty fields do not narrow it.

    `words` is what somebody typed into the search, so it is personal and belongs into no address.
    """

    first: date | None = None
    last: date | None = None
    location: UUID | None = None
    service: UUID | None = None
    resource: UUID | None = None
    state: BookingStatus | None = None
    origin: Origin | None = None
    overbooked: bool = False
    sort: str = "time"
    descending: bool = False
    page: int = 1
    words: str = ""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One page of the list; `page` may be an earlier one than was wanted, where the list has become shorter."""

    rows: tuple[FoundRow, ...]
    total: int
    page: int
    pages: int


def find_bookings(work: Work, wanted: Wanted) -> FoundPage:
    """One page of bookings. Times that are only held are nobody's; those never confirmed come when asked for.

    Raises `InvalidForm` for `words` that are too long.
    """
    work.need(Permission.BOOKINGS_READ)
    work.plan_anew()
    ordered = in_order(filtered(work, wanted), wanted)
    bookings, total = _counting(work, ordered, wanted.page) if wanted.words else ([], 0)
    if not bookings and (wanted.page > 1 or not wanted.words):
        total = work.count(ordered.with_only_columns(Booking.id))
    pages = max(1, -(-total // PAGE_SIZE))
    page = max(1, min(wanted.page, pages))
    if total and not bookings:
        bookings = list(work.all(_part(ordered, page)))
    return FoundPage(tuple(found_rows(work, bookings)), total, page, pages)


def _counting(work: Work, ordered: sa.Select[Any], page: int) -> tuple[list[Booking], int]:
    """One page and the number of all in one go: names are dear to compare, and are so once only."""
    found = work.all(_part(ordered.add_columns(sa.func.count().over()), max(1, page)))
    return [booking for booking, _ in found], found[0][1] if found else 0


def _part(ordered: sa.Select[Any], page: int) -> sa.Select[Any]:
    return ordered.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)


def filtered(work: Work, wanted: Wanted) -> sa.Select[Any]:
    """The bookings that are wanted, in no order."""
    query = work.select(Booking).where(_in_state(wanted.state), *_on_days(work, wanted))
    given = ((_at, wanted.location), (_of_service, wanted.service), (_with, wanted.resource))
    query = query.where(*(condition(work, value) for condition, value in given if value))
    if wanted.origin:
        query = query.where(Booking.origin == wanted.origin)
    if wanted.overbooked:
        query = query.where(Booking.overbooked.is_(True))
    return looked_up(work, query, read_words(wanted.words))


def in_order(query: sa.Select[Any], wanted: Wanted) -> sa.Select[Any]:
    """The same in the wanted order; what is equal by it, by time."""
    join, column = ORDERS.get(wanted.sort, ORDERS["time"])
    first = column.desc().nulls_last() if wanted.descending else column.asc().nulls_last()
    later = (Booking.starts_at.desc(), Booking.id.desc()) if wanted.descending else (Booking.starts_at, Booking.id)
    return join(query).order_by(*((first,) if wanted.sort in ORDERS and wanted.sort != "time" else ()), *later)


def page_after(wanted: Wanted, page: int) -> Wanted:
    """The same list, another page."""
    return replace(wanted, page=page)


def _in_state(state: BookingStatus | None) -> Any:
    if state is None:
        return Booking.status.not_in((BookingStatus.HELD, BookingStatus.EXPIRED))
    return (Booking.status == state) & (Booking.status != BookingStatus.HELD)


def _on_days(work: Work, wanted: Wanted) -> list[Any]:
    """A place's days are those of its zone; with places in several zones each has bounds of its own."""
    if wanted.first is None and wanted.last is None:
        return []
    zones: dict[str, list[UUID]] = {}
    for place, zone in work.all(work.select(Location.id, Location.zone)):
        zones.setdefault(zone, []).append(place)
    if len(zones) == 1:
        return [sa.and_(*_bounds(wanted, *zones))]
    return [sa.or_(sa.false(), *(sa.and_(Booking.location_id.in_(at), *_bounds(wanted, z)) for z, at in zones.items()))]


def _bounds(wanted: Wanted, zone: str) -> list[Any]:
    bounds: list[Any] = []
    if wanted.first:
        bounds.append(Booking.starts_at >= day_bounds(max(wanted.first, EARLIEST), zone)[0])
    if wanted.last:
        bounds.append(Booking.starts_at < day_bounds(min(wanted.last, LATEST), zone)[1])
    return bounds


def _at(_work: Work, location_id: UUID) -> Any:
    return Booking.location_id == location_id


def _of_service(work: Work, service_id: UUID) -> Any:
    parts = work.select(BookingPart.booking_id).where(BookingPart.service_id == service_id)
    return (Booking.service_id == service_id) | Booking.id.in_(parts)


def _with(work: Work, resource_id: UUID) -> Any:
    """On this resource, be it the first or a further one that the appointment needs."""
    claimed = work.select(Claim.booking_id).where(Claim.resource_id == resource_id, Claim.booking_id.is_not(None))
    shared = work.select(Claim.group_id).where(Claim.resource_id == resource_id, Claim.group_id.is_not(None))
    seated = work.select(Seat.booking_id).where(Seat.group_id.in_(shared))
    return (Booking.resource_id == resource_id) | Booking.id.in_(claimed) | Booking.id.in_(seated)


def _joined(model: Any, column: Any) -> Callable[[sa.Select[Any]], sa.Select[Any]]:
    return lambda query: query.outerjoin(model, (model.tenant_id == Booking.tenant_id) & (model.id == column))


def _as_it_is(query: sa.Select[Any]) -> sa.Select[Any]:
    return query


ORDERS: dict[str, tuple[Callable[[sa.Select[Any]], sa.Select[Any]], Any]] = {
    "time": (_as_it_is, Booking.starts_at),
    "person": (_joined(Customer, Booking.customer_id), folded_in_sql(Customer.name)),
    "service": (_joined(Service, Booking.service_id), folded_in_sql(Service.name)),
    "resource": (_joined(Resource, Booking.resource_id), folded_in_sql(Resource.name)),
    "state": (
        _as_it_is,
        sa.case({state.value: place for place, state in enumerate(STATUS_TEXTS)}, value=Booking.status),
    ),
    "booked": (_as_it_is, Booking.booked_at),
}
