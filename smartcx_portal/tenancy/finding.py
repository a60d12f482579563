"""What an address says about a tenant, asked before anything else is known about the caller."""

import re

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from smartcx_portal.kit.engine import app_engine
from smartcx_portal.kit.logs import get_log
from smartcx_portal.models.tenant import Tenant, TenantStatus

log = get_log(__name__)
SLUG = re.compile(r"[a-z0-9-]{1,60}")


def tenant_exists(slug: str) -> bool:
    """Whether a tenant of this slug exists, in whatever state. While the database is away: yes, the page says more."""
    if not SLUG.fullmatch(slug):
        return False
    try:
        with app_engine().connect() as connection:
            return connection.execute(sa.select(Tenant.id).where(Tenant.slug == slug)).first() is not None
    except SQLAlchemyError as problem:
        log.error("tenant.lookup_failed", problem=problem)
        return True


def sites_of(slug: str) -> tuple[str, ...]:
    """The origins of the websites that may show this tenant's booking; none while the database is away."""
    if not SLUG.fullmatch(slug):
        return ()
    wanted = sa.select(Tenant.embed_sites).where(Tenant.slug == slug, Tenant.status != TenantStatus.CLOSED)
    try:
        with app_engine().connect() as connection:
            return tuple(connection.execute(wanted).scalar() or ())
    except SQLAlchemyError as problem:
        log.error("tenant.lookup_failed", problem=problem)
        return ()
