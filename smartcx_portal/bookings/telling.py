"""Telling a person about an appointment, by the way that was chosen and as long as the consent holds."""

from datetime import datetime, timedelta
from uuid import UUID

from smartcx_portal.kit.clock import local_day
from smartcx_portal.messaging.outbox import post
from smartcx_portal.models.booking import Booking, BookingStatus, Confirming
from smartcx_portal.models.calendar import Location
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, Message, MessageStatus
from smartcx_portal.standing.consents import holds
from smartcx_portal.standing.kinds import CONSENTS, Kind
from smartcx_portal.tenancy import Work

UNDO_WITHIN = timedelta(seconds=60)
"""How long what the staff did to a booking can be undone; as long its message waits."""
ROADS = {Confirming.EMAIL: Channel.EMAIL, Confirming.SMS: Channel.SMS}


def tell(
    work: Work,
    booking: Booking,
    kind: Kind,
    *,
    wait: timedelta | None = None,
    before: datetime | None = None,
) -> Message | None:
    """Post a message about `booking`; None where no message was wanted, or the consent is gone.

    With `wait` it leaves later and takes the place of those that still wait. `before` is when a moved appointment
    was to begin.
    """
    customer = work.find(Customer, booking.customer_id)
    channel = ROADS.get(booking.confirming) if booking.confirming else None
    if customer is None or channel is None:
        return None
    to = customer.email if channel is Channel.EMAIL else customer.phone
    if not to or not all(holds(work, customer.id, purpose) for purpose in CONSENTS[channel]):
        return None
    if wait:
        before = overtake(work, booking) or before
    return post(
        work,
        kind,
        channel,
        to,
        language=booking.language,
        customer_id=customer.id,
        booking_id=booking.id,
        before=before,
        not_before=work.now + wait if wait else None,
    )


def overtake(work: Work, booking: Booking) -> datetime | None:
    """Let waiting messages about a booking never leave: the newest says it all. What the first called the old time."""
    waiting = (Message.booking_id == booking.id, Message.status == MessageStatus.QUEUED, Message.not_before > work.now)
    first = work.first(work.select(Message.before).where(*waiting, Message.before.is_not(None)).order_by(Message.id))
    work.update_where(Message, *waiting, status=MessageStatus.SUPPRESSED)
    return first


def tell_from_now_on(work: Work, customer_id: UUID, way: Confirming) -> int:
    """Let messages about coming appointments take this way where none was wanted; how many appointments there were.

    The caller has recorded the consent.
    """
    coming = (Booking.customer_id == customer_id, Booking.status == BookingStatus.CONFIRMED)
    unmessaged = (Booking.starts_at > work.now, Booking.confirming == Confirming.NONE)
    return work.update_where(Booking, *coming, *unmessaged, confirming=way)


def writes_to_unproven(work: Work, booking: Booking) -> bool:
    """Whether messages about `booking` go to an address of which nobody has shown that it is theirs."""
    customer = work.find(Customer, booking.customer_id)
    if customer is None or booking.confirming not in ROADS:
        return False
    by_mail = booking.confirming is Confirming.EMAIL
    return (customer.email_verified_at if by_mail else customer.phone_verified_at) is None


def announce(work: Work, booking: Booking, *, before: datetime | None = None) -> None:
    """Let open pages of the staff know which local day has changed; `before` is where a moved one was."""
    zone = work.get(Location, booking.location_id).zone
    for day in sorted({local_day(one, zone) for one in (booking.starts_at, before) if one}):
        work.notify("bookings", f"{work.tenant} {day}")
