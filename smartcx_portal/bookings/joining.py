"""When two records are the same person: the address is verified on both, nobody else's, and the names agree."""

from datetime import datetime
from typing import Any

from smartcx_portal.bookings.entries import name_key
from smartcx_portal.models.base import Global, TenantOwned
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel
from smartcx_portal.models.privacy import PortalDraft
from smartcx_portal.models.staff import Session
from smartcx_portal.tenancy import Work


def verify(work: Work, booking: Booking, channel: Channel) -> Customer:
    """Note that the person of `booking` has proven their address, and join them with the one known before."""
    booking.customer_id = prove(work, work.get(Customer, booking.customer_id), channel).id
    return work.get(Customer, booking.customer_id)


def prove(work: Work, customer: Customer, channel: Channel) -> Customer:
    """Note that a person has proven their address; who they are from now on: themselves, or the one known before."""
    work.lock("address", customer.email_key if channel is Channel.EMAIL else customer.phone_key)
    if channel is Channel.EMAIL:
        customer.email_verified_at = work.now
    else:
        customer.phone_verified_at = work.now
    work.flush()
    known = _known(work, customer, channel)
    if known is None:
        return customer
    _join(work, customer, known)
    return known


def _known(work: Work, customer: Customer, channel: Channel) -> Customer | None:
    """The one other record with this verified address, if it has this name.

    At an address that several share, none: whoever reads its mail could come to another's data by their name.
    """
    query = work.select(Customer).where(Customer.id != customer.id)
    if channel is Channel.EMAIL:
        query = query.where(Customer.email_key == customer.email_key, Customer.email_verified_at.is_not(None))
    else:
        query = query.where(Customer.phone_key == customer.phone_key, Customer.phone_verified_at.is_not(None))
    others = work.all(query.limit(2))
    return others[0] if len(others) == 1 and name_key(others[0].name) == name_key(customer.name) else None


def _join(work: Work, duplicate: Customer, known: Customer) -> None:
    """Let everything that points at `duplicate` point at `known`, and take the duplicate away.

    Of what was typed and not sent, one is kept per page: the known one's. Who is signed in as the duplicate has proven
    nothing about the known one, and is signed out.
    """
    work.delete_where(Session, Session.customer_id == duplicate.id)
    work.delete_where(PortalDraft, PortalDraft.customer_id == duplicate.id)
    for model in _pointing_at_customers():
        column: Any = model.customer_id
        work.update_where(model, column == duplicate.id, customer_id=known.id)
    for contact in ("email", "phone"):
        _take_over(duplicate, known, contact)
    known.language = duplicate.language
    work.delete(duplicate)


def _take_over(duplicate: Customer, known: Customer, contact: str) -> None:
    """Fill in an address that was missing, and keep the later proof of one that both have; never replace one."""
    key, proof = f"{contact}_key", f"{contact}_verified_at"
    if getattr(known, key) is None:
        for name in (contact, key, proof):
            setattr(known, name, getattr(duplicate, name))
    elif getattr(known, key) == getattr(duplicate, key):
        setattr(known, proof, _later(getattr(known, proof), getattr(duplicate, proof)))


def _pointing_at_customers() -> list[Any]:
    """Every table that has a `customer_id`: read off the models, so that a new one is not forgotten."""
    owned = [*TenantOwned.__subclasses__(), *Global.__subclasses__()]
    return [model for model in owned if "customer_id" in model.__table__.columns]


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max(filter(None, (one, other)), default=None)
