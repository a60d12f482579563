"""The audit trail: append-only and hash-chained, one chain per tenant."""

import functools
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from smartcx_portal.kit.ids import new_id
from smartcx_portal.models.audit import AuditEntry, AuditHead

PLACES = ("owner", "entry", "told", "at", "actor_kind", "actor_id", "action", "object_kind", "object_id", "detail")
"""What the database's `append_to_trail` takes."""
HEARD = ("channel", "payload")
"""What its `pg_notify` takes."""


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


def record(db: Session, tenant_id: UUID, deeds: Sequence[Deed], news: Sequence[tuple[str, str]] = ()) -> None:
    """Append `deeds` to the tenant's chain in their order; holds the chain's head until the transaction ends.

    `news` (channel, payload) is what listening processes hear after the commit: one statement takes both along.
    """
    if deeds or news:
        found = [_values(tenant_id, deed) for deed in deeds]
        values = {f"{name}_{n}": value[name] for n, value in enumerate(found) for name in PLACES}
        heard = {f"{part}_{n}": text for n, one in enumerate(news) for part, text in zip(HEARD, one, strict=True)}
        db.execute(_append(len(found), len(news)), values | heard)


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


@functools.cache
def _append(number: int, news: int) -> sa.TextClause:
    """One statement for so many deeds: the chain's head is held until the end, and all of the tenant wait for it."""
    calls = [f"append_to_trail({', '.join(f':{name}_{n}' for name in PLACES)})" for n in range(number)]
    calls += [f"pg_notify({', '.join(f':{part}_{n}' for part in HEARD)})" for n in range(news)]
    details = (sa.bindparam(f"detail_{n}", type_=JSONB) for n in range(number))
    return sa.text(f"SELECT {', '.join(calls)}").bindparams(*details)


def _values(tenant_id: UUID, deed: Deed) -> dict[str, Any]:
    told = {name: getattr(deed, name) for name in Deed.__slots__}
    return {**told, "owner": tenant_id, "entry": new_id(), "told": _told(deed)}


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
    """The link of one entry, as the database makes it (`models.walls.APPEND_TO_TRAIL`)."""
    text = f'["{tenant_id}", {seq}, "{previous}", {_told(deed)}]'
    return hashlib.sha256(text.encode()).hexdigest()


def _told(deed: Deed) -> str:
    """The deed as the chain seals it: JSON in plain ASCII, its time in UTC."""
    fields = {name: getattr(deed, name) for name in Deed.__slots__} | {"at": deed.at.astimezone(UTC).isoformat()}
    return json.dumps(fields, sort_keys=True, default=str, ensure_ascii=True)
