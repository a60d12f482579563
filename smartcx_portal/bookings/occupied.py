"""Who takes what, as the engine reads it: claims, what is busy elsewhere, and the groups that have begun to fill."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.bookings.availability import Group, Taken
from smartcx_portal.models.booking import Booking, BookingStatus, Claim, GroupAppointment, Origin, Seat
from smartcx_portal.models.calendar import BusyTime, Service
from smartcx_portal.tenancy import Select, Work

OPEN_ENDED = (BookingStatus.HELD, BookingStatus.PENDING)
"""The states that give their time back by themselves."""
NO_LANE, NO_OWNER = sa.cast(sa.null(), sa.Integer), sa.cast(sa.null(), sa.Uuid)


class Occupied(NamedTuple):
    """What the engine is told beside the rules."""

    taken: Sequence[Taken] = ()
    groups: Sequence[Group] = ()
    lapsed: Collection[UUID] = ()
    """Bookings whose time is over and whose claims or seats still stand among these."""


class _Row(NamedTuple):
    """A claim, or what another calendar says: that has neither lane nor owner."""

    resource_id: UUID
    lane: int | None
    starts_at: datetime
    ends_at: datetime
    online: bool
    booking_id: UUID | None
    group_id: UUID | None
    lapsed: bool | None


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
    ignored = set(ignoring)
    rows = _rows(work, capacity, counted, begin, end, longest)
    over = {row.booking_id for row in rows if row.booking_id and row.lapsed}
    seats = _seats_taken(work, {row.group_id for row in rows if row.group_id}, ignored, over)
    gone = ignored | over
    taken = [
        Taken(*row[:4], row.online)
        for row in rows
        if row.lane is not None and (row.booking_id not in gone if row.booking_id else seats.get(row.group_id))
    ]
    taken += [
        Taken(row.resource_id, lane, row.starts_at, row.ends_at)
        for row in rows
        if row.lane is None
        for lane in range(capacity[row.resource_id])
    ]
    return Occupied(taken, _groups(work, group_of, begin, end, seats) if group_of else (), over)


def lapsed(work: Work, *, offers: bool = False) -> sa.Select[tuple[UUID]]:
    """Ids of held and pending bookings whose time is over: they no longer take anything.

    What the waiting list holds counts as taken until a job has passed it on, so that nobody jumps the queue; with
    `offers` these come too.
    """
    if offers:
        return work.select(Booking.id).where(Booking.status.in_(OPEN_ENDED), Booking.lapses_at <= work.now)
    return _over(work.select, work.now)


def _over(select: Select, now: Any) -> sa.Select[tuple[UUID]]:
    return select(Booking.id).where(
        Booking.status.in_(OPEN_ENDED), Booking.lapses_at <= now, Booking.origin != Origin.WAITLIST
    )


def _rows(
    work: Work,
    capacity: Mapping[UUID, int],
    counted: Sequence[UUID],
    begin: datetime,
    end: datetime,
    longest: timedelta,
) -> list[_Row]:
    found = work.rows(
        _touching,
        now=work.now,
        own=list(capacity),
        all=[*capacity, *counted],
        begin=begin,
        end=end,
        earliest=begin - longest,
    )
    return [_Row._make(row) for row in found]


def _touching(select: Select) -> sa.CompoundSelect[Any]:
    """Claims and what is busy elsewhere, in one statement: a booking asks twice, and people wait for it."""
    begin: Any = sa.bindparam("begin")
    end: Any = sa.bindparam("end")
    claims = select(
        Claim.resource_id, Claim.lane, Claim.starts_at, Claim.ends_at, Claim.online, Claim.booking_id, Claim.group_id
    ).add_columns(Claim.booking_id.in_(_over(select, sa.bindparam("now"))))
    claims = claims.where(
        Claim.resource_id.in_(sa.bindparam("all", expanding=True)),
        Claim.starts_at < end,
        Claim.starts_at > sa.bindparam("earliest"),
        Claim.ends_at > begin,
    )
    busy = select(BusyTime.resource_id).add_columns(
        NO_LANE, BusyTime.starts_at, BusyTime.ends_at, sa.false(), NO_OWNER, NO_OWNER, sa.false()
    )
    busy = busy.where(
        BusyTime.resource_id.in_(sa.bindparam("own", expanding=True)),
        BusyTime.starts_at < end,
        BusyTime.ends_at > begin,
    )
    return sa.union_all(claims, busy)


def _seats_taken(
    work: Work, group_ids: Collection[UUID], ignored: Collection[UUID], over: set[UUID]
) -> dict[UUID | None, int]:
    """How many seats of each group are taken; groups that nobody is in any more are missing.

    Whose time is over joins `over`.
    """
    if not group_ids:
        return {}
    query = work.select(Seat.group_id, Seat.booking_id).add_columns(Seat.booking_id.in_(lapsed(work)))
    found: dict[UUID | None, int] = {}
    for group_id, booking_id, is_over in work.all(query.where(Seat.group_id.in_(group_ids))):
        if is_over:
            over.add(booking_id)
        elif booking_id not in ignored:
            found[group_id] = found.get(group_id, 0) + 1
    return found


def _groups(
    work: Work, service: Service, begin: datetime, end: datetime, seats: Mapping[UUID | None, int]
) -> list[Group]:
    query = work.select(GroupAppointment).where(
        GroupAppointment.service_id == service.id,
        GroupAppointment.starts_at >= begin,
        GroupAppointment.starts_at < end,
    )
    found = [one for one in work.all(query) if seats.get(one.id)]
    return [Group(one.resource_id, one.starts_at, max(one.seats - seats[one.id], 0)) for one in found]
