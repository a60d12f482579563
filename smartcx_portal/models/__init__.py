"""All tables, one module per aggregate; importing this package registers every one of them."""

from smartcx_portal.models import audit, booking, calendar, customer, messaging, privacy, staff, tenant
from smartcx_portal.models.base import Global, TenantOwned, metadata

__all__ = [
    "Global",
    "TenantOwned",
    "audit",
    "booking",
    "calendar",
    "customer",
    "messaging",
    "metadata",
    "privacy",
    "staff",
    "tenant",
]
