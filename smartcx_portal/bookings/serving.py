"""Which resources a service takes: one of each step at a time, such as a person and, besides, a room."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from smartcx_portal.bookings.sheet import NOT_FROM_THE_LIST, Sheet
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.calendar import Location, Resource, ResourceKind, Service, ServiceResource
from smartcx_portal.tenancy import Permission, Work

STEPS = 4
"""How many resources an appointment can take at the same time."""
BEFORE = "need-"
KINDS = {
    ResourceKind.COUNTER: N_("Counter"),
    ResourceKind.PERSON: N_("Person"),
    ResourceKind.ROOM: N_("Room"),
    ResourceKind.DEVICE: N_("Device"),
}
NOT_HERE = N_("This belongs to another location. Please load the page again.")
FIRST_STEP, FURTHER_STEP, OR = N_("one of these: {names}"), N_("and at the same time one of these: {names}"), N_(" or ")


@dataclass(frozen=True, slots=True)
class ServingRow:
    """A resource of the service's place, and in which step it serves; `need` is empty if it does not."""

    id: str
    name: str
    """Of the form's field."""
    label: str
    kind: str
    need: str


def serving_of(work: Work, location_id: str, service_id: str = "") -> list[ServingRow]:
    """The same for a form, by ids as text; none without a place. Raises `NotFound`."""
    work.need(Permission.CALENDAR_EDIT)
    if not location_id:
        return []
    place = work.get(Location, as_id(location_id))
    return serving_rows(work, place.id, as_id(service_id) if service_id else None)


def serving_rows(work: Work, location_id: UUID | None, service_id: UUID | None) -> list[ServingRow]:
    """The resources of a place that are in use, with those that serve the service already."""
    needs = needs_of(work, service_id) if service_id else {}
    return [
        ServingRow(
            id=str(one.id),
            name=f"{BEFORE}{one.id}",
            label=one.name,
            kind=translate(work.lang, KINDS[one.kind]),
            need=str(needs.get(one.id, "")),
        )
        for one in _resources(work, location_id)
        if one.active or one.id in needs
    ]


def needs_of(work: Work, service_id: UUID) -> dict[UUID, int]:
    """Per resource that serves the service the step in which it does."""
    query = work.select(ServiceResource.resource_id, ServiceResource.need)
    return dict(work.all(query.where(ServiceResource.service_id == service_id)))


def read_needs(work: Work, sheet: Sheet, location_id: UUID | None) -> dict[UUID, int]:
    """The steps that were chosen, without gaps; a resource that is not of this place is a problem."""
    here = {f"{BEFORE}{one.id}": one.id for one in _resources(work, location_id)}
    chosen: dict[UUID, int] = {}
    for name in [key for key in sheet.entered if str(key).startswith(BEFORE)]:
        entered = sheet.raw(name)
        if not entered:
            continue
        if name not in here:
            sheet.wrong("_serving", NOT_HERE)
        elif entered not in [str(step) for step in range(STEPS)]:
            sheet.wrong(name, NOT_FROM_THE_LIST)
        else:
            chosen[here[name]] = int(entered)
    used = sorted(set(chosen.values()))
    return {resource_id: used.index(step) for resource_id, step in chosen.items()}


def write_needs(work: Work, service: Service, needs: Mapping[UUID, int]) -> None:
    """Bring the rows to what was chosen; what stays as it is is not touched."""
    found = work.all(work.select(ServiceResource).where(ServiceResource.service_id == service.id))
    rows: dict[UUID, ServiceResource] = {row.resource_id: row for row in found}
    for resource_id, row in rows.items():
        if resource_id in needs:
            row.need = needs[resource_id]
        else:
            work.delete(row)
    for resource_id in needs.keys() - rows.keys():
        work.new(ServiceResource, service_id=service.id, resource_id=resource_id, need=needs[resource_id])
    work.flush()


def needs_text(rows: list[ServingRow], lang: str) -> list[str]:
    """What each appointment takes, a sentence per step."""
    lines: list[str] = []
    for step in sorted({row.need for row in rows if row.need}):
        names = translate(lang, OR).join(row.label for row in rows if row.need == step)
        lines.append(translate(lang, FURTHER_STEP if lines else FIRST_STEP).format(names=names))
    return lines


def _resources(work: Work, location_id: UUID | None) -> list[Resource]:
    query = work.select(Resource).where(Resource.location_id == location_id)
    return list(work.all(query.order_by(Resource.position, Resource.name, Resource.id)))
