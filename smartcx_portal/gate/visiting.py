"""The work of an HTTP route: anybody, at the tenant whose name stands in the address."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from smartcx_portal.accounts.sessions import still_may
from smartcx_portal.kit.errors import NotFound, NotPermitted
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy import VISITOR, Actor, Work, open_work

SLUG = re.compile(r"[a-z0-9-]{1,60}")
MOST_KNOWN = 10_000
_known: dict[str, UUID] = {}
"""Which tenant had a name in addresses when last asked: spares a statement, and is checked against the row."""


@contextmanager
def visiting(slug: str, lang: str = "de", network: str = "", tab: str = "") -> Iterator[Work]:
    """One transaction as a visitor of this tenant; `network` is for what is limited by it.

    `tab` is the hash of what the caller shows again to go on with what it holds, as a page's tab does.

    Raises `NotFound` for a tenant that does not exist or is closed.
    """
    if not SLUG.fullmatch(slug):  # what no database text can hold comes in addresses too
        raise NotFound
    with open_work(VISITOR, _known.get(slug), lang=lang, tab=tab, network=network) as work:
        tenant = work.find(Tenant, work.tenant_id)
        if tenant is None or tenant.slug != slug:
            tenant = work.first(work.shared(Tenant).where(Tenant.slug == slug))
        if tenant is None or tenant.status is TenantStatus.CLOSED:
            raise NotFound
        if tenant.id != work.tenant_id:
            work.enter_tenant(tenant.id)
            _remember(slug, tenant.id)
        yield work


def _remember(slug: str, tenant_id: UUID) -> None:
    while len(_known) >= MOST_KNOWN:
        _known.popitem()
    _known[slug] = tenant_id


@contextmanager
def with_secret(tenant_id: UUID, lang: str = "de") -> Iterator[Work]:
    """One transaction as a visitor of the tenant that a checked secret names, also of a closed one."""
    with open_work(VISITOR, tenant_id, lang=lang) as work:
        yield work


@contextmanager
def acting(actor: Actor, tenant_id: UUID | None, lang: str) -> Iterator[Work]:
    """One transaction as the one who got a checked secret from us, while it was proven who that is.

    Raises `NotPermitted` once they could no longer do it themselves.
    """
    with open_work(actor, tenant_id, lang=lang) as work:
        if not still_may(work):
            raise NotPermitted
        yield work
