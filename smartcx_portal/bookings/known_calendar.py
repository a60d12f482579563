"""What can be booked at a tenant, read at once and kept in this process for as long as it stands.

The database draws a new version of a calendar with every change of it, whoever makes it (`models.walls`); what was
read is asked for by its version, so nobody is offered what no longer holds, and a booking asks once, not seven times.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.bookings.opening import Rule, Shut
from smartcx_portal.models.calendar import (
    CalendarVersion,
    Closure,
    FormField,
    Location,
    OpeningHours,
    Resource,
    Service,
    ServiceResource,
)
from smartcx_portal.tenancy import Select, Work

MINUTE = timedelta(minutes=1)
LONGEST_CLAIM = timedelta(days=2)
"""How far back a search looks for claims that reach into its days, at the least."""
MOST_KEPT = 64
"""Calendars that one process keeps: of some hundred rows each."""


@dataclass(frozen=True, slots=True)
class Serving:
    """A resource that may serve a service, for one of its needs."""

    resource: Resource
    service_id: UUID
    need: int


@dataclass(frozen=True, slots=True)
class KnownCalendar:
    """The rows as they stood in one version. Many read them at a time, so nobody may change them.

    `rules` and `shuts` by location, `questions` by service and in their order; `serving` in the tenant's order.
    `longest`: no claim is longer, unless a visit combines a lot: what one service can be multiplied to is counted.
    """

    services: Mapping[UUID, Service]
    places: Mapping[UUID, Location]
    serving: Sequence[Serving]
    rules: Mapping[UUID, Sequence[Rule]]
    shuts: Mapping[UUID, Sequence[Shut]]
    questions: Mapping[UUID, Sequence[FormField]]
    longest: timedelta


_kept: OrderedDict[tuple[UUID, UUID], KnownCalendar] = OrderedDict()
_keeping = Lock()


def known_calendar(work: Work) -> KnownCalendar:
    """The tenant's calendar as this transaction sees it now."""
    versions = work.rows(_version)
    if not versions:
        return _read(work)
    key = work.tenant, versions[0]
    with _keeping:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    found = _read(work)
    with _keeping:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _version(select: Select) -> sa.Select[tuple[UUID]]:
    return select(CalendarVersion.version)


def _read(work: Work) -> KnownCalendar:
    """All of it, with rows that belong to no session."""
    services = work.copies(work.select(Service))
    return KnownCalendar(
        services={one.id: one for one in services},
        places={one.id: one for one in work.copies(work.select(Location))},
        serving=_serving(work),
        rules=_rules(work),
        shuts=_shuts(work),
        questions=_questions(work),
        longest=max([LONGEST_CLAIM, *(_longest(one) for one in services)]),
    )


def _longest(one: Service) -> timedelta:
    return (one.before_min + one.duration_min * one.most_at_once + one.after_min) * MINUTE


def _serving(work: Work) -> list[Serving]:
    query = work.select(Resource).order_by(Resource.position, Resource.name, Resource.id)
    pairs = work.all(work.select(ServiceResource.resource_id, ServiceResource.service_id, ServiceResource.need))
    return [
        Serving(resource, service_id, need)
        for resource in work.copies(query)
        for resource_id, service_id, need in pairs
        if resource_id == resource.id
    ]


def _rules(work: Work) -> Mapping[UUID, Sequence[Rule]]:
    found: dict[UUID, list[Rule]] = defaultdict(list)
    for one in work.copies(work.select(OpeningHours)):
        rule = Rule(
            one.weekday,
            one.opens,
            one.closes,
            one.valid_from,
            one.valid_until,
            one.resource_id,
            every_weeks=one.every_weeks,
            nth=one.nth,
            extra=one.extra,
            online_quota=one.online_quota,
        )
        found[one.location_id].append(rule)
    return dict(found)


def _shuts(work: Work) -> Mapping[UUID, Sequence[Shut]]:
    found: dict[UUID, list[Shut]] = defaultdict(list)
    for one in work.copies(work.select(Closure)):
        found[one.location_id].append(Shut(one.first_day, one.last_day, one.begins, one.ends, one.resource_id))
    return dict(found)


def _questions(work: Work) -> Mapping[UUID, Sequence[FormField]]:
    found: dict[UUID, list[FormField]] = defaultdict(list)
    query = work.select(FormField).where(FormField.active.is_(True)).order_by(FormField.position, FormField.id)
    for one in work.copies(query):
        found[one.service_id].append(one)
    return dict(found)
