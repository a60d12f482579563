"""Messages that leave, and one-time codes."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa

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


class Channel(StrEnum):
    """The road a message takes."""

    EMAIL = "email"
    SMS = "sms"


class MessageStatus(StrEnum):
    """Sending: a worker has it in hand since `tried_at`, and dies or says how it ended.

    Suppressed: the right to send was gone when its turn came; no provider was called.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"


class Message(TenantOwned, table=True):
    """One message in the outbox. Its text is never stored: it is rendered from the rows when it leaves."""

    __tablename__ = "message"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",), or_address="address_key")
    __table_args__ = (
        refers("customer_id", "customer"),
        refers("booking_id", "booking"),
        refers("code_id", "one_time_code"),
        refers("waitlist_id", "waitlist_entry"),
        refers("enquiry_id", "enquiry"),
        sa.Index(None, "tenant_id", "address_key"),
        sa.Index(None, "tenant_id", "customer_id"),
        sa.Index(None, "tenant_id", "booking_id"),
    )

    customer_id: UUID | None = pointer(Purpose.MAIL, Purpose.SMS, on_erasure=OnErasure.NULL)
    booking_id: UUID | None = impersonal(default=None)
    code_id: UUID | None = impersonal(default=None)
    invitation_id: UUID | None = impersonal(default=None)
    kind: str = impersonal()
    """The template's name."""
    channel: Channel = impersonal(sa_type=choice(Channel))
    language: str = impersonal(max_length=2)
    to_address: str | None = personal(
        Category.CONTACT,
        purposes=[Purpose.MAIL, Purpose.SMS],
        source=Source.PERSON,
        on_erasure=OnErasure.NULL,
        default=None,
    )
    address_key: str | None = pointer(Purpose.MAIL, Purpose.SMS, on_erasure=OnErasure.NULL)
    status: MessageStatus = impersonal(default=MessageStatus.QUEUED, sa_type=choice(MessageStatus))
    provider_ref: str | None = pointer(Purpose.MAIL, Purpose.SMS, on_erasure=OnErasure.NULL)
    """The provider's number for it, which leads to the address as long as the provider keeps its own log."""
    problem: str | None = impersonal(default=None)
    """Why the last try failed: a closed word, never a provider's text."""
    waitlist_id: UUID | None = impersonal(default=None)
    enquiry_id: UUID | None = impersonal(default=None)
    before: datetime | None = impersonal(default=None)
    """When the appointment was to begin before it moved: the person reads both."""
    created_at: datetime = impersonal()
    not_before: datetime | None = impersonal(default=None)
    """It waits until then, so that what it tells of can be undone."""
    tried_at: datetime | None = impersonal(default=None)
    sent_at: datetime | None = impersonal(default=None)


class CodeUse(StrEnum):
    """What a one-time code opens; a code for one use opens no other."""

    PORTAL = "portal"
    STEP_UP = "step_up"
    NEW_EMAIL = "new_email"
    NEW_PHONE = "new_phone"
    BOOKING = "booking"


class OneTimeCode(TenantOwned, table=True):
    """A challenge. The code itself is not stored: it follows from the row's id and the secret key.

    Bound to the tab, the address and one use; 10 minutes, 5 tries, newest only, single use.
    """

    __tablename__ = "one_time_code"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",), or_address="address_key")
    __table_args__ = (
        refers("customer_id", "customer"),
        refers("booking_id", "booking"),
        sa.Index(None, "tenant_id", "address_key", "created_at"),
        sa.Index(None, "tenant_id", "customer_id"),
        sa.Index(None, "tenant_id", "key_hash"),
    )

    use: CodeUse = impersonal(sa_type=choice(CodeUse))
    channel: Channel = impersonal(sa_type=choice(Channel))
    address_key: str = personal(
        Category.PSEUDONYM, purposes=[Purpose.OPERATION], source=Source.SYSTEM, on_erasure=OnErasure.DELETE
    )
    key_hash: str = personal(
        Category.PSEUDONYM, purposes=[Purpose.OPERATION], source=Source.VISIT, on_erasure=OnErasure.DELETE
    )
    network_key: str = personal(
        Category.PSEUDONYM, purposes=[Purpose.OPERATION], source=Source.VISIT, on_erasure=OnErasure.DELETE, default=""
    )
    """Keyed hash of the network that asked, so that codes per network can be limited."""
    customer_id: UUID | None = pointer(Purpose.OPERATION, on_erasure=OnErasure.DELETE)
    booking_id: UUID | None = impersonal(default=None)
    new_value: str | None = personal(
        Category.CONTACT,
        purposes=[Purpose.RIGHTS],
        source=Source.PERSON,
        on_erasure=OnErasure.DELETE,
        default=None,
    )
    """The new address that waits for this code."""
    tries_left: int = impersonal(default=5)
    created_at: datetime = impersonal()
    lapses_at: datetime = impersonal()
    used_at: datetime | None = impersonal(default=None)
