"""Who takes what, as the engine reads it: claims, what is busy elsewhere, and the groups that have begun to fill."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.bookings.availability import Group, Taken
from smartcx_portal.models.booking import Booking, BookingStatus, Claim, GroupAppointment, Origin, Seat
from smartcx_portal.models.calendar import BusyTime, Service
from smartcx_portal.tenancy import Work

OPEN_ENDED = (BookingStatus.HELD, BookingStatus.PENDING)
"""The states that give their time back by themselves."""


class Occupied(NamedTuple):
    """What the engine is told beside the rules."""

    taken: Sequence[Taken] = ()
    groups: Sequence[Group] = ()


NOTHING = Occupied()
"""As if nobody had booked: for asking whether the rules offer a time at all."""


def occupied_between(
    work: Work,
    capacity: Mapping[UUID, int],
    begin: datetime,
    end: datetime,
    *,
    longest: timedelta,
    ignoring: Iterable[UUID] = (),
    counted: Sequence[UUID] = (),
    group_of: Service | None = None,
) -> Occupied:
    """All that touches [begin, end) on these resources, given with their lanes; lapsed holds are left out.

    `longest` bounds how far back a claim may begin; claims of `counted` resources come too, for their quotas.
    With `group_of` the groups of that service are told with their free seats.
    """
    left_out = set(ignoring) | set(work.all(lapsed(work)))
    rows = _claims(work, [*capacity, *counted], begin, end, longest)
    seats = _seats_taken(work, {row[6] for row in rows if row[6]}, left_out)
    taken = [Taken(*row[:5]) for row in rows if (row[5] not in left_out if row[5] else seats.get(row[6]))]
    taken += _busy(work, capacity, begin, end)
    return Occupied(taken, _groups(work, group_of, begin, end, seats) if group_of else ())


def lapsed(work: Work, *, offers: bool = False) -> sa.Select[tuple[UUID]]:
    """Ids of held and pending bookings whose time is over: they no longer take anything.

    What the waiting list holds counts as taken until a job has passed it on, so that nobody jumps the queue; with
    `offers` these come too.
    """
    over = work.select(Booking.id).where(Booking.status.in_(OPEN_ENDED), Booking.lapses_at <= work.now)
    return over if offers else over.where(Booking.origin != Origin.WAITLIST)


def _claims(
    work: Work, resource_ids: Collection[UUID], begin: datetime, end: datetime, longest: timedelta
) -> Sequence[tuple]:
    """The fields of `Taken`, then whose claim it is: a booking's or a group's."""
    query = work.select(
        Claim.resource_id, Claim.lane, Claim.starts_at, Claim.ends_at, Claim.online, Claim.booking_id, Claim.group_id
    )
    return work.all(
        query.where(
            Claim.resource_id.in_(resource_ids),
            Claim.starts_at < end,
            Claim.starts_at > begin - longest,
            Claim.ends_at > begin,
        )
    )


def _seats_taken(work: Work, group_ids: Collection[UUID], left_out: Collection[UUID]) -> dict[UUID, int]:
    """How many seats of each group are taken; groups that nobody is in any more are missing."""
    if not group_ids:
        return {}
    query = work.select(Seat.group_id, Seat.booking_id).where(Seat.group_id.in_(group_ids))
    found: dict[UUID, int] = {}
    for group_id, booking_id in work.all(query):
        if booking_id not in left_out:
            found[group_id] = found.get(group_id, 0) + 1
    return found


def _groups(work: Work, service: Service, begin: datetime, end: datetime, seats: Mapping[UUID, int]) -> list[Group]:
    query = work.select(GroupAppointment).where(
        GroupAppointment.service_id == service.id,
        GroupAppointment.starts_at >= begin,
        GroupAppointment.starts_at < end,
    )
    found = [one for one in work.all(query) if seats.get(one.id)]
    return [Group(one.resource_id, one.starts_at, max(one.seats - seats[one.id], 0)) for one in found]


def _busy(work: Work, capacity: Mapping[UUID, int], begin: datetime, end: datetime) -> list[Taken]:
    """What other calendars say, on every lane."""
    query = work.select(BusyTime.resource_id, BusyTime.starts_at, BusyTime.ends_at)
    found = work.all(
        query.where(BusyTime.resource_id.in_(list(capacity)), BusyTime.starts_at < end, BusyTime.ends_at > begin)
    )
    return [
        Taken(resource_id, lane, starts_at, ends_at)
        for resource_id, starts_at, ends_at in found
        for lane in range(capacity[resource_id])
    ]
