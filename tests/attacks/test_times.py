"""Nothing is booked in the past, and nobody fills a calendar, whichever way round they come."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from smartcx_portal.bookings.confirming import confirm_by_link
from smartcx_portal.bookings.drafts import save_entered
from smartcx_portal.bookings.fairness import UNMESSAGED_PER_NETWORK
from smartcx_portal.bookings.holding import extend_hold, hold
from smartcx_portal.bookings.moving import move_booking
from smartcx_portal.bookings.offering import free_times, free_times_for_staff
from smartcx_portal.bookings.refusals import HoldLapsed, LinkExpired, NoMoreTime, TooManyUnmessaged
from smartcx_portal.bookings.submitting import submit
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.messaging.links import confirm_secret
from smartcx_portal.models.booking import Booking
from tests.bookings.journeys import BY_MAIL, MONDAY_8, MONDAY_9, WITHOUT, book, booking_row, visitor
from tests.cast import Cast
from tests.conftest import at

MINUTE = timedelta(minutes=1)
LATE = MONDAY_9 - 60 * MINUTE
"""When the lead time of the appointment at nine ends."""


@pytest.fixture
def held_late(cast: Cast) -> Cast:
    """A tab holds a time at the last moment and types."""
    with at(LATE), visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_9)
        save_entered(work, WITHOUT)
    return cast


def extend(cast: Cast, moments: list[datetime]) -> None:
    for moment in moments:
        with at(moment), visitor(cast.town) as work:
            extend_hold(work)


def test_a_hold_is_extended_up_to_its_start_only(held_late: Cast):
    extend(held_late, [LATE] * 5)
    with pytest.raises(NoMoreTime), at(LATE), visitor(held_late.town) as work:
        extend_hold(work)


def test_a_time_that_has_come_is_not_booked_any_more(held_late: Cast):
    with suppress(NoMoreTime):
        extend(held_late, [LATE] * 12)
    with pytest.raises(HoldLapsed), at(MONDAY_9 + MINUTE), visitor(held_late.town) as work:
        submit(work)


def test_what_staff_moved_earlier_is_not_confirmed_after_its_start(cast: Cast):
    with at(MONDAY_8 - 20 * MINUTE):
        done = book(cast, BY_MAIL, at=MONDAY_9)
        with cast.as_staff(cast.ben) as work:
            move_booking(work, done.booking_id, MONDAY_8)
    secret = confirm_secret(booking_row(cast, done.booking_id))
    with pytest.raises(LinkExpired), at(MONDAY_8 + MINUTE), visitor(cast.town) as work:
        confirm_by_link(work, secret)


def test_staff_are_shown_where_a_booking_may_go(cast: Cast):
    done = book(cast)
    with cast.as_staff(cast.ben) as work:
        shown = [one.starts_at for one in free_times_for_staff(work, done.booking_id, "2026-11-23")]
    assert MONDAY_9.isoformat() in shown
    assert MONDAY_8.isoformat() not in shown


def test_one_network_does_not_fill_the_calendar_without_messages(cast: Cast):
    forget_all()
    with visitor(cast.town) as work:
        times = [one.starts_at for one in free_times(work, cast.town.service, "2026-11-23", "2026-12-11")]
    for number in range(UNMESSAGED_PER_NETWORK):
        book(cast, at=datetime.fromisoformat(times[number]), tab=f"tab-{number}")
    with pytest.raises(TooManyUnmessaged):
        book(cast, at=datetime.fromisoformat(times[UNMESSAGED_PER_NETWORK]), tab="tab-of-one-more")
    with cast.as_job() as work:
        assert work.count(work.select(Booking).where(Booking.booked_at.is_not(None))) == UNMESSAGED_PER_NETWORK
