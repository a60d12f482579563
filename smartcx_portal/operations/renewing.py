"""Facts that change in files reach the tables and every tenant's notice (promise P22)."""

from uuid import UUID

from smartcx_portal.kit.jobs import jobs
from smartcx_portal.kit.logs import get_log
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.operations.sub_processors import seed_sub_processors
from smartcx_portal.privacy.notice import publish_notice
from smartcx_portal.privacy.readiness import NoticeIncomplete
from smartcx_portal.tenancy import JOB, open_work

log = get_log(__name__)


def renew_facts() -> None:
    """Bring the sub-processors up to date; only if that changed something, the notices too. After each migration."""
    with open_work(JOB) as work:
        changed = seed_sub_processors(work)
    if changed:
        renew_notices()


@jobs.periodic(cron="17 3 * * *", periodic_id="renew_notices")
@jobs.task(name="operations.renew_notices", queueing_lock="operations.renew_notices")
def renew_notices(timestamp: int = 0) -> None:
    """Every night: publish a new version of each notice whose facts have changed, in a transaction of its own."""
    with open_work(JOB) as work:
        served = work.all(work.shared(Tenant.id).where(Tenant.status != TenantStatus.CLOSED).order_by(Tenant.id))
    for tenant_id in served:
        renew_notice(tenant_id)


def renew_notice(tenant_id: UUID) -> None:
    """One tenant's notice; where a mandatory fact has gone, the version in force stays, and the log says so."""
    try:
        with open_work(JOB, tenant_id) as work:
            publish_notice(work)
    except NoticeIncomplete as incomplete:
        log.warning("notice.incomplete", tenant=tenant_id, missing=",".join(gap.fact for gap in incomplete.gaps))
