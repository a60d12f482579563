"""Taking time on a resource's lane: the one path for public, staff and moving (design D5).

The lock of the resource's day comes late and as a statement of its own; under it expired holds lose their claims, a
free lane is looked for and the claim goes in. The lock spares collisions, the exclusion constraint has the last word.
Order of locks: tab, network, days (sorted), rows. Whoever holds a day's lock waits for no row that a waiter holds.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from psycopg.errors import ExclusionViolation
from sqlalchemy.exc import IntegrityError

from smartcx_portal.bookings.availability import Taken, free_lane
from smartcx_portal.bookings.offer import OPEN_ENDED, Offer, claims_between
from smartcx_portal.kit.clock import local_day
from smartcx_portal.models.booking import Booking, BookingStatus, Claim
from smartcx_portal.tenancy import Work

Day = tuple[UUID, date]
"""A resource and a local day: what one lock stands for."""
INSTANT = timedelta(microseconds=1)


class NoLane(Exception):
    """No lane of the asked resources is free; `hold` and `move` make a sentence of it."""


def claim_one_of(
    work: Work,
    offer: Offer,
    starts_at: datetime,
    candidates: Iterable[UUID],
    book: Callable[[UUID], Booking],
    *,
    leaving: Iterable[Day] = (),
) -> Booking:
    """Claim `starts_at` on the first candidate that has a free lane; raises `NoLane` when none has.

    `book` makes or moves the booking for a resource, under the lock; it also gives up what the booking or the tab
    held so far, whose days are named by `leaving`. A candidate that fails is undone, its locks included.
    """
    for resource_id in candidates:
        try:
            with work.attempt():
                return _claim(work, offer, starts_at, resource_id, book, leaving)
        except NoLane:
            continue
        except IntegrityError as problem:
            if not isinstance(problem.orig, ExclusionViolation):
                raise
    raise NoLane


def _claim(
    work: Work,
    offer: Offer,
    starts_at: datetime,
    resource_id: UUID,
    book: Callable[[UUID], Booking],
    leaving: Iterable[Day],
) -> Booking:
    begin, end = offer.wish.claim_for(starts_at)
    lock_days(work, {*days_of(resource_id, begin, end, offer.zone), *leaving})
    booking = book(resource_id)
    release_lapsed(work, resource_id, begin, end)
    capacity = next(one.capacity for one in offer.resources if one.id == resource_id)
    taken = [Taken(*claim) for *claim, _ in claims_between(work, offer, [resource_id], begin, end)]
    lane = free_lane(resource_id, capacity, taken, begin, end)
    if lane is None:
        raise NoLane
    work.new(Claim, booking_id=booking.id, resource_id=resource_id, lane=lane, starts_at=begin, ends_at=end)
    return booking


def lock_days(work: Work, days: Iterable[Day]) -> None:
    """Hold these resources' days until the transaction ends; always in the same order, so nobody waits in a circle."""
    for resource_id, day in sorted(set(days), key=str):
        work.lock("day", resource_id, day)


def days_of(resource_id: UUID, begin: datetime, end: datetime, zone: str) -> list[Day]:
    """The local days that a claim [begin, end) touches."""
    first, last = local_day(begin, zone), local_day(end - INSTANT, zone)
    return [(resource_id, first + timedelta(days=n)) for n in range((last - first).days + 1)]


def days_claimed(work: Work, booking: Booking, zone: str) -> list[Day]:
    """The resources' days on which a booking has claims now."""
    claims = work.all(work.select(Claim).where(Claim.booking_id == booking.id))
    return [day for one in claims for day in days_of(one.resource_id, one.starts_at, one.ends_at, zone)]


def release_claims(work: Work, booking_id: UUID) -> None:
    """Give the time of one booking back."""
    work.delete_where(Claim, Claim.booking_id == booking_id)


def release_lapsed(work: Work, resource_id: UUID, begin: datetime, end: datetime) -> None:
    """Let lapsed holds that touch [begin, end) on this resource expire. The caller holds the day's lock.

    A row that somebody is just confirming or extending is left alone: then the time counts as taken.
    """
    ids = [claim.booking_id for claim in _lapsed_claims(work, resource_id, begin, end)]
    query = work.select(Booking).where(
        Booking.id.in_(ids), Booking.status.in_(OPEN_ENDED), Booking.lapses_at <= work.now
    )
    if ids:
        for booking in work.all(query.with_for_update(skip_locked=True).execution_options(populate_existing=True)):
            expire(work, booking)


def expire(work: Work, booking: Booking) -> None:
    """End a lapsed hold or pending booking: its claims go, and with them what tied it to a tab and network."""
    release_claims(work, booking.id)
    booking.status = BookingStatus.EXPIRED
    booking.holder_key = booking.network_key = None
    work.flush()


def _lapsed_claims(work: Work, resource_id: UUID, begin: datetime, end: datetime) -> list[Claim]:
    query = work.select(Claim).join(Booking, (Booking.tenant_id == Claim.tenant_id) & (Booking.id == Claim.booking_id))
    found = query.where(
        Claim.resource_id == resource_id,
        Claim.starts_at < end,
        Claim.ends_at > begin,
        Booking.status.in_(OPEN_ENDED),
        Booking.lapses_at <= work.now,
    )
    return list(work.all(found))
