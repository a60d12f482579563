"""What staff see: the day, the week, one booking. Looking at one person's booking is recorded (Art. 15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from smartcx_portal.bookings.looking import record_look
from smartcx_portal.bookings.moments import When, as_day, day_bounds, when
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models.booking import Answer, Booking, BookingStatus, Cancellation, Confirming
from smartcx_portal.models.calendar import FormField, Location, Resource, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.tenancy import Permission, Work

HIDDEN = (BookingStatus.HELD, BookingStatus.EXPIRED)
"""Nobody's appointment: not booked yet, or never."""
STATUS_TEXTS = {
    BookingStatus.HELD: N_("Being booked"),
    BookingStatus.PENDING: N_("Not confirmed yet"),
    BookingStatus.CONFIRMED: N_("Booked"),
    BookingStatus.ARRIVED: N_("Arrived"),
    BookingStatus.CALLED: N_("Called"),
    BookingStatus.SERVING: N_("Being served"),
    BookingStatus.FINISHED: N_("Finished"),
    BookingStatus.NO_SHOW: N_("Did not come"),
    BookingStatus.CANCELLED: N_("Cancelled"),
    BookingStatus.EXPIRED: N_("Never confirmed"),
}
CONFIRMING_TEXTS = {
    Confirming.EMAIL: N_("By e-mail"),
    Confirming.SMS: N_("By SMS"),
    Confirming.NONE: N_("No message"),
}
ERASED = N_("Erased")
YES_NO = {"yes": N_("Yes"), "no": N_("No")}


@dataclass(frozen=True, slots=True)
class BookingRow:
    """One line of the day; times are the place's own. `person` is a name, or says that it was erased."""

    id: str
    day: str
    starts: str
    """`10:15`."""
    ends: str
    starts_at: str
    service: str
    resource_id: str
    resource: str
    person: str
    status: str
    status_text: str
    cancellable: bool


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the week with its lines."""

    day: str
    text: str
    today: bool
    rows: tuple[BookingRow, ...]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question and what was answered."""

    label: str
    text: str
    special: bool


@dataclass(frozen=True, slots=True)
class BookingDetail:
    """Everything that staff need about one booking."""

    row: BookingRow
    code: str
    when: When
    place: str
    email: str
    phone: str
    confirming: str
    answers: tuple[AnswerRow, ...]
    cancelled_reason: str
    booked: str
    """When it was booked, in words; empty while it is not confirmed."""


def day_rows(work: Work, day: str | date, *, cancelled: bool = False) -> list[BookingRow]:
    """The bookings of one local day, in the order of the clock; those called off only when asked for."""
    work.need(Permission.BOOKINGS_READ)
    wanted = as_day(day)
    return _rows(work, wanted, wanted, cancelled)


def week_rows(work: Work, monday: str | date, *, cancelled: bool = False) -> list[WeekDay]:
    """Seven days from `monday` on; any other day is moved back to its Monday."""
    work.need(Permission.BOOKINGS_READ)
    wanted = as_day(monday)
    first = wanted - timedelta(days=wanted.weekday())
    days = [first + timedelta(days=n) for n in range(7)]
    rows = _rows(work, days[0], days[-1], cancelled)
    today = when(work.now, _zones(work)[1], work.lang).day
    return [
        WeekDay(
            day=day.isoformat(),
            text=day_text(day, work.lang),
            today=day.isoformat() == today,
            rows=tuple(row for row in rows if row.day == day.isoformat()),
        )
        for day in days
    ]


def booking_detail(work: Work, booking_id: str | UUID) -> BookingDetail:
    """One booking with its person; that it was opened is written down, and in the trail."""
    work.need(Permission.BOOKINGS_READ)
    booking = work.get(Booking, as_id(str(booking_id)))
    place = work.get(Location, booking.location_id)
    customer = work.find(Customer, booking.customer_id)
    record_look(work, booking)
    cancellation = work.first(work.select(Cancellation).where(Cancellation.booking_id == booking.id))
    way = translate(work.lang, CONFIRMING_TEXTS[booking.confirming]) if booking.confirming else ""
    return BookingDetail(
        row=_views(work, [booking])[0],
        code=booking.code or "",
        when=when(booking.starts_at, place.zone, work.lang),
        place=place.name,
        email=(customer.email if customer else None) or "",
        phone=(customer.phone if customer else None) or "",
        confirming=way,
        answers=tuple(_answers(work, booking)),
        cancelled_reason=(cancellation.reason if cancellation else None) or "",
        booked=when(booking.booked_at, place.zone, work.lang).text if booking.booked_at else "",
    )


