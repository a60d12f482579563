"""Whose opening hours: a location's, or those of one of its resources."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from smartcx_portal.bookings.hours import place_of
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.models.calendar import Location, OpeningHours, Resource, Service, ServiceResource
from smartcx_portal.tenancy import Permission, Work


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has hours: `resource_id` is empty for a whole location. `own`: it has weekly hours of its own.

    `key` is both ids in one text; `name` is the resource's, or the location's.
    """

    key: str
    location_id: str
    resource_id: str
    place: str
    name: str
    own: bool


def owners(work: Work) -> list[Owner]:
    """Every location in use, each followed by its resources in use, in the tenant's order."""
    work.need(Permission.CALENDAR_EDIT)
    order = (Location.position, Location.name, Location.id)
    places = work.all(work.select(Location).where(Location.active.is_(True)).order_by(*order))
    resources = work.all(
        work.select(Resource).where(Resource.active.is_(True)).order_by(Resource.position, Resource.name, Resource.id)
    )
    own = _with_own(work)
    found = []
    for place in places:
        found.append(_owner(place, None, own))
        found += [_owner(place, one, own) for one in resources if one.location_id == place.id]
    return found


def owner_of(work: Work, location_id: str, resource_id: str = "") -> Owner:
    """One of them, also if it is switched off; without an id the tenant's first location. Raises `NotFound`."""
    work.need(Permission.CALENDAR_EDIT)
    resource = work.get(Resource, as_id(resource_id)) if resource_id else None
    place = work.get(Location, resource.location_id) if resource else place_of(work, location_id)
    if location_id and str(place.id) != str(as_id(location_id)):
        raise NotFound
    return _owner(place, resource, _with_own(work))


def resources_at(work: Work, location_id: str) -> list[tuple[str, str]]:
    """Id and name of the resources in use at a place, in the tenant's order."""
    return [(one.resource_id, one.name) for one in owners(work) if one.location_id == location_id and one.resource_id]


def services_of(work: Work, location_id: str, resource_id: str = "") -> list[tuple[str, str]]:
    """Id and name of the services offered at a place, or by one resource: what a preview can be made for."""
    work.need(Permission.CALENDAR_EDIT)
    query = work.select(Service).where(Service.location_id == as_id(location_id), Service.active.is_(True))
    if resource_id:
        serves = work.select(ServiceResource.service_id).where(ServiceResource.resource_id == as_id(resource_id))
        query = query.where(Service.id.in_(serves))
    return [(str(one.id), one.name) for one in work.all(query.order_by(Service.position, Service.name, Service.id))]


def _owner(place: Location, resource: Resource | None, own: Sequence[UUID]) -> Owner:
    name, resource_id = (resource.name, str(resource.id)) if resource else (place.name, "")
    return Owner(
        key=f"{place.id}/{resource_id}",
        location_id=str(place.id),
        resource_id=resource_id,
        place=place.name,
        name=name,
        own=resource is not None and resource.id in own,
    )


def _with_own(work: Work) -> Sequence[UUID]:
    """The resources that have weekly hours which are not over."""
    today = local_day(work.now, "UTC")
    query = work.select(OpeningHours.resource_id).where(
        OpeningHours.resource_id.is_not(None),
        OpeningHours.extra.is_(False),
        OpeningHours.valid_until.is_(None) | (OpeningHours.valid_until >= today),
    )
    return list(work.all(query.distinct()))
