"""What a suspended tenant may not do: take bookings and run its dashboard. Its people's rights stay open."""

from smartcx_portal.kit.errors import NotFound, ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy.work import Work


class BookingPaused(ProductError):
    """The tenant is suspended, so nothing new can be booked."""

    says = N_("Appointments cannot be booked here online at the moment. Please ask by telephone or e-mail.")


class TenantSuspended(ProductError):
    """The tenant is suspended, so its staff can do nothing here."""

    says = N_("Your organisation is suspended at the moment. Please contact the operator of Smart CX.")


def require_open(work: Work) -> None:
    """Call it where something is booked or moved. Raises `BookingPaused`, or `NotFound` for a closed tenant."""
    status = work.get(Tenant, work.tenant).status
    if status is TenantStatus.CLOSED:
        raise NotFound
    if status is not TenantStatus.ACTIVE:
        raise BookingPaused