def coming_between(
    work: Work, first_day: date, last_day: date, *, location_id: UUID, resource_id: UUID | None = None
) -> list[BookingRow]:
    """Unfinished bookings of these local days at a place, or on one resource: what a closure would touch."""
    work.need(Permission.BOOKINGS_READ)
    zone = work.get(Location, location_id).zone
    begin, end = day_bounds(first_day, zone)[0], day_bounds(last_day, zone)[1]
    query = work.select(Booking).where(
        Booking.location_id == location_id,
        Booking.starts_at < end,
        Booking.ends_at > begin,
        Booking.ends_at > work.now,
        Booking.status.in_((BookingStatus.PENDING, BookingStatus.CONFIRMED)),
    )
    if resource_id:
        query = query.where(Booking.resource_id == resource_id)
    return _views(work, work.all(query.order_by(Booking.starts_at)))


def _rows(work: Work, first: date, last: date, cancelled: bool) -> list[BookingRow]:
    """Places may lie in several zones: a wide search, then each row's own local day decides."""
    zones, _ = _zones(work)
    hidden = HIDDEN if cancelled else (*HIDDEN, BookingStatus.CANCELLED)
    begin = min(day_bounds(first, zone)[0] for zone in zones)
    end = max(day_bounds(last, zone)[1] for zone in zones)
    query = work.select(Booking).where(
        Booking.starts_at >= begin, Booking.starts_at < end, Booking.status.not_in(hidden)
    )
    rows = _views(work, work.all(query.order_by(Booking.starts_at, Booking.id)))
    return [row for row in rows if first.isoformat() <= row.day <= last.isoformat()]


def _views(work: Work, bookings: Iterable[Booking]) -> list[BookingRow]:
    found = list(bookings)
    names = _by_id(work, Service.name, Service.id, {one.service_id for one in found})
    names |= _by_id(work, Resource.name, Resource.id, {one.resource_id for one in found})
    names |= _by_id(work, Customer.name, Customer.id, {one.customer_id for one in found})
    zones = dict(work.all(work.select(Location.id, Location.zone))) if found else {}
    return [_view(work, one, zones[one.location_id], names) for one in found]


def _view(work: Work, one: Booking, zone: str, names: dict[UUID | None, str]) -> BookingRow:
    begins = when(one.starts_at, zone, work.lang)
    coming = one.status in (BookingStatus.PENDING, BookingStatus.CONFIRMED) and one.starts_at > work.now
    return BookingRow(
        id=str(one.id),
        day=begins.day,
        starts=begins.time,
        ends=when(one.ends_at, zone, work.lang).time,
        starts_at=begins.starts_at,
        service=names[one.service_id],
        resource_id=str(one.resource_id),
        resource=names[one.resource_id],
        person=names.get(one.customer_id) or translate(work.lang, ERASED),
        status=one.status.value,
        status_text=translate(work.lang, STATUS_TEXTS[one.status]),
        cancellable=coming,
    )


def _by_id(work: Work, name: object, key: object, ids: set[UUID | None]) -> dict[UUID | None, str]:
    wanted = [one for one in ids if one]
    return dict(work.all(work.select(key, name).where(key.in_(wanted)))) if wanted else {}


def _zones(work: Work) -> tuple[set[str], str]:
    """The zones of the tenant's places, and that of the first."""
    zones = work.all(work.select(Location.zone, Location.id).order_by(Location.id))
    found = [zone for zone, _ in zones] or ["Europe/Berlin"]
    return set(found), found[0]


def _answers(work: Work, booking: Booking) -> list[AnswerRow]:
    query = work.select(Answer, FormField).join(
        FormField, (FormField.tenant_id == Answer.tenant_id) & (FormField.id == Answer.field_id)
    )
    found = work.all(query.where(Answer.booking_id == booking.id).order_by(FormField.position))
    return [
        AnswerRow(asked.label, _answer_text(work, answer.special_value or answer.value or ""), asked.special)
        for answer, asked in found
    ]


def _answer_text(work: Work, value: str) -> str:
    return translate(work.lang, YES_NO[value]) if value in YES_NO else value
