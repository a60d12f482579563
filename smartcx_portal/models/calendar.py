"""What can be booked where and when: locations, services, resources, opening hours, closures, form fields."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from smartcx_portal.models.base import TenantOwned, choice, refers
from smartcx_portal.models.declaring import OnErasure, Purpose, Subject, Who, impersonal, pointer


class Location(TenantOwned, table=True):
    """A place with an address and a zone of its own."""

    __tablename__ = "location"

    name: str = impersonal(max_length=200)
    street: str = impersonal()
    postal_code: str = impersonal()
    city: str = impersonal()
    zone: str = impersonal(default="Europe/Berlin")
    land: str = impersonal(default="", max_length=2)
    """The Land whose public holidays count, by its ISO 3166-2:DE letters; empty for the tenant's own."""
    holidays: bool = impersonal(default=False)
    """Whether nothing is offered on public holidays of the Land."""
    directions: str = impersonal(default="")
    accessibility: str = impersonal(default="")
    position: int = impersonal(default=0)
    active: bool = impersonal(default=True)


class Way(StrEnum):
    """How an appointment takes place: the variants of a service."""

    ON_SITE = "on_site"
    TELEPHONE = "telephone"
    VIDEO = "video"


class Colour(StrEnum):
    """Colours that tell services apart in the staff calendar; the style sheet knows their light and dark values."""

    BLUE = "blue"
    GREEN = "green"
    TEAL = "teal"
    VIOLET = "violet"
    ROSE = "rose"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREY = "grey"


