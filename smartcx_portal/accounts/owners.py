"""Whom an address leads to, and which of them a booking code picks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.kit.contact import contact_key
from smartcx_portal.kit.tokens import same
from smartcx_portal.models.booking import Answer, Booking
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, OneTimeCode
from smartcx_portal.standing.addresses import address_key
from smartcx_portal.tenancy import Work


@dataclass(frozen=True, slots=True)
class Owner:
    """A person who gave an address. It is `confirmed` once they read what was sent to it."""

    customer_id: UUID
    confirmed: bool


def owners(work: Work, address: str) -> list[Owner]:
    """Who confirmed this very address, or gave it for an appointment that came about, oldest first.

    An address that was only typed, for an appointment that nobody confirmed, leads to nobody.
    """
    key = contact_key(address)
    column, proof = (
        (Customer.email_key, Customer.email_verified_at)
        if "@" in key
        else (Customer.phone_key, Customer.phone_verified_at)
    )
    agreed = (
        work.select(Booking.id)
        .where(Booking.customer_id == Customer.id, Booking.booked_at.is_not(None), Booking.code.is_not(None))
        .exists()
    )
    found = work.select(Customer.id, proof).where(column == key, sa.or_(proof.is_not(None), agreed))
    return [Owner(one, at is not None) for one, at in work.all(found.order_by(Customer.created_at, Customer.id))]


def owners_of_code(work: Work, code: OneTimeCode) -> list[Owner]:
    """Who stands behind a code's address, read again: they may have gone or changed it since the code was sent."""
    customer = work.find(Customer, code.customer_id)
    if customer is None:
        return []
    address = _address_at(customer, code)
    if not address or address_key(work.tenant, address) != code.address_key:
        return []
    return owners(work, address)


def _address_at(customer: Customer, code: OneTimeCode) -> str | None:
    """The normalised address of the code's kind that is stored for this person now."""
    return customer.email_key if code.channel is Channel.EMAIL else customer.phone_key


def needs_booking_code(work: Work, customer: Customer) -> bool:
    """Tier T3+: special categories are stored, or the address leads to several people who confirmed it."""
    return bool(_protected_since(work, [customer.id])) or any(
        sum(one.confirmed for one in owners(work, address)) > 1
        for address in (customer.email_key, customer.phone_key)
        if address
    )


def picked(work: Work, people: Sequence[UUID], booking_code: str) -> UUID | None:
    """Whose booking carries the code. It opens no special categories that were there before it (see `opens`)."""
    wanted = plain(booking_code)
    rows = work.all(work.select(Booking).where(Booking.customer_id.in_(people)))
    carrying = [one for one in rows if one.code and same(plain(one.code), wanted)]
    found = {one.customer_id for one in carrying if opens(work, one)}
    return found.pop() if len(found) == 1 else None


def opens(work: Work, booking: Booking) -> bool:
    """Whether the code of `booking` proves its person beside a fresh one.

    Not where it is younger than the first stored special category: whoever reads the person's mail can book in their
    name, and would get a code of their own making.
    """
    since = _protected_since(work, [booking.customer_id]).get(booking.customer_id)
    return since is None or booking.created_at <= since


def _protected_since(work: Work, people: Sequence[UUID | None]) -> dict[UUID | None, datetime]:
    """When the first appointment with special categories still stored was made (aware UTC), for those who have any."""
    made = (
        work.select(Booking.customer_id, Booking.created_at)
        .join(Answer, (Booking.tenant_id == Answer.tenant_id) & (Booking.id == Answer.booking_id))
        .where(Booking.customer_id.in_(people), Answer.special_value.is_not(None))
        .order_by(Booking.created_at.desc())
    )
    return dict(work.all(made))


def plain(booking_code: str) -> str:
    """A booking code as it is compared: however it was written."""
    return "".join(booking_code.replace("-", " ").split()).upper()
