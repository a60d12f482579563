"""The append-only trail. The app's role may insert and read; it may neither change nor delete."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from smartcx_portal.models.base import TenantOwned
from smartcx_portal.models.declaring import (
    OnErasure,
    Purpose,
    Subject,
    Who,
    impersonal,
    pointer,
)


class AuditEntry(TenantOwned, table=True):
    """One thing that was done. Ids and words of the closed vocabulary only, never a personal value."""

    __tablename__ = "audit_entry"
    __subject__: ClassVar = Subject(Who.STAFF, ("actor_id",), staff="actor_id")
    __table_args__ = (sa.UniqueConstraint("tenant_id", "seq"), sa.Index(None, "tenant_id", "object_id"))

    seq: int = impersonal()
    at: datetime = impersonal()
    actor_kind: str = impersonal()
    actor_id: UUID | None = pointer(Purpose.RIGHTS, Purpose.STAFF, on_erasure=OnErasure.HOLD)
    """A number without a name: it leads to nobody once that person's own row is gone (Art. 5(2), 32 GDPR)."""
    action: str = impersonal()
    object_kind: str = impersonal(default="")
    object_id: UUID | None = impersonal(default=None)
    detail: dict[str, Any] = impersonal(default_factory=dict, sa_type=JSONB)
    previous: str = impersonal()
    hash: str = impersonal()


class AuditHead(TenantOwned, table=True):
    """The last link of a tenant's chain: shows when entries were cut off its end."""

    __tablename__ = "audit_head"
    __table_args__ = (sa.UniqueConstraint("tenant_id"),)

    seq: int = impersonal(default=0)
    hash: str = impersonal(default="")
