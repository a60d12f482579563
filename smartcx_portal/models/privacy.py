"""Grounds, consents, notices, cases and what proves them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

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


class RetentionStart(StrEnum):
    """The event from which a retention period runs (DIN 66398)."""

    APPOINTMENT_END = "appointment_end"
    CREATED = "created"
    CLOSED = "closed"
    SENT = "sent"


class ProcessingActivity(TenantOwned, table=True):
    """A purpose at one tenant: its ground, recipients and retention (promises P07, P08)."""

    __tablename__ = "processing_activity"
    __table_args__ = (
        sa.UniqueConstraint("tenant_id", "purpose"),
        sa.CheckConstraint("retention_days >= 0", name="retention"),
    )

    purpose: Purpose = impersonal(sa_type=choice(Purpose))
    legal_basis: str = impersonal()
    """Such as `6(1)(b)`."""
    special_basis: str = impersonal(default="")
    """Such as `9(2)(a)`, where special categories are processed."""
    recipients: list[str] = impersonal(default_factory=list, sa_type=JSONB)
    """Keys of sub-processors."""
    own_recipients: list[str] = impersonal(default_factory=list, sa_type=JSONB)
    """Names of recipients of the tenant's own, such as its IT centre, as the tenant enters them."""
    retention_start: RetentionStart = impersonal(sa_type=choice(RetentionStart))
    retention_days: int = impersonal()
    active: bool = impersonal(default=True)


class ConsentPurpose(StrEnum):
    """What a person may consent to; each on its own (promise P05)."""

    MAIL = "mail"
    SMS = "sms"
    SMS_TRANSFER = "sms_transfer"
    HEALTH = "health"
    TRACKING = "tracking"


class ConsentKind(StrEnum):
    """Given or withdrawn; the last event counts."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class ConsentEvent(TenantOwned, table=True):
    """Append-only: a consent given or withdrawn, with the text that was read.

    Erasure leaves a minimal proof: a keyed hash of the person's address, purpose, version and time.
    """

    __tablename__ = "consent_event"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",))
    __table_args__ = (
        refers("customer_id", "customer"),
        refers("booking_id", "booking"),
        refers("notice_version_id", "notice_version"),
        sa.Index(None, "tenant_id", "customer_id"),
    )

    customer_id: UUID | None = pointer(Purpose.RIGHTS, on_erasure=OnErasure.NULL)
    booking_id: UUID | None = pointer(Purpose.RIGHTS, on_erasure=OnErasure.NULL)
    notice_version_id: UUID | None = impersonal(default=None)
    purpose: ConsentPurpose = impersonal(sa_type=choice(ConsentPurpose))
    kind: ConsentKind = impersonal(sa_type=choice(ConsentKind))
    text: str = impersonal()
    text_version: str = impersonal()
    """SHA-256 of the text."""
    language: str = impersonal(max_length=2)
    channel: str = impersonal()
    """Where it happened: `booking_form`, `portal`, `link`."""
    at: datetime = impersonal()
    proof: str | None = pointer(Purpose.RIGHTS, on_erasure=OnErasure.PROOF)


class NoticeVersion(TenantOwned, table=True):
    """A dated version of the tenant's privacy notice, as it was shown, by language (promise P22)."""

    __tablename__ = "notice_version"
    __table_args__ = (sa.UniqueConstraint("tenant_id", "number"),)

    number: int = impersonal()
    published_at: datetime = impersonal()
    content: dict[str, Any] = impersonal(sa_type=JSONB)
    digest: str = impersonal()


class Enquiry(TenantOwned, table=True):
    """A question or a reported barrier; kept only to handle it (promises P14, P18)."""

    __tablename__ = "enquiry"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",), or_address="address_key")
    __table_args__ = (
        refers("customer_id", "customer"),
        sa.Index(None, "tenant_id", "address_key"),
        sa.Index(None, "tenant_id", "customer_id"),
    )

    customer_id: UUID | None = pointer(Purpose.ENQUIRY, on_erasure=OnErasure.DELETE)
    """Whoever asked while signed in; a stranger's question is found by the address alone."""
    topic: str = impersonal()
    """`question`, `privacy` or `barrier`."""
    recipient: str = impersonal(default="tenant")
    name: str = personal(Category.NAME, purposes=[Purpose.ENQUIRY], source=Source.PERSON, on_erasure=OnErasure.DELETE)
    email: str = personal(Category.EMAIL, purposes=[Purpose.ENQUIRY], source=Source.PERSON, on_erasure=OnErasure.DELETE)
    address_key: str = personal(
        Category.PSEUDONYM, purposes=[Purpose.ENQUIRY], source=Source.SYSTEM, on_erasure=OnErasure.DELETE
    )
    text: str = personal(
        Category.CONTENT, purposes=[Purpose.ENQUIRY], source=Source.PERSON, on_erasure=OnErasure.DELETE
    )
    language: str = impersonal(default="de", max_length=2)
    created_at: datetime = impersonal()
    closed_at: datetime | None = impersonal(default=None)


