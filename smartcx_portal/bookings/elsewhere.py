"""Other times for an appointment that has to move: near its own, as the staff may give them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from smartcx_portal.bookings.availability import Start
from smartcx_portal.bookings.moments import iso
from smartcx_portal.bookings.offer import offer_for, taken_on
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.localtime import short_day_text, time_text
from smartcx_portal.models.booking import Booking
from smartcx_portal.tenancy import Work

REACHES = (7, 31, 92)
"""Days in which is looked for other times, before and after."""


@dataclass(frozen=True, slots=True)
class Other:
    """A time to move to: ISO in UTC, and in words such as `Di., 24. Nov., 08:20 Uhr`."""

    starts_at: str
    text: str


def other_times(work: Work, booking: Booking, count: int) -> tuple[Other, ...]:
    """The free times nearest to the booking's own, in the order of the clock; its own if others could serve it."""
    zone, starts = _near(work, booking, count)
    near = sorted(starts, key=lambda start: abs(start.starts_at - booking.starts_at))[:count]
    return tuple(Other(iso(start.starts_at), _text(start.starts_at, zone, work.lang)) for start in sorted(near))


def next_start(work: Work, booking: Booking) -> Start | None:
    """The first time from the booking's own on that is free; None if there is none in three months."""
    _, starts = _near(work, booking, 1, after=True)
    return min(starts, default=None)


def start_at(work: Work, booking: Booking, moment: datetime) -> Start | None:
    """What could serve the booking at this moment, if anything else can than does now."""
    offer = offer_for(work, booking, for_staff=True)
    day = local_day(moment, offer.zone)
    start = offer.start_at(taken_on(work, offer, day, day, ignoring=[booking.id]), moment)
    return start if start and _is_other(start, booking) else None


def by_another(start: Start, booking: Booking) -> UUID | None:
    """At the booking's own time the resource to move it to; None at another time, for any."""
    if start.starts_at != booking.starts_at:
        return None
    return next((one for one in start.resource_ids if one != booking.resource_id), None)


def _near(work: Work, booking: Booking, count: int, *, after: bool = False) -> tuple[str, list[Start]]:
    """The place's zone and free starts in the smallest reach that has `count` of them."""
    offer = offer_for(work, booking, for_staff=True)
    day, today = local_day(booking.starts_at, offer.zone), local_day(work.now, offer.zone)
    found: list[Start] = []
    for reach in REACHES:
        first = day if after else max(day - timedelta(days=reach), today)
        last = day + timedelta(days=reach)
        found = offer.starts(taken_on(work, offer, first, last, ignoring=[booking.id]), first, last)
        found = [start for start in found if _is_other(start, booking)]
        if after:
            found = [start for start in found if start.starts_at >= booking.starts_at]
        if len(found) >= count:
            break
    return offer.zone, found


def _is_other(start: Start, booking: Booking) -> bool:
    return start.starts_at != booking.starts_at or by_another(start, booking) is not None


def _text(moment: datetime, zone: str, lang: str) -> str:
    return f"{short_day_text(local_day(moment, zone), lang)}, {time_text(moment, zone, lang)}"
