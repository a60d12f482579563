"""Free times for machines: the same search as for people, without words for each of a thousand times."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from smartcx_portal.bookings.basket import Basket, read_basket
from smartcx_portal.bookings.drafts import own_hold_id
from smartcx_portal.bookings.offer import offer_of, taken_on
from smartcx_portal.kit.clock import local_day
from smartcx_portal.tenancy import Work


@dataclass(frozen=True, slots=True)
class FreeStarts:
    """Free starts in order, aware UTC, each with how many can still book it; `zone` is the place's."""

    zone: str
    duration_min: int
    starts: list[tuple[datetime, int]]


def free_starts_between(
    work: Work,
    services: str | UUID | Basket,
    first: date,
    last: date,
    resource_id: UUID | None = None,
    *,
    way: str = "",
    places: int | str = 1,
) -> FreeStarts:
    """Every start of these local days, both included, that can be booked now. Raises as `read_basket`."""
    basket = read_basket(work, services, way=way, places=places)
    offer = offer_of(work, basket, resource_id=resource_id)
    first = max(first, local_day(work.now, offer.zone))
    last = min(last, local_day(offer.wish.latest, offer.zone))
    if last < first:
        return FreeStarts(offer.zone, basket.duration_min, [])
    found = offer.starts(taken_on(work, offer, first, last, ignoring=own_hold_id(work)), first, last)
    group = basket.seats > 1
    starts = [(one.starts_at, one.seats if group else len(one.resource_ids)) for one in found]
    return FreeStarts(offer.zone, basket.duration_min, starts)
