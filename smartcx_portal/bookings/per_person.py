"""How many appointments of a service one person may have on a day and in a week, told apart by their address."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from smartcx_portal.bookings.basket import Basket
from smartcx_portal.bookings.moments import day_bounds
from smartcx_portal.bookings.refusals import TooManyADay, TooManyAWeek
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.limits import limit
from smartcx_portal.models.booking import Booking, BookingPart, BookingStatus
from smartcx_portal.models.calendar import Location, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.tenancy import Work

NO_APPOINTMENT = (BookingStatus.HELD, BookingStatus.CANCELLED, BookingStatus.EXPIRED)
REFUSALS = "10 per hour"
"""How many refusals one network hears: each tells that somebody with this address has an appointment."""
DAY = timedelta(days=1)


def check_per_person(
    work: Work, basket: Basket, starts: Sequence[datetime], *, email_key: str | None, phone_key: str | None
) -> None:
    """Refuse more appointments of a service than one address may have.

    `starts` are the new ones. Days and weeks (from Monday) are those of the place. Raises `TooManyADay`,
    `TooManyAWeek`; a network that hears too many refusals gets `TooMany`.
    """
    limited = [one for one in basket.services if one.per_person_day or one.per_person_week]
    keys = [(Customer.email_key, email_key), (Customer.phone_key, phone_key)]
    mine = [column == key for column, key in keys if key]
    if not limited or not mine:
        return
    field = "email" if email_key else "phone"
    zone = work.get(Location, basket.service.location_id).zone
    new = [local_day(one, zone) for one in starts]
    for service in limited:
        known = _days_of(work, service, sa.or_(*mine), new, zone)
        _count(work, service, new, known, field)


def _count(work: Work, service: Service, new: Sequence[date], known: Sequence[date], field: str) -> None:
    spans: tuple[tuple[int, Callable[[date], date], type[ProductError]], ...] = (
        (service.per_person_day, _itself, TooManyADay),
        (service.per_person_week, _monday, TooManyAWeek),
    )
    for most, span, refusal in spans:
        touched = {span(day) for day in new}
        counted = Counter(span(day) for day in (*new, *known))
        if most and max(counted[one] for one in touched) > most:
            limit("per-person", f"{work.tenant}:{work.network}", REFUSALS)
            raise refusal(field=field, service=service.name, number=most)


def _days_of(work: Work, service: Service, mine: sa.ColumnElement[bool], new: Sequence[date], zone: str) -> list[date]:
    """The local days on which this person has appointments of the service, in the weeks of the new ones."""
    begin, end = day_bounds(_monday(min(new)), zone)[0], day_bounds(_monday(max(new)) + 6 * DAY, zone)[1]
    parts = work.select(BookingPart.booking_id).where(BookingPart.service_id == service.id)
    query = (
        work.select(Booking.starts_at)
        .join(Customer, (Customer.tenant_id == Booking.tenant_id) & (Customer.id == Booking.customer_id))
        .where(
            mine,
            Booking.starts_at >= begin,
            Booking.starts_at < end,
            sa.or_(Booking.service_id == service.id, Booking.id.in_(parts)),
            Booking.status.not_in(NO_APPOINTMENT),
            sa.not_(sa.and_(Booking.status == BookingStatus.PENDING, Booking.lapses_at <= work.now)),
        )
    )
    return [local_day(one, zone) for one in work.all(query)]


def _itself(day: date) -> date:
    return day


def _monday(day: date) -> date:
    return day - day.weekday() * DAY
