"""What the calendar says about one appointment when it is opened there: no more than its list, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.calendar_rows import COMING, CalendarRow, Wanted, calendar_rows
from smartcx_portal.bookings.groups import groups_of
from smartcx_portal.bookings.moments import REACHED, When, when
from smartcx_portal.bookings.offer import offer_for
from smartcx_portal.bookings.opening import moment_of
from smartcx_portal.bookings.queries import CONFIRMING_TEXTS, ERASED, STATUS_TEXTS
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.models.booking import Booking, Confirming, Seat
from smartcx_portal.models.calendar import Location, Resource, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.tenancy import Permission, Work

DAY_WRONG = N_("Enter a day, such as 24.12.2026.")
TIME_WRONG = N_("Enter a time, such as 10:15.")
LENGTH_WRONG = N_("Enter a length in minutes, such as 20.")


@dataclass(frozen=True, slots=True)
class Member:
    """Who has a place in a group appointment."""

    id: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Card:
    """One booking, or a group appointment with its `members`. `tells`: whether the person can be told of changes."""

    id: str = ""
    person: str = ""
    service: str = ""
    resource_id: str = ""
    resource: str = ""
    when: When | None = None
    span: str = ""
    """`Dienstag, 1. Dezember 2026, 10:15–10:35 Uhr`."""
    minutes: int = 0
    state: str = ""
    movable: bool = False
    tells: bool = False
    told: str = ""
    seats: tuple[int, int] | None = None
    members: tuple[Member, ...] = ()
    resources: tuple[tuple[str, str], ...] = ()
    """Where it may move to: ids and names of what can serve it."""


def calendar_card(work: Work, booking_id: str | UUID, *, alone: bool = False) -> Card:
    """The card of a booking; of its whole group where it has a place in one, unless `alone`."""
    work.need(Permission.BOOKINGS_READ)
    booking = work.get(Booking, as_id(str(booking_id)))
    zone = work.get(Location, booking.location_id).zone
    day = booking.starts_at.astimezone(ZoneInfo(zone)).date()
    begins = when(booking.starts_at, zone, work.lang)
    row = _row(work, booking, day)
    grouped = row is not None and row.seats is not None and not alone
    customer = work.find(Customer, booking.customer_id)
    erased = translate(work.lang, ERASED)
    way = booking.confirming or Confirming.NONE
    movable = booking.status in COMING and booking.starts_at > work.now
    return Card(
        id=str(booking.id),
        person=customer.name if customer else erased,
        service=row.service if row else work.get(Service, booking.service_id).name,
        resource_id=str(booking.resource_id),
        resource=row.resource if row else work.get(Resource, booking.resource_id).name,
        when=begins,
        span=f"{begins.day_text}, {begins.time}–{when(booking.ends_at, zone, work.lang).time_text}",
        minutes=int((booking.ends_at - booking.starts_at).total_seconds() // 60),
        state=translate(work.lang, STATUS_TEXTS[booking.status]),
        movable=movable and not grouped,
        tells=way is not Confirming.NONE and customer is not None,
        told=translate(work.lang, CONFIRMING_TEXTS[way]),
        seats=row.seats if grouped and row else None,
        members=_members(work, booking) if grouped else (),
        resources=_resources(work, booking) if movable else (),
    )


def read_moment(work: Work, booking_id: str | UUID, day: str, clock: str) -> datetime:
    """The moment that staff mean by a day and a time at the booking's place. Raises `InvalidForm` for either."""
    booking = work.get(Booking, as_id(str(booking_id)))
    return moment_at(work, booking.location_id, day, clock)


def moment_at(work: Work, location_id: UUID, day: str, clock: str) -> datetime:
    """A local day (ISO) and time (`10:15`) at a place as a moment in UTC. Raises `InvalidForm`."""
    problems: dict[str, str] = {}
    try:
        local_day: date | None = date.fromisoformat(day.strip())
    except ValueError:
        local_day, problems["day"] = None, DAY_WRONG
    try:
        wall: time | None = time.fromisoformat(clock.strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        wall, problems["time"] = None, TIME_WRONG
    if local_day is None or wall is None or local_day.year not in REACHED:
        raise InvalidForm(problems or {"day": DAY_WRONG})
    return moment_of(datetime.combine(local_day, wall), ZoneInfo(work.get(Location, location_id).zone))


def read_minutes(text: str) -> int:
    """A length in whole minutes. Raises `InvalidForm`."""
    entered = text.strip()
    if not (entered.isascii() and entered.isdigit() and len(entered) < 5 and int(entered)):
        raise InvalidForm({"minutes": LENGTH_WRONG})
    return int(entered)


def spoken_at(work: Work, booking_id: str | UUID, moment: datetime) -> str:
    """`Dienstag, 1. Dezember 2026, 10:15 Uhr` at the booking's place."""
    booking = work.get(Booking, as_id(str(booking_id)))
    return moment_text(moment, work.get(Location, booking.location_id).zone, work.lang)


def _row(work: Work, booking: Booking, day: date) -> CalendarRow | None:
    """The booking as the calendar's rows have it: named together with all that it takes."""
    wanted = Wanted(location_id=booking.location_id, service_id=booking.service_id, state=None)
    rows: Sequence[CalendarRow] = calendar_rows(work, day, day, wanted)
    return next((row for row in rows if str(booking.id) in row.booking_ids), None)


def _members(work: Work, booking: Booking) -> tuple[Member, ...]:
    ids = work.all(work.select(Seat.booking_id).where(Seat.group_id.in_(groups_of(work, booking.id))).distinct())
    query = work.select(Booking, Customer.name).outerjoin(
        Customer, (Customer.tenant_id == Booking.tenant_id) & (Customer.id == Booking.customer_id)
    )
    erased = translate(work.lang, ERASED)
    found = sorted(((name or erased, one) for one, name in work.all(query.where(Booking.id.in_(ids)))), key=_by_name)
    return tuple(Member(str(one.id), name, translate(work.lang, STATUS_TEXTS[one.status])) for name, one in found)


def _by_name(member: tuple[str, Booking]) -> tuple[str, str]:
    return member[0].casefold(), str(member[1].id)


def _resources(work: Work, booking: Booking) -> tuple[tuple[str, str], ...]:
    offer = offer_for(work, booking, for_staff=True)
    return tuple((str(one.id), one.name) for one in (offer.needs[0] if offer.needs else ()))
