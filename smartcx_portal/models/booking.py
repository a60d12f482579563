"""Appointments, the time they claim, and what people type on the way to one."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, TSTZRANGE, ExcludeConstraint, Range

from smartcx_portal.kit import clock
from smartcx_portal.models.base import TenantOwned, choice, refers
from smartcx_portal.models.calendar import Way
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


class Origin(StrEnum):
    """Who made a booking. What people make themselves counts towards the online quota of opening hours."""

    ONLINE = "online"
    API = "api"
    WAITLIST = "waitlist"
    STAFF = "staff"
    IMPORT = "import"


class Booking(TenantOwned, table=True):
    """One appointment. `starts_at` and `ends_at` are aware UTC, without buffers.

    `service_id` is its first service; a combined visit lists all of them as `BookingPart`. `resource_id` is the
    resource of the first need; all that it takes are in its claims, or in those of its group appointment.
    """

    __tablename__ = "booking"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",))
    __table_args__ = (
        refers("location_id", "location"),
        refers("service_id", "service"),
        refers("resource_id", "resource"),
        refers("customer_id", "customer"),
        refers("notice_version_id", "notice_version"),
        sa.CheckConstraint("starts_at < ends_at", name="order"),
        sa.CheckConstraint("places > 0", name="places"),
        sa.UniqueConstraint("tenant_id", "code"),
        sa.Index(None, "tenant_id", "starts_at"),
        sa.Index(None, "tenant_id", "resource_id", "starts_at"),
        sa.Index(None, "tenant_id", "series_id"),
        sa.Index(None, "tenant_id", "customer_id"),
        sa.Index(None, "tenant_id", "status", "lapses_at"),
        sa.Index(None, "tenant_id", "holder_key"),
    )

    location_id: UUID = impersonal()
    service_id: UUID = impersonal()
    resource_id: UUID = impersonal()
    customer_id: UUID | None = pointer(Purpose.APPOINTMENT, on_erasure=OnErasure.NULL)
    notice_version_id: UUID | None = impersonal(default=None)
    series_id: UUID | None = impersonal(default=None)
    """Shared by the appointments of a series that was booked in one go."""
    status: BookingStatus = impersonal(default=BookingStatus.HELD, sa_type=choice(BookingStatus))
    origin: Origin = impersonal(default=Origin.ONLINE, sa_type=choice(Origin))
    way: Way = impersonal(default=Way.ON_SITE, sa_type=choice(Way))
    places: int = impersonal(default=1)
    """Seats of a group appointment that it takes."""
    overbooked: bool = impersonal(default=False)
    """Put in by the staff although nothing was free."""
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
    changed_at: datetime | None = impersonal(default=None, sa_column_kwargs={"onupdate": clock.now})
    """When its row was changed last, by whatever; empty while it never was. Kept by itself."""


class BookingPart(TenantOwned, table=True):
    """One service within a combined visit, and how often; durations add in the order of `position`."""

    __tablename__ = "booking_part"
    __table_args__ = (
        refers("booking_id", "booking"),
        refers("service_id", "service"),
        sa.UniqueConstraint("tenant_id", "booking_id", "service_id"),
        sa.CheckConstraint("quantity > 0", name="quantity"),
    )

    booking_id: UUID = impersonal()
    service_id: UUID = impersonal()
    quantity: int = impersonal(default=1)
    position: int = impersonal(default=0)


class GroupAppointment(TenantOwned, table=True):
    """A group's common start: it holds the claims, and each booking takes seats of it. It ends with its last seat."""

    __tablename__ = "group_appointment"
    __table_args__ = (
        refers("service_id", "service"),
        refers("resource_id", "resource"),
        sa.CheckConstraint("starts_at < ends_at", name="order"),
        sa.CheckConstraint("seats > 0", name="seats"),
        sa.UniqueConstraint("tenant_id", "service_id", "resource_id", "starts_at"),
        sa.Index(None, "tenant_id", "starts_at"),
    )

    service_id: UUID = impersonal()
    resource_id: UUID = impersonal()
    """The resource of the first need."""
    starts_at: datetime = impersonal()
    ends_at: datetime = impersonal()
    seats: int = impersonal()
    """How many there are; kept from the service when the group came up."""


class Seat(TenantOwned, table=True):
    """One seat of a group appointment that a booking has; two bookings cannot have the same one."""

    __tablename__ = "seat"
    __table_args__ = (
        refers("group_id", "group_appointment"),
        refers("booking_id", "booking"),
        sa.UniqueConstraint("tenant_id", "group_id", "number"),
        sa.CheckConstraint("number >= 0", name="number"),
        sa.Index(None, "tenant_id", "booking_id"),
    )

    group_id: UUID = impersonal()
    booking_id: UUID = impersonal()
    number: int = impersonal()


class Claim(TenantOwned, table=True):
    """The time a booking takes on one lane of a resource, buffers included, half-open (design D5).

    It belongs to a booking, or to the group appointment that several bookings share.
    """

    __tablename__ = "claim"
    __table_args__ = (
        refers("booking_id", "booking"),
        refers("group_id", "group_appointment"),
        refers("resource_id", "resource"),
        sa.CheckConstraint("(booking_id IS NULL) <> (group_id IS NULL)", name="owner"),
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
        sa.Index(None, "tenant_id", "group_id"),
    )
    model_config = {"arbitrary_types_allowed": True}

    booking_id: UUID | None = impersonal(default=None)
    group_id: UUID | None = impersonal(default=None)
    resource_id: UUID = impersonal()
    lane: int = impersonal()
    online: bool = impersonal(default=False)
    """Whether it counts towards the online quota of opening hours."""
    starts_at: datetime = impersonal()
    ends_at: datetime = impersonal()
    during: Range[datetime] | None = impersonal(
        default=None,
        sa_type=TSTZRANGE,
        nullable=False,
        sa_column_args=[sa.Computed("tstzrange(starts_at, ends_at)", persisted=True)],
    )


