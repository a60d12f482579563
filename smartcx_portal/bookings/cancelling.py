"""Calling an appointment off: by its person, by the staff with a reason, or because its person is erased."""

from collections.abc import Sequence
from uuid import UUID

from smartcx_portal.bookings.claiming import (
    days_claimed,
    lock_calendar,
    lock_days,
    release_claims,
    spans_of,
)
from smartcx_portal.bookings.entries import clean
from smartcx_portal.bookings.own import Appointment, appointment_view, check_changeable, own_booking
from smartcx_portal.bookings.promoting import pass_on
from smartcx_portal.bookings.telling import UNDO_WITHIN, announce, tell
from smartcx_portal.bookings.undoing import remember
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.models.booking import Booking, BookingStatus, Cancellation, CancelledBy
from smartcx_portal.models.calendar import Location
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Permission, Work

LONGEST_REASON = 500
REASON_MISSING = N_("Say why the appointment is cancelled; the person reads it.")
REASON_TOO_LONG = N_("Use at most 500 characters.")


def cancel_booking(work: Work, booking_id: str | UUID, reason: str, *, notify: bool = True) -> None:
    """Call an appointment off as staff. A second time changes nothing.

    Unless `notify` is off, the person is told by the way they chose, once it can't be undone any more. Raises
    `InvalidForm` without a reason, `AppointmentOver` for one that has begun.
    """
    work.need(Permission.BOOKINGS_CANCEL)
    booking = locked(work, as_id(str(booking_id)))
    why = _reason(reason)
    if not why:
        raise InvalidForm({"reason": REASON_MISSING})
    if booking.status is not BookingStatus.CANCELLED:
        check_changeable(work, booking, by_link=False)
        remember(work, booking)
        call_off(work, booking, CancelledBy.STAFF, why, telling=notify)


def cancel_by_link(work: Work, secret: str, reason: str = "") -> Appointment:
    """Call one's own appointment off within the deadline, also while the tenant is suspended.

    A second click changes nothing. Raises `TooLateOnline`, `AppointmentOver`, `LinkInvalid`.
    """
    return _cancel_own(work, locked(work, own_booking(work, secret).id), reason)


def cancel_own(work: Work, booking_id: str | UUID, reason: str = "") -> Appointment:
    """The same for a person who is signed in to the portal."""
    work.need(Permission.PERSON)
    booking = locked(work, as_id(str(booking_id)))
    if booking.customer_id is None or booking.customer_id != work.actor.customer_id:
        raise NotFound
    return _cancel_own(work, booking, reason)


def call_off(work: Work, booking: Booking, by: CancelledBy, reason: str = "", *, telling: bool = True) -> Cancellation:
    """End a booking that `locked` gave, and give its time back; the caller has checked that it may end.

    For an erasure pass `telling=False`: there will be nobody left to tell. What the staff call off can be undone for
    a minute: until then its message waits, and nobody else is offered the time by us.
    """
    spans = spans_of(work, booking.id)
    release_claims(work, booking.id)
    booking.status = BookingStatus.CANCELLED
    booking.sequence += 1
    booking.lapses_at = booking.holder_key = booking.network_key = None
    cancellation = work.new(Cancellation, booking_id=booking.id, by=by, at=work.now, reason=reason or None)
    work.audit("booking.cancelled", booking, by=by.value)
    by_staff = by is CancelledBy.STAFF
    if telling:
        tell(work, booking, Kind.BOOKING_CANCELLED, wait=UNDO_WITHIN if by_staff else None)
    announce(work, booking)
    pass_on(work, booking, spans, at_once=not by_staff)
    return cancellation


def locked(work: Work, booking_id: UUID) -> Booking:
    """The booking's row, locked after the days of its claims: whoever waits for a day holds no row that we need."""
    lock_days_of(work, [work.get(Booking, booking_id)])
    return work.get(Booking, booking_id, lock=True)


def lock_days_of(work: Work, bookings: Sequence[Booking]) -> None:
    """Hold all days on which these bookings have claims, in the one order, before any of their rows.

    And what can be booked, before that: freed time is offered to the waiting list by the rules as they are.
    """
    lock_calendar(work)
    zones = {one.location_id: work.get(Location, one.location_id).zone for one in bookings}
    lock_days(work, [day for one in bookings for day in days_claimed(work, one, zones[one.location_id])])


def _cancel_own(work: Work, booking: Booking, reason: str) -> Appointment:
    why = _reason(reason)
    if booking.status is not BookingStatus.CANCELLED:
        check_changeable(work, booking, by_link=True)
        call_off(work, booking, CancelledBy.PERSON, why)
    return appointment_view(work, booking)


def _reason(entered: str) -> str:
    text = clean(entered, lines=True)
    if len(text) > LONGEST_REASON:
        raise InvalidForm({"reason": REASON_TOO_LONG})
    return text
