"""The public facts of a tenant, for headers, footers, legal pages and the start page."""

from dataclasses import dataclass
from uuid import UUID

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.tenant import BodyKind, Tenant, TenantStatus
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import Work


@dataclass(frozen=True, slots=True)
class TenantView:
    """What anybody may know about a tenant. `language` is that of the texts which it writes itself."""

    id: str
    slug: str
    name: str
    kind: str
    status: str
    street: str
    postal_code: str
    city: str
    land: str
    zone: str
    language: str
    email: str
    phone: str
    website: str
    represented_by: str
    dpo_name: str
    dpo_email: str
    place: str
    """`47798 Musterstadt`."""
    open: bool
    """Whether it takes bookings and its staff can work; else only portal, notice and cancelling are open."""
    public_body: bool
    """Whether it is an office rather than a business or practice."""
    federal: bool
    """Whether it is an office of the Federation rather than of a Land or a municipality."""


@dataclass(frozen=True, slots=True)
class DemoTenant:
    """One line of the demo's start page."""

    slug: str
    name: str
    kind: str
    city: str
    language: str


def tenant_by_slug(work: Work, slug: str) -> TenantView:
    """The tenant whose pages have this word in their address; suspended and closed ones too. Raises `NotFound`."""
    row = work.first(work.shared(Tenant).where(Tenant.slug == slug))
    if row is None:
        raise NotFound
    return view(row)


def tenant_view(work: Work, tenant_id: UUID | None = None) -> TenantView:
    """A tenant by its id, by default the one this work is for. Raises `NotFound`."""
    return view(work.get(Tenant, tenant_id or work.tenant))


def demo_list(work: Work) -> list[DemoTenant]:
    """The tenants that the start page shows: those of the demo, and nobody outside demo mode."""
    if not settings().demo:
        return []
    listed = work.shared(Tenant).where(Tenant.listed.is_(True), Tenant.status == TenantStatus.ACTIVE)
    rows = work.all(listed.order_by(Tenant.created_at, Tenant.id))
    return [DemoTenant(row.slug, row.name, row.kind.value, row.city, row.language) for row in rows]


def view(row: Tenant) -> TenantView:
    """The row's public facts."""
    return TenantView(
        id=str(row.id),
        slug=row.slug,
        name=row.name,
        kind=row.kind.value,
        status=row.status.value,
        street=row.street,
        postal_code=row.postal_code,
        city=row.city,
        land=row.land,
        zone=row.zone,
        language=row.language,
        email=row.email,
        phone=row.phone,
        website=row.website,
        represented_by=row.represented_by,
        dpo_name=row.dpo_name,
        dpo_email=row.dpo_email,
        place=f"{row.postal_code} {row.city}",
        open=row.status is TenantStatus.ACTIVE,
        public_body=row.kind.public,
        federal=row.kind is BodyKind.FEDERAL_OFFICE,
    )
