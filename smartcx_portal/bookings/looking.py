"""Writing down that somebody at the tenant looked at a person's booking (Art. 15)."""

from datetime import timedelta

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
        role=(work.actor.role or work.actor.kind).value,
        what="booking",
        at=work.now,
    )
    work.audit("booking.opened", booking)
