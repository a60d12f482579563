"""Plausible bookings of the last two and the coming three weeks, made as rows and not one by one.

The use cases refuse the past, and ask each person for a confirmation; the database's constraints hold for these rows
as for all others. Which times are taken follows from the day alone, so a demo made twice on one day is the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.booking_code import new_code
from smartcx_portal.bookings.holidays import holiday_shuts
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.tokens import fingerprint
from smartcx_portal.models.base import TenantOwned
from smartcx_portal.models.booking import (
    Answer,
    Booking,
    BookingStatus,
    Cancellation,
    CancelledBy,
    Claim,
    Confirming,
)
from smartcx_portal.models.calendar import Resource, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import ConsentEvent, ConsentKind, ConsentPurpose
from smartcx_portal.operations.demo_calendar import Calendar
from smartcx_portal.operations.demo_facts import DemoFacts, Hours
from smartcx_portal.standing.consents import text_of
from smartcx_portal.standing.offers import current_notice
from smartcx_portal.tenancy import Work

PAST, COMING = 14, 21
"""Days before and after today."""
CALLED_OFF, MISSED = 0.05, 0.06
WITH_MAIL = 0.75
SENSITIVE_FOR = timedelta(days=1)
"""Answers on health are gone by the day after the appointment, as the retention job would have it."""
MINUTE = timedelta(minutes=1)
Row = TypeVar("Row", bound=TenantOwned)


@dataclass
class Rows:
    """Rows by the order in which they must reach the database."""

    customers: list[TenantOwned] = field(default_factory=list)
    bookings: list[TenantOwned] = field(default_factory=list)
    rest: list[TenantOwned] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Slot:
    """One taken time: aware UTC."""

    day: date
    resource: Resource
    service: Service
    starts_at: datetime


class BookingMaker:
    """Makes one demo tenant's bookings; `number` counts its made-up people."""

    def __init__(self, work: Work, facts: DemoFacts, calendar: Calendar) -> None:
        self.work, self.facts, self.calendar = work, facts, calendar
        self.zone = ZoneInfo(calendar.place.zone)
        self.today = local_day(work.now, calendar.place.zone)
        notice = current_notice(work)
        self.notice_id = notice.id if notice else None
        self.texts = {purpose: text_of(work, purpose, "de") for purpose in (ConsentPurpose.MAIL, ConsentPurpose.HEALTH)}
        self.number = 0

    def days(self) -> list[date]:
        """All days that get bookings."""
        return [self.today + timedelta(days=offset) for offset in range(-PAST, COMING + 1)]

    def make(self, day: date) -> int:
        """The bookings of one day; how many there are."""
        rows, random = Rows(), Random(f"{self.facts.form.name}:{day}")
        for slot in self._slots(day, random):
            self._book(rows, slot, random)
        for group in (rows.customers, rows.bookings, rows.rest):
            self.work.add_all(group)
        return len(rows.bookings)

    def _slots(self, day: date, random: Random) -> Iterator[Slot]:
        """Go through each resource's open time; what is further off is less booked."""
        wanted = self.facts.occupancy * (1.25 if day <= self.today else 1 - (day - self.today).days / (2 * COMING))
        if holiday_shuts(self.facts.form.land, day, day):
            return
        for resource, services in self.calendar.given_by:
            for rule in self.facts.hours if services else ():
                if rule.weekday == day.weekday():
                    yield from self._slots_within(day, rule, resource, services, wanted, random)

    def _slots_within(
        self, day: date, rule: Hours, resource: Resource, services: list[Service], wanted: float, random: Random
    ) -> Iterator[Slot]:
        opens = datetime.combine(day, rule.opens, self.zone)
        closes = datetime.combine(day, rule.closes, self.zone)
        at = opens
        while at < closes:
            service = random.choice(services)
            length = service.duration_min * MINUTE
            taken = random.random() < wanted
            if taken and at + length + service.after_min * MINUTE <= closes:
                yield Slot(day, resource, service, at.astimezone(UTC))
            at = opens + _up(at - opens + (length + service.after_min * MINUTE), service.step_min)

    def _book(self, rows: Rows, slot: Slot, random: Random) -> None:
        status = self._status(slot, random)
        customer = self._customer(slot, random)
        booking = self._booking(slot, status, customer)
        rows.customers.append(customer)
        rows.bookings.append(booking)
        if status is BookingStatus.CANCELLED:
            at = min(slot.starts_at - timedelta(hours=20), self.work.now)
            rows.rest.append(self._row(Cancellation, booking_id=booking.id, by=CancelledBy.PERSON, at=at))
        else:
            rows.rest.append(self._claim(slot, booking))
        answers = list(self._answers(slot, booking, random))
        rows.rest += answers
        rows.rest += self._consents(booking, customer, any(a.special_value for a in answers))

    def _status(self, slot: Slot, random: Random) -> BookingStatus:
        drawn = random.random()
        if drawn < CALLED_OFF:
            return BookingStatus.CANCELLED
        if slot.starts_at + slot.service.duration_min * MINUTE > self.work.now:
            return BookingStatus.CONFIRMED
        return BookingStatus.NO_SHOW if drawn < CALLED_OFF + MISSED else BookingStatus.FINISHED

    def _customer(self, slot: Slot, random: Random) -> Customer:
        self.number += 1
        made = self._made_at(slot, random)
        email = f"person.{self.number:03}@example.org" if random.random() < WITH_MAIL else None
        return self._row(
            Customer,
            name=f"Person {self.number:03} Beispiel",
            email=email,
            email_key=email,
            email_verified_at=made + 5 * MINUTE if email else None,
            created_at=made,
        )

    def _made_at(self, slot: Slot, random: Random) -> datetime:
        """Some days before the appointment, and before now."""
        latest = min(slot.starts_at, self.work.now) - timedelta(hours=2)
        return latest - random.randint(0, 12 * 24 * 60) * MINUTE

    def _booking(self, slot: Slot, status: BookingStatus, customer: Customer) -> Booking:
        return self._row(
            Booking,
            location_id=self.calendar.place.id,
            service_id=slot.service.id,
            resource_id=slot.resource.id,
            customer_id=customer.id,
            notice_version_id=self.notice_id,
            status=status,
            code=new_code(self.work),
            starts_at=slot.starts_at,
            ends_at=slot.starts_at + slot.service.duration_min * MINUTE,
            confirming=Confirming.EMAIL if customer.email else Confirming.NONE,
            created_at=customer.created_at,
            booked_at=customer.email_verified_at or customer.created_at,
        )

    def _claim(self, slot: Slot, booking: Booking) -> Claim:
        return self._row(
            Claim,
            booking_id=booking.id,
            resource_id=slot.resource.id,
            lane=0,
            starts_at=booking.starts_at - slot.service.before_min * MINUTE,
            ends_at=booking.ends_at + slot.service.after_min * MINUTE,
        )

    def _answers(self, slot: Slot, booking: Booking, random: Random) -> Iterator[Answer]:
        for question in self.calendar.questions[slot.service.id]:
            value = random.choice(question.samples) if question.samples else None
            if value is None or (question.field.special and booking.ends_at + SENSITIVE_FOR < self.work.now):
                continue
            kept = {"special_value": value} if question.field.special else {"value": value}
            yield self._row(Answer, booking_id=booking.id, field_id=question.field.id, **kept)

    def _consents(self, booking: Booking, customer: Customer, about_health: bool) -> list[ConsentEvent]:
        """The recorded consents that such a booking would have."""
        purposes = [ConsentPurpose.MAIL] if customer.email else []
        return [
            self._row(
                ConsentEvent,
                customer_id=customer.id,
                booking_id=booking.id,
                notice_version_id=self.notice_id,
                purpose=purpose,
                kind=ConsentKind.GIVEN,
                text=self.texts[purpose],
                text_version=fingerprint(self.texts[purpose]),
                language="de",
                channel="booking_form",
                at=booking.created_at,
            )
            for purpose in purposes + ([ConsentPurpose.HEALTH] if about_health else [])
        ]

    def _row(self, model: type[Row], **values: Any) -> Row:
        return model(tenant_id=self.work.tenant, **values)


def _up(span: timedelta, step_min: int) -> timedelta:
    """The next whole step at or after `span`."""
    step = step_min * MINUTE
    return -(-span // step) * step
