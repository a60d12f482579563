"""What the calendar can be narrowed to, and what the staff choose from when they book or move."""

from dataclasses import dataclass

from smartcx_portal.bookings.calendar_rows import SHOWN_STATES
from smartcx_portal.bookings.queries import STATUS_TEXTS
from smartcx_portal.kit.language import translate
from smartcx_portal.models.calendar import Location, Resource, Service
from smartcx_portal.tenancy import Permission, Work

Named = tuple[str, str]
"""An id, or a state's word, and what it is called."""


@dataclass(frozen=True, slots=True)
class Options:
    """Lists in the tenant's order, with what is switched off: old appointments have it."""

    locations: list[Named]
    services: list[Named]
    resources: list[Named]
    states: list[Named]


def calendar_options(work: Work) -> Options:
    """All that can be chosen in the calendar's filters."""
    work.need(Permission.BOOKINGS_READ)
    places = work.all(work.select(Location.id, Location.name).order_by(Location.position, Location.name))
    services = work.all(work.select(Service.id, Service.name).order_by(Service.position, Service.name))
    resources = work.all(work.select(Resource.id, Resource.name).order_by(Resource.position, Resource.name))
    return Options(
        locations=[(str(one), name) for one, name in places],
        services=[(str(one), name) for one, name in services],
        resources=[(str(one), name) for one, name in resources],
        states=[(one.value, translate(work.lang, STATUS_TEXTS[one])) for one in SHOWN_STATES],
    )
