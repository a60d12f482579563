"""What can be booked where and when: locations, services, resources, opening hours, closures, form fields."""

from datetime import date, time
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from smartcx_portal.models.base import TenantOwned, choice, refers
from smartcx_portal.models.declaring import impersonal


class Location(TenantOwned, table=True):
    """A place with an address and a zone of its own."""

    __tablename__ = "location"

    name: str = impersonal(max_length=200)
    street: str = impersonal()
    postal_code: str = impersonal()
    city: str = impersonal()
    zone: str = impersonal(default="Europe/Berlin")
    directions: str = impersonal(default="")
    accessibility: str = impersonal(default="")


class Service(TenantOwned, table=True):
    """Something people book; all spans are whole minutes, the horizon is in days."""

    __tablename__ = "service"
    __table_args__ = (
        refers("location_id", "location"),
        sa.CheckConstraint("duration_min > 0 AND step_min > 0", name="positive"),
        sa.CheckConstraint("before_min >= 0 AND after_min >= 0 AND lead_min >= 0", name="not_negative"),
    )

    location_id: UUID = impersonal()
    name: str = impersonal(max_length=200)
    description: str = impersonal(default="")
    for_whom: str = impersonal(default="")
    bring: str = impersonal(default="")
    price: str = impersonal(default="")
    duration_min: int = impersonal()
    before_min: int = impersonal(default=0)
    after_min: int = impersonal(default=0)
    step_min: int = impersonal(default=15)
    lead_min: int = impersonal(default=60)
    horizon_days: int = impersonal(default=60)
    cancel_until_min: int = impersonal(default=0)
    """How long before its start an appointment can still be moved or cancelled online, in minutes."""
    without_message: bool = impersonal(default=True)
    """Whether a person may book without any message."""
    position: int = impersonal(default=0)
    active: bool = impersonal(default=True)


class ResourceKind(StrEnum):
    """What a resource is to the people who look for it."""

    COUNTER = "counter"
    PERSON = "person"
    ROOM = "room"
    DEVICE = "device"


class Resource(TenantOwned, table=True):
    """A counter, person, room or device; `capacity` is its number of lanes."""

    __tablename__ = "resource"
    __table_args__ = (
        refers("location_id", "location"),
        sa.CheckConstraint("capacity > 0", name="capacity"),
    )

    location_id: UUID = impersonal()
    name: str = impersonal(max_length=120)
    kind: ResourceKind = impersonal(default=ResourceKind.COUNTER, sa_type=choice(ResourceKind))
    capacity: int = impersonal(default=1)
    position: int = impersonal(default=0)
    active: bool = impersonal(default=True)


class ServiceResource(TenantOwned, table=True):
    """That a resource serves a service."""

    __tablename__ = "service_resource"
    __table_args__ = (
        refers("service_id", "service"),
        refers("resource_id", "resource"),
        sa.UniqueConstraint("tenant_id", "service_id", "resource_id"),
    )

    service_id: UUID = impersonal()
    resource_id: UUID = impersonal()


class OpeningHours(TenantOwned, table=True):
    """A weekly rule in local time, Monday is 0; `closes` at 00:00 means midnight at the day's end."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        refers("location_id", "location"),
        refers("resource_id", "resource"),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        sa.CheckConstraint("closes > opens OR closes = '00:00'", name="order"),
        sa.CheckConstraint("valid_until >= valid_from", name="validity"),
    )

    location_id: UUID = impersonal()
    resource_id: UUID | None = impersonal(default=None)
    """Empty: every resource of the location."""
    weekday: int = impersonal()
    opens: time = impersonal()
    closes: time = impersonal()
    valid_from: date | None = impersonal(default=None)
    valid_until: date | None = impersonal(default=None)


class Closure(TenantOwned, table=True):
    """Days on which nothing is offered, both ends included, in the location's calendar."""

    __tablename__ = "closure"
    __table_args__ = (
        refers("location_id", "location"),
        refers("resource_id", "resource"),
        sa.CheckConstraint("last_day >= first_day", name="order"),
    )

    location_id: UUID = impersonal()
    resource_id: UUID | None = impersonal(default=None)
    first_day: date = impersonal()
    last_day: date = impersonal()
    reason: str = impersonal(default="")


class FieldKind(StrEnum):
    """How a form field is answered."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"


class FormField(TenantOwned, table=True):
    """A question that a service asks; a special one (Art. 9) brings its own explicit consent."""

    __tablename__ = "form_field"
    __table_args__ = (refers("service_id", "service"),)

    service_id: UUID = impersonal()
    label: str = impersonal(max_length=300)
    why: str = impersonal()
    """What the tenant needs it for, in words the person reads."""
    kind: FieldKind = impersonal(default=FieldKind.TEXT, sa_type=choice(FieldKind))
    options: list[str] = impersonal(default_factory=list, sa_type=JSONB)
    required: bool = impersonal(default=False)
    special: bool = impersonal(default=False)
    position: int = impersonal(default=0)
