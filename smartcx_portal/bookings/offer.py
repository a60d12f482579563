"""What the engine is asked about: a service's rules, closures, lanes and claims, read for one tenant."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.bookings.availability import (
    Lanes,
    Start,
    Taken,
    Wish,
    days_with_free,
    free_start,
    free_starts,
)
from smartcx_portal.bookings.catalogue import serving
from smartcx_portal.bookings.moments import day_bounds
from smartcx_portal.bookings.opening import Rule, Shut
from smartcx_portal.kit.clock import local_day
from smartcx_portal.models.booking import Booking, BookingStatus, Claim
from smartcx_portal.models.calendar import Closure, Location, OpeningHours, Resource, Service
from smartcx_portal.tenancy import Work

OPEN_ENDED = (BookingStatus.HELD, BookingStatus.PENDING)
"""The states that give their time back by themselves."""
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
LONGEST_CLAIM = timedelta(days=2)
"""How far back a search looks for claims that reach into its days, at the least."""


Question = tuple[Sequence[Rule], Sequence[Shut], list[Lanes], Sequence[Taken], Wish, str]


@dataclass(frozen=True)
class Offer:
    """All that is known about one service except who has booked."""

    service: Service
    place: Location
    resources: Sequence[Resource]
    rules: Sequence[Rule]
    shuts: Sequence[Shut]
    wish: Wish
    longest: timedelta
    """How far back claims may begin that reach into a search's days."""

    @property
    def zone(self) -> str:
        """The zone of the place."""
        return self.place.zone

    @property
    def length(self) -> timedelta:
        """How long the appointment itself takes, without buffers."""
        return self.wish.duration_min * MINUTE

    @property
    def lanes(self) -> list[Lanes]:
        """The resources as the engine reads them."""
        return [Lanes(one.id, one.capacity) for one in self.resources]

    def starts(self, taken: Sequence[Taken], first_day: date, last_day: date) -> list[Start]:
        """Every start that is free on these local days."""
        return free_starts(*self._asked(taken), first_day, last_day)

    def counts(self, taken: Sequence[Taken], first_day: date, last_day: date) -> dict[date, int]:
        """How many starts each of these local days has; days without any are left out."""
        return days_with_free(*self._asked(taken), first_day, last_day)

    def start_at(self, taken: Sequence[Taken], starts_at: datetime) -> Start | None:
        """The offer at exactly `starts_at`, by the same arithmetic."""
        return free_start(*self._asked(taken), starts_at)

    def _asked(self, taken: Sequence[Taken]) -> Question:
        return self.rules, self.shuts, self.lanes, taken, self.wish, self.zone


def offer_of(work: Work, service: Service, *, resource_id: UUID | None = None, for_staff: bool = False) -> Offer:
    """The offer of `service`, of one resource if it is named. Staff are not bound by lead time and horizon."""
    place = work.get(Location, service.location_id)
    named = [one for one in serving(work, service) if resource_id in (None, one.id)]
    hours = work.all(work.select(OpeningHours).where(OpeningHours.location_id == place.id))
    closures = work.all(work.select(Closure).where(Closure.location_id == place.id))
    return Offer(
        service=service,
        place=place,
        resources=named,
        rules=[
            Rule(rule.weekday, rule.opens, rule.closes, rule.valid_from, rule.valid_until, rule.resource_id)
            for rule in hours
        ],
        shuts=[Shut(shut.first_day, shut.last_day, resource_id=shut.resource_id) for shut in closures],
        wish=_wish(service, place.zone, work.now, for_staff),
        longest=_longest(work),
    )


def _wish(service: Service, zone: str, now: datetime, for_staff: bool) -> Wish:
    """Lead time counts in real time; the horizon ends with its last local day."""
    last_day = local_day(now, zone) + service.horizon_days * DAY
    latest = day_bounds(last_day, zone)[1] - MINUTE
    return Wish(
        duration_min=service.duration_min,
        before_min=service.before_min,
        after_min=service.after_min,
        step_min=service.step_min,
        earliest=now if for_staff else now + service.lead_min * MINUTE,
        latest=latest + 365 * DAY if for_staff else latest,
    )


def taken_on(
    work: Work, offer: Offer, first_day: date, last_day: date, *, ignoring: Iterable[UUID] = ()
) -> list[Taken]:
    """The claims that may touch these local days, those of lapsed holds left out.

    `ignoring` names bookings whose own claims do not count: the tab's hold, the appointment that moves.
    """
    begin = datetime.combine(first_day, time(), UTC) - 2 * DAY
    end = datetime.combine(last_day, time(), UTC) + 3 * DAY + offer.length
    left_out = set(ignoring) | set(work.all(lapsed(work)))
    found = claims_between(work, offer, [one.id for one in offer.resources], begin, end)
    return [Taken(*claim) for *claim, booking_id in found if booking_id not in left_out]


def claims_between(
    work: Work, offer: Offer, resource_ids: Sequence[UUID], begin: datetime, end: datetime
) -> Sequence[tuple[UUID, int, datetime, datetime, UUID]]:
    """All claims of these resources that touch [begin, end): the fields of `Taken`, then the booking's id."""
    query = work.select(Claim.resource_id, Claim.lane, Claim.starts_at, Claim.ends_at, Claim.booking_id)
    return work.all(
        query.where(
            Claim.resource_id.in_(resource_ids),
            Claim.starts_at < end,
            Claim.starts_at > begin - offer.longest,
            Claim.ends_at > begin,
        )
    )


def lapsed(work: Work) -> sa.Select[tuple[UUID]]:
    """Ids of held and pending bookings whose time is over: they no longer take anything."""
    return work.select(Booking.id).where(Booking.status.in_(OPEN_ENDED), Booking.lapses_at <= work.now)


def least_loaded(offer: Offer, start: Start, taken: Sequence[Taken], prefer: UUID | None = None) -> list[UUID]:
    """The resources that can serve `start`: the preferred one, then by claimed time of the day, then by position."""
    begin, end = day_bounds(local_day(start.starts_at, offer.zone), offer.zone)
    load: Counter[UUID] = Counter()
    for claim in taken:
        overlap = min(claim.ends_at, end) - max(claim.starts_at, begin)
        load[claim.resource_id] += max(int(overlap.total_seconds()), 0)
    capacity = {one.id: one.capacity for one in offer.resources}
    return sorted(start.resource_ids, key=lambda one: (one != prefer, load[one] / capacity[one]))


def _longest(work: Work) -> timedelta:
    spans = work.all(work.select(Service.before_min, Service.duration_min, Service.after_min))
    return max([LONGEST_CLAIM, *(sum(span) * MINUTE for span in spans)])
