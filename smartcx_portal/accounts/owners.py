"""Whom an address leads to, and which of them a booking code picks."""

from collections.abc import Sequence
from dataclasses import dataclass
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
    special = (
        work.select(Answer)
        .join(Booking, (Booking.tenant_id == Answer.tenant_id) & (Booking.id == Answer.booking_id))
        .where(Booking.customer_id == customer.id, Answer.special_value.is_not(None))
    )
    return work.first(special) is not None or any(
        sum(one.confirmed for one in owners(work, address)) > 1
        for address in (customer.email_key, customer.phone_key)
        if address
    )


def picked(work: Work, people: Sequence[UUID], booking_code: str) -> UUID | None:
    """Whose booking carries the code."""
    wanted = plain(booking_code)
    rows = work.all(work.select(Booking.customer_id, Booking.code).where(Booking.customer_id.in_(people)))
    found = {customer for customer, code in rows if code and same(plain(code), wanted)}
    return found.pop() if len(found) == 1 else None


def plain(booking_code: str) -> str:
    """A booking code as it is compared: however it was written."""
    return "".join(booking_code.replace("-", " ").split()).upper()
