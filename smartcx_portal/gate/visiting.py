"""The work of an HTTP route: anybody, at the tenant whose name stands in the address."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy import VISITOR, Work, open_work


@contextmanager
def visiting(slug: str, lang: str = "de", network: str = "", tab: str = "") -> Iterator[Work]:
    """One transaction as a visitor of this tenant; `network` is for what is limited by it.

    `tab` is the hash of what the caller shows again to go on with what it holds, as a page's tab does.

    Raises `NotFound` for a tenant that does not exist or is closed.
    """
    with open_work(VISITOR, lang=lang, tab=tab, network=network) as work:
        tenant = work.first(work.shared(Tenant).where(Tenant.slug == slug, Tenant.status != TenantStatus.CLOSED))
        if tenant is None:
            raise NotFound
        work.enter_tenant(tenant.id)
        yield work


@contextmanager
def with_secret(tenant_id: UUID, lang: str = "de") -> Iterator[Work]:
    """One transaction as a visitor of the tenant that a checked secret names, also of a closed one."""
    with open_work(VISITOR, tenant_id, lang=lang) as work:
        yield work
