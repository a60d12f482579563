"""The operator's list of tenants: facts and figures, never people. Reads Tenant and TenantCounts only (design D2)."""

from dataclasses import dataclass, replace
from uuid import UUID

from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.localtime import day_text, moment_text
from smartcx_portal.models.tenant import ProcessingAgreement, Tenant, TenantCounts
from smartcx_portal.tenancy import Permission, Work


@dataclass(frozen=True, slots=True)
class TenantRow:
    """One tenant with its figures; `opened` and `counted` are dates in words, in the reader's language."""

    id: str
    slug: str
    name: str
    kind: str
    status: str
    city: str
    land: str
    opened: str
    bookings: int = 0
    coming: int = 0
    services: int = 0
    staff: int = 0
    open_cases: int = 0
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement under Art. 28 between a tenant and the operator; `since` is a date in words."""

    version: str
    since: str


def agreement_of(work: Work, tenant_id: UUID) -> Agreement | None:
    """The newest agreement of a tenant, None without one. The work acts for that tenant afterwards."""
    work.need(Permission.OPERATE)
    tenant = work.get(Tenant, tenant_id)
    work.enter_tenant(tenant.id)
    newest = work.first(work.select(ProcessingAgreement).order_by(ProcessingAgreement.agreed_at.desc()))
    return Agreement(newest.version, day_text(local_day(newest.agreed_at, tenant.zone), work.lang)) if newest else None


def tenant_list(work: Work) -> list[TenantRow]:
    """All tenants by name."""
    work.need(Permission.OPERATE)
    figures = {row.tenant_id: row for row in work.all(work.shared(TenantCounts))}
    tenants = work.all(work.shared(Tenant).order_by(Tenant.name, Tenant.slug))
    return [_row(tenant, figures.get(tenant.id), work.lang) for tenant in tenants]


def tenant_row(work: Work, tenant_id: UUID) -> TenantRow:
    """One of them. Raises `NotFound`."""
    work.need(Permission.OPERATE)
    tenant = work.get(Tenant, tenant_id)
    return _row(tenant, work.first(work.shared(TenantCounts).where(TenantCounts.tenant_id == tenant_id)), work.lang)


def _row(tenant: Tenant, counts: TenantCounts | None, lang: str) -> TenantRow:
    facts = TenantRow(
        id=str(tenant.id),
        slug=tenant.slug,
        name=tenant.name,
        kind=tenant.kind.value,
        status=tenant.status.value,
        city=tenant.city,
        land=tenant.land,
        opened=day_text(local_day(tenant.created_at, tenant.zone), lang),
    )
    if counts is None:
        return facts
    return replace(
        facts,
        bookings=counts.bookings,
        coming=counts.coming,
        services=counts.services,
        staff=counts.staff,
        open_cases=counts.open_cases,
        counted=moment_text(counts.counted_at, tenant.zone, lang),
    )
