"""What a tenant offers to book: services and the questions that each asks."""

from dataclasses import dataclass
from uuid import UUID

from smartcx_portal.bookings.refusals import NoLongerOffered
from smartcx_portal.kit.ids import as_id
from smartcx_portal.models.calendar import FormField, Location, Resource, Service, ServiceResource
from smartcx_portal.tenancy import Work


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service with what binds the person, which is said before the times."""

    id: str
    name: str
    description: str
    for_whom: str
    bring: str
    price: str
    duration_min: int
    place: str
    address: str
    zone: str
    without_message: bool
    has_questions: bool
    costs: bool
    """Whether the button must say so (§ 312j BGB)."""
    horizon_days: int
    """How many days ahead it can be booked."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A question; its form field is named `name` and, if it is special, needs the health consent (Art. 9)."""

    id: str
    name: str
    label: str
    why: str
    kind: str
    options: tuple[str, ...]
    required: bool
    special: bool


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A counter, person, room or device that can be chosen."""

    id: str
    name: str
    kind: str


def services(work: Work) -> list[ServiceView]:
    """All services that can be booked now, in the tenant's order."""
    query = work.select(Service).where(Service.active.is_(True)).order_by(Service.position, Service.name)
    found = work.all(query)
    places = {place.id: place for place in work.all(work.select(Location))}
    asking = set(work.all(work.select(FormField.service_id).distinct()))
    return [_service_view(one, places[one.location_id], one.id in asking) for one in found]


def service(work: Work, service_id: str | UUID) -> ServiceView:
    """One service that can be booked now; raises `NotFound` or `NoLongerOffered`."""
    found = bookable_service(work, service_id)
    place = work.get(Location, found.location_id)
    asks = work.first(work.select(FormField.id).where(FormField.service_id == found.id)) is not None
    return _service_view(found, place, asks)


def form_fields(work: Work, service_id: str | UUID) -> list[FieldView]:
    """The questions of a service, in order."""
    found = work.get(Service, as_id(str(service_id)))
    return [
        FieldView(
            id=str(field.id),
            name=f"answer-{field.id}",
            label=field.label,
            why=field.why,
            kind=field.kind.value,
            options=tuple(field.options),
            required=field.required,
            special=field.special,
        )
        for field in questions(work, found.id)
    ]


def resources(work: Work, service_id: str | UUID) -> list[ResourceView]:
    """Who or what serves this service, in the tenant's order."""
    found = work.get(Service, as_id(str(service_id)))
    return [ResourceView(str(one.id), one.name, one.kind.value) for one in serving(work, found)]


def bookable_service(work: Work, service_id: str | UUID | None) -> Service:
    """The row of an active service; raises `NotFound` or `NoLongerOffered`."""
    found = work.get(Service, as_id(str(service_id)))
    if not found.active:
        raise NoLongerOffered
    return found


def questions(work: Work, service_id: UUID) -> list[FormField]:
    """The rows of a service's questions, in order."""
    query = work.select(FormField).where(FormField.service_id == service_id)
    return list(work.all(query.order_by(FormField.position, FormField.id)))


def serving(work: Work, service: Service) -> list[Resource]:
    """The rows of the active resources that serve `service`, in order."""
    query = (
        work.select(Resource)
        .join(
            ServiceResource,
            (ServiceResource.tenant_id == Resource.tenant_id) & (ServiceResource.resource_id == Resource.id),
        )
        .where(ServiceResource.service_id == service.id, Resource.active.is_(True))
        .order_by(Resource.position, Resource.name, Resource.id)
    )
    return list(work.all(query))


def address_of(place: Location) -> str:
    """`Markt 1, 47798 Musterstadt`."""
    return f"{place.street}, {place.postal_code} {place.city}"


def _service_view(one: Service, place: Location, asks: bool) -> ServiceView:
    return ServiceView(
        id=str(one.id),
        name=one.name,
        description=one.description,
        for_whom=one.for_whom,
        bring=one.bring,
        price=one.price,
        duration_min=one.duration_min,
        place=place.name,
        address=address_of(place),
        zone=place.zone,
        without_message=one.without_message,
        has_questions=asks,
        costs=any(figure in one.price for figure in "123456789"),
        horizon_days=one.horizon_days,
    )
