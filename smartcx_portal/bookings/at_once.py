"""Booking a time and entering who comes in one step, for those who have all of it at hand.

The rules are those of holding and submitting, and so are the functions; only the hold between them is left out.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from smartcx_portal.bookings.basket import Basket, keep_parts, read_basket
from smartcx_portal.bookings.claiming import NoLane, claim_for, lock_calendar
from smartcx_portal.bookings.drafts import choose_services, make_draft
from smartcx_portal.bookings.entries import known_names
from smartcx_portal.bookings.fairness import check_network
from smartcx_portal.bookings.offer import Offer, offer_of
from smartcx_portal.bookings.offering import nearest_of
from smartcx_portal.bookings.refusals import SlotTaken, UnknownEntry
from smartcx_portal.bookings.submitting import (
    Asked,
    asked_for,
    go_on,
    new_customer,
    pending_until,
    record_consents,
    write_person,
)
from smartcx_portal.bookings.teams import candidates_for
from smartcx_portal.kit.clock import local_day
from smartcx_portal.models.booking import Booking, BookingStatus, Origin
from smartcx_portal.models.customer import Customer
from smartcx_portal.tenancy import Work
from smartcx_portal.tenancy.suspension import require_open

NEARBY = (7,)
"""Days on both sides of a taken time in which others are looked for: one search, since many may ask at a time."""


class Booked(NamedTuple):
    """What was made, and what it is for: the reply tells of both."""

    booking: Booking
    basket: Basket


def book_at_once(
    work: Work,
    services: str,
    moment: datetime,
    entered: Mapping[str, Any],
    resource_id: UUID | None = None,
    *,
    way: str = "",
    places: int = 1,
    origin: Origin = Origin.API,
) -> Booked:
    """Book `moment` (aware UTC) with the entries of the form: confirmed, or pending until it is confirmed.

    A pending one hangs on the caller's tab, as one that was held does. Raises as `holding.hold` and
    `submitting.submit`; `UnknownEntry` for one that the form does not have.
    """
    require_open(work)
    lock_calendar(work)
    basket = read_basket(work, services, way=way, places=places)
    asked = asked_for(work, basket, entered)
    if not entered.keys() <= known_names(asked.fields):
        raise UnknownEntry
    offer = offer_of(work, basket, resource_id=resource_id)
    if not asked.certain:  # what is certain keeps nothing open; `go_on` counts it in its own way
        check_network(work, offer, local_day(moment, offer.zone))
    candidates = candidates_for(work, offer, moment)
    try:
        if not candidates:
            raise NoLane
        customer = new_customer(work, asked, [moment])
        booking = claim_for(work, offer, moment, candidates, _Making(work, offer, moment, customer, asked, origin))
    except NoLane:
        raise SlotTaken(nearest_of(work, offer, moment, reaches=NEARBY)) from None
    _adopt(work, offer, booking)
    record_consents(work, booking, customer, asked.entries)
    work.audit("booking.submitted", booking, confirming=asked.entries.confirming.value)
    go_on(work, booking, [booking], asked)
    if booking.status is BookingStatus.PENDING:
        _remember(work, booking, asked)
    return Booked(booking, basket)


def _adopt(work: Work, offer: Offer, booking: Booking) -> None:
    """The reply tells where and by whom: rows that the offer knows."""
    work.adopt(offer.place)
    for one in offer.resources:
        if one.id == booking.resource_id:
            work.adopt(one)


class _Making:
    """Makes the booking on a resource, with all that is known of its person, in the state that `go_on` leads to."""

    def __init__(
        self, work: Work, offer: Offer, moment: datetime, customer: Customer, asked: Asked, origin: Origin
    ) -> None:
        self.work, self.offer, self.moment = work, offer, moment
        self.customer, self.asked, self.origin = customer, asked, origin

    def __call__(self, resource_id: UUID) -> Booking:
        work, basket, certain = self.work, self.offer.basket, self.asked.certain
        booking = Booking(
            tenant_id=work.tenant,
            location_id=self.offer.place.id,
            service_id=basket.service.id,
            resource_id=resource_id,
            status=BookingStatus.CONFIRMED if certain else BookingStatus.PENDING,
            origin=self.origin,
            way=basket.way,
            places=basket.places,
            starts_at=self.moment,
            ends_at=self.moment + self.offer.length,
            lapses_at=None if certain else pending_until(work.now, self.moment),
            holder_key=None if certain else work.tab,
            network_key=None if certain else work.network,
            created_at=work.now,
            booked_at=work.now if certain else None,
        )
        write_person(work, booking, self.customer, self.asked)
        keep_parts(work, booking, basket)
        return booking


def _remember(work: Work, booking: Booking, asked: Asked) -> None:
    """The draft by which the caller finds the booking while it waits for its confirmation."""
    if work.tab:
        draft = make_draft(work)
        choose_services(work, draft, asked.basket)
        draft.booking_id = booking.id
        work.flush()
