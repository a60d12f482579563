"""A demo tenant's calendar: place, resources, services with their questions, opening hours."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from smartcx_portal.models.calendar import (
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
from smartcx_portal.operations.demo_facts import DemoFacts
from smartcx_portal.operations.founding import first_location
from smartcx_portal.tenancy import Work


@dataclass(frozen=True, slots=True)
class Question:
    """A form field with answers that people might give."""

    field: FormField
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """What bookings are made from: per resource the services it gives, per service its questions."""

    place: Location
    given_by: tuple[tuple[Resource, list[Service]], ...]
    questions: dict[UUID, list[Question]]


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
    for position, entry in enumerate(facts.services):
        service = _service(work, place, position, entry)
        questions[service.id] = [_question(work, service, n, raw) for n, raw in enumerate(entry.get("field", []))]
        for number in entry["by"]:
            work.new(ServiceResource, service_id=service.id, resource_id=resources[number].id)
            by_resource[number].append(service)
    for rule in facts.hours:
        work.new(OpeningHours, location_id=place.id, weekday=rule.weekday, opens=rule.opens, closes=rule.closes)
    return Calendar(place, tuple(zip(resources, by_resource.values(), strict=True)), questions)


def _service(work: Work, place: Location, position: int, entry: dict[str, Any]) -> Service:
    columns = {name: value for name, value in entry.items() if name not in ("by", "field")}
    return work.new(Service, location_id=place.id, position=position, **columns)


def _question(work: Work, service: Service, position: int, raw: dict[str, Any]) -> Question:
    columns = {name: value for name, value in raw.items() if name not in ("samples", "kind")}
    field = work.new(FormField, service_id=service.id, position=position, kind=FieldKind(raw["kind"]), **columns)
    return Question(field, tuple(raw["samples"]))
