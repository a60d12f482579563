"""What bookings are about, by name: persons, services with their quantities, resources, zones; a query per table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from smartcx_portal.models.booking import Attendee, BookingPart
from smartcx_portal.models.calendar import Location, Resource, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.tenancy import Work


class Named(Protocol):
    """A booking, or those columns of one that names are found by."""

    id: UUID
    service_id: UUID
    customer_id: UUID | None


@dataclass(frozen=True, slots=True)
class Names:
    """All names that some bookings need, by id. `for_whom` by booking: who it is for, if another than who booked."""

    persons: dict[UUID, str]
    for_whom: dict[UUID, str]
    services: dict[UUID, str]
    parts: dict[UUID, tuple[tuple[UUID, int], ...]]
    resources: dict[UUID, str]
    places: dict[UUID, str]
    zones: dict[UUID, str]

    def person_of(self, booking: Named) -> str:
        """Who booked; empty once the person is erased."""
        return self.persons.get(booking.customer_id, "") if booking.customer_id else ""

    def services_of(self, booking: Named) -> str:
        """`2 × Reisepass, Personalausweis`; the seats of a group are not part of it."""
        parts = self.parts.get(booking.id) or ((booking.service_id, 1),)
        return ", ".join(counted(self.services[service], quantity) for service, quantity in parts)


def counted(name: str, quantity: int) -> str:
    """`2 × Reisepass`; a single one goes without its number."""
    return f"{quantity} × {name}" if quantity > 1 else name


def names_of(work: Work, bookings: Sequence[Named]) -> Names:
    """The names for these bookings; the tables of a calendar are small and read whole."""
    ids = [one.id for one in bookings]
    customers = {one.customer_id for one in bookings if one.customer_id}
    return Names(
        persons=dict(work.all(work.select(Customer.id, Customer.name).where(Customer.id.in_(customers)))),
        for_whom=dict(work.all(work.select(Attendee.booking_id, Attendee.name).where(Attendee.booking_id.in_(ids)))),
        services=dict(work.all(work.select(Service.id, Service.name))),
        parts=_parts(work, ids),
        resources=dict(work.all(work.select(Resource.id, Resource.name))),
        places=dict(work.all(work.select(Location.id, Location.name))),
        zones=dict(work.all(work.select(Location.id, Location.zone))),
    )


def _parts(work: Work, ids: list[UUID]) -> dict[UUID, tuple[tuple[UUID, int], ...]]:
    query = work.select(BookingPart.booking_id, BookingPart.service_id, BookingPart.quantity)
    found: dict[UUID, tuple[tuple[UUID, int], ...]] = {}
    wanted = query.where(BookingPart.booking_id.in_(ids)).order_by(BookingPart.position)
    for booking_id, service_id, quantity in work.all(wanted):
        found[booking_id] = (*found.get(booking_id, ()), (service_id, quantity))
    return found
