"""Appointments, the time they claim, and what people type on the way to one."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, TSTZRANGE, ExcludeConstraint, Range

from smartcx_portal.models.base import TenantOwned, choice, refers
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


class BookingStatus(StrEnum):
    """held → pending → confirmed → arrived → called → serving → finished, or an end of another kind."""

    HELD = "held"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    CALLED = "called"
    SERVING = "serving"
    FINISHED = "finished"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Confirming(StrEnum):
    """How a person wants to hear from us; the choice is the recorded consent."""

    EMAIL = "email"
    SMS = "sms"
    NONE = "none"


class Booking(TenantOwned, table=True):
    """One appointment. `starts_at` and `ends_at` are aware UTC, without buffers."""

    __tablename__ = "booking"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",))
    __table_args__ = (
        refers("location_id", "location"),
        refers("service_id", "service"),
        refers("resource_id", "resource"),
        refers("customer_id", "customer"),
        refers("notice_version_id", "notice_version"),
        sa.CheckConstraint("starts_at < ends_at", name="order"),
        sa.UniqueConstraint("tenant_id", "code"),
        sa.Index(None, "tenant_id", "starts_at"),
        sa.Index(None, "tenant_id", "customer_id"),
        sa.Index(None, "tenant_id", "status", "lapses_at"),
        sa.Index(None, "tenant_id", "holder_key"),
    )

    location_id: UUID = impersonal()
    service_id: UUID = impersonal()
    resource_id: UUID = impersonal()
    customer_id: UUID | None = pointer(Purpose.APPOINTMENT, on_erasure=OnErasure.NULL)
    notice_version_id: UUID | None = impersonal(default=None)
    status: BookingStatus = impersonal(default=BookingStatus.HELD, sa_type=choice(BookingStatus))
    starts_at: datetime = impersonal()
    ends_at: datetime = impersonal()
    lapses_at: datetime | None = impersonal(default=None)
    """When a held or pending booking gives its time back."""
    extensions: int = impersonal(default=0)
    confirming: Confirming | None = impersonal(default=None, sa_type=choice(Confirming))
    code: str | None = personal(
        Category.CODE,
        purposes=[Purpose.APPOINTMENT],
        source=Source.SYSTEM,
        on_erasure=OnErasure.NULL,
        default=None,
        max_length=12,
    )
    link_version: int = impersonal(default=1)
    """Part of what the secret link signs; a new version makes old links void."""
    sequence: int = impersonal(default=0)
    """SEQUENCE of RFC 5545: grows with each change that calendars must follow."""
    holder_key: str | None = personal(
        Category.PSEUDONYM,
        purposes=[Purpose.OPERATION],
        source=Source.VISIT,
        on_erasure=OnErasure.NULL,
        default=None,
    )
    """Hash of the tab's key while the time is held: who may go on, and how many holds are open."""
    network_key: str | None = personal(
        Category.PSEUDONYM,
        purposes=[Purpose.OPERATION],
        source=Source.VISIT,
        on_erasure=OnErasure.NULL,
        default=None,
    )
    """Keyed hash of the network while the time is held; cleared with the booking."""
    language: str = impersonal(default="de", max_length=2)
    created_at: datetime = impersonal()
    booked_at: datetime | None = impersonal(default=None)


class Claim(TenantOwned, table=True):
    """The time a booking takes on one lane of a resource, buffers included, half-open (design D5)."""

    __tablename__ = "claim"
    __table_args__ = (
        refers("booking_id", "booking"),
        refers("resource_id", "resource"),
        sa.CheckConstraint("starts_at < ends_at", name="order"),
        sa.CheckConstraint("lane >= 0", name="lane"),
        ExcludeConstraint(
            ("tenant_id", "="),
            ("resource_id", "="),
            ("lane", "="),
            ("during", "&&"),
            name="no_double_booking",
            using="gist",
        ),
        sa.Index(
            "ix_claim_search",
            "tenant_id",
            "resource_id",
            "starts_at",
            postgresql_include=["ends_at", "lane"],
        ),
        sa.Index(None, "tenant_id", "booking_id"),
    )
    model_config = {"arbitrary_types_allowed": True}

    booking_id: UUID = impersonal()
    resource_id: UUID = impersonal()
    lane: int = impersonal()
    starts_at: datetime = impersonal()
    ends_at: datetime = impersonal()
    during: Range[datetime] | None = impersonal(
        default=None,
        sa_type=TSTZRANGE,
        nullable=False,
        sa_column_args=[sa.Computed("tstzrange(starts_at, ends_at)", persisted=True)],
    )


class Answer(TenantOwned, table=True):
    """What a person answered to a form field; special-category answers stand in their own column."""

    __tablename__ = "answer"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("booking_id", "customer_id"))
    __table_args__ = (
        refers("booking_id", "booking"),
        refers("field_id", "form_field"),
        sa.UniqueConstraint("tenant_id", "booking_id", "field_id"),
    )

    booking_id: UUID = impersonal()
    field_id: UUID = impersonal()
    value: str | None = personal(
        Category.CONTENT,
        purposes=[Purpose.APPOINTMENT],
        source=Source.PERSON,
        on_erasure=OnErasure.DELETE,
        default=None,
    )
    special_value: str | None = personal(
        Category.HEALTH,
        purposes=[Purpose.HEALTH],
        source=Source.PERSON,
        on_erasure=OnErasure.DELETE,
        default=None,
    )


class CancelledBy(StrEnum):
    """Who called an appointment off."""

    PERSON = "person"
    STAFF = "staff"
    ERASURE = "erasure"


class Cancellation(TenantOwned, table=True):
    """That an appointment was called off: who, when, why."""

    __tablename__ = "cancellation"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("booking_id", "customer_id"))
    __table_args__ = (refers("booking_id", "booking"), sa.UniqueConstraint("tenant_id", "booking_id"))

    booking_id: UUID = impersonal()
    by: CancelledBy = impersonal(sa_type=choice(CancelledBy))
    at: datetime = impersonal()
    reason: str | None = personal(
        Category.CONTENT,
        purposes=[Purpose.APPOINTMENT],
        source=Source.STAFF,
        on_erasure=OnErasure.NULL,
        default=None,
    )


class Draft(TenantOwned, table=True):
    """What a person has typed so far; it hangs on the hash of the tab's key and lapses (design D4)."""

    __tablename__ = "draft"
    __subject__: ClassVar = Subject(Who.TAB, ("key_hash",))
    __table_args__ = (
        refers("service_id", "service"),
        refers("booking_id", "booking"),
        sa.UniqueConstraint("tenant_id", "key_hash"),
        sa.Index(None, "tenant_id", "lapses_at"),
    )

    key_hash: str = personal(
        Category.PSEUDONYM, purposes=[Purpose.OPERATION], source=Source.VISIT, on_erasure=OnErasure.DELETE
    )
    service_id: UUID | None = impersonal(default=None)
    booking_id: UUID | None = impersonal(default=None)
    """The held, pending or finished booking that this draft led to."""
    entered: dict[str, Any] = personal(
        Category.CONTENT,
        purposes=[Purpose.APPOINTMENT],
        source=Source.PERSON,
        on_erasure=OnErasure.DELETE,
        default_factory=dict,
        sa_type=JSONB,
    )
    updated_at: datetime = impersonal()
    lapses_at: datetime = impersonal()
