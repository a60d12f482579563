"""A demo tenant's calendar: place, resources, services with their questions, opening hours."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from smartcx_portal.kit.clock import local_day
from smartcx_portal.models.calendar import (
    Closure,
    Colour,
    FieldKind,
    FormField,
    Location,
    OpeningHours,
    Resource,
    ResourceKind,
    Service,
    ServiceResource,
)
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.operations.demo_facts import WEEKDAYS, DemoFacts
from smartcx_portal.operations.founding import first_location
from smartcx_portal.tenancy import Work


@dataclass(frozen=True, slots=True)
class Question:
    """A form field with answers that people might give."""

    field: FormField
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """What bookings are made from: per resource the plain services it gives, per service its questions.

    `special` are the services that need several resources or are for groups, each with one resource per need.
    """

    place: Location
    given_by: tuple[tuple[Resource, list[Service]], ...]
    questions: dict[UUID, list[Question]]
    special: tuple[tuple[Service, tuple[Resource, ...]], ...]


def make_calendar(work: Work, tenant: Tenant, facts: DemoFacts) -> Calendar:
    """Everything that can be booked at one demo tenant."""
    place = first_location(work, tenant)
    place.directions, place.accessibility = facts.directions, facts.accessibility
    resources = [
        work.new(Resource, location_id=place.id, position=number, name=one["name"], kind=ResourceKind(one["kind"]))
        for number, one in enumerate(facts.resources)
    ]
    by_resource: dict[int, list[Service]] = {number: [] for number in range(len(resources))}
    questions: dict[UUID, list[Question]] = {}
    special: list[tuple[Service, tuple[Resource, ...]]] = []
    for position, entry in enumerate(facts.services):
        service = _service(work, place, position, entry)
        questions[service.id] = [_question(work, service, n, raw) for n, raw in enumerate(entry.get("field", []))]
        needs = [entry["by"], *entry.get("also", [])]
        _serve(work, service, [[resources[number] for number in need] for need in needs])
        if len(needs) > 1 or service.seats > 1:
            special.append((service, tuple(resources[need[0]] for need in needs)))
            continue
        for number in entry["by"]:
            by_resource[number].append(service)
    _open(work, place, facts, resources)
    given = zip(resources, by_resource.values(), strict=True)
    return Calendar(place, tuple(given), questions, tuple(special))


def _serve(work: Work, service: Service, needs: list[list[Resource]]) -> None:
    for number, need in enumerate(needs):
        for resource in need:
            work.new(ServiceResource, service_id=service.id, resource_id=resource.id, need=number)


def _open(work: Work, place: Location, facts: DemoFacts, resources: list[Resource]) -> None:
    """Weekly hours with their quotas, hours of single resources, closures and public holidays."""
    place.holidays = True
    for rule in facts.hours:
        quota = facts.quotas.get(rule.weekday)
        span = {"weekday": rule.weekday, "opens": rule.opens, "closes": rule.closes}
        work.new(OpeningHours, location_id=place.id, online_quota=quota, **span)
    for raw in facts.rules:
        work.new(
            OpeningHours,
            location_id=place.id,
            resource_id=resources[raw["resource"]].id,
            weekday=WEEKDAYS.index(raw["weekday"]),
            opens=time.fromisoformat(raw["opens"]),
            closes=time.fromisoformat(raw["closes"]),
        )
    today = local_day(work.now, place.zone)
    for raw in facts.closures:
        begins = raw.get("begins")
        work.new(
            Closure,
            location_id=place.id,
            resource_id=resources[raw["resource"]].id if "resource" in raw else None,
            first_day=today + timedelta(days=raw["first"]),
            last_day=today + timedelta(days=raw["last"]),
            begins=time.fromisoformat(begins) if begins else None,
            reason=raw["reason"],
        )


def _service(work: Work, place: Location, position: int, entry: dict[str, Any]) -> Service:
    columns = {name: value for name, value in entry.items() if name not in ("by", "also", "field", "colour")}
    colour = Colour(entry.get("colour", Colour.BLUE))
    return work.new(Service, location_id=place.id, position=position, colour=colour, **columns)


def _question(work: Work, service: Service, position: int, raw: dict[str, Any]) -> Question:
    columns = {name: value for name, value in raw.items() if name not in ("samples", "kind")}
    field = work.new(FormField, service_id=service.id, position=position, kind=FieldKind(raw["kind"]), **columns)
    return Question(field, tuple(raw["samples"]))