class AccessRecord(TenantOwned, table=True):
    """That somebody at the tenant looked at one person's data: who, when, why (Art. 15(1))."""

    __tablename__ = "access_record"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",), staff="by_identity")
    __table_args__ = (
        refers("customer_id", "customer"),
        sa.Index(None, "tenant_id", "customer_id"),
        sa.Index(None, "tenant_id", "by_identity"),
    )

    customer_id: UUID | None = pointer(Purpose.RIGHTS, on_erasure=OnErasure.NULL)
    by_identity: UUID | None = pointer(Purpose.RIGHTS, on_erasure=OnErasure.NULL)
    """Who looked: a member of the staff is a person too, so it goes with the rest."""
    role: str = impersonal()
    what: str = impersonal()
    why: str = impersonal(default="")
    """A closed word (`Why` in `bookings.looking`); empty for looks from before it was asked."""
    at: datetime = impersonal()


class Right(StrEnum):
    """The rights a case may be about; one case per right."""

    ACCESS = "access"
    PORTABILITY = "portability"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    WITHDRAWAL = "withdrawal"


class PrivacyCase(TenantOwned, table=True):
    """One request by a data subject; `due_on` after Art. 12(3)."""

    __tablename__ = "privacy_case"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",))
    __table_args__ = (refers("customer_id", "customer"), sa.Index(None, "tenant_id", "customer_id"))

    customer_id: UUID | None = pointer(Purpose.RIGHTS, on_erasure=OnErasure.NULL)
    right: Right = impersonal(sa_type=choice(Right))
    status: str = impersonal(default="open")
    """`open`, `done` or `refused`."""
    request: str | None = personal(
        Category.CONTENT,
        purposes=[Purpose.RIGHTS],
        source=Source.PERSON,
        on_erasure=OnErasure.NULL,
        default=None,
    )
    received_at: datetime = impersonal()
    due_on: date = impersonal()
    closed_at: datetime | None = impersonal(default=None)
    proven_by: str = impersonal(default="")


class ExportPackage(TenantOwned, table=True):
    """A package a person asked for; its file is `DATA/packages/<tenant>/<id>.zip` and goes after 7 days."""

    __tablename__ = "export_package"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",))
    __table_args__ = (refers("customer_id", "customer"), sa.Index(None, "tenant_id", "customer_id"))

    customer_id: UUID = personal(
        Category.PSEUDONYM, purposes=[Purpose.RIGHTS], source=Source.SYSTEM, on_erasure=OnErasure.DELETE
    )
    created_at: datetime = impersonal()
    lapses_at: datetime = impersonal()
    size: int = impersonal(default=0)
    sha256: str = impersonal(default="")
    profile: str = impersonal(default="access")
    """`access` (Art. 15) or `portability` (Art. 20)."""


class ErasureLedgerEntry(TenantOwned, table=True):
    """That a person was erased, written before anything is destroyed; tells no one who it was."""

    __tablename__ = "erasure_ledger_entry"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ())

    case_id: UUID | None = impersonal(default=None)
    proof: str = personal(
        Category.PSEUDONYM, purposes=[Purpose.RIGHTS], source=Source.SYSTEM, on_erasure=OnErasure.PROOF
    )
    """Keyed hash of the customer's id: finds the person again in a restored backup, and nobody else can."""
    erased_at: datetime = impersonal()
    groups: dict[str, int] = impersonal(sa_type=JSONB)
    """How many rows of which table went or were emptied."""


OF_RIGHTS = {"purposes": [Purpose.RIGHTS], "on_erasure": OnErasure.DELETE}


class PortalDraft(TenantOwned, table=True):
    """What a signed-in person has typed into a form of the portal and not sent, so that no idle end loses it."""

    __tablename__ = "portal_draft"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",))
    __table_args__ = (
        refers("customer_id", "customer"),
        sa.UniqueConstraint("tenant_id", "customer_id", "page"),
        sa.Index(None, "tenant_id", "lapses_at"),
    )

    customer_id: UUID = personal(Category.PSEUDONYM, source=Source.SYSTEM, **OF_RIGHTS)
    page: str = impersonal(max_length=40)
    entered: dict[str, Any] = personal(Category.CONTENT, source=Source.PERSON, sa_type=JSONB, **OF_RIGHTS)
    lapses_at: datetime = impersonal()


