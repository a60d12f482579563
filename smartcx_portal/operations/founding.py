"""What every tenant has from its first moment: its row, the agreement, its processing activities and a calendar."""

from datetime import time

from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.calendar import (
    Location,
    OpeningHours,
    Resource,
    ResourceKind,
    Service,
    ServiceResource,
)
from smartcx_portal.models.tenant import BodyKind, ProcessingAgreement, Tenant
from smartcx_portal.operations.slugs import free_slug
from smartcx_portal.operations.sub_processors import seed_sub_processors
from smartcx_portal.operations.tenant_form import TenantForm
from smartcx_portal.privacy.activities import set_up_activities
from smartcx_portal.tenancy import Work

AGREEMENT = "2026-11"
"""The version of the operator's agreement under Art. 28 that a tenant enters when it is opened."""
WORKING_DAYS = range(5)
FIRST_PLACE = {
    BodyKind.PUBLIC_OFFICE: (ResourceKind.COUNTER, N_("Counter 1")),
    BodyKind.FEDERAL_OFFICE: (ResourceKind.COUNTER, N_("Counter 1")),
    BodyKind.BUSINESS: (ResourceKind.PERSON, N_("Place 1")),
    BodyKind.PRACTICE: (ResourceKind.ROOM, N_("Consulting room 1")),
}


def found_tenant(work: Work, form: TenantForm, *, sms: bool = False, listed: bool = False) -> Tenant:
    """Make the tenant of a checked form, with its agreement and activities, and act for it from here on."""
    seed_sub_processors(work)
    facts = {name: getattr(form, name) for name in COLUMNS}
    slug = free_slug(work, form.name)
    tenant = Tenant(slug=slug, kind=BodyKind(form.kind), listed=listed, created_at=work.now, **facts)
    work.add(tenant)
    work.enter_tenant(tenant.id)
    work.new(ProcessingAgreement, version=AGREEMENT, agreed_at=work.now)
    set_up_activities(work, tenant.kind, sms)
    work.audit("tenant.opened", tenant, kind=tenant.kind.value)
    return tenant


def first_location(work: Work, tenant: Tenant) -> Location:
    """The tenant's own address as its first place."""
    return work.new(
        Location,
        name=tenant.name,
        street=tenant.street,
        postal_code=tenant.postal_code,
        city=tenant.city,
        zone=tenant.zone,
    )


def first_calendar(work: Work, tenant: Tenant) -> None:
    """One place, one service and mornings from Monday to Friday, so that there is something to book and to change."""
    place = first_location(work, tenant)
    kind, name = FIRST_PLACE[tenant.kind]
    resource = work.new(Resource, location_id=place.id, kind=kind, name=translate(tenant.language, name))
    service = work.new(
        Service,
        location_id=place.id,
        name=translate(tenant.language, N_("Consultation")),
        description=translate(tenant.language, N_("A first appointment to talk about what you need.")),
        duration_min=30,
        step_min=30,
    )
    work.new(ServiceResource, service_id=service.id, resource_id=resource.id)
    for weekday in WORKING_DAYS:
        work.new(OpeningHours, location_id=place.id, weekday=weekday, opens=time(9), closes=time(12))


COLUMNS = (
    "name",
    "street",
    "postal_code",
    "city",
    "land",
    "zone",
    "language",
    "email",
    "phone",
    "website",
    "represented_by",
    "dpo_name",
    "dpo_email",
)
"""What the form and the tenant's row call by the same name."""
