"""Undoing what the staff did to a booking, for a minute: until then its message waits, too."""

from datetime import datetime, timedelta
from uuid import UUID

from smartcx_portal.bookings.claiming import (
    NoLane,
    claim_for,
    claims_of,
    days_claimed,
    lock_calendar,
    release_claims,
)
from smartcx_portal.bookings.drafts import is_lapsed
from smartcx_portal.bookings.offer import Offer, offer_for
from smartcx_portal.bookings.promoting import take_back
from smartcx_portal.bookings.refusals import SlotTaken
from smartcx_portal.bookings.telling import UNDO_WITHIN, announce, overtake, tell
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.models.booking import Booking, BookingStatus, Cancellation, CancelledBy, Former
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Permission, Work

UNDOABLE = (BookingStatus.PENDING, BookingStatus.CONFIRMED, BookingStatus.CANCELLED)
BY_PERSON = Cancellation.by != CancelledBy.STAFF


class UndoOver(ProductError):
    """The minute is over, or there is nothing to undo."""

    says = N_("This can no longer be undone: the minute for it is over.")


def remember(work: Work, booking: Booking) -> None:
    """Keep what the booking is now, before the staff change it."""
    first_need_first = sorted(claims_of(work, booking.id), key=lambda one: one.resource_id != booking.resource_id)
    work.new(
        Former,
        booking_id=booking.id,
        status=booking.status,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        resource_ids=[str(one.resource_id) for one in first_need_first],
        lanes=[one.lane for one in first_need_first],
        overbooked=booking.overbooked,
        kept_until=booking.lapses_at,
        lapses_at=work.now + UNDO_WITHIN,
    )


def forget(work: Work, booking_id: UUID) -> None:
    """What the staff did can't be undone once the person has changed the booking."""
    work.update_where(Former, Former.booking_id == booking_id, Former.lapses_at > work.now, lapses_at=work.now)


def undo_until(work: Work, booking_id: str | UUID) -> datetime | None:
    """Until when the last deed of the staff can be undone; None when there is nothing to undo."""
    found = _last(work, as_id(str(booking_id)))
    return found.lapses_at if found else None


def undo(work: Work, booking_id: str | UUID) -> None:
    """Put a booking back to where it was before it was moved or cancelled; its waiting message never leaves.

    What its person did meanwhile stays done. Raises `UndoOver`, and `SlotTaken` when the old time has gone to
    somebody else.
    """
    work.need(Permission.BOOKINGS_CANCEL)
    lock_calendar(work)
    booking = work.get(Booking, as_id(str(booking_id)))
    former = _last(work, booking.id)
    if former is None:
        raise UndoOver
    before = booking.starts_at
    _put_back(work, booking, former)
    former.undone_at = work.now
    work.delete_where(Cancellation, Cancellation.booking_id == booking.id)
    known_to_person = overtake(work, booking)
    if known_to_person not in (None, booking.starts_at):  # an earlier deed stands, and its message waited, too
        tell(work, booking, Kind.BOOKING_MOVED, wait=UNDO_WITHIN, before=known_to_person)
    work.audit("booking.undone", booking)
    announce(work, booking, before=before)


def _put_back(work: Work, booking: Booking, former: Former) -> None:
    """Claim the old time again; whether the rules still offer it is not asked."""
    minutes = (former.ends_at - former.starts_at) // timedelta(minutes=1)
    offer = offer_for(work, booking, minutes=minutes, for_staff=True)
    team = tuple(UUID(one) for one in former.resource_ids)
    leaving = days_claimed(work, booking, offer.zone)

    def book(resource_id: UUID) -> Booking:
        fresh = work.get(Booking, booking.id, lock=True)
        current = _last(work, booking.id)
        if current is None or current.id != former.id or fresh.status not in UNDOABLE or is_lapsed(fresh, work):
            raise UndoOver
        begin, end = offer.wish.claim_for(former.starts_at)
        take_back(work, [(one, begin, end) for one in team])
        release_claims(work, fresh.id)
        if fresh.status is BookingStatus.CANCELLED:
            fresh.status = former.status
        if fresh.status is BookingStatus.PENDING:
            fresh.lapses_at = former.kept_until
        fresh.resource_id = resource_id
        fresh.starts_at, fresh.ends_at = former.starts_at, former.ends_at
        fresh.overbooked = former.overbooked
        fresh.sequence += 1
        work.flush()
        return fresh

    lanes = dict(zip(team, former.lanes, strict=True))
    try:
        claim_for(
            work,
            _with(offer, team),
            former.starts_at,
            [team],
            book,
            leaving=leaving,
            overbook=former.overbooked,
            lanes=lanes,
        )
    except NoLane:
        raise SlotTaken from None


def _with(offer: Offer, team: tuple[UUID, ...]) -> Offer:
    """The offer, if it still has the resources that the booking had; else its old time cannot come back."""
    if not set(team) <= {one.id for one in offer.resources}:
        raise SlotTaken
    return offer


def _last(work: Work, booking_id: UUID) -> Former | None:
    """The last deed that can be undone; none once the person has called the booking off, or is erased."""
    if work.get(Booking, booking_id).customer_id is None:
        return None
    if work.first(work.select(Cancellation.id).where(Cancellation.booking_id == booking_id, BY_PERSON)):
        return None
    query = work.select(Former).where(
        Former.booking_id == booking_id, Former.undone_at.is_(None), Former.lapses_at > work.now
    )
    return work.first(query.order_by(Former.lapses_at.desc(), Former.id.desc()))