class Told(StrEnum):
    """What a recipient was told. Follows: it fetches the new state by itself; nothing: it holds none of this."""

    FOLLOWS = "follows"
    INFORMED = "informed"
    PENDING = "pending"
    NOTHING = "nothing"


class RecipientNotice(TenantOwned, table=True):
    """That a recipient was told of a correction, erasure or restriction (Art. 19)."""

    __tablename__ = "recipient_notice"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",))
    __table_args__ = (
        refers("customer_id", "customer"),
        refers("case_id", "privacy_case"),
        sa.Index(None, "tenant_id", "customer_id"),
        sa.Index(None, "tenant_id", "case_id"),
    )

    customer_id: UUID | None = pointer(Purpose.RIGHTS, on_erasure=OnErasure.NULL)
    case_id: UUID = impersonal()
    recipient: str = impersonal()
    """A sub-processor's key, `feeds`, or `transfer:` with the transfer's id."""
    state: Told = impersonal(sa_type=choice(Told))
    at: datetime = impersonal()


class TransferState(StrEnum):
    """Asked: on its way; delivered: waits for the other staff; imported, refused, lapsed: closed."""

    ASKED = "asked"
    DELIVERED = "delivered"
    IMPORTED = "imported"
    REFUSED = "refused"
    LAPSED = "lapsed"


class Transfer(TenantOwned, table=True):
    """A package on its way from this tenant to another one of the portal, as its person wished (Art. 20(2))."""

    __tablename__ = "transfer"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",))
    __table_args__ = (
        refers("customer_id", "customer"),
        refers("package_id", "export_package"),
        sa.Index(None, "tenant_id", "customer_id"),
    )

    customer_id: UUID | None = pointer(Purpose.RIGHTS, on_erasure=OnErasure.NULL)
    package_id: UUID | None = impersonal(default=None)
    to_tenant: UUID = impersonal(foreign_key="tenant.id")
    state: TransferState = impersonal(default=TransferState.ASKED, sa_type=choice(TransferState))
    sha256: str = impersonal(default="")
    created_at: datetime = impersonal()
    closed_at: datetime | None = impersonal(default=None)


class ReceivedData(TenantOwned, table=True):
    """Data handed over by another controller at the person's wish; waits for the staff to import it."""

    __tablename__ = "received_data"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",), or_address="address_key")
    __table_args__ = (
        refers("customer_id", "customer"),
        sa.UniqueConstraint("tenant_id", "from_transfer"),
        sa.Index(None, "tenant_id", "customer_id"),
        sa.Index(None, "tenant_id", "address_key"),
    )

    customer_id: UUID | None = pointer(Purpose.APPOINTMENT, on_erasure=OnErasure.DELETE)
    """Whose it is, once it is imported."""
    address_key: str | None = pointer(Purpose.APPOINTMENT, on_erasure=OnErasure.DELETE)
    document: dict[str, Any] = personal(
        Category.CONTENT,
        purposes=[Purpose.APPOINTMENT],
        source=Source.HANDED_OVER,
        on_erasure=OnErasure.DELETE,
        sa_type=JSONB,
    )
    from_name: str = impersonal()
    from_transfer: UUID | None = impersonal(default=None)
    """The transfer at the tenant that it comes from; none for a file."""
    from_tenant: UUID | None = impersonal(default=None, foreign_key="tenant.id")
    """That tenant, so that it can be told what became of it."""
    state: TransferState = impersonal(default=TransferState.DELIVERED, sa_type=choice(TransferState))
    created_at: datetime = impersonal()
    lapses_at: datetime = impersonal()


class PullLink(TenantOwned, table=True):
    """A link by which another controller fetches one package, once; its secret follows from the row's id."""

    __tablename__ = "pull_link"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",))
    __table_args__ = (
        refers("customer_id", "customer"),
        refers("package_id", "export_package"),
        sa.Index(None, "tenant_id", "customer_id"),
    )

    customer_id: UUID = personal(Category.PSEUDONYM, source=Source.SYSTEM, **OF_RIGHTS)
    package_id: UUID | None = impersonal(default=None)
    """None once the package has gone: then the link opens nothing any more."""
    label: str = personal(Category.CONTENT, source=Source.PERSON, default="", **OF_RIGHTS)
    """For whom the link is, in the person's words."""
    created_at: datetime = impersonal()
    lapses_at: datetime = impersonal()
    used_at: datetime | None = impersonal(default=None)
