"""The way of a person's data from one tenant to another.

A job reads at the giving tenant, closes that transaction, and writes at the receiving one: no transaction ever stands
within two tenants, and the giving one reads nothing of the other's.
"""

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from procrastinate import RetryStrategy

from smartcx_portal.kit.jobs import jobs
from smartcx_portal.models.booking import Attendee
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import ReceivedData, Transfer, TransferState
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.privacy.reading import Reading
from smartcx_portal.privacy.received_contents import address_in
from smartcx_portal.privacy.subject import PORTABILITY, document_of, names_in
from smartcx_portal.standing.addresses import address_key
from smartcx_portal.tenancy import JOB, Work, open_work

LIFE = timedelta(days=30)
"""How long the receiving staff may take; then what was handed over is deleted there."""
SLACK = timedelta(days=1)
OPEN = (TransferState.ASKED, TransferState.DELIVERED)
AGAIN = RetryStrategy(max_attempts=8, exponential_wait=3)


def handed_document(work: Work, customer_id: UUID) -> dict[str, Any]:
    """What may be taken along.

    What nobody over there could use stays: specially protected answers (Art. 9), and names of others (Art. 20(4)).
    """
    reading = Reading.of(work, customer_id)
    document = document_of(reading, PORTABILITY)
    document["records"] = [fit for record in document["records"] if (fit := _without_what_stays(record))]
    document["names"] = names_in(reading, document["records"])
    return document


def _without_what_stays(record: dict[str, Any]) -> dict[str, Any] | None:
    fields = {name: one for name, one in record["fields"].items() if Purpose.HEALTH.value not in one["purposes"]}
    emptied = record["fields"] and not fields
    return None if emptied or record["type"] == Attendee.__tablename__ else {**record, "fields": fields}


@jobs.task(name="privacy.deliver_transfer", retry=AGAIN)
def deliver_transfer(tenant: str, transfer: str) -> None:
    """Bring one person's data from the giving tenant to the receiving one; may run any number of times."""
    giving, transfer_id = UUID(tenant), UUID(transfer)
    with open_work(JOB, giving) as work:
        row = work.find(Transfer, transfer_id)
        if row is None or row.state is not TransferState.ASKED:
            return
        to, name = row.to_tenant, work.get(Tenant, giving).name
        document = handed_document(work, row.customer_id) if row.customer_id else None
    sha256 = _receive(to, giving, transfer_id, name, document) if document else ""
    with open_work(JOB, giving) as work:
        row = work.find(Transfer, transfer_id, lock=True)
        if row is not None and row.state is TransferState.ASKED:
            row.sha256, row.state = sha256, TransferState.DELIVERED if sha256 else TransferState.LAPSED
            row.closed_at = None if sha256 else work.now
            work.audit("transfer.delivered" if sha256 else "transfer.lapsed", row)


@jobs.task(name="privacy.settle_transfer", retry=AGAIN)
def settle_transfer(tenant: str, received: str) -> None:
    """Tell the giving tenant what became of it; `tenant` is the receiving one."""
    with open_work(JOB, UUID(tenant)) as work:
        row = work.find(ReceivedData, UUID(received))
        if row is None or row.from_tenant is None:
            return
        giving, transfer_id, state = row.from_tenant, row.from_transfer, row.state
    with open_work(JOB, giving) as work:
        transfer = work.find(Transfer, transfer_id, lock=True)
        if transfer is not None and transfer.state in OPEN:
            transfer.state, transfer.closed_at = state, work.now
            work.audit(f"transfer.{state.value}", transfer)


@jobs.periodic(cron="37 * * * *", periodic_id="privacy_transfers")
@jobs.task(name="privacy.lapse_transfers", queueing_lock="privacy.lapse_transfers", pass_context=False)
def lapse_transfers(timestamp: int = 0) -> None:
    """Close what nobody took over in time; what lay there is deleted by the receiving tenant's own periods."""
    with open_work(JOB) as work:
        everyone = list(work.all(work.shared(Tenant.id).order_by(Tenant.id)))
    for tenant_id in everyone:
        with open_work(JOB, tenant_id) as work:
            old = Transfer.created_at < work.now - LIFE - SLACK
            work.update_where(Transfer, Transfer.state.in_(OPEN), old, state=TransferState.LAPSED, closed_at=work.now)


def digest_of(document: dict[str, Any]) -> str:
    """The check sum of a document, whatever order its keys stand in."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _receive(to: UUID, giving: UUID, transfer_id: UUID, name: str, document: dict[str, Any]) -> str:
    """Lay it down at the receiving tenant, once; the check sum of what lies there, or nothing if it takes none."""
    with open_work(JOB, to) as work:
        lies = work.first(work.select(ReceivedData).where(ReceivedData.from_transfer == transfer_id))
        if lies is not None:
            return digest_of(lies.document)
        if work.get(Tenant, to).status is not TenantStatus.ACTIVE:
            return ""
        address = address_in(document)
        row = work.new(
            ReceivedData,
            address_key=address_key(to, address) if address else None,
            document=document,
            from_name=name,
            from_transfer=transfer_id,
            from_tenant=giving,
            created_at=work.now,
            lapses_at=work.now + LIFE,
        )
        work.audit("received.arrived", row)
        return digest_of(document)
