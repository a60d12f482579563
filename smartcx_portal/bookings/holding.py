"""Holding a time while somebody types: for ten minutes, extendable, until a clock time that the page shows."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from smartcx_portal.bookings.catalogue import bookable_service
from smartcx_portal.bookings.claiming import NoLane, claim_one_of, days_claimed, release_claims
from smartcx_portal.bookings.drafts import (
    EXTENSIONS,
    HOLD_TIME,
    HoldView,
    choose_service,
    hold_view,
    is_lapsed,
    make_draft,
    own_draft,
    own_hold_id,
    touch,
)
from smartcx_portal.bookings.fairness import check_network
from smartcx_portal.bookings.moments import as_moment
from smartcx_portal.bookings.offer import Offer, least_loaded, offer_of, taken_on
from smartcx_portal.bookings.offering import nearest_free
from smartcx_portal.bookings.refusals import (
    HoldLapsed,
    NoMoreTime,
    NothingHeld,
    NotOffered,
    SlotTaken,
)
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.ids import as_id
from smartcx_portal.models.booking import Booking, BookingStatus, Draft
from smartcx_portal.tenancy import Work
from smartcx_portal.tenancy.suspension import require_open


def hold(
    work: Work, service_id: str | UUID, starts_at: str | datetime, resource_id: str | UUID | None = None
) -> HoldView:
    """Hold a free time for this tab; what the tab held before is given back in the same step.

    Raises `SlotTaken` (with the nearest free times), `NotOffered` for a time that no rule offers, `NoLongerOffered`,
    `BookingPaused`, `TooManyHolds` and `TooManyHoldsOfDay`.
    """
    require_open(work)
    service = bookable_service(work, service_id)
    moment = as_moment(starts_at)
    named = as_id(str(resource_id)) if resource_id else None
    offer = offer_of(work, service, resource_id=named)
    work.lock("tab", work.tab)
    draft = make_draft(work)
    old = _held(work)
    check_network(work, offer, local_day(moment, offer.zone), leaving=[one.id for one in old])
    candidates = candidates_for(work, offer, moment, ignoring=[one.id for one in old])
    leaving = [day for one in old for day in days_claimed(work, one, offer.zone)]
    try:
        if not candidates:
            raise NoLane
        booking = claim_one_of(
            work, offer, moment, candidates, _making(work, offer, moment, draft, old), leaving=leaving
        )
    except NoLane:
        raise SlotTaken(nearest_free(work, service.id, moment, resource_id=named)) from None
    return hold_view(work, booking)


def hold_again(work: Work) -> HoldView:
    """Hold the time of this tab's lapsed hold once more, if it is still free. Raises as `hold`, or `NothingHeld`."""
    booking = _own(work)
    if not is_lapsed(booking, work):
        return hold_view(work, booking)
    if booking.confirming is not None:
        raise NothingHeld
    return hold(work, booking.service_id, booking.starts_at)


def extend_hold(work: Work) -> HoldView:
    """Give the person ten more minutes, a dozen times at most and never beyond the time that is held.

    Raises `HoldLapsed`, `NoMoreTime`, `NothingHeld`.
    """
    booking = _own(work, lock=True)
    if is_lapsed(booking, work):
        raise HoldLapsed
    if booking.status is not BookingStatus.HELD or booking.lapses_at is None:
        raise NothingHeld
    if booking.extensions >= EXTENSIONS or booking.lapses_at >= booking.starts_at:
        raise NoMoreTime(until=hold_view(work, booking).until)
    booking.lapses_at = min(booking.lapses_at + HOLD_TIME, booking.starts_at)
    booking.extensions += 1
    draft = own_draft(work)
    if draft:
        touch(work, draft)
    return hold_view(work, booking)


def release_hold(work: Work) -> None:
    """Give back the time that this tab holds, if it holds one; what was typed stays."""
    work.lock("tab", work.tab)
    for booking in _held(work):
        _give_up(work, booking)


def candidates_for(
    work: Work, offer: Offer, moment: datetime, *, ignoring: list[UUID], prefer: UUID | None = None
) -> list[UUID]:
    """The resources that are free at `moment`, the best first; empty when all are taken.

    Raises `NotOffered` when the rules do not offer this moment at all.
    """
    day = local_day(moment, offer.zone)
    if offer.start_at([], moment) is None:
        raise NotOffered
    taken = taken_on(work, offer, day, day, ignoring=ignoring)
    start = offer.start_at(taken, moment)
    return least_loaded(offer, start, taken, prefer) if start else []


def _making(work: Work, offer: Offer, moment: datetime, draft: Draft, old: list[Booking]) -> Callable[[UUID], Booking]:
    """What makes the held booking on a resource, after the tab's old hold is given back."""

    def make(resource_id: UUID) -> Booking:
        draft.booking_id = None
        for one in old:
            _give_up(work, one)
        booking = work.new(
            Booking,
            location_id=offer.place.id,
            service_id=offer.service.id,
            resource_id=resource_id,
            status=BookingStatus.HELD,
            starts_at=moment,
            ends_at=moment + offer.length,
            lapses_at=min(work.now + HOLD_TIME, moment),
            holder_key=work.tab,
            network_key=work.network or None,
            language=work.lang,
            created_at=work.now,
        )
        choose_service(work, draft, offer.service)
        draft.booking_id = booking.id
        touch(work, draft)
        return booking

    return make


def _held(work: Work) -> list[Booking]:
    """What this tab holds, lapsed or not."""
    return [work.get(Booking, one) for one in own_hold_id(work)]


def _own(work: Work, *, lock: bool = False) -> Booking:
    """The booking of this tab's draft. Raises `NothingHeld`."""
    draft = own_draft(work)
    booking = work.find(Booking, draft.booking_id, lock=lock) if draft else None
    if booking is None:
        raise NothingHeld
    return booking


def _give_up(work: Work, booking: Booking) -> None:
    """Take a hold away as if it had never been: nothing was booked by it."""
    release_claims(work, booking.id)
    work.update_where(Draft, Draft.booking_id == booking.id, booking_id=None)
    work.delete_where(Booking, Booking.id == booking.id, Booking.status == BookingStatus.HELD)
