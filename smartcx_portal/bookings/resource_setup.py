"""Counters, people, rooms and devices as their tenant sets them up: list, enter, change, sort, remove."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.changing import changing, take_away
from smartcx_portal.bookings.serving import KINDS
from smartcx_portal.bookings.sheet import NOT_FROM_THE_LIST, Sheet
from smartcx_portal.bookings.sorting import shift
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.calendar import (
    Closure,
    Location,
    OpeningHours,
    Resource,
    ResourceKind,
    Service,
    ServiceResource,
)
from smartcx_portal.tenancy import Permission, Work

MOST_AT_A_TIME = 100
LONGEST_NAME = 120
BEFORE = "service-"
NAME_MISSING = N_("Enter a name, such as Counter 3.")
CAPACITY = N_("Enter how many appointments it takes at a time, from 1 to 100.")
NOT_SERVED_HERE = N_("This service belongs to another location. Please load the page again.")


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """One resource of the list."""

    id: str
    name: str
    kind: str
    place: str
    capacity: int
    services: str
    active: bool
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class ServedRow:
    """A service of the resource's place; `ticked` is `yes` if the resource serves it."""

    id: str
    name: str
    """Of the form's field."""
    label: str
    ticked: str


def list_resources(work: Work) -> list[ResourceRow]:
    """All resources in the tenant's order, those that are out of use too."""
    work.need(Permission.CALENDAR_EDIT)
    found = _ordered(work)
    places = dict(work.all(work.select(Location.id, Location.name)))
    served = _served(work)
    return [
        ResourceRow(
            id=str(one.id),
            name=one.name,
            kind=translate(work.lang, KINDS[one.kind]),
            place=places[one.location_id],
            capacity=one.capacity,
            services=", ".join(served.get(one.id, [])),
            active=one.active,
            first=number == 0,
            last=number == len(found) - 1,
        )
        for number, one in enumerate(found)
    ]


def resource_entries(work: Work, resource_id: str | UUID) -> dict[str, str]:
    """What the form of a resource shows; a ticked box is `yes`."""
    work.need(Permission.CALENDAR_EDIT)
    return _entries(work.get(Resource, as_id(str(resource_id))))


def new_resource_entries(work: Work) -> dict[str, str]:
    """What the form of a new resource shows; nothing where the tenant has no place yet."""
    work.need(Permission.CALENDAR_EDIT)
    query = work.select(Location.id).where(Location.active.is_(True)).order_by(Location.position, Location.id)
    place = work.first(query)
    return _entries(Resource(location_id=place, name="")) if place else {}


def served_rows(work: Work, location_id: str, resource_id: str = "") -> list[ServedRow]:
    """The services of a place, and which of them the resource serves."""
    work.need(Permission.CALENDAR_EDIT)
    linked = _linked(work, as_id(resource_id)) if resource_id else {}
    return [
        ServedRow(str(one.id), f"{BEFORE}{one.id}", one.name, "yes" if one.id in linked else "")
        for one in _services(work, as_id(location_id))
    ]


def save_resource(work: Work, resource_id: str, entered: Mapping[str, Any]) -> str:
    """Change a resource, or add one if `resource_id` is empty; its id.

    A service that it begins to serve takes it in the first step. Raises `NotFound`, and `InvalidForm`.
    """
    with changing(work, "resource.changed" if resource_id else "resource.added") as change:
        sheet = Sheet(entered)
        resource = work.get(Resource, as_id(resource_id)) if resource_id else None
        location_id = resource.location_id if resource else _chosen_place(work, sheet)
        values = _read(sheet)
        served = _read_served(work, sheet, location_id)
        sheet.check()
        if resource is None:
            last = max((one.position for one in _ordered(work)), default=-1)
            resource = work.new(Resource, location_id=location_id, position=last + 1, **values)
        for name, value in values.items():
            setattr(resource, name, value)
        work.flush()
        _write_served(work, resource, served)
        change.about = resource
    return str(resource.id)


def move_resource(work: Work, resource_id: str | UUID, *, up: bool) -> bool:
    """One step up or down in lists and calendars; False at the end of the list."""
    with changing(work, "resource.changed") as change:
        change.about = resource = work.get(Resource, as_id(str(resource_id)))
        return shift(work, _ordered(work), resource.id, up=up)


def remove_resource(work: Work, resource_id: str | UUID) -> bool:
    """Take a resource away with its own hours and closures. False: it was booked, so it stays, out of use."""
    with changing(work, "resource.removed") as change:
        change.about = resource = work.get(Resource, as_id(str(resource_id)))
        hanging = [
            row
            for model in (ServiceResource, OpeningHours, Closure)
            for row in work.all(work.select(model).where(model.resource_id == resource.id))
        ]
        return take_away(work, *hanging, resource)


def _entries(one: Resource) -> dict[str, str]:
    return {
        "name": one.name,
        "kind": one.kind.value,
        "capacity": str(one.capacity),
        "active": "yes" if one.active else "",
        "location_id": str(one.location_id),
    }


def _read(sheet: Sheet) -> dict[str, Any]:
    kind = sheet.one_of("kind", [one.value for one in ResourceKind])
    return {
        "name": sheet.line("name", NAME_MISSING, longest=LONGEST_NAME),
        "kind": ResourceKind(kind) if kind in set(ResourceKind) else ResourceKind.COUNTER,
        "capacity": sheet.number("capacity", 1, MOST_AT_A_TIME, CAPACITY),
        "active": sheet.box("active"),
    }


def _read_served(work: Work, sheet: Sheet, location_id: UUID | None) -> set[UUID]:
    here = {f"{BEFORE}{one.id}": one.id for one in _services(work, location_id)}
    ticked = [str(name) for name in sheet.entered if str(name).startswith(BEFORE) and sheet.box(str(name))]
    if any(name not in here for name in ticked):
        sheet.wrong("_served", NOT_SERVED_HERE)
    return {here[name] for name in ticked if name in here}


def _write_served(work: Work, resource: Resource, served: set[UUID]) -> None:
    """What it serves already keeps its step."""
    linked = _linked(work, resource.id)
    for service_id in linked.keys() - served:
        work.delete(linked[service_id])
    for service_id in served - linked.keys():
        work.new(ServiceResource, service_id=service_id, resource_id=resource.id)


def _linked(work: Work, resource_id: UUID) -> dict[UUID, ServiceResource]:
    rows = work.all(work.select(ServiceResource).where(ServiceResource.resource_id == resource_id))
    return {row.service_id: row for row in rows}


def _ordered(work: Work) -> list[Resource]:
    return list(work.all(work.select(Resource).order_by(Resource.position, Resource.name, Resource.id)))


def _services(work: Work, location_id: UUID | None) -> list[Service]:
    query = work.select(Service).where(Service.location_id == location_id)
    return list(work.all(query.order_by(Service.position, Service.name)))


def _served(work: Work) -> dict[UUID, list[str]]:
    """Names of the services that each resource serves."""
    names = dict(work.all(work.select(Service.id, Service.name)))
    found: dict[UUID, list[str]] = {}
    for resource_id, service_id in work.all(work.select(ServiceResource.resource_id, ServiceResource.service_id)):
        found.setdefault(resource_id, []).append(names[service_id])
    return {resource_id: sorted(served) for resource_id, served in found.items()}


def _chosen_place(work: Work, sheet: Sheet) -> UUID | None:
    try:
        return work.get(Location, as_id(sheet.raw("location_id"))).id
    except NotFound:
        sheet.wrong("location_id", NOT_FROM_THE_LIST)
        return None