class Attendee(TenantOwned, table=True):
    """Who an appointment is for, when somebody else booked it: a person of their own beside the one who booked."""

    __tablename__ = "attendee"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("booking_id", "customer_id"))
    __table_args__ = (refers("booking_id", "booking"), sa.UniqueConstraint("tenant_id", "booking_id"))

    booking_id: UUID = impersonal()
    name: str = personal(
        Category.NAME, purposes=[Purpose.APPOINTMENT], source=Source.PERSON, on_erasure=OnErasure.DELETE
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


class Former(TenantOwned, table=True):
    """What a booking was before the staff moved or cancelled it, as long as that can be undone."""

    __tablename__ = "former"
    __table_args__ = (refers("booking_id", "booking"), sa.Index(None, "tenant_id", "booking_id"))

    booking_id: UUID = impersonal()
    status: BookingStatus = impersonal(sa_type=choice(BookingStatus))
    starts_at: datetime = impersonal()
    ends_at: datetime = impersonal()
    resource_ids: list[str] = impersonal(default_factory=list, sa_type=JSONB)
    lanes: list[int] = impersonal(default_factory=list, sa_type=JSONB)
    """On which lane of each of them it was."""
    overbooked: bool = impersonal(default=False)
    kept_until: datetime | None = impersonal(default=None)
    """When the booking, if it was pending, would have given its time back."""
    lapses_at: datetime = impersonal()
    """Until when it can be undone; the message to the person leaves then."""
    undone_at: datetime | None = impersonal(default=None)


class WaitlistStatus(StrEnum):
    """unconfirmed → waiting → offered → taken; or lapsed (the wish's days are over), or left."""

    UNCONFIRMED = "unconfirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    TAKEN = "taken"
    LAPSED = "lapsed"
    LEFT = "left"


class WaitlistEntry(TenantOwned, table=True):
    """A wish for a time that is taken now. A freed time is offered to the first in line, then to the next."""

    __tablename__ = "waitlist_entry"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("customer_id",))
    __table_args__ = (
        refers("service_id", "service"),
        refers("resource_id", "resource"),
        refers("customer_id", "customer"),
        refers("booking_id", "booking"),
        sa.CheckConstraint("last_day >= first_day", name="days"),
        sa.CheckConstraint("until_time > from_time OR until_time = '00:00'", name="times"),
        sa.Index(None, "tenant_id", "service_id", "status", "created_at"),
        sa.Index(None, "tenant_id", "customer_id"),
    )

    service_id: UUID = impersonal()
    resource_id: UUID | None = impersonal(default=None)
    """Only this one; empty for any."""
    customer_id: UUID | None = pointer(Purpose.APPOINTMENT, on_erasure=OnErasure.DELETE)
    booking_id: UUID | None = impersonal(default=None)
    """What was offered last, or taken."""
    status: WaitlistStatus = impersonal(default=WaitlistStatus.UNCONFIRMED, sa_type=choice(WaitlistStatus))
    way: Way = impersonal(default=Way.ON_SITE, sa_type=choice(Way))
    places: int = impersonal(default=1)
    first_day: date = impersonal()
    last_day: date = impersonal()
    from_time: time = impersonal()
    until_time: time = impersonal()
    """Local time; 00:00 is the day's end."""
    weekdays: list[int] = impersonal(default_factory=list, sa_type=JSONB)
    """0 is Monday; empty for all."""
    passed_over: list[str] = impersonal(default_factory=list, sa_type=JSONB)
    """Starts (ISO, UTC) that were offered and not taken: they are not offered again."""
    language: str = impersonal(default="de", max_length=2)
    created_at: datetime = impersonal()
    """Its place in the line."""
    answer_by: datetime | None = impersonal(default=None)
    """Until when it must be confirmed, or until when the offer is held."""


class ApiReply(TenantOwned, table=True):
    """The reply to a request with an `Idempotency-Key`, given again for 24 hours."""

    __tablename__ = "api_reply"
    __subject__: ClassVar = Subject(Who.CUSTOMER, ("booking_id", "customer_id"))
    __table_args__ = (
        refers("booking_id", "booking"),
        sa.UniqueConstraint("tenant_id", "request_key"),
        sa.Index(None, "tenant_id", "created_at"),
        sa.Index(None, "tenant_id", "booking_id"),
    )

    request_key: str = personal(
        Category.PSEUDONYM, purposes=[Purpose.OPERATION], source=Source.VISIT, on_erasure=OnErasure.DELETE
    )
    """Hash of the key and of the caller's network."""
    request_hash: str = personal(
        Category.PSEUDONYM, purposes=[Purpose.OPERATION], source=Source.VISIT, on_erasure=OnErasure.DELETE
    )
    """Keyed hash of method, path and body."""
    booking_id: UUID | None = impersonal(default=None)
    status: int = impersonal()
    reply: str | None = personal(
        Category.CODE,
        purposes=[Purpose.OPERATION],
        source=Source.SYSTEM,
        on_erasure=OnErasure.DELETE,
        default=None,
    )
    created_at: datetime = impersonal()


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
    chosen: dict[str, Any] = impersonal(default_factory=dict, sa_type=JSONB)
    """What was chosen beside the service: other services and quantities, way, seats, repeats, resource."""
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
