"""What the engine is asked about: the rules, closures, lanes and claims of one visit, read for one tenant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from smartcx_portal.bookings.availability import (
    Lanes,
    Start,
    Taken,
    Wish,
    days_with_free,
    free_start,
    free_starts,
)
from smartcx_portal.bookings.basket import Basket, basket_of, single
from smartcx_portal.bookings.holidays import holiday_shuts
from smartcx_portal.bookings.known_calendar import KnownCalendar, known_calendar
from smartcx_portal.bookings.moments import day_bounds
from smartcx_portal.bookings.occupied import Occupied, occupied_between
from smartcx_portal.bookings.opening import Rule, Shut
from smartcx_portal.kit.clock import local_day
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.calendar import Location, Resource, Service
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Work

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
STAFF_HORIZON = 366 * DAY
MONTH_BACK = 32 * DAY
"""Closures of the month's days that are over are told too."""

Question = tuple[Sequence[Rule], Sequence[Shut], list[Lanes], Sequence[Taken], Wish, str]


@dataclass(frozen=True)
class Offer:
    """All that is known about one visit except who has booked. `needs`: per need the resources that may serve it."""

    basket: Basket
    place: Location
    needs: tuple[tuple[Resource, ...], ...]
    rules: Sequence[Rule]
    shuts: Sequence[Shut]
    wish: Wish
    longest: timedelta
    """How far back claims may begin that reach into a search's days."""
    counted: tuple[UUID, ...] = ()
    """Further resources of the place whose online appointments count towards a quota."""

    @property
    def service(self) -> Service:
        """The first service."""
        return self.basket.service

    @property
    def zone(self) -> str:
        """The zone of the place."""
        return self.place.zone

    @property
    def length(self) -> timedelta:
        """How long the appointment itself takes, without buffers."""
        return self.wish.duration_min * MINUTE

    @property
    def resources(self) -> tuple[Resource, ...]:
        """All resources that may take part, those of the first need first."""
        return tuple(one for need in self.needs for one in need)

    @property
    def lanes(self) -> list[Lanes]:
        """The resources as the engine reads them."""
        return [Lanes(one.id, one.capacity, number) for number, need in enumerate(self.needs) for one in need]

    @property
    def has_quota(self) -> bool:
        """Whether what people book themselves is limited by some rule."""
        return self.wish.online and any(rule.online_quota is not None for rule in self.rules)

    def starts(self, known: Occupied, first_day: date, last_day: date) -> list[Start]:
        """Every start that is free on these local days."""
        return free_starts(*self._asked(known), first_day, last_day, groups=known.groups)

    def counts(self, known: Occupied, first_day: date, last_day: date) -> dict[date, int]:
        """How many starts each of these local days has; days without any are left out."""
        return days_with_free(*self._asked(known), first_day, last_day, groups=known.groups)

    def start_at(self, known: Occupied, starts_at: datetime) -> Start | None:
        """The offer at exactly `starts_at`, by the same arithmetic."""
        return free_start(*self._asked(known), starts_at, groups=known.groups)

    def _asked(self, known: Occupied) -> Question:
        return self.rules, self.shuts, self.lanes, known.taken, self.wish, self.zone


def offer_of(work: Work, what: Basket | Service, *, resource_id: UUID | None = None, for_staff: bool = False) -> Offer:
    """The offer of a visit, with one resource if it is named. Staff are not bound by lead time, horizon and quotas."""
    basket = what if isinstance(what, Basket) else single(what)
    known = basket.known or known_calendar(work)
    place = known.places[basket.service.location_id]
    wish = _wish(basket, place.zone, work.now, for_staff)
    last_day = local_day(wish.latest, place.zone) + 3 * DAY
    found = Offer(
        basket=basket,
        place=place,
        needs=_needs(known, basket, resource_id) if place.active else (),
        rules=rules_of(work, place, known),
        shuts=shuts_of(work, place, local_day(work.now, place.zone) - MONTH_BACK, last_day, known),
        wish=wish,
        longest=known.longest,
    )
    return replace(found, counted=_counted(work, found)) if found.has_quota else found


