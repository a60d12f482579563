"""What is left of codes, and of messages to people who are no customers, goes after a day."""

from datetime import timedelta
from uuid import UUID

from smartcx_portal.kit.jobs import jobs
from smartcx_portal.kit.logs import get_log
from smartcx_portal.messaging.copies import erase_copies
from smartcx_portal.models.messaging import Message, OneTimeCode
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import JOB, Work, open_work

log = get_log(__name__)
KEPT = timedelta(days=1)
"""Long enough for every limit that counts codes, and to see why a message failed."""


@jobs.periodic(cron="17 * * * *")
@jobs.task(name="messaging.clear", queueing_lock="messaging.clear")
def clear(timestamp: int) -> None:
    """Every hour, tenant by tenant, each in a transaction of its own."""
    with open_work(JOB) as work:
        tenants = list(work.all(work.shared(Tenant.id)))
    for tenant_id in tenants:
        clear_tenant(tenant_id)


def clear_tenant(tenant_id: UUID) -> None:
    """Take away a tenant's codes and strangers' messages that are older than `KEPT`, copies included."""
    with open_work(JOB, tenant_id) as work:
        messages = _clear_messages(work)
        codes = _clear_codes(work)
    if messages or codes:
        log.info("messaging.cleared", tenant=tenant_id, messages=messages, codes=codes)


def _clear_messages(work: Work) -> int:
    """An erased customer's messages have no address key: those rows stay, they only count."""
    strangers = (
        Message.customer_id.is_(None),
        Message.address_key.is_not(None),
        Message.created_at < work.now - KEPT,
    )
    erase_copies(work.all(work.select(Message.id).where(*strangers)))
    return work.delete_where(Message, *strangers)


def _clear_codes(work: Work) -> int:
    old = work.all(work.select(OneTimeCode.id).where(OneTimeCode.created_at < work.now - KEPT))
    if old:
        work.update_where(Message, Message.code_id.in_(old), code_id=None)
        work.delete_where(OneTimeCode, OneTimeCode.id.in_(old))
    return len(old)
