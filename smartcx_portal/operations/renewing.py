"""Facts that change in files reach the tables and every tenant's notice (promise P22)."""

from collections.abc import Sequence
from uuid import UUID

from smartcx_portal.kit.jobs import jobs
from smartcx_portal.kit.logs import get_log
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.operations.sub_processors import seed_sub_processors
from smartcx_portal.privacy.activities import set_up_activities
from smartcx_portal.privacy.notice import publish_notice
from smartcx_portal.privacy.readiness import NoticeIncomplete
from smartcx_portal.tenancy import JOB, open_work

log = get_log(__name__)


def renew_facts() -> None:
    """Bring sub-processors and activities up to date; only if the first changed, the notices. After each migration.

    A purpose that has come up since a tenant was opened is not in use there yet, so no notice speaks of it.
    """
    with open_work(JOB) as work:
        changed = seed_sub_processors(work)
    for tenant_id in _served():
        with open_work(JOB, tenant_id) as work:
            set_up_activities(work, work.get(Tenant, tenant_id).kind)
    if changed:
        renew_notices()


@jobs.periodic(cron="17 3 * * *", periodic_id="renew_notices")
@jobs.task(name="operations.renew_notices", queueing_lock="operations.renew_notices")
def renew_notices(timestamp: int = 0) -> None:
    """Every night: publish a new version of each notice whose facts have changed, in a transaction of its own."""
    for tenant_id in _served():
        renew_notice(tenant_id)


def renew_notice(tenant_id: UUID) -> None:
    """One tenant's notice; where a mandatory fact has gone, the version in force stays, and the log says so."""
    try:
        with open_work(JOB, tenant_id) as work:
            publish_notice(work)
    except NoticeIncomplete as incomplete:
        log.warning("notice.incomplete", tenant=tenant_id, missing=",".join(gap.fact for gap in incomplete.gaps))


def _served() -> Sequence[UUID]:
    with open_work(JOB) as work:
        return work.all(work.shared(Tenant.id).where(Tenant.status != TenantStatus.CLOSED).order_by(Tenant.id))
