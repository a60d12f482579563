"""Clara's booking, the demo's mailbox, and jobs that run at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from smartcx_portal.messaging.outbox import post
from smartcx_portal.models.booking import Booking, BookingStatus, Confirming
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, Message
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.standing.consents import give
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Work
from tests.cast import CLARA, Cast


@dataclass(frozen=True)
class Scene:
    """Ids of Clara and her appointment on Monday, 23 November 2026, 10:00 in Berlin."""

    customer: UUID
    booking: UUID


def claras_booking(
    cast: Cast,
    *,
    status: BookingStatus = BookingStatus.CONFIRMED,
    consents: Iterable[ConsentPurpose] = (ConsentPurpose.MAIL,),
) -> Scene:
    """A booking at Bürgeramt Musterstadt with the given consents."""
    with cast.as_visitor() as work:
        customer = new_clara(work)
        booking = work.new(
            Booking,
            location_id=cast.town.location,
            service_id=cast.town.service,
            resource_id=cast.town.counters[0],
            customer_id=customer.id,
            status=status,
            confirming=Confirming.EMAIL,
            code="K7QM2X",
            starts_at=work.now + timedelta(days=1),
            ends_at=work.now + timedelta(days=1, minutes=20),
            lapses_at=work.now + timedelta(hours=1) if status is BookingStatus.PENDING else None,
            created_at=work.now,
        )
        for purpose in consents:
            give(work, customer.id, purpose, booking_id=booking.id, language="de", channel="booking_form")
        return Scene(customer.id, booking.id)


def new_clara(work: Work, **other: object) -> Customer:
    """Clara with a confirmed address and number, or as `other` says."""
    facts = {
        "name": CLARA["name"],
        "email": CLARA["email"],
        "email_key": CLARA["email"],
        "email_verified_at": work.now,
        "phone": CLARA["phone"],
        "phone_key": "+492151555123",
        "phone_verified_at": work.now,
        "created_at": work.now,
    }
    return work.new(Customer, **(facts | other))


def post_about(
    cast: Cast,
    scene: Scene,
    kind: Kind = Kind.BOOKING_BOOKED,
    channel: Channel = Channel.EMAIL,
    *,
    language: str = "de",
) -> UUID:
    """Put a message about Clara's booking into the outbox."""
    to = CLARA["email"] if channel is Channel.EMAIL else CLARA["phone"]
    with cast.as_visitor() as work:
        ids = {"customer_id": scene.customer, "booking_id": scene.booking}
        return post(work, kind, channel, to, language=language, **ids).id


def message(cast: Cast, message_id: UUID) -> Message:
    """The message's row as it is now."""
    with cast.as_job() as work:
        return work.get(Message, message_id)
