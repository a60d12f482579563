"""Suspend a tenant and take it back: no booking and no dashboard; portal, notice and cancelling stay open.

Nothing of its people's is touched. The gate reads the status on every event, so it works at the next one.
"""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from smartcx_portal.kit.errors import InvalidForm, ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy import Permission, Work


class Reason(StrEnum):
    """Why a tenant is suspended: a closed list, since the trail keeps it and may hold no personal value."""

    REQUEST = "request"
    PAYMENT = "payment"
    MISUSE = "misuse"
    SECURITY = "security"
    CONTRACT = "contract"


REASON_NAMES = {
    Reason.REQUEST: N_("The tenant asked for it"),
    Reason.PAYMENT: N_("Payment is overdue"),
    Reason.MISUSE: N_("Misuse of the service"),
    Reason.SECURITY: N_("A security incident"),
    Reason.CONTRACT: N_("The contract has ended"),
}
"""The sentences of the form, to be translated."""


class NotActive(ProductError):
    """It is suspended already, or closed."""

    says: ClassVar[str] = N_("{name} is not active, so it cannot be suspended.")


class NotSuspended(ProductError):
    """There is nothing to take back."""

    says: ClassVar[str] = N_("{name} is not suspended.")


class WrongName(ProductError):
    """The name that was typed to confirm is another."""

    says: ClassVar[str] = N_("Type the name exactly as shown: {name}.")


def suspend(work: Work, tenant_id: UUID, reason: str, *, typed_name: str | None = None) -> None:
    """Close booking and dashboard of a tenant. `typed_name`, where the page asks for it, must be the tenant's name.

    Raises `NotFound`, `NotActive`, `WrongName` and, for a reason that is not on the list, `InvalidForm`.
    """
    tenant = _locked(work, tenant_id)
    if reason not in set(Reason):
        raise InvalidForm({"reason": N_("Choose a reason.")})
    if typed_name is not None and " ".join(typed_name.split()) != tenant.name:
        raise WrongName(field="typed_name", name=tenant.name)
    if tenant.status is not TenantStatus.ACTIVE:
        raise NotActive(name=tenant.name)
    tenant.status = TenantStatus.SUSPENDED
    work.enter_tenant(tenant.id)
    work.audit("tenant.suspended", tenant, reason=reason)


def resume(work: Work, tenant_id: UUID) -> None:
    """Open a suspended tenant again. Raises `NotFound`, `NotSuspended`."""
    tenant = _locked(work, tenant_id)
    if tenant.status is not TenantStatus.SUSPENDED:
        raise NotSuspended(name=tenant.name)
    tenant.status = TenantStatus.ACTIVE
    work.enter_tenant(tenant.id)
    work.audit("tenant.resumed", tenant)


def _locked(work: Work, tenant_id: UUID) -> Tenant:
    work.need(Permission.OPERATE)
    return work.get(Tenant, tenant_id, lock=True)
