"""Who could serve a start: one resource for each need, the best first."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice, product
from uuid import UUID

from smartcx_portal.bookings.availability import Start, free_lane
from smartcx_portal.bookings.claiming import Team
from smartcx_portal.bookings.moments import day_bounds
from smartcx_portal.bookings.occupied import NOTHING, Occupied
from smartcx_portal.bookings.offer import Offer, taken_on
from smartcx_portal.bookings.refusals import NotOffered
from smartcx_portal.kit.clock import local_day
from smartcx_portal.tenancy import Work

MOST_TEAMS = 40
"""So many are tried before a time counts as gone; with each the claims under the locks decide."""


def candidates_for(
    work: Work, offer: Offer, moment: datetime, *, ignoring: Sequence[UUID] = (), prefer: UUID | None = None
) -> list[Team]:
    """The teams that are free at `moment`, the best first; empty when all are taken.

    The staff may use any free minute within the hours, except for groups, which begin together. Raises `NotOffered`
    when the rules do not offer this moment at all.
    """
    if not offer.wish.online and offer.basket.seats == 1:
        offer = replace(offer, wish=replace(offer.wish, step_min=1))
    day = local_day(moment, offer.zone)
    known = taken_on(work, offer, day, day, ignoring=ignoring)
    start = offer.start_at(known, moment)
    if start is not None:
        return teams(offer, start, known, prefer)
    if offer.start_at(NOTHING, moment) is None:
        raise NotOffered
    return []


def any_team(work: Work, offer: Offer, moment: datetime, *, prefer: UUID | None = None) -> list[Team]:
    """The teams that an overbooked appointment or a walk-in goes to: nothing has to be open; who is free comes first.

    Raises `NotOffered` where no resource serves the visit.
    """
    if not offer.needs:
        raise NotOffered
    day = local_day(moment, offer.zone)
    known = taken_on(work, offer, day, day)
    begin, end = offer.wish.claim_for(moment)
    full = {one.id for one in offer.resources if free_lane(one.id, one.capacity, known.taken, begin, end) is None}
    first, *others = (tuple(one.id for one in need) for need in offer.needs)
    return teams(offer, Start(moment, moment + offer.length, first, tuple(others)), known, prefer, full)


def teams(
    offer: Offer, start: Start, known: Occupied, prefer: UUID | None = None, full: Collection[UUID] = ()
) -> list[Team]:
    """All teams for `start`: a group that has begun first, then the preferred resource, then who has least to do.

    Those in `full` come last. A group that has begun has taken all that it needs: who joins it asks for nothing else.
    """
    load = _load(offer, start, known)
    capacity = {one.id: one.capacity for one in offer.resources}
    begun = {
        one.resource_id for one in known.groups if one.starts_at == start.starts_at and one.free >= offer.wish.places
    }

    def by_load(ids: Iterable[UUID]) -> list[UUID]:
        return sorted(ids, key=lambda one: (one in full, one != prefer, load[one] / capacity[one]))

    joining: list[Team] = [(one,) for one in by_load(begun.intersection(start.resource_ids))]
    beginning = product(by_load(one for one in start.resource_ids if one not in begun), *map(by_load, start.others))
    return joining + list(islice(beginning, MOST_TEAMS))


def _load(offer: Offer, start: Start, known: Occupied) -> Counter[UUID]:
    """Seconds that each resource is taken on the start's local day."""
    begin, end = day_bounds(local_day(start.starts_at, offer.zone), offer.zone)
    load: Counter[UUID] = Counter()
    for claim in known.taken:
        overlap = min(claim.ends_at, end) - max(claim.starts_at, begin)
        load[claim.resource_id] += max(int(overlap.total_seconds()), 0)
    return load
