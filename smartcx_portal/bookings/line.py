"""The waiting list as the staff see it: who waits for what, in order, and who has an offer."""

from dataclasses import dataclass
from uuid import UUID

from smartcx_portal.bookings.promoting import release_offer
from smartcx_portal.bookings.waiting import times_text
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import short_day_text, short_moment_text, unbroken
from smartcx_portal.models.booking import Booking, WaitlistEntry, WaitlistStatus
from smartcx_portal.models.calendar import Location, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.tenancy import Permission, Work

SHOWN = (WaitlistStatus.OFFERED, WaitlistStatus.WAITING)
MOST = 200
STATES = {
    WaitlistStatus.WAITING: N_("Waits"),
    WaitlistStatus.OFFERED: N_("Has an offer"),
}
OFFERED_UNTIL = N_("{moment}, held until {until}")


@dataclass(frozen=True, slots=True)
class LineRow:
    """One wish, with short dates. `offered` says what is held for the person, and until when; empty while they wait."""

    id: str
    person: str
    service: str
    days: str
    times: str
    since: str
    state: str
    offered: str


def line_rows(work: Work, service_id: str | UUID = "") -> list[LineRow]:
    """All who wait or have an offer, in the order in which they are asked; at most 200."""
    work.need(Permission.BOOKINGS_READ)
    query = (
        work.select(WaitlistEntry, Customer.name, Service, Location.zone)
        .join(
            Customer,
            (Customer.tenant_id == WaitlistEntry.tenant_id) & (Customer.id == WaitlistEntry.customer_id),
        )
        .join(Service, (Service.tenant_id == WaitlistEntry.tenant_id) & (Service.id == WaitlistEntry.service_id))
        .join(Location, (Location.tenant_id == Service.tenant_id) & (Location.id == Service.location_id))
        .where(WaitlistEntry.status.in_(SHOWN))
        .order_by(WaitlistEntry.created_at, WaitlistEntry.id)
        .limit(MOST)
    )
    if service_id:
        query = query.where(WaitlistEntry.service_id == as_id(str(service_id)))
    return [_row(work, *found) for found in work.all(query)]


def strike_out(work: Work, entry_id: str | UUID) -> None:
    """Take somebody off the list, for example because they called; an offer goes to the next. Raises `NotFound`."""
    work.need(Permission.BOOKINGS_CANCEL)
    entry = work.get(WaitlistEntry, as_id(str(entry_id)))
    if entry.status is WaitlistStatus.OFFERED:
        release_offer(work, entry)
    entry = work.get(WaitlistEntry, entry.id, lock=True)
    if entry.status in SHOWN:
        entry.status, entry.answer_by = WaitlistStatus.LEFT, None
        work.audit("waitlist.struck_out", entry)


def _row(work: Work, entry: WaitlistEntry, name: str, service: Service, zone: str) -> LineRow:
    booking = work.find(Booking, entry.booking_id) if entry.status is WaitlistStatus.OFFERED else None
    offered = ""
    if booking is not None and booking.lapses_at is not None:
        offered = translate(work.lang, OFFERED_UNTIL).format(
            moment=short_moment_text(booking.starts_at, zone, work.lang),
            until=short_moment_text(booking.lapses_at, zone, work.lang),
        )
    return LineRow(
        id=str(entry.id),
        person=name,
        service=service.name,
        days=_days(entry, work.lang),
        times=times_text(entry),
        since=short_moment_text(entry.created_at, zone, work.lang),
        state=translate(work.lang, STATES[entry.status]),
        offered=offered,
    )


def _days(entry: WaitlistEntry, lang: str) -> str:
    """`Di., 1. Dez. – Fr., 4. Dez.`, or the one day."""
    return " – ".join(unbroken(short_day_text(day, lang)) for day in dict.fromkeys((entry.first_day, entry.last_day)))
