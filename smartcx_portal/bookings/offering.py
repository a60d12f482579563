"""Free times as people look for them: the next ones, a list of days, a month, and what is near a taken time."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.availability import Start, Taken
from smartcx_portal.bookings.catalogue import bookable_service
from smartcx_portal.bookings.drafts import own_hold_id
from smartcx_portal.bookings.moments import as_day, as_moment, iso, part_of_day
from smartcx_portal.bookings.offer import DAY, Offer, offer_of, taken_on
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text, moment_text, short_day_text, time_text
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.calendar import Service
from smartcx_portal.tenancy import Permission, Work

LONGEST_SEARCH_DAYS = 366
FIRST_LOOK_DAYS = 7
REASONS = {
    "past": N_("in the past"),
    "soon": N_("too soon to book online"),
    "far": N_("not open for booking yet"),
    "closed": N_("closed"),
    "full": N_("fully booked"),
}


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time that can be booked, in the place's zone. `starts_at` is what `hold` takes."""

    starts_at: str
    day: str
    time: str
    day_text: str
    short_day: str
    time_text: str
    text: str
    part: str
    """`morning`, `afternoon` or `evening`."""
    places: int
    """How many resources can serve it."""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One day of a month: how many times are free, or why there are none."""

    day: str
    number: int
    weekday: int
    text: str
    free: int
    reason: str
    """Empty when something is free; else a short text in the reader's language."""


def free_times(
    work: Work,
    service_id: str | UUID,
    first_day: str | date,
    last_day: str | date,
    resource_id: str | UUID | None = None,
) -> list[FreeTime]:
    """Every free time of these local days, both included, in order; at most a year is searched."""
    offer = _offer(work, service_id, resource_id)
    first, last = as_day(first_day), as_day(last_day)
    return _views(work, offer, _free(work, offer, first, last))


def next_free(
    work: Work, service_id: str | UUID, count: int = 1, resource_id: str | UUID | None = None
) -> list[FreeTime]:
    """The next free times up to the booking horizon; the search widens until there are enough."""
    offer = _offer(work, service_id, resource_id)
    first = local_day(work.now, offer.zone)
    last = local_day(offer.wish.latest, offer.zone)
    return _views(work, offer, _first_of(work, offer, first, last, count))


def next_days(
    work: Work, service_id: str | UUID, from_day: str | date, count: int = 5, resource_id: str | UUID | None = None
) -> list[MonthDay]:
    """The next `count` days from `from_day` on that have a free time, for the list of days."""
    offer = _offer(work, service_id, resource_id)
    first = max(as_day(from_day), local_day(work.now, offer.zone))
    last = local_day(offer.wish.latest, offer.zone)
    if first > last:
        return []
    taken = _taken(work, offer, first, last)
    free = offer.counts(taken, first, last)
    return [_month_day(work, day, free[day], "") for day in sorted(free)[:count]]


def month_days(
    work: Work, service_id: str | UUID, year: int, month: int, resource_id: str | UUID | None = None
) -> list[MonthDay]:
    """Every day of a month with its number of free times, or with the reason why there are none."""
    offer = _offer(work, service_id, resource_id)
    if not (1 <= month <= 12 and 2000 <= year <= 2200):
        raise NotFound
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    free = offer.counts(_taken(work, offer, first, last), first, last)
    open_days = offer.counts([], first, last).keys()
    days = [first + n * DAY for n in range((last - first).days + 1)]
    return [_month_day(work, day, free.get(day, 0), _reason(work, offer, day, free, open_days)) for day in days]


def nearest_free(
    work: Work, service_id: str | UUID, starts_at: str | datetime, count: int = 3, resource_id: str | UUID | None = None
) -> list[FreeTime]:
    """The free times nearest to `starts_at`, in the order of the clock: what is offered instead of a taken one."""
    offer = _offer(work, service_id, resource_id)
    wanted = as_moment(starts_at)
    day = local_day(wanted, offer.zone)
    for reach in (1, 7, 30):
        first = max(day - reach * DAY, local_day(work.now, offer.zone))
        found = _free(work, offer, first, day + reach * DAY)
        if len(found) >= count:
            break
    near = sorted(found, key=lambda start: abs(start.starts_at - wanted))[:count]
    return _views(work, offer, sorted(near))


def free_times_for_staff(work: Work, booking_id: str | UUID, day: str | date) -> list[FreeTime]:
    """The times of one local day to which staff may move a booking: no lead time, no horizon, its own time is free."""
    work.need(Permission.BOOKINGS_CANCEL)
    booking = work.get(Booking, as_id(str(booking_id)))
    offer = offer_of(work, work.get(Service, booking.service_id), for_staff=True)
    wanted = as_day(day)
    taken = taken_on(work, offer, wanted, wanted, ignoring=[booking.id])
    found = [start for start in offer.starts(taken, wanted, wanted) if start.starts_at != booking.starts_at]
    return _views(work, offer, found)


def _offer(work: Work, service_id: str | UUID, resource_id: str | UUID | None) -> Offer:
    service: Service = bookable_service(work, service_id)
    return offer_of(work, service, resource_id=as_id(str(resource_id)) if resource_id else None)


def _taken(work: Work, offer: Offer, first: date, last: date) -> list[Taken]:
    return taken_on(work, offer, first, last, ignoring=own_hold_id(work))


def _free(work: Work, offer: Offer, first: date, last: date) -> list[Start]:
    last = min(last, first + timedelta(days=LONGEST_SEARCH_DAYS))
    if last < first:
        return []
    return offer.starts(_taken(work, offer, first, last), first, last)


def _first_of(work: Work, offer: Offer, first: date, last: date, count: int) -> list[Start]:
    found: list[Start] = []
    days = FIRST_LOOK_DAYS
    while first <= last and len(found) < count:
        until = min(first + (days - 1) * DAY, last)
        found += _free(work, offer, first, until)
        first, days = until + DAY, days * 4
    return found[:count]


def _reason(work: Work, offer: Offer, day: date, free: dict[date, int], open_days: Iterable[date]) -> str:
    if free.get(day):
        return ""
    if day < local_day(work.now, offer.zone):
        return "past"
    if day < local_day(offer.wish.earliest, offer.zone):
        return "soon"
    if day > local_day(offer.wish.latest, offer.zone):
        return "far"
    return "full" if day in open_days else "closed"


def _month_day(work: Work, day: date, free: int, reason: str) -> MonthDay:
    why = translate(work.lang, REASONS[reason]) if reason else ""
    return MonthDay(day.isoformat(), day.day, day.weekday(), day_text(day, work.lang), free, why)


def _views(work: Work, offer: Offer, starts: Iterable[Start]) -> list[FreeTime]:
    return [_view(start, offer.zone, work.lang) for start in starts]


def _view(start: Start, zone: str, lang: str) -> FreeTime:
    local = start.starts_at.astimezone(ZoneInfo(zone))
    return FreeTime(
        starts_at=iso(start.starts_at),
        day=local.date().isoformat(),
        time=local.strftime("%H:%M"),
        day_text=day_text(local.date(), lang),
        short_day=short_day_text(local.date(), lang),
        time_text=time_text(start.starts_at, zone, lang),
        text=moment_text(start.starts_at, zone, lang),
        part=part_of_day(local.time()),
        places=len(start.resource_ids),
    )
