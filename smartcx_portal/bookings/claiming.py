"""Taking time on resources' lanes: the one path for public, staff, moving and the waiting list (design D5).

The locks of the resources' days come late and as statements of their own; under them expired holds lose their claims,
a free lane is looked for on each resource and the claims go in. The locks spare collisions, the exclusion constraint
has the last word. Order of locks: calendar (shared), tab, network, days (sorted), groups and bookings. Whoever holds a
day's lock waits for no row whose holder waits for a day.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from psycopg.errors import ExclusionViolation, UniqueViolation
from sqlalchemy.exc import IntegrityError

from smartcx_portal.bookings.availability import free_lane, lane_is_free, spare_lane
from smartcx_portal.bookings.groups import begin_group, begun_at, groups_of, leave_group, take_seats
from smartcx_portal.bookings.occupied import OPEN_ENDED, Occupied, occupied_between
from smartcx_portal.bookings.offer import Offer, taken_on
from smartcx_portal.kit.clock import local_day
from smartcx_portal.models.booking import Booking, BookingStatus, Claim, Origin
from smartcx_portal.tenancy import Work

Day = tuple[UUID, date]
"""A resource (or a place, for its quotas) and a local day: what one lock stands for."""
Span = tuple[UUID, datetime, datetime]
"""A resource and a time on it, buffers included."""
Team = tuple[UUID, ...]
"""One resource for each need, the first need's first; that one alone joins a group that has begun."""
INSTANT = timedelta(microseconds=1)
MADE_BY_PEOPLE = (Origin.ONLINE, Origin.API, Origin.WAITLIST)


class NoLane(Exception):
    """No lane of the asked resources is free; `hold` and `move` make a sentence of it."""


def lock_calendar(work: Work) -> None:
    """Keep what can be booked as it is until this transaction ends; changes of the calendar wait for it.

    Taken before the rules are read, so that a change of hours and a booking cannot pass each other unseen.
    """
    work.lock("calendar", shared=True)


def claim_for(
    work: Work,
    offer: Offer,
    starts_at: datetime,
    candidates: Iterable[Team],
    book: Callable[[UUID], Booking],
    *,
    leaving: Iterable[Day] = (),
    overbook: bool = False,
    lanes: Mapping[UUID, int] | None = None,
) -> Booking:
    """Claim `starts_at` for the first candidate whose resources all have a free lane; raises `NoLane` when none has.

    `book` makes or moves the booking for the first need's resource, under the locks; it also gives up what the booking
    or the tab held so far, whose days are named by `leaving`. A candidate that fails is undone, its locks included.
    `overbook` takes an extra lane where none is free: a deliberate choice of the staff, marked at the booking.
    `lanes` are those that a resource's claim gets if they are free, whatever runs beside it: for undoing.
    """
    terms = _Terms(offer, starts_at, overbook, lanes or {})
    for team in candidates:
        try:
            with work.attempt():
                return _claim(work, terms, team, book, leaving)
        except NoLane:
            continue
        except IntegrityError as problem:
            if not isinstance(problem.orig, ExclusionViolation | UniqueViolation):
                raise
    raise NoLane


