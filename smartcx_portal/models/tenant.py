"""The tenant: a client business or public office, the controller of its people's data."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

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
)

OFFICE = {"purposes": [Purpose.RIGHTS], "source": Source.STAFF, "on_erasure": OnErasure.HOLD}
"""Whom a notice and an imprint must name (Art. 13(1)(a), (b) GDPR, § 5 DDG), as long as they hold the office."""


class BodyKind(StrEnum):
    """What kind of body a tenant is; it decides the legal grounds (promise P07) and who watches over it (P12)."""

    PUBLIC_OFFICE = "public_office"
    """Of a Land or a municipality."""
    FEDERAL_OFFICE = "federal_office"
    BUSINESS = "business"
    PRACTICE = "practice"

    @property
    def public(self) -> bool:
        """Whether it does a public task, which excludes Art. 6(1)(f) and Art. 20 for that task."""
        return self in (BodyKind.PUBLIC_OFFICE, BodyKind.FEDERAL_OFFICE)


class TenantStatus(StrEnum):
    """Suspended: no booking, no dashboard; portal, notice and cancelling stay open."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Tenant(Global, table=True):
    """One client; its facts feed the notice, the imprint and the footer."""

    __tablename__ = "tenant"
    __subject__: ClassVar = Subject(Who.OFFICIAL)
    __table_args__ = (
        sa.CheckConstraint(
            "name <> '' AND street <> '' AND postal_code <> '' AND city <> '' AND land <> '' AND email <> '' "
            "AND dpo_name <> '' AND dpo_email <> ''",
            name="facts",
        ),
    )

    slug: str = impersonal(unique=True, max_length=60)
    name: str = impersonal(max_length=200)
    kind: BodyKind = impersonal(sa_type=choice(BodyKind))
    status: TenantStatus = impersonal(default=TenantStatus.ACTIVE, sa_type=choice(TenantStatus))
    street: str = impersonal()
    postal_code: str = impersonal()
    city: str = impersonal()
    land: str = impersonal(max_length=2)
    """The Land by its ISO 3166-2:DE letters, such as `NW`."""
    zone: str = impersonal(default="Europe/Berlin")
    language: str = impersonal(default="de", max_length=2)
    """The language of the texts that the tenant writes itself."""
    email: str = personal(Category.EMAIL, **OFFICE)
    phone: str = personal(Category.PHONE, default="", **OFFICE)
    website: str = impersonal(default="")
    represented_by: str = personal(Category.NAME, default="", **OFFICE)
    dpo_name: str = personal(Category.NAME, **OFFICE)
    dpo_email: str = personal(Category.EMAIL, **OFFICE)
    dpo_address: str = personal(Category.CONTACT, default="", **OFFICE)
    dpo_phone: str = personal(Category.PHONE, default="", **OFFICE)
    notice_note: dict[str, str] = impersonal(default_factory=dict, sa_type=JSONB)
    """A paragraph of the tenant's own in its notice, by language."""
    colour: str = impersonal(default="", max_length=7)
    """The tenant's own colour as `#rrggbb`; empty for the house's. Light and dark values follow from it."""
    embed_sites: list[str] = impersonal(default_factory=list, sa_type=JSONB)
    """Origins of the websites that may show the booking widget, such as `https://www.musterstadt.example`."""
    api: bool = impersonal(default=True)
    """Whether the public HTTP API offers this tenant."""
    listed: bool = impersonal(default=False)
    """Shown on the start page; only demo tenants are, and only in demo mode."""
    created_at: datetime = impersonal()


class TenantCounts(Global, table=True):
    """Figures per tenant without people, kept by a job: all that the back office reads (design D2)."""

    __tablename__ = "tenant_counts"

    tenant_id: UUID = impersonal(foreign_key="tenant.id", unique=True)
    bookings: int = impersonal(default=0)
    coming: int = impersonal(default=0)
    services: int = impersonal(default=0)
    staff: int = impersonal(default=0)
    open_cases: int = impersonal(default=0)
    counted_at: datetime = impersonal()


class TransferBasis(StrEnum):
    """What a transfer outside the EU rests on (Art. 45, 46, 49); a consent alone is no sound basis for a service."""

    NONE = "none"
    ADEQUACY = "adequacy"
    FRAMEWORK = "framework"
    CLAUSES = "clauses"
    CONSENT = "consent"


class SubProcessor(Global, table=True):
    """A company that processes for the operator; the facts are data (promises P22, P24)."""

    __tablename__ = "sub_processor"

    key: str = impersonal(unique=True, max_length=40)
    name: str = impersonal()
    address: str = impersonal(default="")
    country: str = impersonal()
    service: dict[str, str] = impersonal(sa_type=JSONB)
    """What it does, by language; so are the texts below."""
    keeps: dict[str, str] = impersonal(sa_type=JSONB)
    transfer: dict[str, str] = impersonal(default_factory=dict, sa_type=JSONB)
    """What a transfer outside the EU rests on; empty when there is none."""
    transfer_basis: TransferBasis = impersonal(default=TransferBasis.NONE, sa_type=choice(TransferBasis))
    legal_basis: str = impersonal(default="")
    agreement_since: datetime | None = impersonal(default=None)


class ProcessingAgreement(TenantOwned, table=True):
    """The agreement under Art. 28 between the tenant and the operator."""

    __tablename__ = "processing_agreement"

    version: str = impersonal()
    agreed_at: datetime = impersonal()
    digest: str = impersonal(default="")
