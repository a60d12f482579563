"""One booking with everything that staff need about it. Looking at it is recorded for its person (Art. 15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from smartcx_portal.bookings.found_rows import ORIGIN_TEXTS
from smartcx_portal.bookings.groups import groups_of
from smartcx_portal.bookings.looking import record_look
from smartcx_portal.bookings.moments import When, when
from smartcx_portal.bookings.queries import CONFIRMING_TEXTS, STATUS_TEXTS, YES_NO, BookingRow, booking_rows
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.messaging.visits import WAYS, visit_of
from smartcx_portal.models.booking import (
    Answer,
    Attendee,
    Booking,
    BookingStatus,
    Cancellation,
    Claim,
    Confirming,
    GroupAppointment,
    Seat,
)
from smartcx_portal.models.calendar import FormField, Location, Resource
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import PrivacyCase, Right
from smartcx_portal.tenancy import Permission, Work

SEATS = N_("{taken} of {all} seats are taken, {own} by this booking")
ONE_OF_SERIES = N_("Number {number} of {all} in a series")
THIS_ONE = N_("this one")


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question and what was answered."""

    label: str
    text: str
    special: bool


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another appointment of the same series; `here` for the one that is looked at."""

    id: str
    text: str
    state: str
    here: bool


@dataclass(frozen=True, slots=True)
class Concern:
    """An open request of the person that limits how their data may be used: a `Right` by its value, and since when."""

    right: str
    since: str


@dataclass(frozen=True, slots=True)
class BookingDetail:
    """Everything that staff need about one booking."""

    row: BookingRow
    code: str
    when: When
    minutes: int
    place: str
    services: tuple[str, ...]
    """Each with how often."""
    way: str
    team: str
    """All resources that it takes."""
    seats: str
    """How full its group appointment is, in words; empty for others."""
    series: str
    siblings: tuple[Sibling, ...]
    origin: str
    overbooked: bool
    for_whom: str
    """Another person than the one who booked."""
    email: str
    phone: str
    confirming: str
    tells: bool
    """Whether messages to the person are wanted at all."""
    answers: tuple[AnswerRow, ...]
    concerns: tuple[Concern, ...]
    cancelled_reason: str
    booked: str
    """When it was booked, in words; empty while it is not confirmed."""


def booking_detail(work: Work, booking_id: str | UUID) -> BookingDetail:
    """One booking with its person; that it was opened is written down, and in the trail."""
    work.need(Permission.BOOKINGS_READ)
    booking = work.get(Booking, as_id(str(booking_id)))
    record_look(work, booking)
    visit, lang = visit_of(work, booking), work.lang
    customer = work.find(Customer, booking.customer_id)
    cancellation = work.first(work.select(Cancellation).where(Cancellation.booking_id == booking.id))
    attendee = work.first(work.select(Attendee).where(Attendee.booking_id == booking.id))
    series = _series(work, booking, visit.location)
    return BookingDetail(
        row=booking_rows(work, [booking])[0],
        code=booking.code or "",
        when=when(booking.starts_at, visit.location.zone, lang),
        minutes=(booking.ends_at - booking.starts_at) // timedelta(minutes=1),
        place=visit.location.name,
        services=tuple(visit.what_lines),
        way=translate(lang, WAYS[booking.way]),
        team=_team(work, booking),
        seats=_seats(work, booking),
        series=_place_in(series, lang),
        siblings=series,
        origin=translate(lang, ORIGIN_TEXTS[booking.origin]),
        overbooked=booking.overbooked,
        for_whom=attendee.name if attendee else "",
        email=(customer.email if customer else None) or "",
        phone=(customer.phone if customer else None) or "",
        confirming=translate(lang, CONFIRMING_TEXTS[booking.confirming]) if booking.confirming else "",
        tells=customer is not None and booking.confirming in (Confirming.EMAIL, Confirming.SMS),
        answers=tuple(_answers(work, booking)),
        concerns=tuple(_concerns(work, booking, visit.location.zone)),
        cancelled_reason=(cancellation.reason if cancellation else None) or "",
        booked=when(booking.booked_at, visit.location.zone, lang).text if booking.booked_at else "",
    )


def _team(work: Work, booking: Booking) -> str:
    """The resource of the first need, then all others that are claimed with it."""
    own = work.select(Claim.resource_id).where(Claim.booking_id == booking.id)
    shared = work.select(Claim.resource_id).where(Claim.group_id.in_(groups_of(work, booking.id)))
    others = {*work.all(own), *work.all(shared)} - {booking.resource_id}
    query = work.select(Resource.name).where(Resource.id.in_(others)).order_by(Resource.position, Resource.name)
    return ", ".join((work.get(Resource, booking.resource_id).name, *work.all(query)))


def _seats(work: Work, booking: Booking) -> str:
    found = groups_of(work, booking.id)
    if not found:
        return ""
    taken = work.count(work.select(Seat.id).where(Seat.group_id.in_(found)))
    seats = work.get(GroupAppointment, found[0]).seats
    return translate(work.lang, SEATS).format(taken=taken, all=seats, own=booking.places)


def _series(work: Work, booking: Booking, place: Location) -> tuple[Sibling, ...]:
    if booking.series_id is None:
        return ()
    query = work.select(Booking).where(
        Booking.series_id == booking.series_id, Booking.status.not_in((BookingStatus.HELD, BookingStatus.EXPIRED))
    )
    return tuple(
        Sibling(
            str(one.id),
            when(one.starts_at, place.zone, work.lang).text,
            translate(work.lang, THIS_ONE if one.id == booking.id else STATUS_TEXTS[one.status]),
            one.id == booking.id,
        )
        for one in work.all(query.order_by(Booking.starts_at, Booking.id))
    )


def _place_in(series: Sequence[Sibling], lang: str) -> str:
    number = next((place for place, one in enumerate(series, start=1) if one.here), 0)
    return translate(lang, ONE_OF_SERIES).format(number=number, all=len(series)) if number else ""


def _answers(work: Work, booking: Booking) -> list[AnswerRow]:
    query = work.select(Answer, FormField).join(
        FormField, (FormField.tenant_id == Answer.tenant_id) & (FormField.id == Answer.field_id)
    )
    found = work.all(query.where(Answer.booking_id == booking.id).order_by(FormField.position))
    return [
        AnswerRow(asked.label, _answer_text(work, answer.special_value or answer.value or ""), asked.special)
        for answer, asked in found
    ]


def _answer_text(work: Work, value: str) -> str:
    return translate(work.lang, YES_NO[value]) if value in YES_NO else value


def _concerns(work: Work, booking: Booking, zone: str) -> list[Concern]:
    if booking.customer_id is None:
        return []
    query = work.select(PrivacyCase).where(
        PrivacyCase.customer_id == booking.customer_id,
        PrivacyCase.status == "open",
        PrivacyCase.right.in_((Right.RESTRICTION, Right.OBJECTION)),
    )
    found = work.all(query.order_by(PrivacyCase.received_at))
    return [Concern(one.right.value, when(one.received_at, zone, work.lang).day_text) for one in found]
