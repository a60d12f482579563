"""Copies of a service, with its questions and resources."""

from typing import Any
from uuid import UUID

from smartcx_portal.bookings.changing import changing
from smartcx_portal.bookings.sheet import LONGEST_LINE
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.base import TenantOwned
from smartcx_portal.models.calendar import FormField, Location, Service, ServiceResource
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Work

COPY = N_("{name} (copy)")


def copy_service(work: Work, service_id: str | UUID, location_id: str = "") -> str:
    """Copy a service to stand behind it, switched off until somebody has looked at it; the copy's id.

    At another place it starts without resources, since those belong to a place. Raises `NotFound`.
    """
    with changing(work, "service.copied") as change:
        service = work.get(Service, as_id(str(service_id)))
        place = work.get(Location, as_id(location_id)) if location_id else work.get(Location, service.location_id)
        name = translate(work.get(Tenant, work.tenant).language, COPY).format(name=service.name)
        values = columns(service) | {"location_id": place.id, "name": name[:LONGEST_LINE], "active": False}
        _make_room(work, service.position)
        change.about = copy = work.new(Service, **values | {"position": service.position + 1})
        asked = work.select(FormField).where(FormField.service_id == service.id, FormField.active.is_(True))
        work.add_all(FormField(**columns(field) | {"service_id": copy.id}) for field in work.all(asked))
        if place.id == service.location_id:
            links = work.select(ServiceResource).where(ServiceResource.service_id == service.id)
            work.add_all(ServiceResource(**columns(link) | {"service_id": copy.id}) for link in work.all(links))
    return str(copy.id)


def columns(row: TenantOwned) -> dict[str, Any]:
    """The row's values without its key."""
    return row.model_dump(exclude={"tenant_id", "id"})


def _make_room(work: Work, position: int) -> None:
    for one in work.all(work.select(Service).where(Service.position > position)):
        one.position += 1
    work.flush()
