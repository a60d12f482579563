"""What a busy office has beside its plain appointments: groups, talks that need a room too, a full list that people
wait for, the first of them with an offer, somebody who comes for a child, and one appointment too many that the staff
put in on purpose."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

from smartcx_portal.bookings.booking_code import new_code
from smartcx_portal.bookings.cancelling import cancel_own
from smartcx_portal.bookings.claiming import claim_for
from smartcx_portal.bookings.groups import begun_at, take_seats
from smartcx_portal.bookings.occupied import NOTHING
from smartcx_portal.bookings.offer import offer_of, taken_on
from smartcx_portal.bookings.promoting import fits, promote_one
from smartcx_portal.bookings.teams import teams
from smartcx_portal.models.booking import (
    Attendee,
    Booking,
    BookingStatus,
    Claim,
    Confirming,
    Origin,
    WaitlistEntry,
    WaitlistStatus,
)
from smartcx_portal.models.calendar import Resource, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.operations.demo_calendar import Calendar
from smartcx_portal.standing.consents import give
from smartcx_portal.tenancy import Actor, ActorKind, Work

FULL_DAYS = 42
WAITING = 3
OFFERED_AHEAD = 4
"""Days from which on somebody calls off: longer than a freed time is held."""
GUESTS = (3, 2, 1, 4, 1, 2)
"""Seats of the groups' bookings, in the order in which they came."""
CHILDREN = 12
"""One in so many appointments is for somebody else."""


def make_special(work: Work, calendar: Calendar) -> None:
    """All of it, as far as the tenant offers such services."""
    maker = _Maker(work, calendar)
    for service, resources in calendar.special:
        if service.seats > 1:
            maker.fill_group(service, resources)
        else:
            maker.book_out(service)
            maker.let_wait(service)
            maker.offer_first(service)
    maker.bring_children()
    maker.overbook_once()


class _Maker:
    """Makes them one by one; `number` counts its made-up people."""

    def __init__(self, work: Work, calendar: Calendar) -> None:
        self.work, self.calendar = work, calendar
        self.number = 900

    def fill_group(self, service: Service, resources: tuple[Resource, ...]) -> None:
        """The next evening is well booked."""
        offer = offer_of(self.work, service, for_staff=True)
        today = self.work.now.date()
        found = offer.starts(NOTHING, today, today + timedelta(days=21))
        if not found:
            return
        team, moment = tuple(one.id for one in resources), found[0].starts_at
        for places in GUESTS:
            book = self._booking(service, moment, places)
            group = begun_at(self.work, service, team[0], moment)
            if group is None:
                claim_for(self.work, offer, moment, [team], book)
            else:
                take_seats(self.work, group.id, book(team[0]))

    def book_out(self, service: Service) -> None:
        """Nothing is free for weeks, so that there is something to wait for."""
        offer = offer_of(self.work, service)
        first = self.work.now.date()
        while True:
            known = taken_on(self.work, offer, first, first + timedelta(days=FULL_DAYS))
            free = offer.starts(known, first, first + timedelta(days=FULL_DAYS))
            if not free:
                return
            start = free[0]
            claim_for(
                self.work, offer, start.starts_at, teams(offer, start, known), self._booking(service, start.starts_at)
            )

    def let_wait(self, service: Service) -> None:
        """Some people wait for it, in the order in which they came."""
        for n in range(WAITING):
            customer = self._customer()
            joined = self.work.now - timedelta(days=WAITING - n)
            self.work.new(
                WaitlistEntry,
                service_id=service.id,
                customer_id=customer.id,
                status=WaitlistStatus.WAITING,
                first_day=self.work.now.date(),
                last_day=self.work.now.date() + timedelta(days=30),
                from_time=time(9),
                until_time=time(12),
                created_at=joined,
            )

    def offer_first(self, service: Service) -> None:
        """Somebody calls off, and the time goes to the first in the line, by the same use cases as ever."""
        waiting = self.work.select(WaitlistEntry).where(WaitlistEntry.service_id == service.id)
        entry = self.work.all(waiting.order_by(WaitlistEntry.created_at))[0]
        coming = self.work.select(Booking).where(
            Booking.service_id == service.id,
            Booking.starts_at > self.work.now + timedelta(days=OFFERED_AHEAD),
            Booking.status == BookingStatus.CONFIRMED,
        )
        zone = self.calendar.place.zone
        fitting = (one for one in self.work.all(coming.order_by(Booking.starts_at)) if fits(entry, one.starts_at, zone))
        freed = next(fitting, None)
        if freed is None:
            return
        person = Actor(ActorKind.PERSON, customer_id=freed.customer_id, fresh=True, proof="code")
        cancel_own(replace(self.work, actor=person), freed.id)
        promote_one(self.work, entry.id)

    def bring_children(self) -> None:
        """Some appointments are for somebody else than who booked them."""
        coming = self.work.select(Booking).where(
            Booking.starts_at > self.work.now, Booking.status == BookingStatus.CONFIRMED
        )
        found = self.work.all(coming.order_by(Booking.starts_at, Booking.code))
        for number, booking in enumerate(found[::CHILDREN]):
            self.work.new(Attendee, booking_id=booking.id, name=f"Kind {number + 1:02} Beispiel")

    def overbook_once(self) -> None:
        """The first coming appointment at a plain resource gets a neighbour that the staff squeezed in."""
        plain = [resource.id for resource, services in self.calendar.given_by if services]
        query = self.work.select(Claim).where(
            Claim.resource_id.in_(plain), Claim.starts_at > self.work.now, Claim.booking_id.is_not(None)
        )
        claim = self.work.first(query.order_by(Claim.starts_at, Claim.resource_id))
        if claim is None:
            return
        beside = self.work.get(Booking, claim.booking_id)
        service = self.work.get(Service, beside.service_id)
        booking = self._booking(service, beside.starts_at)(claim.resource_id)
        booking.origin, booking.overbooked = Origin.STAFF, True
        self.work.new(
            Claim,
            booking_id=booking.id,
            resource_id=claim.resource_id,
            lane=1,
            starts_at=claim.starts_at,
            ends_at=booking.ends_at,
        )

    def _booking(self, service: Service, moment: datetime, places: int = 1) -> Callable[[UUID], Booking]:
        """What makes a confirmed booking on a resource, as `claim_for` asks for it."""

        def make(resource_id: UUID) -> Booking:
            customer = self._customer()
            return self.work.new(
                Booking,
                location_id=self.calendar.place.id,
                service_id=service.id,
                resource_id=resource_id,
                customer_id=customer.id,
                status=BookingStatus.CONFIRMED,
                confirming=Confirming.EMAIL,
                code=new_code(self.work),
                places=places,
                starts_at=moment,
                ends_at=moment + timedelta(minutes=service.duration_min),
                created_at=customer.created_at,
                booked_at=customer.created_at,
            )

        return make

    def _customer(self) -> Customer:
        self.number += 1
        email = f"person.{self.number}@example.org"
        made = self.work.now - timedelta(days=5)
        customer = self.work.new(
            Customer,
            name=f"Person {self.number} Beispiel",
            email=email,
            email_key=email,
            email_verified_at=made,
            created_at=made,
        )
        give(self.work, customer.id, ConsentPurpose.MAIL, language="de", channel="booking_form")
        return customer
