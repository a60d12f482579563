"""Telling a person about an appointment, by the way that was chosen and as long as the consent holds."""

from datetime import datetime

from smartcx_portal.kit.clock import local_day
from smartcx_portal.messaging.outbox import post
from smartcx_portal.models.booking import Booking, Confirming
from smartcx_portal.models.calendar import Location
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, Message
from smartcx_portal.standing.consents import holds
from smartcx_portal.standing.kinds import CONSENTS, Kind
from smartcx_portal.tenancy import Work

ROADS = {Confirming.EMAIL: Channel.EMAIL, Confirming.SMS: Channel.SMS}


def tell(work: Work, booking: Booking, kind: Kind) -> Message | None:
    """Post a message about `booking`; None where no message was wanted, or the consent is gone."""
    customer = work.find(Customer, booking.customer_id)
    channel = ROADS.get(booking.confirming) if booking.confirming else None
    if customer is None or channel is None:
        return None
    to = customer.email if channel is Channel.EMAIL else customer.phone
    if not to or not all(holds(work, customer.id, purpose) for purpose in CONSENTS[channel]):
        return None
    return post(work, kind, channel, to, language=booking.language, customer_id=customer.id, booking_id=booking.id)


def announce(work: Work, booking: Booking, *, before: datetime | None = None) -> None:
    """Let open pages of the staff know which local day has changed; `before` is where a moved one was."""
    zone = work.get(Location, booking.location_id).zone
    for day in sorted({local_day(one, zone) for one in (booking.starts_at, before) if one}):
        work.notify("bookings", f"{work.tenant} {day}")
