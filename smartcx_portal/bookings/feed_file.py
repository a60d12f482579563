"""The calendar of a resource: its appointments as iCalendar (RFC 5545), with or without the names of people.

Without them an event says which service; with them, who comes. Addresses, numbers, answers and codes are in neither:
calendars are shared and synced, and what is in one is out of our hands.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from icalendar import Calendar, Event

from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.plain import one_line
from smartcx_portal.models.booking import Attendee, Booking, BookingPart, BookingStatus, Cancellation, Claim, Seat
from smartcx_portal.models.calendar import Location, Resource, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Work

BACK, AHEAD = timedelta(days=30), timedelta(days=365)
HIDDEN = (BookingStatus.HELD, BookingStatus.EXPIRED)
"""Nobody's appointment."""
FRESH = timedelta(minutes=15)
"""How often calendars should ask (RFC 7986, 5.7)."""
GROUP = N_("{service} ({number} places taken)")
FOR = N_("{name}, for {other}")
STATES = {BookingStatus.PENDING: "TENTATIVE", BookingStatus.CANCELLED: "CANCELLED"}


class _Facts:
    """What the events say, read with one query per table."""

    def __init__(self, work: Work, bookings: Iterable[Booking], with_details: bool) -> None:
        found = list(bookings)
        ids = [one.id for one in found]
        self.services: dict[UUID, str] = dict(work.all(work.select(Service.id, Service.name)))
        self.groups: dict[UUID, UUID] = dict(
            work.all(work.select(Seat.booking_id, Seat.group_id).where(Seat.booking_id.in_(ids)))
        )
        self.cancelled: dict[UUID, datetime] = dict(
            work.all(work.select(Cancellation.booking_id, Cancellation.at).where(Cancellation.booking_id.in_(ids)))
        )
        self.parts: dict[UUID, list[str]] = defaultdict(list)
        parts = work.select(BookingPart).where(BookingPart.booking_id.in_(ids)).order_by(BookingPart.position)
        for part in work.all(parts):
            times = f"{part.quantity} × " if part.quantity > 1 else ""
            self.parts[part.booking_id].append(times + self.services[part.service_id])
        self.persons: dict[UUID, str] = {}
        self.others: dict[UUID, str] = {}
        if with_details:
            people = work.select(Customer.id, Customer.name)
            self.persons = dict(work.all(people.where(Customer.id.in_([one.customer_id for one in found]))))
            others = work.select(Attendee.booking_id, Attendee.name).where(Attendee.booking_id.in_(ids))
            self.others = dict(work.all(others))

    def about(self, booking: Booking) -> str:
        """What was booked."""
        return ", ".join(self.parts[booking.id]) or self.services[booking.service_id]

    def who(self, booking: Booking, lang: str) -> str:
        """Who comes; empty without details, and for whom has been erased or called it off."""
        name = self.persons.get(booking.customer_id) if booking.customer_id else None
        if not name or booking.status is BookingStatus.CANCELLED:
            return ""
        other = self.others.get(booking.id)
        return translate(lang, FOR).format(name=name, other=other) if other else name

    def changed(self, booking: Booking) -> datetime:
        """When it was changed last."""
        known = (booking.created_at, booking.booked_at, booking.changed_at, self.cancelled.get(booking.id))
        return max(one for one in known if one)


def feed_file(work: Work, resource: Resource, *, with_details: bool) -> bytes:
    """The file, from 30 days ago to a year ahead. The same appointments give the same bytes, at whatever time."""
    place, tenant = work.get(Location, resource.location_id), work.get(Tenant, work.tenant)
    bookings = _bookings(work, resource)
    facts = _Facts(work, bookings, with_details)
    file = Calendar()
    file.add("prodid", "-//Smart CX//Calendar feeds//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("name", one_line(f"{resource.name} – {tenant.name}"))
    file.add("x-wr-calname", one_line(f"{resource.name} – {tenant.name}"))
    file.add("refresh-interval", FRESH, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", "PT15M")
    where = one_line(f"{place.name}, {place.street}, {place.postal_code} {place.city}")
    by_group: dict[UUID, list[Booking]] = defaultdict(list)
    for booking in bookings:
        by_group[facts.groups.get(booking.id, booking.id)].append(booking)
    for key, together in by_group.items():
        file.add_component(_event(key, together, facts, tenant, where))
    return file.to_ical()


def _bookings(work: Work, resource: Resource) -> list[Booking]:
    """All that take the resource, as their first or another need, alone or as a group."""
    begin, end = work.now - BACK, work.now + AHEAD
    taken = work.select(Claim.booking_id).where(
        Claim.resource_id == resource.id, Claim.starts_at < end, Claim.ends_at > begin, Claim.booking_id.is_not(None)
    )
    groups = work.select(Claim.group_id).where(
        Claim.resource_id == resource.id, Claim.starts_at < end, Claim.ends_at > begin, Claim.group_id.is_not(None)
    )
    seats = work.select(Seat.booking_id).where(Seat.group_id.in_(groups))
    query = work.select(Booking).where(
        Booking.starts_at >= begin,
        Booking.starts_at < end,
        Booking.status.not_in(HIDDEN),
        sa.or_(Booking.resource_id == resource.id, Booking.id.in_(taken), Booking.id.in_(seats)),
    )
    return list(work.all(query.order_by(Booking.starts_at, Booking.id)))


def _event(key: UUID, together: list[Booking], facts: _Facts, tenant: Tenant, where: str) -> Event:
    """One appointment, or all of a group as one event."""
    first, lang = together[0], tenant.language
    about = facts.about(first)
    if first.id in facts.groups:
        about = translate(lang, GROUP).format(service=about, number=sum(one.places for one in together))
    names = ", ".join(filter(None, (facts.who(one, lang) for one in together)))
    changed = max(facts.changed(one) for one in together)
    event = Event()
    event.add("uid", f"{key}@feed.smart-cx")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", sum(one.sequence for one in together))
    event.add("dtstart", first.starts_at)
    event.add("dtend", max(one.ends_at for one in together))
    event.add("summary", one_line(f"{names} – {about}" if names else about))
    event.add("location", where)
    event.add("status", STATES.get(first.status, "CONFIRMED"))
    event.add("class", "PRIVATE")
    return event
