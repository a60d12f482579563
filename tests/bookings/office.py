"""Bürgeramt Musterstadt as a small office with every kind of calendar: several needs, a group, a quota, own hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from uuid import UUID

from smartcx_portal.models.booking import Booking, Claim, GroupAppointment, Seat
from smartcx_portal.models.calendar import OpeningHours, Resource, ResourceKind, Service, ServiceResource
from smartcx_portal.tenancy import Work
from tests.cast import Cast

MONDAY = date(2026, 11, 23)
EIGHT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
"""08:00 in Berlin on Monday, 23 November 2026."""
MINUTE = timedelta(minutes=1)
QUOTA = 2
QUOTA_UNTIL = EIGHT + 120 * MINUTE
"""Until ten o'clock at most two appointments that people booked themselves run at a time."""


@dataclass(frozen=True)
class Office:
    """What can be booked: `short` (20 minutes at a counter), `pair` (30 minutes at a counter and in the room, 5 before
    and 10 after), `course` (30 minutes with three seats, counter 2 and the room)."""

    short: UUID
    pair: UUID
    course: UUID
    counters: tuple[UUID, UUID]
    room: UUID
    later_hours: UUID

    @property
    def needs(self) -> dict[UUID, int]:
        """How many resources an appointment takes."""
        return {self.short: 1, self.pair: 2, self.course: 2}


def make_office(cast: Cast) -> Office:
    """Open on Monday from 08 to 11, the second counter by hours of its own until 11:30."""
    town = cast.town
    first, second = town.counters
    with cast.as_job() as work:
        work.delete_where(OpeningHours, OpeningHours.location_id == town.location)
        place = {"location_id": town.location, "weekday": 0}
        work.new(OpeningHours, **place, opens=time(8), closes=time(10), online_quota=QUOTA)
        later = work.new(OpeningHours, **place, opens=time(10), closes=time(11))
        own = {**place, "resource_id": second, "valid_from": MONDAY}
        work.new(OpeningHours, **own, opens=time(8), closes=time(11, 30), every_weeks=2, valid_until=MONDAY)
        short = work.get(Service, town.service)
        short.most_at_once, short.lead_min = 2, 0
        room = work.new(Resource, location_id=town.location, name="Trauzimmer", kind=ResourceKind.ROOM, position=2)
        same = {"location_id": town.location, "lead_min": 0, "horizon_days": 30}
        pair = work.new(
            Service, **same, name="Eheschließung anmelden", duration_min=30, before_min=5, after_min=10, step_min=15
        )
        course = work.new(
            Service, **same, name="Einführung", duration_min=30, step_min=30, seats=3, most_at_once=2, ways=["on_site"]
        )
        serving = [(pair, first, 0), (pair, second, 0), (pair, room.id, 1), (course, second, 0), (course, room.id, 1)]
        for service, resource, need in serving:
            work.new(ServiceResource, service_id=service.id, resource_id=getattr(resource, "id", resource), need=need)
        return Office(town.service, pair.id, course.id, (first, second), room.id, later.id)


# What stands in the books, and what must hold of it


@dataclass(frozen=True)
class Books:
    """All bookings, claims, groups and seats of the office as they are at one moment."""

    bookings: dict[UUID, Booking]
    claims: list[Claim]
    groups: dict[UUID, GroupAppointment]
    seats: list[Seat]
    capacity: dict[UUID, int]

    def claims_of(self, booking_id: UUID) -> list[Claim]:
        """A booking's own claims."""
        return [one for one in self.claims if one.booking_id == booking_id]

    def groups_of(self, booking_id: UUID) -> list[UUID]:
        """The group of each seat that a booking has."""
        return [seat.group_id for seat in self.seats if seat.booking_id == booking_id]

    def marked(self, claim: Claim) -> bool:
        """Did the staff put it in although there was no room?"""
        if claim.booking_id:
            return self.bookings[claim.booking_id].overbooked
        return any(self.bookings[seat.booking_id].overbooked for seat in self.seats if seat.group_id == claim.group_id)


def read_books(work: Work) -> Books:
    """The books as they stand now."""
    return Books(
        bookings={one.id: one for one in work.all(work.select(Booking))},
        claims=list(work.all(work.select(Claim))),
        groups={one.id: one for one in work.all(work.select(GroupAppointment))},
        seats=list(work.all(work.select(Seat))),
        capacity=dict(work.all(work.select(Resource.id, Resource.capacity))),
    )


def overlaps(claims: list[Claim]) -> list[tuple[Claim, Claim]]:
    """Pairs on the same lane of the same resource that share an instant."""
    return [
        (one, other)
        for one, other in combinations(claims, 2)
        if (one.resource_id, one.lane) == (other.resource_id, other.lane)
        and one.starts_at < other.ends_at
        and other.starts_at < one.ends_at
    ]


def running(claims: list[Claim], moment: datetime) -> list[Claim]:
    """The claims that hold at `moment`."""
    return [one for one in claims if one.starts_at <= moment < one.ends_at]


def too_many(books: Books) -> list[tuple[UUID, datetime]]:
    """Where more claims run on a resource than it has lanes for, and no booking is marked as put in beyond them."""
    found = []
    for moment in {one.starts_at for one in books.claims}:
        for resource_id, lanes in books.capacity.items():
            there = [one for one in running(books.claims, moment) if one.resource_id == resource_id]
            if len(there) > lanes and not any(map(books.marked, there)):
                found.append((resource_id, moment))
    return found


def too_full(books: Books) -> list[UUID]:
    """Groups with more seats taken than there are, none of them by a booking that is marked as put in beyond them."""
    found = []
    for group in books.groups.values():
        sitting = [books.bookings[seat.booking_id] for seat in books.seats if seat.group_id == group.id]
        if len(sitting) > group.seats and not any(one.overbooked for one in sitting):
            found.append(group.id)
    return found


def empty_groups(books: Books) -> set[UUID]:
    """Groups in which nobody sits."""
    return books.groups.keys() - {seat.group_id for seat in books.seats}


def online_at_a_time(books: Books, office: Office, begin: datetime, end: datetime) -> int:
    """How many online appointments run at once, at most, at a time in [begin, end), of those whom the quota counts.

    The second counter has hours of its own, so they are those at the first counter.
    """
    counted = [one for one in books.claims if one.online and one.resource_id != office.counters[1]]
    moments = {begin, *(one.starts_at for one in counted if begin <= one.starts_at < end)}
    return max(len(running(counted, moment)) for moment in moments)
