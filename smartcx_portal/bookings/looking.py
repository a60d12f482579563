"""Writing down that somebody at the tenant looked at a person's booking, or took it along in a list (Art. 15)."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.privacy import AccessRecord
from smartcx_portal.tenancy import Work

ONE_LOOK = timedelta(minutes=10)
"""A reload, a reconnect and the view after one's own deed belong to the same look."""


def record_look(work: Work, booking: Booking) -> None:
    """For the person, and in the trail; once per look."""
    before = work.select(AuditEntry.id).where(
        AuditEntry.object_id == booking.id,
        AuditEntry.action == "booking.opened",
        AuditEntry.actor_id == work.actor.id,
        AuditEntry.at > work.now - ONE_LOOK,
    )
    if work.first(before) is not None:
        return
    work.new(
        AccessRecord,
        customer_id=booking.customer_id,
        by_identity=work.actor.identity_id,
        role=_role(work),
        what="booking",
        at=work.now,
    )
    work.audit("booking.opened", booking)


def record_export(work: Work, customers: Iterable[UUID]) -> None:
    """For each person in a list that was handed out as a file; the trail gets one entry for the list."""
    look = {"by_identity": work.actor.identity_id, "role": _role(work), "what": "export", "at": work.now}
    work.write_many(AccessRecord, [{"customer_id": one, **look} for one in customers])


def _role(work: Work) -> str:
    return (work.actor.role or work.actor.kind).value
