"""Do appointments still fit what the calendar says: are their place and all that serves them in use, and open?"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from itertools import chain
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.offer import rules_of, shuts_of
from smartcx_portal.bookings.opening import MINUTE, Calendar, Span, joined, without
from smartcx_portal.bookings.timetable import Timetable
from smartcx_portal.kit.clock import local_day
from smartcx_portal.models.booking import Booking, Claim, Seat
from smartcx_portal.models.calendar import Location, Resource
from smartcx_portal.tenancy import Work

INSTANT = timedelta(microseconds=1)


class Why(StrEnum):
    """Why an appointment does not fit."""

    PLACE = "place"
    """Its place is switched off."""
    RESOURCE = "resource"
    """Somebody or something that serves it is switched off."""
    CLOSED = "closed"
    """A closure or a public holiday."""
    HOURS = "hours"
    """Outside the opening hours."""


def misfits(work: Work, bookings: Sequence[Booking]) -> dict[UUID, Why]:
    """The bookings that do not fit as the calendar is now, by id; buffers may stick out of the hours."""
    serving, in_use = _serving(work, bookings), set(work.all(work.select(Resource.id).where(Resource.active.is_(True))))
    of_place: dict[UUID, list[Booking]] = defaultdict(list)
    for one in bookings:
        of_place[one.location_id].append(one)
    found: dict[UUID, Why] = {}
    for place in work.all(work.select(Location).where(Location.id.in_(list(of_place)))):
        open_hours = OpenHours(work, place, of_place[place.id])
        for one in of_place[place.id]:
            used = serving.get(one.id) or {one.resource_id}
            why = Why.PLACE if not place.active else Why.RESOURCE if used - in_use else open_hours.refuse(one, used)
            if why:
                found[one.id] = why
    return found


class OpenHours:
    """When each resource of a place is open, on the days of some bookings."""

    def __init__(self, work: Work, place: Location, bookings: Sequence[Booking]) -> None:
        first = local_day(min(one.starts_at for one in bookings), place.zone)
        last = local_day(max(one.ends_at for one in bookings) - INSTANT, place.zone)
        calendar = Calendar(ZoneInfo(place.zone), first, last)
        self._table = Timetable(calendar, rules_of(work, place), shuts_of(work, place, first, last))
        self._origin = calendar.origin
        self._spans: dict[UUID | None, tuple[list[Span], list[Span]]] = {}

    def refuse(self, one: Booking, resource_ids: set[UUID]) -> Why | None:
        """Why these resources cannot serve it, None if all can."""
        begin, end = (one.starts_at - self._origin) // MINUTE, -((self._origin - one.ends_at) // MINUTE)
        for resource_id in resource_ids:
            hours, unshut = self._of(resource_id)
            if not _holds(unshut, begin, end):
                return Why.CLOSED if _holds(hours, begin, end) else Why.HOURS
        return None

    def _of(self, resource_id: UUID) -> tuple[list[Span], list[Span]]:
        """Its hours as they are written, and what closures leave of them."""
        whose = resource_id if resource_id in self._table.special else None
        if whose not in self._spans:
            hours = joined(chain.from_iterable(self._table.openings(whose)))
            self._spans[whose] = hours, without(hours, self._table.closures(whose))
        return self._spans[whose]


def _holds(spans: Sequence[Span], begin: int, end: int) -> bool:
    """Whether one of the joined spans has all minutes of [begin, end)."""
    n = bisect_right(spans, begin, key=lambda span: span[0]) - 1
    return n >= 0 and end <= spans[n][1]


def _serving(work: Work, bookings: Sequence[Booking]) -> dict[UUID, set[UUID]]:
    """By booking all resources that it takes, its own or those of its group."""
    ids = [one.id for one in bookings]
    own = work.select(Claim.booking_id, Claim.resource_id).where(Claim.booking_id.in_(ids))
    seated = work.select(Seat.booking_id, Claim.resource_id).join(
        Claim, (Claim.tenant_id == Seat.tenant_id) & (Claim.group_id == Seat.group_id)
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for booking_id, resource_id in [*work.all(own), *work.all(seated.where(Seat.booking_id.in_(ids)))]:
        found[booking_id].add(resource_id)
    return found
