"""One person at one tenant."""

from datetime import datetime
from typing import ClassVar

import sqlalchemy as sa

from smartcx_portal.models.base import TenantOwned
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

CONTACT = {"source": Source.PERSON, "on_erasure": OnErasure.DELETE}
NORMALISED = {"source": Source.SYSTEM, "on_erasure": OnErasure.DELETE}


class Customer(TenantOwned, table=True):
    """A person who books. Every booking starts its own; two are joined only when address and name agree.

    `email_key` and `phone_key` are the normalised forms that look-ups use; an address counts as the person's
    only from its `…_verified_at` on.
    """

    __tablename__ = "customer"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("id",))
    __table_args__ = (sa.Index(None, "tenant_id", "email_key"), sa.Index(None, "tenant_id", "phone_key"))

    name: str = personal(Category.NAME, purposes=[Purpose.APPOINTMENT], **CONTACT)
    email: str | None = personal(Category.EMAIL, purposes=[Purpose.MAIL, Purpose.APPOINTMENT], default=None, **CONTACT)
    email_key: str | None = personal(
        Category.EMAIL, purposes=[Purpose.MAIL, Purpose.APPOINTMENT], default=None, **NORMALISED
    )
    email_verified_at: datetime | None = impersonal(default=None)
    phone: str | None = personal(Category.PHONE, purposes=[Purpose.SMS, Purpose.APPOINTMENT], default=None, **CONTACT)
    phone_key: str | None = personal(
        Category.PHONE, purposes=[Purpose.SMS, Purpose.APPOINTMENT], default=None, **NORMALISED
    )
    phone_verified_at: datetime | None = impersonal(default=None)
    language: str = personal(Category.LANGUAGE, purposes=[Purpose.APPOINTMENT], default="de", **CONTACT)
    created_at: datetime = impersonal()
