"""Moments and days at the ends of what a date can be: each finds nothing in plain words, and nothing breaks."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import pytest

from smartcx_portal.booking_page.times import day_in, month_from
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.moving import move_booking, move_by_link
from smartcx_portal.bookings.offering import (
    free_times,
    free_times_for_staff,
    month_days,
    next_days,
    times_to_book_for_staff,
)
from smartcx_portal.bookings.queries import day_rows, week_rows
from smartcx_portal.bookings.staff_booking import book_for
from smartcx_portal.bookings.waiting import join_line
from smartcx_portal.dashboard.addresses import day_in as day_of_staff
from smartcx_portal.kit.errors import NotFound, ProductError
from smartcx_portal.messaging.links import booking_secret
from smartcx_portal.models.booking import Booking
from smartcx_portal.tenancy import Work
from tests.bookings.journeys import MONDAY_9, book, booking_row, visitor
from tests.cast import CLARA, Cast

MOMENTS = (
    "9999-12-31T23:59:59+00:00",
    "9999-12-31T00:00:00+00:00",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+00:00",
    "0001-01-01T00:00:00+14:00",
    "0001-01-02T00:00:00+00:00",
    "2200-01-01T00:00:00+00:00",
)
DAYS = ("9999-12-31", "9999-12-01", "0001-01-01", "0001-01-31")
ENTERED = {"name": CLARA["name"], "confirming": "none"}
Deed = Callable[[Work, str, str, str], object]
"""What is tried with a service, a booking, and a moment or a day."""

VISITOR_MOMENTS: dict[str, Deed] = {
    "hold": lambda work, service, booking, moment: hold(work, service, moment),
    "move_by_link": lambda work, service, booking, moment: move_by_link(work, booking, datetime.fromisoformat(moment)),
}
STAFF_MOMENTS: dict[str, Deed] = {
    "book": lambda work, service, booking, moment: book_for(work, service, moment, ENTERED, overbook=True),
    "walk_in": lambda work, service, booking, moment: book_for(work, service, moment, ENTERED, walk_in=True),
    "move": lambda work, service, booking, moment: move_booking(work, booking, moment, overbook=True),
}
VISITOR_DAYS: dict[str, Deed] = {
    "free_times": lambda work, service, booking, day: free_times(work, service, day, day),
    "next_days": lambda work, service, booking, day: next_days(work, service, day),
    "month": lambda work, service, booking, day: month_days(work, service, *first_of(day)),
    "wait": lambda work, service, booking, day: join_line(work, service, {**CLARA, "first_day": day, "last_day": day}),
}
STAFF_DAYS: dict[str, Deed] = {
    "day": lambda work, service, booking, day: day_rows(work, day),
    "week": lambda work, service, booking, day: week_rows(work, day),
    "move_to": lambda work, service, booking, day: free_times_for_staff(work, booking, day),
    "book_on": lambda work, service, booking, day: times_to_book_for_staff(work, service, day),
}


def first_of(day: str) -> tuple[int, int]:
    """Year and month, as the page reads them from its address."""
    month = month_from(day[:7])
    return month.year, month.month


def try_it(cast: Cast, deed: Deed, when: str, *, staff: bool) -> None:
    """Any refusal is fine; what is no refusal comes through as the fault that it is."""
    booked = book(cast, at=MONDAY_9)
    before = booking_row(cast, booked.booking_id)
    who = cast.as_staff(cast.ben) if staff else visitor(cast.town, "another-tab")
    with suppress(ProductError), who as work:
        secret = booking_secret(work.get(Booking, before.id)) if deed is VISITOR_MOMENTS["move_by_link"] else ""
        deed(work, str(cast.town.service), secret or booked.booking_id, when)
    after = booking_row(cast, booked.booking_id)
    assert (after.starts_at, after.ends_at) == (before.starts_at, before.ends_at)
    with cast.as_job() as work:
        assert work.count(work.select(Booking.id)) == 1


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("deed", VISITOR_MOMENTS)
def test_a_visitor_books_at_no_end_of_time(cast: Cast, deed: str, moment: str):
    try_it(cast, VISITOR_MOMENTS[deed], moment, staff=False)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("deed", STAFF_MOMENTS)
def test_staff_book_at_no_end_of_time(cast: Cast, deed: str, moment: str):
    try_it(cast, STAFF_MOMENTS[deed], moment, staff=True)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("deed", VISITOR_DAYS)
def test_a_visitor_looks_beyond_no_calendar(cast: Cast, deed: str, day: str):
    try_it(cast, VISITOR_DAYS[deed], day, staff=False)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("deed", STAFF_DAYS)
def test_staff_look_beyond_no_calendar(cast: Cast, deed: str, day: str):
    try_it(cast, STAFF_DAYS[deed], day, staff=True)


@pytest.mark.parametrize("day", DAYS)
def test_an_address_of_such_a_day_counts_as_none(day: str):
    assert day_in(day) == ""
    assert day_of_staff({"day": day}) is None
    with pytest.raises(NotFound):
        month_from(day[:7])
