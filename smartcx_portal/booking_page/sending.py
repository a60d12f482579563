"""The code of a booking that is confirmed by SMS."""

from uuid import UUID

from smartcx_portal.accounts.codes import send_code
from smartcx_portal.bookings.submitting import Submitted
from smartcx_portal.models.messaging import Channel, CodeUse
from smartcx_portal.tenancy import Work


def send_booking_code(work: Work, done: Submitted) -> None:
    """Send the code that confirms a pending booking to the number that was entered. Raises `TooManyCodes`."""
    send_code(
        work,
        CodeUse.BOOKING,
        Channel.SMS,
        done.phone,
        customer_id=UUID(done.customer_id),
        booking_id=UUID(done.booking_id),
    )