@dataclass(frozen=True)
class _Terms:
    """What is claimed when, and how firmly."""

    offer: Offer
    starts_at: datetime
    overbook: bool
    lanes: Mapping[UUID, int]

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The time to claim, buffers included."""
        return self.offer.wish.claim_for(self.starts_at)

    def capacity(self, team: Team) -> dict[UUID, int]:
        """How many lanes each of the team has."""
        return {one.id: one.capacity for one in self.offer.resources if one.id in team}


def _claim(work: Work, terms: _Terms, team: Team, book: Callable[[UUID], Booking], leaving: Iterable[Day]) -> Booking:
    offer, (begin, end) = terms.offer, terms.span
    days = {day for one in (*team, *_quota_of(offer)) for day in days_of(one, begin, end, offer.zone)}
    lock_days(work, {*days, *leaving})
    booking = book(team[0])
    if offer.has_quota:
        _check_quota(work, offer, terms.starts_at, team, booking)
    known = occupied_between(work, terms.capacity(team), begin, end, longest=offer.longest)
    release_lapsed(work, known.lapsed)
    if offer.basket.seats > 1:
        _join(work, terms, team, known, booking)
    else:
        _put(work, terms, team, known, booking, booking_id=booking.id)
    return booking


def _quota_of(offer: Offer) -> tuple[UUID, ...]:
    """Quotas count over all resources of a place, so bookings that may touch one follow each other."""
    return (offer.place.id,) if offer.has_quota else ()


def _check_quota(work: Work, offer: Offer, starts_at: datetime, team: Team, booking: Booking) -> None:
    day = local_day(starts_at, offer.zone)
    start = offer.start_at(taken_on(work, offer, day, day, ignoring=[booking.id]), starts_at)
    if start is None or team[0] not in start.resource_ids:
        raise NoLane


def _join(work: Work, terms: _Terms, team: Team, known: Occupied, booking: Booking) -> None:
    """Take seats in the group that begins then, and share its end, or begin one."""
    offer, starts_at = terms.offer, terms.starts_at
    group = begun_at(work, offer.service, team[0], starts_at)
    group_id = group.id if group else None
    if group_id is None and len(team) < len(offer.needs):
        raise NoLane  # the group that it was to join has ended meanwhile
    if group_id is None:
        group_id = begin_group(work, offer.service, team[0], starts_at, starts_at + offer.length)
        _put(work, terms, team, known, booking, group_id=group_id)
    elif group is not None:
        booking.ends_at = group.ends_at
    if take_seats(work, group_id, booking):
        return
    if not terms.overbook:
        raise NoLane
    booking.overbooked = True
    take_seats(work, group_id, booking, beyond=True)


def _put(work: Work, terms: _Terms, team: Team, known: Occupied, booking: Booking, **owner: UUID) -> None:
    """One claim on a lane of each resource; only the first need's counts towards quotas."""
    begin, end = terms.span
    capacity = terms.capacity(team)
    claims = []
    for number, resource_id in enumerate(team):
        lane = terms.lanes.get(resource_id)
        if lane is None or not lane_is_free(resource_id, lane, known.taken, begin, end):
            lane = free_lane(resource_id, capacity[resource_id], known.taken, begin, end)
        if lane is None and terms.overbook:
            lane = spare_lane(resource_id, capacity[resource_id], known.taken, begin, end)
            booking.overbooked = True
        if lane is None:
            raise NoLane
        online = number == 0 and booking.origin in MADE_BY_PEOPLE
        claims.append(Claim(resource_id=resource_id, lane=lane, starts_at=begin, ends_at=end, online=online, **owner))
    work.add_all(claims)


def lock_days(work: Work, days: Iterable[Day]) -> None:
    """Hold these resources' days until the transaction ends; always in the same order, so nobody waits in a circle."""
    for resource_id, day in sorted(set(days), key=str):
        work.lock("day", resource_id, day)


def days_of(resource_id: UUID, begin: datetime, end: datetime, zone: str) -> list[Day]:
    """The local days that a claim [begin, end) touches."""
    first, last = local_day(begin, zone), local_day(end - INSTANT, zone)
    return [(resource_id, first + timedelta(days=n)) for n in range((last - first).days + 1)]


def days_claimed(work: Work, booking: Booking, zone: str) -> list[Day]:
    """The resources' days on which a booking, or the group that it sits in, has claims now."""
    return [
        day for one in claims_of(work, booking.id) for day in days_of(one.resource_id, one.starts_at, one.ends_at, zone)
    ]


def claims_of(work: Work, booking_id: UUID) -> Sequence[Claim]:
    """What a booking takes: its own claims, or those of the group that it sits in."""
    groups = groups_of(work, booking_id)
    mine = Claim.booking_id == booking_id
    return work.all(work.select(Claim).where(mine | Claim.group_id.in_(groups) if groups else mine))


def spans_of(work: Work, booking_id: UUID) -> list[Span]:
    """The same as resources with times."""
    return [(one.resource_id, one.starts_at, one.ends_at) for one in claims_of(work, booking_id)]


def release_claims(work: Work, booking_id: UUID) -> None:
    """Give the time of one booking back, or its seats."""
    work.delete_where(Claim, Claim.booking_id == booking_id)
    leave_group(work, booking_id)


def release_lapsed(work: Work, booking_ids: Collection[UUID]) -> None:
    """Let these holds expire if their time is over. The caller holds the locks of the days that they touch.

    A row that somebody is just confirming or extending is left alone: then the time counts as taken.
    """
    if not booking_ids:
        return
    query = work.select(Booking).where(
        Booking.id.in_(booking_ids), Booking.status.in_(OPEN_ENDED), Booking.lapses_at <= work.now
    )
    for booking in work.all(query.with_for_update(skip_locked=True).execution_options(populate_existing=True)):
        expire(work, booking)


def expire(work: Work, booking: Booking) -> None:
    """End a lapsed hold or pending booking: its claims go, and with them what tied it to a tab and network."""
    release_claims(work, booking.id)
    booking.status = BookingStatus.EXPIRED
    booking.holder_key = booking.network_key = None
    work.flush()
