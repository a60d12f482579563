"""All appointments of the person who is signed in: those to come, and the earlier ones a page at a time."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.messaging.links import booking_secret
from smartcx_portal.messaging.visits import visit_of
from smartcx_portal.models.booking import Attendee, Booking, BookingStatus
from smartcx_portal.tenancy import Permission, Work

COMING = (BookingStatus.PENDING, BookingStatus.CONFIRMED)
MOST = 20
"""Appointments that one answer holds."""


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One appointment in a list. `secret` opens its page; `who` is filled where it was booked for somebody else."""

    id: str
    when: str
    service: str
    place: str
    code: str
    who: str
    cancelled: bool
    secret: str


@dataclass(frozen=True, slots=True)
class OwnLines:
    """A part of a list, and whether there is more behind it."""

    lines: list[OwnLine]
    more: bool


def own_appointments(work: Work, *, coming: bool, start: int = 0, most: int = MOST) -> OwnLines:
    """The signed-in person's booked appointments from the `start`-th on: those to come, the next one first; or else
    all others, cancelled ones among them, the latest first. What was never confirmed is no appointment.
    """
    work.need(Permission.PERSON)
    order = (Booking.starts_at, Booking.id) if coming else (Booking.starts_at.desc(), Booking.id)
    query = work.select(Booking).where(
        Booking.customer_id == work.actor.customer_id,
        Booking.booked_at.is_not(None),
        is_coming(work) if coming else ~is_coming(work),
    )
    found = work.all(query.order_by(*order).offset(max(start, 0)).limit(most + 1))
    names = _attendees(work, found[:most])
    return OwnLines([_line(work, one, names.get(one.id, "")) for one in found[:most]], len(found) > most)


def is_coming(work: Work) -> ColumnElement[bool]:
    """What makes an appointment one to come: booked or to be confirmed, and not begun."""
    return Booking.status.in_(COMING) & (Booking.starts_at > work.now)


def _attendees(work: Work, bookings: Any) -> dict[Any, str]:
    ids = [one.id for one in bookings]
    return dict(work.all(work.select(Attendee.booking_id, Attendee.name).where(Attendee.booking_id.in_(ids))))


def _line(work: Work, booking: Booking, who: str) -> OwnLine:
    visit = visit_of(work, booking)
    return OwnLine(
        id=str(booking.id),
        when=moment_text(booking.starts_at, visit.location.zone, work.lang),
        service=visit.what,
        place=visit.place(work.lang),
        code=booking.code or "",
        who=who,
        cancelled=booking.status is BookingStatus.CANCELLED,
        secret=booking_secret(booking),
    )
