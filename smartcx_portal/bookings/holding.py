"""Holding a time while somebody types: for ten minutes, extendable, until a clock time that the page shows."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.basket import Basket, basket_of, keep_parts, read_basket
from smartcx_portal.bookings.claiming import NoLane, Team, claim_for, days_claimed, lock_calendar, release_claims
from smartcx_portal.bookings.drafts import (
    EXTENSIONS,
    HOLD_TIME,
    HoldView,
    choose_services,
    hold_view,
    is_lapsed,
    make_draft,
    own_draft,
    own_hold_id,
    series_of,
    touch,
)
from smartcx_portal.bookings.fairness import check_network
from smartcx_portal.bookings.moments import as_moment
from smartcx_portal.bookings.offer import Offer, offer_of
from smartcx_portal.bookings.offering import nearest_of
from smartcx_portal.bookings.opening import moment_of
from smartcx_portal.bookings.promoting import withdraw
from smartcx_portal.bookings.refusals import (
    HoldLapsed,
    NoMoreTime,
    NothingHeld,
    NotOffered,
    SlotTaken,
)
from smartcx_portal.bookings.teams import candidates_for
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.ids import as_id, new_id
from smartcx_portal.kit.language import N_
from smartcx_portal.models.booking import Booking, BookingPart, BookingStatus, Draft, Origin
from smartcx_portal.tenancy import Work
from smartcx_portal.tenancy.suspension import require_open

MOST_WEEKS = 12
"""How far apart the appointments of a series may be."""
NOT_SO_OFTEN = N_("So many appointments cannot be booked in one go here.")
NOT_SO_FAR = N_("Choose a number of weeks from 1 to 12.")


def hold(
    work: Work,
    services: str | UUID | Basket,
    starts_at: str | datetime,
    resource_id: str | UUID | None = None,
    *,
    way: str = "",
    places: int | str = 1,
    repeats: int = 1,
    every_weeks: int = 1,
    origin: Origin = Origin.ONLINE,
) -> HoldView:
    """Hold a free time for this tab; what the tab held before is given back in the same step.

    With `repeats` a series at the same local time, `every_weeks` apart: the first must be free, of the others those
    that fit are held and the rest is told as `HoldView.missed`. Raises `SlotTaken` (with the nearest free times),
    `NotOffered` for a time that no rule offers, `NoLongerOffered`, `InvalidForm`, `BookingPaused`, `TooManyHolds` and
    `TooManyHoldsOfDay`.
    """
    require_open(work)
    lock_calendar(work)
    basket = read_basket(work, services, way=way, places=places)
    _check_series(basket, repeats, every_weeks)
    moment = as_moment(starts_at)
    named = as_id(str(resource_id)) if resource_id else None
    offer = offer_of(work, basket, resource_id=named)
    work.lock("tab", work.tab)
    draft = make_draft(work)
    old = _held(work)
    check_network(work, offer, local_day(moment, offer.zone), leaving=[one.id for one in old])
    holding = _Holding(work, offer, draft, origin)
    try:
        booking = holding.first(moment, old, series=repeats > 1)
    except NoLane:
        raise SlotTaken(nearest_of(work, offer, moment)) from None
    missed = holding.others(booking, moment, repeats, every_weeks)
    _note(draft, basket, named, repeats, every_weeks, missed)
    touch(work, draft)
    return hold_view(work, booking)


def hold_again(work: Work) -> HoldView:
    """Hold the time of this tab's lapsed hold once more, if it is still free. Raises as `hold`, or `NothingHeld`."""
    booking = _own(work)
    if not is_lapsed(booking, work):
        return hold_view(work, booking)
    if booking.confirming is not None:
        raise NothingHeld
    draft = own_draft(work)
    chosen = draft.chosen if draft else {}
    return hold(
        work,
        basket_of(work, booking),
        booking.starts_at,
        chosen.get("resource") or None,
        repeats=int(chosen.get("repeats", 1)),
        every_weeks=int(chosen.get("every_weeks", 1)),
        origin=Origin.ONLINE if booking.origin is Origin.WAITLIST else booking.origin,
    )


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
    until = min(booking.lapses_at + HOLD_TIME, booking.starts_at)
    for one in series_of(work, booking):
        one.lapses_at = until
        one.extensions += 1
    draft = own_draft(work)
    if draft:
        touch(work, draft)
    return hold_view(work, booking)


def release_hold(work: Work) -> None:
    """Give back the time that this tab holds, if it holds one; what was typed stays."""
    work.lock("tab", work.tab)
    for booking in _held(work):
        _give_up(work, booking)