class Service(TenantOwned, table=True):
    """Something people book; all spans are whole minutes, the horizon is in days.

    With more than one seat it is a group appointment: up to `seats` places at the same start, sharing its claims.
    """

    __tablename__ = "service"
    __table_args__ = (
        refers("location_id", "location"),
        sa.CheckConstraint("duration_min > 0 AND step_min > 0", name="positive"),
        sa.CheckConstraint("before_min >= 0 AND after_min >= 0 AND lead_min >= 0", name="not_negative"),
        sa.CheckConstraint("seats > 0 AND most_at_once > 0 AND most_repeats > 0", name="counts"),
        sa.CheckConstraint("per_person_day >= 0 AND per_person_week >= 0", name="limits"),
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
    double_opt_in: bool = impersonal(default=True)
    """Whether a booking by mail or SMS is certain only after a click or a code."""
    online: bool = impersonal(default=True)
    """Whether people can book it themselves; else only the staff can."""
    ways: list[str] = impersonal(default_factory=lambda: [Way.ON_SITE.value], sa_type=JSONB)
    """The variants offered, values of `Way`, in order; never empty."""
    video_url: str = impersonal(default="")
    """Where a video appointment takes place; told to who booked."""
    seats: int = impersonal(default=1)
    combinable: bool = impersonal(default=False)
    """Whether it can be booked together with others in one visit."""
    most_at_once: int = impersonal(default=1)
    """How often one booking may contain it ("2 passports"), or for a group how many seats one booking may take."""
    most_repeats: int = impersonal(default=1)
    """How many appointments of a series can be booked in one go; 1 for none."""
    per_person_day: int = impersonal(default=0)
    """How many appointments one address may have on a local day; 0 for no limit. So for a week from Monday."""
    per_person_week: int = impersonal(default=0)
    choosable: bool = impersonal(default=False)
    """Whether people may choose who or what serves them."""
    for_others: bool = impersonal(default=True)
    """Whether people may book for somebody else, such as a child."""
    waitlist: bool = impersonal(default=False)
    waitlist_hold_min: int = impersonal(default=120)
    """How long a freed time is held for the first in the waiting list, in minutes."""
    colour: Colour = impersonal(default=Colour.BLUE, sa_type=choice(Colour))
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
    """That a resource serves a service.

    An appointment takes one resource of each `need`: 0 is the first (a person), 1 the next (a room).
    """

    __tablename__ = "service_resource"
    __table_args__ = (
        refers("service_id", "service"),
        refers("resource_id", "resource"),
        sa.UniqueConstraint("tenant_id", "service_id", "resource_id"),
        sa.CheckConstraint("need >= 0", name="need"),
    )

    service_id: UUID = impersonal()
    resource_id: UUID = impersonal()
    need: int = impersonal(default=0)


class OpeningHours(TenantOwned, table=True):
    """A weekly rule in local time, Monday is 0; `closes` at 00:00 means midnight at the day's end.

    A resource with rules of its own that are valid on a day follows only those on that day. Extra hours add to
    whatever else holds, also on a public holiday; a closure still closes them.
    """

    __tablename__ = "opening_hours"
    __table_args__ = (
        refers("location_id", "location"),
        refers("resource_id", "resource"),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        sa.CheckConstraint("closes > opens OR closes = '00:00'", name="order"),
        sa.CheckConstraint("valid_until >= valid_from", name="validity"),
        sa.CheckConstraint("every_weeks = 1 OR (every_weeks > 1 AND valid_from IS NOT NULL)", name="every_weeks"),
        sa.CheckConstraint("nth BETWEEN 1 AND 5 OR nth = -1", name="nth"),
        sa.CheckConstraint("online_quota >= 0", name="online_quota"),
    )

    location_id: UUID = impersonal()
    resource_id: UUID | None = impersonal(default=None)
    """Empty: every resource of the location."""
    weekday: int = impersonal()
    opens: time = impersonal()
    closes: time = impersonal()
    valid_from: date | None = impersonal(default=None)
    valid_until: date | None = impersonal(default=None)
    every_weeks: int = impersonal(default=1)
    """Every n-th week, counted from the week (Monday) in which `valid_from` lies."""
    nth: int | None = impersonal(default=None)
    """Only the n-th such weekday of a month, -1 for the last; empty for each."""
    online_quota: int | None = impersonal(default=None)
    """How many appointments people may book themselves at a time within these hours; empty for no limit."""
    extra: bool = impersonal(default=False)
    """One-off hours on the day `valid_from`, which is also `valid_until`."""


class Closure(TenantOwned, table=True):
    """Days on which nothing is offered, both ends included, in the location's calendar."""

    __tablename__ = "closure"
    __table_args__ = (
        refers("location_id", "location"),
        refers("resource_id", "resource"),
        sa.CheckConstraint("last_day >= first_day", name="order"),
        sa.CheckConstraint("ends > begins OR ends = '00:00'", name="times"),
    )

    location_id: UUID = impersonal()
    resource_id: UUID | None = impersonal(default=None)
    first_day: date = impersonal()
    last_day: date = impersonal()
    begins: time | None = impersonal(default=None)
    """Only from this local time on, on each of the days; empty for the whole day."""
    ends: time | None = impersonal(default=None)
    reason: str = impersonal(default="")


class FieldKind(StrEnum):
    """How a form field is answered."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"


class AnswerKind(StrEnum):
    """What kind of personal data an answer is, as the tenant declares it; an answer in free words is a text."""

    TEXT = "text"
    NAME = "name"
    CONTACT = "contact"
    BIRTH = "birth"
    DOCUMENT = "document"
    HEALTH = "health"


class FormField(TenantOwned, table=True):
    """A question that a service asks; a special one (Art. 9) brings its own explicit consent."""

    __tablename__ = "form_field"
    __table_args__ = (
        refers("service_id", "service"),
        sa.CheckConstraint("special OR category <> 'health'", name="health"),
    )

    service_id: UUID = impersonal()
    label: str = impersonal(max_length=300)
    why: str = impersonal()
    """What the tenant needs it for, in words the person reads."""
    kind: FieldKind = impersonal(default=FieldKind.TEXT, sa_type=choice(FieldKind))
    category: AnswerKind = impersonal(default=AnswerKind.TEXT, sa_type=choice(AnswerKind))
    """Health data is always special; what is special need not be health data."""
    options: list[str] = impersonal(default_factory=list, sa_type=JSONB)
    required: bool = impersonal(default=False)
    special: bool = impersonal(default=False)
    position: int = impersonal(default=0)
    active: bool = impersonal(default=True)
    """No longer asked when false; answers given before keep their question."""


class CalendarVersion(TenantOwned, table=True):
    """Which state the tenant's calendar is in: a number that a trigger draws anew with each change of `VERSIONED`.

    A change that is taken back leaves no number that comes again, so what is kept by it is never another state's.
    """

    __tablename__ = "calendar_version"
    __table_args__ = (sa.UniqueConstraint("tenant_id"),)

    version: UUID = impersonal()


VERSIONED = ("closure", "form_field", "location", "opening_hours", "resource", "service", "service_resource")
"""The tables whose rows say what can be booked; `bookings.known_calendar` reads them all."""


class CalendarChange(TenantOwned, table=True):
    """One change of what can be booked, with the rows before and after it, so that the last one can be undone."""

    __tablename__ = "calendar_change"
    __subject__: ClassVar = Subject(Who.STAFF, ("by_identity",), staff="by_identity")
    __table_args__ = (sa.Index(None, "tenant_id", "at"),)

    action: str = impersonal()
    """The name of the deed in the trail, such as `hours.added`."""
    by_identity: UUID | None = pointer(Purpose.STAFF, on_erasure=OnErasure.NULL)
    at: datetime = impersonal()
    rows: list[dict[str, Any]] = impersonal(sa_type=JSONB)
    """`{"table", "id", "before", "after"}` of each row that changed; impersonal, as these tables are."""
    undone_at: datetime | None = impersonal(default=None)


class CalendarFeed(TenantOwned, table=True):
    """A secret address under which a resource's appointments can be subscribed (iCalendar); its secret is derived."""

    __tablename__ = "calendar_feed"
    __table_args__ = (refers("resource_id", "resource"), sa.Index(None, "tenant_id", "resource_id"))

    resource_id: UUID = impersonal()
    with_details: bool = impersonal(default=False)
    """Whether it names the people, which the tenant decides."""
    version: int = impersonal(default=1)
    """Part of what the secret signs; a new version makes old addresses void."""
    created_at: datetime = impersonal()
    revoked_at: datetime | None = impersonal(default=None)
    fetched_at: datetime | None = impersonal(default=None)


class BusySource(TenantOwned, table=True):
    """A calendar elsewhere (ICS) whose times take a resource; only times are kept, never titles."""

    __tablename__ = "busy_source"
    __table_args__ = (refers("resource_id", "resource"),)

    resource_id: UUID = impersonal()
    url: str = impersonal(max_length=2000)
    fetched_at: datetime | None = impersonal(default=None)
    problem: str | None = impersonal(default=None)
    """Why the last fetch failed: a closed word, never another server's text."""
    etag: str = impersonal(default="")


class BusyTime(TenantOwned, table=True):
    """A time at which a resource is busy elsewhere: aware UTC, half-open, on all lanes."""

    __tablename__ = "busy_time"
    __table_args__ = (
        refers("source_id", "busy_source"),
        refers("resource_id", "resource"),
        sa.CheckConstraint("starts_at < ends_at", name="order"),
        sa.Index(None, "tenant_id", "resource_id", "starts_at"),
        sa.Index(None, "tenant_id", "source_id"),
    )

    source_id: UUID = impersonal()
    resource_id: UUID = impersonal()
    starts_at: datetime = impersonal()
    ends_at: datetime = impersonal()
