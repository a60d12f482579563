"""The audit trail: append-only and hash-chained, one chain per tenant."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from smartcx_portal.models.audit import AuditEntry, AuditHead


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, by whom, to what. `detail` holds ids, counts and closed words, never a personal value."""

    at: datetime
    actor_kind: str
    actor_id: UUID | None
    action: str
    object_kind: str = ""
    object_id: UUID | None = None
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of checking one chain; `broken_at` is the first number that does not fit."""

    entries: int
    broken_at: int | None

    @property
    def sound(self) -> bool:
        """Whether nothing was altered, removed or cut off."""
        return self.broken_at is None


def record(db: Session, tenant_id: UUID, deeds: Sequence[Deed]) -> list[AuditEntry]:
    """Append `deeds` to the tenant's chain in their order; holds the chain's head until the transaction ends."""
    seq, previous = _locked_head(db, tenant_id)
    entries = []
    for deed in deeds:
        seq, link = seq + 1, _hash(tenant_id, seq + 1, previous, deed)
        entries.append(AuditEntry(tenant_id=tenant_id, seq=seq, previous=previous, hash=link, **asdict(deed)))
        previous = link
    db.add_all(entries)
    db.flush()
    db.execute(sa.update(AuditHead).where(AuditHead.tenant_id == tenant_id).values(seq=seq, hash=previous))
    return entries


def verify(db: Session, tenant_id: UUID) -> Verdict:
    """Recompute the tenant's whole chain; the session must be allowed to see that tenant."""
    entries = db.scalars(sa.select(AuditEntry).where(AuditEntry.tenant_id == tenant_id).order_by(AuditEntry.seq))
    previous, count = "", 0
    for count, entry in enumerate(entries, start=1):
        fits = entry.seq == count and entry.previous == previous
        if not fits or entry.hash != _hash(tenant_id, entry.seq, previous, _deed_of(entry)):
            return Verdict(count, count)
        previous = entry.hash
    head = db.scalar(sa.select(AuditHead).where(AuditHead.tenant_id == tenant_id))
    ends = (head.seq, head.hash) if head else (0, "")
    return Verdict(count, None if ends == (count, previous) else count + 1)


def _locked_head(db: Session, tenant_id: UUID) -> tuple[int, str]:
    """The tenant's head, made at its first deed; its id is the tenant's, so that two makers agree on one.

    Setting it to itself is what locks and reads it in the one statement that makes it.
    """
    made = insert(AuditHead).values(tenant_id=tenant_id, id=tenant_id, seq=0, hash="")
    locked = made.on_conflict_do_update(index_elements=["tenant_id", "id"], set_={"seq": AuditHead.seq})
    seq, link = db.execute(locked.returning(AuditHead.seq, AuditHead.hash)).one()
    return seq, link


def _deed_of(entry: AuditEntry) -> Deed:
    return Deed(
        entry.at,
        entry.actor_kind,
        entry.actor_id,
        entry.action,
        entry.object_kind,
        entry.object_id,
        entry.detail,
    )


def _hash(tenant_id: UUID, seq: int, previous: str, deed: Deed) -> str:
    fields = asdict(deed) | {"at": deed.at.astimezone(UTC).isoformat()}
    text = json.dumps([str(tenant_id), seq, previous, fields], sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