class _Holding:
    """Holds times of one offer for one draft."""

    def __init__(self, work: Work, offer: Offer, draft: Draft, origin: Origin) -> None:
        self.work, self.offer, self.draft, self.origin = work, offer, draft, origin

    def first(self, moment: datetime, old: list[Booking], *, series: bool) -> Booking:
        """The time that was chosen; the tab's old holds go in the same step. Raises `NoLane`, `NotOffered`."""
        work = self.work
        candidates = candidates_for(work, self.offer, moment, ignoring=[one.id for one in old])
        leaving = [day for one in old for day in days_claimed(work, one, self.offer.zone)]
        series_id = new_id() if series else None

        def make(resource_id: UUID) -> Booking:
            self.draft.booking_id = None
            for one in old:
                _give_up(work, one)
            booking = self._new(moment, resource_id, series_id, self._until(moment))
            choose_services(work, self.draft, self.offer.basket)
            self.draft.booking_id = booking.id
            touch(work, self.draft)
            return booking

        return self._claim(moment, candidates, make, leaving)

    def others(self, first: Booking, moment: datetime, repeats: int, every_weeks: int) -> list[list[str]]:
        """Hold the rest of a series; the moments that do not fit, each with the reason's key."""
        missed = []
        for number in range(1, repeats):
            later = weeks_after(moment, number * every_weeks, self.offer.zone)
            try:
                candidates = candidates_for(self.work, self.offer, later, prefer=first.resource_id)
                self._claim(later, candidates, self._making(later, first), [])
            except NotOffered:
                missed.append([later.isoformat(), "closed"])
            except NoLane:
                missed.append([later.isoformat(), "taken"])
        return missed

    def _claim(
        self, moment: datetime, candidates: list[Team], make: Callable[[UUID], Booking], leaving: Iterable[Any]
    ) -> Booking:
        if not candidates:
            raise NoLane
        return claim_for(self.work, self.offer, moment, candidates, make, leaving=leaving)

    def _making(self, moment: datetime, first: Booking) -> Callable[[UUID], Booking]:
        return lambda resource_id: self._new(moment, resource_id, first.series_id, first.lapses_at)

    def _until(self, moment: datetime) -> datetime:
        return min(self.work.now + HOLD_TIME, moment)

    def _new(self, moment: datetime, resource_id: UUID, series_id: UUID | None, until: datetime | None) -> Booking:
        work, basket = self.work, self.offer.basket
        booking = work.new(
            Booking,
            location_id=self.offer.place.id,
            service_id=basket.service.id,
            resource_id=resource_id,
            series_id=series_id,
            status=BookingStatus.HELD,
            origin=self.origin,
            way=basket.way,
            places=basket.places,
            starts_at=moment,
            ends_at=moment + self.offer.length,
            lapses_at=until,
            holder_key=work.tab,
            network_key=work.network or None,
            language=work.lang,
            created_at=work.now,
        )
        keep_parts(work, booking, basket)
        return booking


def weeks_after(moment: datetime, weeks: int, zone: str) -> datetime:
    """The same local time some weeks later, in UTC; within a spring gap the moment after it."""
    place = ZoneInfo(zone)
    local = moment.astimezone(place)
    return moment_of(local.replace(tzinfo=None, fold=0) + timedelta(weeks=weeks), place)


def _check_series(basket: Basket, repeats: int, every_weeks: int) -> None:
    problems = {}
    if not 1 <= repeats <= min(one.most_repeats for one in basket.services):
        problems["repeats"] = NOT_SO_OFTEN
    if not 1 <= every_weeks <= MOST_WEEKS:
        problems["every_weeks"] = NOT_SO_FAR
    if problems:
        raise InvalidForm(problems)


def _note(
    draft: Draft, basket: Basket, named: UUID | None, repeats: int, every_weeks: int, missed: list[list[str]]
) -> None:
    """Keep in the draft what was chosen beside the time, for a reload and for holding again."""
    draft.chosen = {
        "services": basket.text,
        "way": basket.way.value,
        "places": basket.places,
        "resource": str(named or ""),
        "repeats": repeats,
        "every_weeks": every_weeks,
        "missed": missed,
    }


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
    """Take a hold away as if it had never been: nothing was booked by it.

    One that was offered to a person in the waiting list stays known: that person waits on.
    """
    work.update_where(Draft, Draft.booking_id == booking.id, booking_id=None)
    if booking.origin is Origin.WAITLIST:
        withdraw(work, work.get(Booking, booking.id, lock=True))
        return
    release_claims(work, booking.id)
    held = work.select(Booking.id).where(Booking.id == booking.id, Booking.status == BookingStatus.HELD)
    work.delete_where(BookingPart, BookingPart.booking_id.in_(held))
    work.delete_where(Booking, Booking.id == booking.id, Booking.status == BookingStatus.HELD)
