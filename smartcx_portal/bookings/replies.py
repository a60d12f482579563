"""The same reply to the same request for a day: what a caller with an `Idempotency-Key` relies on."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.jobs import jobs
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.tokens import digest
from smartcx_portal.models.booking import ApiReply
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import JOB, Select, Work, open_work

REPLY_LIFE = timedelta(hours=24)


class KeyReused(ProductError):
    """The key came with another request before."""

    says = N_("This Idempotency-Key was used for another request. Use a new key for each request.")


@dataclass(frozen=True, slots=True)
class Known:
    """A reply that was given before. `text` holds no secret; `booking_id` names the booking that it told of."""

    status: int
    text: str
    booking_id: UUID | None


def known_reply(work: Work, key: str, request: str) -> Known | None:
    """The reply of a day to the request of this key; waits while the same key is being worked on.

    `request` is the keyed hash of all that makes the request. Raises `KeyReused` when it is another one.
    """
    stored = _request_key(work, key)
    work.lock("reply", stored)
    replies = work.rows(_to_key, key=stored)
    if not replies:
        return None
    found: ApiReply = replies[0]
    if found.created_at <= work.now - REPLY_LIFE:
        work.delete(found)
        return None
    if found.request_hash != request:
        raise KeyReused
    return Known(found.status, found.reply or "", found.booking_id)


def _to_key(select: Select) -> sa.Select[tuple[ApiReply]]:
    return select(ApiReply).where(ApiReply.request_key == sa.bindparam("key"))


def keep_reply(work: Work, key: str, request: str, status: int, text: str, booking_id: UUID | None = None) -> None:
    """Remember a reply for a day; call it in the transaction of the deed, after `known_reply` found none."""
    work.new(
        ApiReply,
        request_key=_request_key(work, key),
        request_hash=request,
        booking_id=booking_id,
        status=status,
        reply=text,
        created_at=work.now,
    )


@jobs.periodic(cron="23 * * * *")
@jobs.task(name="bookings.forget_replies", queueing_lock="bookings.forget_replies")
def forget_everywhere(timestamp: int) -> None:
    """Every hour, for every tenant; each has a transaction of its own."""
    with open_work(JOB) as work:
        tenants = list(work.all(work.shared(Tenant.id)))
    for tenant_id in tenants:
        with open_work(JOB, tenant_id) as work:
            forget_replies(work)


def forget_replies(work: Work) -> int:
    """Take away the replies that are older than a day; how many there were."""
    return work.delete_where(ApiReply, ApiReply.created_at <= work.now - REPLY_LIFE)


def _request_key(work: Work, key: str) -> str:
    return digest("idempotency-key", work.tenant, work.network, key)