def offer_for(
    work: Work, booking: Booking, *, minutes: int | None = None, resource_id: UUID | None = None, for_staff: bool
) -> Offer:
    """The offer to which a booking may move; it keeps its own length unless the staff give another, in minutes.

    A place in a group has the length of the group.
    """
    found = offer_of(work, basket_of(work, booking), resource_id=resource_id, for_staff=for_staff)
    if found.basket.seats > 1:
        return found
    length = minutes or (booking.ends_at - booking.starts_at) // MINUTE
    return replace(found, wish=replace(found.wish, duration_min=length))


def taken_on(work: Work, offer: Offer, first_day: date, last_day: date, *, ignoring: Iterable[UUID] = ()) -> Occupied:
    """What may touch appointments that begin on these local days, buffers included; lapsed holds left out.

    `ignoring` names bookings whose own claims do not count: the tab's hold, the appointment that moves.
    """
    begin = day_bounds(first_day, offer.zone)[0] - offer.wish.before_min * MINUTE
    end = day_bounds(last_day, offer.zone)[1] + offer.length + offer.wish.after_min * MINUTE
    capacity = {one.id: one.capacity for one in offer.resources}
    group_of = offer.service if offer.basket.seats > 1 else None
    return occupied_between(
        work, capacity, begin, end, longest=offer.longest, ignoring=ignoring, counted=offer.counted, group_of=group_of
    )


def _needs(known: KnownCalendar, basket: Basket, resource_id: UUID | None) -> tuple[tuple[Resource, ...], ...]:
    """Per need the active resources that serve all services; nothing at all when a need has none left."""
    wanted = {one.id for one in basket.services}
    needs: dict[int, dict[UUID, tuple[Resource, int]]] = {}
    for one in known.serving:
        if one.service_id in wanted:
            serves = needs.setdefault(one.need, {})
            serves[one.resource.id] = (one.resource, serves.get(one.resource.id, (one.resource, 0))[1] + 1)
    found = [
        [one for one, served in needs[need].values() if served == len(basket.items) and one.active]
        for need in sorted(needs)
    ]
    if resource_id is not None:
        found = [[one for one in need if one.id == resource_id] or need for need in found]
        if all(one.id != resource_id for need in found for one in need):
            return ()
    return tuple(tuple(need) for need in found) if all(found) else ()


def rules_of(work: Work, place: Location, known: KnownCalendar | None = None) -> list[Rule]:
    """All opening hours at a place, those of its resources included."""
    return list((known or known_calendar(work)).rules.get(place.id, ()))


def shuts_of(
    work: Work, place: Location, first_day: date, last_day: date, known: KnownCalendar | None = None
) -> list[Shut]:
    """All closures at a place that touch these local days, and the public holidays if the place keeps them."""
    closures = (known or known_calendar(work)).shuts.get(place.id, ())
    shuts = [one for one in closures if one.first_day <= last_day and one.last_day >= first_day]
    if place.holidays:
        shuts += holiday_shuts(place.land or work.get(Tenant, work.tenant).land, first_day, last_day)
    return shuts


def _wish(basket: Basket, zone: str, now: datetime, for_staff: bool) -> Wish:
    """Lead time counts in real time; the horizon ends with its last local day."""
    last_day = local_day(now, zone) + basket.horizon_days * DAY
    latest = day_bounds(last_day, zone)[1] - MINUTE
    return Wish(
        duration_min=basket.duration_min,
        before_min=basket.before_min,
        after_min=basket.after_min,
        step_min=basket.service.step_min,
        earliest=now if for_staff else now + basket.lead_min * MINUTE,
        latest=latest + STAFF_HORIZON if for_staff else latest,
        places=basket.places,
        seats=basket.seats,
        online=not for_staff,
    )


def _counted(work: Work, offer: Offer) -> tuple[UUID, ...]:
    known = {one.id for one in offer.resources}
    query = work.select(Resource.id).where(Resource.location_id == offer.place.id)
    return tuple(one for one in work.all(query) if one not in known)
