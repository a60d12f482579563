"""Services as their tenant sets them up: list, enter, change, sort, remove."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.changing import changing, take_away
from smartcx_portal.bookings.queries import HIDDEN
from smartcx_portal.bookings.service_form import entries_of, read_columns
from smartcx_portal.bookings.serving import read_needs, write_needs
from smartcx_portal.bookings.sheet import NOT_FROM_THE_LIST, Sheet
from smartcx_portal.bookings.sorting import shift
from smartcx_portal.bookings.spans import span_text
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.models.calendar import FormField, Location, Resource, Service, ServiceResource
from smartcx_portal.tenancy import Permission, Work

ENDED = (*HIDDEN, BookingStatus.CANCELLED, BookingStatus.FINISHED, BookingStatus.NO_SHOW)


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service of the list. `duration` and `price` are in words."""

    id: str
    name: str
    place: str
    duration: str
    price: str
    colour: str
    resources: str
    questions: int
    online: bool
    active: bool
    first: bool
    last: bool


def list_services(work: Work) -> list[ServiceRow]:
    """All services in the tenant's order, those that are switched off too."""
    work.need(Permission.CALENDAR_EDIT)
    found = _ordered(work)
    places = dict(work.all(work.select(Location.id, Location.name)))
    served, asked = _served(work), _asked(work)
    return [
        ServiceRow(
            id=str(one.id),
            name=one.name,
            place=places[one.location_id],
            duration=span_text(one.duration_min, work.lang),
            price=one.price,
            colour=one.colour.value,
            resources=", ".join(served.get(one.id, [])),
            questions=asked.count(one.id),
            online=one.online,
            active=one.active,
            first=number == 0,
            last=number == len(found) - 1,
        )
        for number, one in enumerate(found)
    ]


def service_entries(work: Work, service_id: str | UUID) -> dict[str, str]:
    """What the form of a service shows."""
    work.need(Permission.CALENDAR_EDIT)
    return entries_of(work.get(Service, as_id(str(service_id))))


def new_service_entries(work: Work, location_id: str = "") -> dict[str, str]:
    """What the form of a new service shows: the columns' own defaults, and half an hour."""
    work.need(Permission.CALENDAR_EDIT)
    place = _place(work, location_id)
    fresh = Service(location_id=place.id, name="", duration_min=30, step_min=30) if place else None
    return entries_of(fresh) if fresh else {}


def list_places(work: Work) -> list[tuple[str, str]]:
    """Id and name of the places in use, in the tenant's order: where something new can belong."""
    work.need(Permission.CALENDAR_EDIT)
    return [(str(one.id), one.name) for one in _places(work)]


def save_service(work: Work, service_id: str, entered: Mapping[str, Any]) -> str:
    """Change a service, or add one if `service_id` is empty; its id.

    Raises `NotFound`, and `InvalidForm` with a sentence for each wrong field.
    """
    with changing(work, "service.changed" if service_id else "service.added") as change:
        change.about = service = write_service(work, service_id, entered)
    return str(service.id)


def write_service(work: Work, service_id: str, entered: Mapping[str, Any]) -> Service:
    """The rows of `save_service`, within a change or for a preview that leaves nothing."""
    sheet = Sheet(entered)
    service = work.get(Service, as_id(service_id)) if service_id else None
    location_id = service.location_id if service else _chosen_place(work, sheet)
    needs = read_needs(work, sheet, location_id) if location_id else {}
    values = read_columns(sheet, needs=len(set(needs.values())))
    sheet.check()
    if service is None:
        last = max((one.position for one in _ordered(work)), default=-1)
        service = work.new(Service, location_id=location_id, position=last + 1, **values)
    for name, value in values.items():
        setattr(service, name, value)
    work.flush()
    write_needs(work, service, needs)
    return service


def move_service(work: Work, service_id: str | UUID, *, up: bool) -> bool:
    """One step up or down in the list that people see; False at the end of the list."""
    with changing(work, "service.sorted") as change:
        change.about = service = work.get(Service, as_id(str(service_id)))
        return shift(work, _ordered(work), service.id, up=up)


def remove_service(work: Work, service_id: str | UUID) -> bool:
    """Take a service away with its questions. False: it was booked once, so it stays, switched off."""
    with changing(work, "service.removed") as change:
        change.about = service = work.get(Service, as_id(str(service_id)))
        links = work.all(work.select(ServiceResource).where(ServiceResource.service_id == service.id))
        fields = work.all(work.select(FormField).where(FormField.service_id == service.id))
        return take_away(work, *links, *fields, service)


def coming_bookings(work: Work, service_id: str | UUID) -> int:
    """How many appointments of a service are still to come; a change of the service leaves them as they are."""
    work.need(Permission.CALENDAR_EDIT)
    query = work.select(Booking.id).where(Booking.service_id == as_id(str(service_id)), Booking.starts_at > work.now)
    return work.count(query.where(Booking.status.not_in(ENDED)))


def _ordered(work: Work) -> list[Service]:
    return list(work.all(work.select(Service).order_by(Service.position, Service.name, Service.id)))


def _served(work: Work) -> dict[UUID, list[str]]:
    """Names of the resources that serve each service."""
    names = dict(work.all(work.select(Resource.id, Resource.name).where(Resource.active.is_(True))))
    found: dict[UUID, list[str]] = {}
    for service_id, resource_id in work.all(work.select(ServiceResource.service_id, ServiceResource.resource_id)):
        if resource_id in names:
            found.setdefault(service_id, []).append(names[resource_id])
    return {service_id: sorted(served) for service_id, served in found.items()}


def _asked(work: Work) -> list[UUID]:
    """The service of each question that is asked."""
    return list(work.all(work.select(FormField.service_id).where(FormField.active.is_(True))))


def _place(work: Work, location_id: str) -> Location | None:
    """The named place, else the first; None where the tenant has none yet."""
    if location_id:
        return work.get(Location, as_id(location_id))
    return next(iter(_places(work)), None)


def _places(work: Work) -> list[Location]:
    query = work.select(Location).where(Location.active.is_(True))
    return list(work.all(query.order_by(Location.position, Location.name, Location.id)))


def _chosen_place(work: Work, sheet: Sheet) -> UUID | None:
    """The place of a new service; another tenant's is none."""
    try:
        return work.get(Location, as_id(sheet.raw("location_id"))).id
    except NotFound:
        sheet.wrong("location_id", NOT_FROM_THE_LIST)
        return None
