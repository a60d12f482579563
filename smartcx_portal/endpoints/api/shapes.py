"""The shapes of what the API answers. Moments are ISO 8601 with an offset, days are dates at the place."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """An answer's part."""

    model_config = ConfigDict(serialize_by_alias=True)


class Error(Shape):
    """One mistake: where, and what to do about it. `pointer` leads into the body, `parameter` names another place."""

    pointer: str | None = None
    parameter: str | None = None
    detail: str


class Problem(Shape):
    """Problem details (RFC 9457). `detail` is in the language of `Accept-Language`."""

    type: str = Field(description="Address at which this kind of problem is explained, or `about:blank`.")
    title: str
    status: int
    detail: str
    errors: list[Error] | None = None
    nearest: list[datetime] | None = Field(None, description="With `taken`: free times nearby.")


class TenantFacts(Shape):
    """Who offers the appointments, and is the controller of the data."""

    slug: str
    name: str
    kind: str
    street: str
    postal_code: str
    city: str
    zone: str
    language: str = Field(description="Language of the texts that the tenant writes itself.")
    email: str
    phone: str
    website: str
    bookable: bool = Field(description="False while the tenant takes no bookings.")
    booking_page: str
    privacy_notice: str = Field(description="Show it to the person before you send their data.")


class ServiceFacts(Shape):
    """A service that can be booked."""

    id: str
    name: str
    description: str
    for_whom: str
    bring: str
    price: str
    duration_min: int
    place: str
    address: str
    zone: str
    horizon_days: int = Field(description="How many days ahead it can be booked.")
    without_message: bool = Field(description="Whether `confirm_by: none` is possible.")
    has_questions: bool
    costs: bool = Field(description="Whether your button must say so (§ 312j BGB).")


class ServiceList(Shape):
    """All services, in the tenant's order."""

    services: list[ServiceFacts]


class Question(Shape):
    """A question of a service. A special one (Art. 9 GDPR) needs the consent `health`."""

    id: str
    label: str
    why: str
    kind: str = Field(description="`text`, `choice`, `number`, `date` or `yes_no` (answered `yes` or `no`).")
    options: list[str]
    required: bool
    special: bool


class ResourceFacts(Shape):
    """Who or what serves a service; its id can be wished for as `resource`."""

    id: str
    name: str
    kind: str


class ConsentText(Shape):
    """The words of one consent. Show them; send `version` back once the person has agreed to exactly these words."""

    purpose: str
    title: str
    text: str
    version: str
    explicit: bool


class ServiceDetail(ServiceFacts):
    """A service with all that its form asks."""

    ways: list[str] = Field(description="How it can take place: `on_site`, `telephone`, `video`.")
    seats: int = Field(description="More than 1 for a group appointment.")
    most_at_once: int = Field(description="How often, or for a group how many places, one booking may take.")
    most_repeats: int
    combinable: bool
    sms: bool = Field(description="Whether `confirm_by: sms` is possible.")
    questions: list[Question]
    resources: list[ResourceFacts]
    consents: list[ConsentText]


class FreeStart(Shape):
    """A time that can be booked, with the place's offset."""

    starts_at: datetime
    free: int = Field(description="How many can still book it.")


class FreeDay(Shape):
    """A day that has free times."""

    day: date
    starts: list[FreeStart]


class Availability(Shape):
    """The days from `from` to `to`, both included, that have a free time."""

    zone: str
    duration_min: int
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    days: list[FreeDay]


class Missed(Shape):
    """A date of a series that could not be held."""

    starts_at: datetime
    reason: str = Field(description="`taken` or `closed`.")


class HoldFacts(Shape):
    """A held time. Its token stands in the header `Hold-Token`."""

    id: str
    service_id: str
    service: str
    resource_id: str
    resource: str
    place: str
    starts_at: datetime
    text: str = Field(description="The time in words, at the place.")
    held_until: datetime
    extensions_left: int
    lapsed: bool
    series: list[str] = Field(description="All dates that are held, in words, when it is a series.")
    missed: list[str]


class Waiting(Shape):
    """How a pending booking becomes certain."""

    by: str = Field(description="`email`: a link was sent; `sms`: a code was sent.")
    to: str = Field(description="Where to, mostly hidden.")
    until: str = Field(description="The clock time until which the place is kept.")


class BookingFacts(Shape):
    """An appointment; it names no person. `state`: `pending`, `coming`, `cancelled` or `over`."""

    id: str
    state: str
    service: str = Field(description="What it is for, in words.")
    place: str
    starts_at: datetime
    text: str = Field(description="The time in words, at the place.")
    series: list[str] = Field(description="The other appointments of its series, in words.")
    waiting: Waiting | None = Field(None, description="While it is pending.")
    details: "BookingDetails | None" = Field(None, description="As soon as it is certain.")


class BookingDetails(Shape):
    """What only a certain appointment has."""

    code: str = Field(description="What the person says on arrival.")
    services: str = Field(description="What it is for, as `availability` takes it.")
    way: str
    places: int
    resource: str
    address: str
    directions: str
    bring: str
    video_url: str
    changeable: bool = Field(description="Whether it can still be moved and cancelled online.")
    changes_until: str
    phone: str
    reason: str = Field(description="Why the staff cancelled it.")
    calendar: str = Field(description="Address of its calendar file.")
