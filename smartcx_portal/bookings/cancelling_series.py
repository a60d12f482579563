"""Calling off all appointments that were booked in one go."""

from contextlib import suppress

from smartcx_portal.bookings.cancelling import call_off, cancel_by_link, lock_days_of
from smartcx_portal.bookings.own import Appointment, check_changeable, own_booking
from smartcx_portal.bookings.refusals import AlreadyCancelled, AppointmentOver, TooLateOnline
from smartcx_portal.messaging.visits import series_of
from smartcx_portal.models.booking import Booking, CancelledBy
from smartcx_portal.tenancy import Work


def cancel_series_by_link(work: Work, secret: str, reason: str = "") -> Appointment:
    """Call off one's own appointment and all coming ones of its series; one message tells of all.

    Those that can no longer be changed online stay. Raises as `cancel_by_link`.
    """
    booking = own_booking(work, secret)
    others = [one for one in series_of(work, booking) if one.id != booking.id]
    lock_days_of(work, [booking, *others])
    cancelled = cancel_by_link(work, secret, reason)
    for one in others:
        fresh = work.get(Booking, one.id, lock=True)
        with suppress(AlreadyCancelled, AppointmentOver, TooLateOnline):
            check_changeable(work, fresh, by_link=True)
            call_off(work, fresh, CancelledBy.PERSON, telling=False)
    return cancelled
