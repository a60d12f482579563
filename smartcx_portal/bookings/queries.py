"""What staff see: the day, the week, and what a closure would touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from smartcx_portal.bookings.moments import as_calendar_day, day_bounds, when
from smartcx_portal.bookings.naming import Names, names_of
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models.booking import Booking, BookingStatus, Confirming
from smartcx_portal.models.calendar import Location
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
    overbooked: bool
    cancellable: bool


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the week with its lines."""

    day: str
    text: str
    today: bool
    rows: tuple[BookingRow, ...]


def day_rows(work: Work, day: str | date, *, cancelled: bool = False) -> list[BookingRow]:
    """The bookings of one local day, in the order of the clock; those called off only when asked for."""
    work.need(Permission.BOOKINGS_READ)
    wanted = as_calendar_day(day)
    return _rows(work, wanted, wanted, cancelled)


def week_rows(work: Work, monday: str | date, *, cancelled: bool = False) -> list[WeekDay]:
    """Seven days from `monday` on; any other day is moved back to its Monday."""
    work.need(Permission.BOOKINGS_READ)
    wanted = as_calendar_day(monday)
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


def _rows(work: Work, first: date, last: date, cancelled: bool) -> list[BookingRow]:
    """Places may lie in several zones: a wide search, then each row's own local day decides."""
    zones, _ = _zones(work)
    hidden = HIDDEN if cancelled else (*HIDDEN, BookingStatus.CANCELLED)
    begin = min(day_bounds(first, zone)[0] for zone in zones)
    end = max(day_bounds(last, zone)[1] for zone in zones)
    query = work.select(Booking).where(
        Booking.starts_at >= begin, Booking.starts_at < end, Booking.status.not_in(hidden)
    )
    rows = booking_rows(work, work.all(query.order_by(Booking.starts_at, Booking.id)))
    return [row for row in rows if first.isoformat() <= row.day <= last.isoformat()]


def booking_rows(work: Work, bookings: Iterable[Booking]) -> list[BookingRow]:
    """The lines of these bookings, in their order."""
    found = list(bookings)
    names = names_of(work, found) if found else None
    return [_view(work, one, names) for one in found] if names else []


def _view(work: Work, one: Booking, names: Names) -> BookingRow:
    zone = names.zones[one.location_id]
    begins = when(one.starts_at, zone, work.lang)
    coming = one.status in (BookingStatus.PENDING, BookingStatus.CONFIRMED) and one.starts_at > work.now
    return BookingRow(
        id=str(one.id),
        day=begins.day,
        starts=begins.time,
        ends=when(one.ends_at, zone, work.lang).time,
        starts_at=begins.starts_at,
        service=names.services_of(one),
        resource_id=str(one.resource_id),
        resource=names.resources[one.resource_id],
        person=names.person_of(one) or translate(work.lang, ERASED),
        status=one.status.value,
        status_text=translate(work.lang, STATUS_TEXTS[one.status]),
        overbooked=one.overbooked,
        cancellable=coming,
    )


def _zones(work: Work) -> tuple[set[str], str]:
    """The zones of the tenant's places, and that of the first."""
    zones = work.all(work.select(Location.zone, Location.id).order_by(Location.id))
    found = [zone for zone, _ in zones] or ["Europe/Berlin"]
    return set(found), found[0]
