"""People who work for a tenant or the operator, and everybody's sessions."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.models.base import Global, TenantOwned, choice
from smartcx_portal.models.declaring import (
    Category,
    OnErasure,
    Purpose,
    Source,
    Subject,
    Who,
    impersonal,
    personal,
    pointer,
)

ACCOUNT = {"purposes": [Purpose.STAFF], "source": Source.STAFF, "on_erasure": OnErasure.DELETE}


class Identity(Global, table=True):
    """A person who signs in with a password; a member of tenants, or the operator's admin."""

    __tablename__ = "identity"
    __subject__: ClassVar = Subject(Who.STAFF, ("id",), staff="id")

    email: str = personal(Category.EMAIL, **ACCOUNT)
    email_key: str = personal(Category.EMAIL, unique=True, **ACCOUNT)
    name: str = personal(Category.NAME, **ACCOUNT)
    password_hash: str | None = personal(Category.PASSWORD, default=None, **ACCOUNT)
    operator: bool = impersonal(default=False)
    disabled_at: datetime | None = impersonal(default=None)
    created_at: datetime = impersonal()


class Role(StrEnum):
    """What a member may do at a tenant."""

    OWNER = "owner"
    STAFF = "staff"


class Membership(TenantOwned, table=True):
    """That an identity works for a tenant, and as what. Its policy also lets an identity see its own."""

    __tablename__ = "membership"
    __subject__: ClassVar = Subject(Who.STAFF, ("identity_id",), staff="identity_id")
    __table_args__ = (sa.UniqueConstraint("tenant_id", "identity_id"), sa.Index(None, "identity_id"))

    identity_id: UUID = personal(
        Category.PSEUDONYM,
        purposes=[Purpose.STAFF],
        source=Source.STAFF,
        on_erasure=OnErasure.DELETE,
        foreign_key="identity.id",
    )
    role: Role = impersonal(sa_type=choice(Role))
    created_at: datetime = impersonal()
    ended_at: datetime | None = impersonal(default=None)


class Invitation(TenantOwned, table=True):
    """A single-use invitation to join a tenant; its link is signed, not stored."""

    __tablename__ = "invitation"
    __subject__: ClassVar = Subject(Who.STAFF, ("email_key",))

    email: str = personal(Category.EMAIL, **ACCOUNT)
    email_key: str = personal(Category.EMAIL, **ACCOUNT)
    role: Role = impersonal(sa_type=choice(Role))
    created_at: datetime = impersonal()
    lapses_at: datetime = impersonal()
    accepted_at: datetime | None = impersonal(default=None)


class SessionKind(StrEnum):
    """Whose session it is."""

    PERSON = "person"
    STAFF = "staff"
    OPERATOR = "operator"


class Session(Global, table=True):
    """A signed-in tab, by the hash of its key; looked at on every event, so that ending it works at once."""

    __tablename__ = "session"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",), staff="identity_id")
    __table_args__ = (sa.Index(None, "customer_id"), sa.Index(None, "identity_id"))

    kind: SessionKind = impersonal(sa_type=choice(SessionKind))
    key_hash: str = personal(
        Category.PSEUDONYM,
        purposes=[Purpose.OPERATION],
        source=Source.VISIT,
        on_erasure=OnErasure.DELETE,
        unique=True,
    )
    identity_id: UUID | None = personal(
        Category.PSEUDONYM,
        purposes=[Purpose.STAFF],
        source=Source.SYSTEM,
        on_erasure=OnErasure.DELETE,
        default=None,
        foreign_key="identity.id",
    )
    tenant_id: UUID | None = impersonal(default=None, foreign_key="tenant.id")
    customer_id: UUID | None = pointer(Purpose.OPERATION, on_erasure=OnErasure.DELETE)
    created_at: datetime = impersonal()
    seen_at: datetime = impersonal()
    ends_at: datetime = impersonal()
    """The absolute end; the idle end is `seen_at` plus the kind's idle time."""
    fresh_at: datetime | None = impersonal(default=None)
    """When the person last proved themselves again (tier T3)."""
    proof: str = impersonal(default="")
    """By what a person showed who they are: `code` or `booking_code`; empty for the staff."""
