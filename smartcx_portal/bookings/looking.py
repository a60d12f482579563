"""Writing down that somebody at the tenant looked at a person's booking, or took it along in a list (Art. 15)."""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.privacy import AccessRecord
from smartcx_portal.tenancy import Work

ONE_LOOK = timedelta(minutes=10)
"""A reload, a reconnect and the view after one's own deed belong to the same look."""


class Why(StrEnum):
    """What a look is for: the closed list. A page that shows people names one, and so does the person's report."""

    APPOINTMENT = "appointment"
    LIST = "list"
    ENQUIRY = "enquiry"
    CASE = "case"
    CONSENTS = "consents"
    BREACH = "breach"


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
        why=Why.APPOINTMENT,
        at=work.now,
    )
    work.audit("booking.opened", booking)


def record_person_look(work: Work, customer_id: UUID, what: str, why: str) -> None:
    """For a look at a person beyond one booking; once per look.

    `what` is the kind of thing that was looked at, a table's name as a rule; `why` is one of `Why`. The trail says that
    somebody looked, and not at whom: it outlives the person's data. Raises `ValueError` for an unknown reason.
    """
    reason = Why(why)
    before = work.select(AccessRecord.id).where(
        AccessRecord.customer_id == customer_id,
        AccessRecord.by_identity == work.actor.identity_id,
        AccessRecord.what == what,
        AccessRecord.why == reason,
        AccessRecord.at > work.now - ONE_LOOK,
    )
    if work.first(before) is not None:
        return
    work.new(
        AccessRecord,
        customer_id=customer_id,
        by_identity=work.actor.identity_id,
        role=_role(work),
        what=what,
        why=reason,
        at=work.now,
    )
    work.audit("person.looked_at", what=what, why=reason.value)


def record_export(work: Work, customers: Iterable[UUID], why: Why = Why.LIST, what: str = "export") -> None:
    """For each person in a list that was handed out as a file; the trail gets one entry for the list.

    `what` is the table whose rows the list tells of, where that is not appointments as a whole.
    """
    look = {"by_identity": work.actor.identity_id, "role": _role(work), "what": what, "why": why, "at": work.now}
    work.write_many(AccessRecord, [{"customer_id": one, **look} for one in customers])


def _role(work: Work) -> str:
    return (work.actor.role or work.actor.kind).value
