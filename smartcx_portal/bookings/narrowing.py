"""By what the list of bookings can be narrowed: the tenant's places, services and resources, also those of old."""

from dataclasses import dataclass

from smartcx_portal.models.calendar import Location, Resource, Service
from smartcx_portal.tenancy import Permission, Work


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Ids with names, in the tenant's order."""

    locations: tuple[tuple[str, str], ...]
    services: tuple[tuple[str, str], ...]
    resources: tuple[tuple[str, str], ...]


def narrowing(work: Work) -> Narrowing:
    """All that bookings may belong to; inactive ones too, since bookings of theirs remain."""
    work.need(Permission.BOOKINGS_READ)
    return Narrowing(*(_named(work, model) for model in (Location, Service, Resource)))


def _named(work: Work, model: type[Location] | type[Service] | type[Resource]) -> tuple[tuple[str, str], ...]:
    query = work.select(model.id, model.name).order_by(model.position, model.name)
    return tuple((str(one), name) for one, name in work.all(query))
