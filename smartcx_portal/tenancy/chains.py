"""Every tenant's audit chain, one tenant after the other."""

from collections.abc import Iterator

from smartcx_portal.audit.trail import Verdict, verify
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy.actor import JOB
from smartcx_portal.tenancy.work import open_work


def check_chains() -> Iterator[tuple[str, Verdict]]:
    """Each tenant's slug with the verdict on its chain; a transaction for each."""
    with open_work(JOB) as work:
        tenants = [(tenant.id, tenant.slug) for tenant in work.all(work.shared(Tenant).order_by(Tenant.slug))]
    for tenant_id, slug in tenants:
        with open_work(JOB, tenant_id) as work:
            verdict = verify(work.db, tenant_id)
        yield slug, verdict
