"""Free times as people look for them: the next ones, a list of days, a month, and what is near a taken time."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.availability import Start
from smartcx_portal.bookings.basket import Basket, read_basket
from smartcx_portal.bookings.drafts import own_hold_id
from smartcx_portal.bookings.moments import as_calendar_day, as_day, iso, part_of_day
from smartcx_portal.bookings.occupied import NOTHING, Occupied
from smartcx_portal.bookings.offer import DAY, Offer, offer_for, offer_of, taken_on
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text, moment_text, short_day_text, time_text
from smartcx_portal.models.booking import Booking
from smartcx_portal.tenancy import Permission, Work

Services = str | UUID | Basket
"""What is looked for: a service's id, or a basket as `basket.read_basket` takes it."""
LONGEST_SEARCH_DAYS = 366
FIRST_LOOK_DAYS = 7
REACHES = (1, 7, 30)
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
    seats: int = 1
    """How many seats a group appointment has left then."""
    resource_ids: tuple[str, ...] = ()
    """Those of the first need that can serve it."""


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
    services: Services,
    first_day: str | date,
    last_day: str | date,
    resource_id: str | UUID | None = None,
    *,
    way: str = "",
    places: int | str = 1,
) -> list[FreeTime]:
    """Every free time of these local days, both included, in order; at most a year is searched."""
    offer = _offer(work, services, resource_id, way, places)
    first, last = as_calendar_day(first_day), as_day(last_day)
    return _views(work, offer, _free(work, offer, first, last))


def next_free(
    work: Work,
    services: Services,
    count: int = 1,
    resource_id: str | UUID | None = None,
    *,
    way: str = "",
    places: int | str = 1,
) -> list[FreeTime]:
    """The next free times up to the booking horizon; the search widens until there are enough."""
    offer = _offer(work, services, resource_id, way, places)
    first = local_day(work.now, offer.zone)
    last = local_day(offer.wish.latest, offer.zone)
    return _views(work, offer, _first_of(work, offer, first, last, count))


def next_days(
    work: Work,
    services: Services,
    from_day: str | date,
    count: int = 5,
    resource_id: str | UUID | None = None,
    *,
    way: str = "",
    places: int | str = 1,
) -> list[MonthDay]:
    """The next `count` days from `from_day` on that have a free time, for the list of days."""
    offer = _offer(work, services, resource_id, way, places)
    first = max(as_calendar_day(from_day), local_day(work.now, offer.zone))
    last = local_day(offer.wish.latest, offer.zone)
    if first > last:
        return []
    taken = _taken(work, offer, first, last)
    free = offer.counts(taken, first, last)
    return [_month_day(work, day, free[day], "") for day in sorted(free)[:count]]


def month_days(
    work: Work,
    services: Services,
    year: int,
    month: int,
    resource_id: str | UUID | None = None,
    *,
    way: str = "",
    places: int | str = 1,
) -> list[MonthDay]:
    """Every day of a month with its number of free times, or with the reason why there are none."""
    offer = _offer(work, services, resource_id, way, places)
    if not (1 <= month <= 12 and 2000 <= year <= 2200):
        raise NotFound
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    free = offer.counts(_taken(work, offer, first, last), first, last)
    open_days = offer.counts(NOTHING, first, last).keys()
    days = [first + n * DAY for n in range((last - first).days + 1)]
    return [_month_day(work, day, free.get(day, 0), _reason(work, offer, day, free, open_days)) for day in days]


def nearest_of(
    work: Work, offer: Offer, wanted: datetime, count: int = 3, reaches: Iterable[int] = REACHES
) -> list[FreeTime]:
    """The free times nearest to `wanted`, in the order of the clock: what is offered instead of a taken one.

    `reaches` are the days on both sides that are searched in turn.
    """
    day = local_day(wanted, offer.zone)
    found: list[Start] = []
    for reach in reaches:
        first = max(day - reach * DAY, local_day(work.now, offer.zone))
        found = _free(work, offer, first, day + reach * DAY)
        if len(found) >= count:
            break
    near = sorted(found, key=lambda start: abs(start.starts_at - wanted))[:count]
    return _views(work, offer, sorted(near))


def free_times_for_staff(
    work: Work,
    booking_id: str | UUID,
    day: str | date,
    resource_id: str | UUID | None = None,
    *,
    minutes: int | None = None,
) -> list[FreeTime]:
    """The times of one local day to which staff may move a booking: no lead time, no horizon, its own time is free.

    `minutes` asks for another length than it has.
    """
    work.need(Permission.BOOKINGS_CANCEL)
    booking = work.get(Booking, as_id(str(booking_id)))
    named = as_id(str(resource_id)) if resource_id else None
    offer = offer_for(work, booking, minutes=minutes, resource_id=named, for_staff=True)
    wanted = as_calendar_day(day)
    known = taken_on(work, offer, wanted, wanted, ignoring=[booking.id])
    found = [start for start in offer.starts(known, wanted, wanted) if named or start.starts_at != booking.starts_at]
    return _views(work, offer, found)


def times_to_book_for_staff(
    work: Work,
    services: Services,
    day: str | date,
    resource_id: str | UUID | None = None,
    *,
    way: str = "",
    places: int | str = 1,
) -> list[FreeTime]:
    """The times of one local day at which staff may book for somebody: no lead time, horizon and quota."""
    work.need(Permission.BOOKINGS_CANCEL)
    offer = _offer(work, services, resource_id, way, places, for_staff=True)
    wanted = as_calendar_day(day)
    return _views(work, offer, offer.starts(taken_on(work, offer, wanted, wanted), wanted, wanted))


def _offer(
    work: Work,
    services: Services,
    resource_id: str | UUID | None,
    way: str = "",
    places: int | str = 1,
    for_staff: bool = False,
) -> Offer:
    basket = read_basket(work, services, way=way, places=places, for_staff=for_staff)
    named = as_id(str(resource_id)) if resource_id else None
    return offer_of(work, basket, resource_id=named, for_staff=for_staff)


def _taken(work: Work, offer: Offer, first: date, last: date) -> Occupied:
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
        seats=start.seats,
        resource_ids=tuple(map(str, start.resource_ids)),
    )
