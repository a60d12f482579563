"""Nobody blocks a calendar: limits on what one network and one address keep open at a time."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.bookings.moments import day_bounds
from smartcx_portal.bookings.occupied import NOTHING, OPEN_ENDED
from smartcx_portal.bookings.offer import Offer
from smartcx_portal.bookings.refusals import (
    TooManyHolds,
    TooManyHoldsOfDay,
    TooManyPending,
    TooManyUnmessaged,
    TooManyUnproven,
)
from smartcx_portal.kit.errors import TooMany
from smartcx_portal.kit.limits import limit
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.models.customer import Customer
from smartcx_portal.tenancy import Work

OPEN_PER_NETWORK = 10
SHARE_OF_DAY = 0.2
ALWAYS_ALLOWED_ON_A_DAY = 3
PENDING_PER_ADDRESS = 3
UNMESSAGED_PER_NETWORK = 20
"""An hour. Many people share the network of an office or a library; nobody proves anything for these."""


def check_network(work: Work, offer: Offer, day: date, *, leaving: Iterable[UUID] = ()) -> None:
    """Refuse one more hold when the caller's network keeps too many open, at all or on this local day.

    Holds and unconfirmed bookings count alike, a series once; `leaving` names bookings that the new hold replaces.
    Takes the network's lock, so that parallel tries are counted one after the other. Raises `TooManyHolds(OfDay)`.
    """
    if not work.network:
        return
    work.lock("network", work.network)
    query = _open(work, Booking.location_id, Booking.starts_at, Booking.id, Booking.series_id)
    query = query.where(Booking.network_key == work.network, Booking.id.not_in(list(leaving)))
    found = work.all(query)
    if len({series_id or booking_id for _, _, booking_id, series_id in found}) >= OPEN_PER_NETWORK:
        raise TooManyHolds
    begin, end = day_bounds(day, offer.zone)
    of_day = sum(place == offer.place.id and begin <= starts_at < end for place, starts_at, *_ in found)
    if of_day >= ALWAYS_ALLOWED_ON_A_DAY and of_day >= int(places(offer, day) * SHARE_OF_DAY):
        raise TooManyHoldsOfDay


def check_address(work: Work, *, email_key: str | None, phone_key: str | None) -> None:
    """Refuse one more unconfirmed booking for an address that has several, a series counted once.

    Raises `TooManyPending`.
    """
    address = Customer.email_key == email_key if email_key else Customer.phone_key == phone_key
    work.lock("address", email_key or phone_key)
    query = (
        _open(work, Booking.id)
        .with_only_columns(sa.func.coalesce(Booking.series_id, Booking.id))
        .distinct()
        .join(Customer, (Customer.tenant_id == Booking.tenant_id) & (Customer.id == Booking.customer_id))
        .where(Booking.status == BookingStatus.PENDING, address)
    )
    if work.count(query) >= PENDING_PER_ADDRESS:
        raise TooManyPending


def check_unmessaged(work: Work) -> None:
    """Count one booking that nobody has to confirm; refuse it when a network made too many (`TooManyUnmessaged`)."""
    if not work.network:
        return
    try:
        limit("unmessaged", f"{work.tenant}:{work.network}", f"{UNMESSAGED_PER_NETWORK} per hour")
    except TooMany:
        raise TooManyUnmessaged from None


def check_unproven(work: Work) -> None:
    """Count one booking whose address nobody has to confirm; refuse it when a network made too many.

    So nobody has our mails sent to many strangers. Raises `TooManyUnproven`.
    """
    if not work.network:
        return
    try:
        limit("unproven", f"{work.tenant}:{work.network}", f"{UNMESSAGED_PER_NETWORK} per hour")
    except TooMany:
        raise TooManyUnproven from None


def places(offer: Offer, day: date) -> int:
    """About how many appointments of this service fit into a whole local day with nothing booked."""
    wish = offer.wish
    span = wish.before_min + wish.duration_min + wish.after_min
    capacity = {one.id: one.capacity for one in offer.resources}
    lanes = offer.basket.seats * sum(
        capacity[one] for start in offer.starts(NOTHING, day, day) for one in start.resource_ids
    )
    return int(lanes * min(1.0, wish.step_min / span))


def _open(work: Work, *columns: Any) -> sa.Select[Any]:
    return work.select(*columns).where(Booking.status.in_(OPEN_ENDED), Booking.lapses_at > work.now)
