"""Group appointments: several bookings share a start and its claims, each with seats of its own.

The group's row is locked by whoever takes or gives back a seat, after the locks of the days: so a group that ends and
a person who joins it cannot miss each other. The unique seat numbers have the last word.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from smartcx_portal.models.booking import Booking, Claim, GroupAppointment, Seat
from smartcx_portal.models.calendar import Service
from smartcx_portal.tenancy import Work


def begun_at(work: Work, service: Service, resource_id: UUID, starts_at: datetime) -> GroupAppointment | None:
    """The group of this service that begins then, locked; None when nobody has begun one."""
    query = work.select(GroupAppointment).where(
        GroupAppointment.service_id == service.id,
        GroupAppointment.resource_id == resource_id,
        GroupAppointment.starts_at == starts_at,
    )
    return work.first(query.with_for_update().execution_options(populate_existing=True))


def begin_group(work: Work, service: Service, resource_id: UUID, starts_at: datetime, ends_at: datetime) -> UUID:
    """A new group with all seats free; the caller adds its claims in the same step. Its id."""
    group = work.new(
        GroupAppointment,
        service_id=service.id,
        resource_id=resource_id,
        starts_at=starts_at,
        ends_at=ends_at,
        seats=service.seats,
    )
    return group.id


def take_seats(work: Work, group_id: UUID, booking: Booking, *, beyond: bool = False) -> bool:
    """Give the booking as many seats as it wants; False when there are too few. `beyond`: deliberately too many."""
    group = work.get(GroupAppointment, group_id)
    used = set(work.all(work.select(Seat.number).where(Seat.group_id == group_id)))
    most = group.seats if not beyond else len(used) + group.seats + booking.places
    free = [number for number in range(most) if number not in used][: booking.places]
    if len(free) < booking.places:
        return False
    work.add_all(Seat(group_id=group_id, booking_id=booking.id, number=number) for number in free)
    return True


def leave_group(work: Work, booking_id: UUID) -> None:
    """Give one booking's seats back; the group ends with its last seat."""
    for group_id in groups_of(work, booking_id):
        group = work.find(GroupAppointment, group_id, lock=True)
        work.delete_where(Seat, Seat.booking_id == booking_id, Seat.group_id == group_id)
        if group is not None and work.first(work.select(Seat.id).where(Seat.group_id == group_id)) is None:
            work.delete_where(Claim, Claim.group_id == group_id)
            work.delete(group)


def groups_of(work: Work, booking_id: UUID) -> Sequence[UUID]:
    """The ids of the groups in which a booking has seats."""
    return work.all(work.select(Seat.group_id).where(Seat.booking_id == booking_id).distinct())
