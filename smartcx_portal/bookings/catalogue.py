"""What a tenant offers to book: services and the questions that each asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from smartcx_portal.bookings.basket import needs_several
from smartcx_portal.bookings.known_calendar import KnownCalendar, known_calendar
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
    ways: tuple[str, ...]
    """Values of `Way` in the tenant's order, never empty."""
    seats: int
    """More than one for a group appointment."""
    combinable: bool
    most_at_once: int
    most_repeats: int
    choosable: bool
    """Whether people may choose who or what serves them."""
    for_others: bool
    waitlist: bool

    @property
    def most_places(self) -> int:
        """How many seats of a group one booking may take; 1 for every other service."""
        return min(self.seats, self.most_at_once) if self.seats > 1 else 1

    @property
    def most_quantity(self) -> int:
        """How often one visit may contain it."""
        return self.most_at_once if self.seats == 1 else 1


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
    """All services that people can book themselves now, in the tenant's order."""
    query = work.select(Service).where(Service.active.is_(True), Service.online.is_(True))
    found = work.all(query.order_by(Service.position, Service.name))
    places = {place.id: place for place in work.all(work.select(Location))}
    asking = set(work.all(work.select(FormField.service_id).where(FormField.active.is_(True)).distinct()))
    return [_service_view(one, places[one.location_id], one.id in asking) for one in found]


def service(work: Work, service_id: str | UUID) -> ServiceView:
    """One service that people can book themselves now; raises `NotFound` or `NoLongerOffered`."""
    return view_of(work, bookable_service(work, service_id))


def view_of(work: Work, found: Service) -> ServiceView:
    """A service that was read already."""
    place = work.get(Location, found.location_id)
    return _service_view(found, place, bool(questions(work, found.id)))


def partners(work: Work, service_id: str | UUID) -> list[ServiceView]:
    """The services that can be booked in the same visit as this one, in the tenant's order."""
    found = bookable_service(work, service_id)
    if not joins(work, found):
        return []
    query = work.select(Service).where(
        Service.id != found.id,
        Service.location_id == found.location_id,
        Service.active.is_(True),
        Service.online.is_(True),
        Service.combinable.is_(True),
    )
    others = work.all(query.order_by(Service.position, Service.name))
    return [view_of(work, one) for one in others if set(one.ways) & set(found.ways) and joins(work, one)]


def joins(work: Work, one: Service) -> bool:
    """Whether a service can be part of a visit with others: no group, and one resource that does it all."""
    return one.combinable and one.seats == 1 and not needs_several(work, one)


def form_fields(work: Work, service_id: str | UUID) -> list[FieldView]:
    """The questions of a service, in order."""
    return [field_view(field) for field in questions(work, work.get(Service, as_id(str(service_id))).id)]


def field_view(field: FormField) -> FieldView:
    """A question as forms show it."""
    return FieldView(
        id=str(field.id),
        name=f"answer-{field.id}",
        label=field.label,
        why=field.why,
        kind=field.kind.value,
        options=tuple(field.options),
        required=field.required,
        special=field.special,
    )


def resources(work: Work, service_id: str | UUID) -> list[ResourceView]:
    """Who or what serves this service, in the tenant's order; of several needs, the first."""
    found = work.get(Service, as_id(str(service_id)))
    return [ResourceView(str(one.id), one.name, one.kind.value) for one in serving(work, found)]


def bookable_service(work: Work, service_id: str | UUID | None) -> Service:
    """The row of a service that people can book themselves; raises `NotFound` or `NoLongerOffered`."""
    found = work.get(Service, as_id(str(service_id)))
    if not found.active or not found.online:
        raise NoLongerOffered
    return found


def questions(work: Work, service_id: UUID) -> list[FormField]:
    """The rows of the questions that a service asks now, in order."""
    return questions_of(work, [service_id])


def questions_of(work: Work, service_ids: Sequence[UUID], known: KnownCalendar | None = None) -> list[FormField]:
    """The rows of the questions that these services ask now: service by service, each in its order."""
    asked = (known or known_calendar(work)).questions
    return [one for service_id in service_ids for one in asked.get(service_id, ())]


def serving(work: Work, service: Service) -> list[Resource]:
    """The rows of the active resources that serve the first need of `service`, in order."""
    query = (
        work.select(Resource)
        .join(
            ServiceResource,
            (ServiceResource.tenant_id == Resource.tenant_id) & (ServiceResource.resource_id == Resource.id),
        )
        .where(ServiceResource.service_id == service.id, ServiceResource.need == 0, Resource.active.is_(True))
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
        without_message=one.without_message and not (one.per_person_day or one.per_person_week),
        has_questions=asks,
        costs=any(figure in one.price for figure in "123456789"),
        horizon_days=one.horizon_days,
        ways=tuple(one.ways),
        seats=one.seats,
        combinable=one.combinable,
        most_at_once=one.most_at_once,
        most_repeats=one.most_repeats,
        choosable=one.choosable,
        for_others=one.for_others,
        waitlist=one.waitlist,
    )
