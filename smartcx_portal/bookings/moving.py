"""Moving an appointment: the old time stays until the new one is certain, both in one transaction."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from smartcx_portal.bookings.basket import basket_of
from smartcx_portal.bookings.claiming import (
    NoLane,
    Team,
    claim_for,
    days_claimed,
    lock_calendar,
    release_claims,
    spans_of,
)
from smartcx_portal.bookings.fairness import check_unproven
from smartcx_portal.bookings.moments import as_moment
from smartcx_portal.bookings.offer import Offer, offer_for
from smartcx_portal.bookings.offering import nearest_of
from smartcx_portal.bookings.own import Appointment, appointment_view, check_changeable, own_booking
from smartcx_portal.bookings.promoting import pass_on
from smartcx_portal.bookings.refusals import NoLongerOffered, NotOffered, SlotTaken
from smartcx_portal.bookings.teams import any_team, candidates_for
from smartcx_portal.bookings.telling import UNDO_WITHIN, announce, tell, writes_to_unproven
from smartcx_portal.bookings.undoing import forget, remember
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.models.booking import Booking
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.tenancy.suspension import require_open

LONGEST_MIN = 24 * 60
NOT_SO_LONG = N_("Enter a length from 1 to 1440 minutes.")
LENGTH_OF_GROUP = N_("A group appointment keeps its length.")


def move_by_link(
    work: Work, secret: str, starts_at: str | datetime, resource_id: str | UUID | None = None
) -> Appointment:
    """Move one's own appointment to a free time within the deadline. The person stays the same.

    Raises `SlotTaken` (with the nearest free times), `NotOffered`, `NoLongerOffered`, `TooLateOnline`,
    `AlreadyCancelled`, `AppointmentOver`, `LinkInvalid`, `BookingPaused`, and `TooManyUnproven` since each move sends a
    message; the old time then stays.
    """
    require_open(work)
    lock_calendar(work)
    booking = own_booking(work, secret)
    if not all(one.active for one in basket_of(work, booking).services):
        raise NoLongerOffered
    if writes_to_unproven(work, booking):
        check_unproven(work)
    _Move(work, booking, by_link=True).to(as_moment(starts_at), _named(resource_id))
    return appointment_view(work, booking)


def move_booking(
    work: Work,
    booking_id: str | UUID,
    starts_at: str | datetime,
    resource_id: str | UUID | None = None,
    *,
    minutes: int | None = None,
    overbook: bool = False,
    notify: bool = True,
) -> None:
    """Move an appointment as staff, bound by the hours but not by lead time, horizon, quota and deadline.

    `minutes` gives it another length. `overbook`, a deliberate choice, puts it there although the time is not
    offered or taken; in the latter case the booking is marked as overbooked, here and in the trail. Raises as
    `move_by_link`, and `InvalidForm` for `minutes`. Unless `notify` is off, the person is told by the way they chose,
    once it can't be undone any more.
    """
    work.need(Permission.BOOKINGS_CANCEL)
    lock_calendar(work)
    if minutes is not None and not 1 <= minutes <= LONGEST_MIN:
        raise InvalidForm({"minutes": NOT_SO_LONG})
    booking = work.get(Booking, as_id(str(booking_id)))
    if minutes is not None and _keeps_its_length(work, booking, minutes):
        raise InvalidForm({"minutes": LENGTH_OF_GROUP})
    move = _Move(work, booking, by_link=False, minutes=minutes, overbook=overbook, notify=notify)
    move.to(as_moment(starts_at), _named(resource_id))


class _Move:
    """One move of one booking, by its person's link or by the staff."""

    def __init__(
        self,
        work: Work,
        booking: Booking,
        *,
        by_link: bool,
        minutes: int | None = None,
        overbook: bool = False,
        notify: bool = True,
    ) -> None:
        self.work, self.booking, self.by_link = work, booking, by_link
        self.minutes, self.overbook, self.notify = minutes, overbook, notify

    def to(self, moment: datetime, resource_id: UUID | None) -> None:
        """Move it; nothing happens where it stands there already."""
        work, booking = self.work, self.booking
        check_changeable(work, booking, by_link=self.by_link)
        offer = offer_for(work, booking, minutes=self.minutes, resource_id=resource_id, for_staff=not self.by_link)
        if self._stands_there(moment, offer, resource_id):
            return
        before = booking.starts_at
        old = spans_of(work, booking.id)
        try:
            self._claim_anew(offer, moment)
        except NoLane:
            raise SlotTaken(nearest_of(work, offer, moment)) from None
        work.audit("booking.moved", booking, **({"overbooked": True} if booking.overbooked else {}))
        if self.notify:
            wait = None if self.by_link else UNDO_WITHIN
            tell(work, booking, Kind.BOOKING_MOVED, wait=wait, before=before)
        announce(work, booking, before=before)
        pass_on(work, booking, old, at_once=self.by_link)

    def _stands_there(self, moment: datetime, offer: Offer, resource_id: UUID | None) -> bool:
        same_length = self.booking.starts_at + offer.length == self.booking.ends_at
        return moment == self.booking.starts_at and same_length and resource_id in (None, self.booking.resource_id)

    def _claim_anew(self, offer: Offer, moment: datetime) -> None:
        leaving = days_claimed(self.work, self.booking, offer.zone)
        claim_for(
            self.work,
            offer,
            moment,
            self._candidates(offer, moment),
            self._rebooking(offer, moment),
            leaving=leaving,
            overbook=self.overbook,
        )

    def _candidates(self, offer: Offer, moment: datetime) -> list[Team]:
        try:
            found = candidates_for(
                self.work, offer, moment, ignoring=[self.booking.id], prefer=self.booking.resource_id
            )
        except NotOffered:
            if not self.overbook:
                raise
            found = []
        if not found and self.overbook:
            return any_team(self.work, offer, moment, prefer=self.booking.resource_id)
        return found

    def _rebooking(self, offer: Offer, moment: datetime) -> Callable[[UUID], Booking]:
        work = self.work

        def book(resource_id: UUID) -> Booking:
            """Under the days' locks: look again whether it may still move, then give up the old time for the new."""
            fresh = work.get(Booking, self.booking.id, lock=True)
            check_changeable(work, fresh, by_link=self.by_link)
            if self.by_link:
                forget(work, fresh.id)
            else:
                remember(work, fresh)
            release_claims(work, fresh.id)
            fresh.resource_id = resource_id
            fresh.starts_at, fresh.ends_at = moment, moment + offer.length
            fresh.overbooked = False
            if fresh.lapses_at is not None:
                fresh.lapses_at = min(fresh.lapses_at, moment)
            fresh.sequence += 1
            work.flush()
            return fresh

        return book


def _keeps_its_length(work: Work, booking: Booking, minutes: int) -> bool:
    """Whether another length is asked for a place in a group, which has that of the group."""
    return basket_of(work, booking).seats > 1 and booking.starts_at + timedelta(minutes=minutes) != booking.ends_at


def _named(resource_id: str | UUID | None) -> UUID | None:
    return as_id(str(resource_id)) if resource_id else None
