"""What was not used is given back by itself, and drafts that were left are forgotten."""

from datetime import timedelta

from smartcx_portal.bookings.expiring import free_everywhere, free_lapsed
from smartcx_portal.bookings.holding import hold
from smartcx_portal.models.booking import Booking, BookingStatus, Draft
from tests.bookings.journeys import BY_MAIL, MONDAY_8, MONDAY_9, WITHOUT, book, booking_row, claims, visitor
from tests.conftest import at

MINUTE = timedelta(minutes=1)


def free(cast):
    with cast.as_job() as work:
        return free_lapsed(work)


def test_lapsed_holds_and_unconfirmed_bookings_are_freed(cast, frozen):
    book(cast, BY_MAIL)
    with visitor(cast.town, "another-tab") as work:
        hold(work, cast.town.service, MONDAY_9)
    with at(frozen + 10 * MINUTE):
        assert free(cast) == 1
    with at(frozen + 60 * MINUTE):
        assert free(cast) == 1
        assert free(cast) == 0
    with cast.as_job() as work:
        assert claims(work) == []
        rows = work.all(work.select(Booking))
    assert {row.status for row in rows} == {BookingStatus.EXPIRED}
    assert {row.holder_key or row.network_key for row in rows} == {None}


def test_what_still_runs_or_is_booked_stays(cast, frozen):
    done = book(cast, WITHOUT)
    with visitor(cast.town, "another-tab") as work:
        hold(work, cast.town.service, MONDAY_9)
    with at(frozen + 9 * MINUTE):
        assert free(cast) == 0
    with at(frozen + timedelta(days=9)):
        free(cast)
    assert booking_row(cast, done.booking_id).status is BookingStatus.CONFIRMED


def test_old_drafts_go_and_with_them_the_traces_of_holds_that_came_to_nothing(cast, frozen):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
    with at(frozen + 119 * MINUTE):
        free(cast)
        with cast.as_job() as work:
            assert (work.count(work.select(Draft)), work.count(work.select(Booking))) == (1, 1)
    with at(frozen + 130 * MINUTE):
        free(cast)
        with cast.as_job() as work:
            assert (work.count(work.select(Draft)), work.count(work.select(Booking))) == (0, 0)


def test_the_job_does_it_for_every_tenant(cast, frozen):
    for house in (cast.town, cast.salon):
        with visitor(house) as work:
            hold(work, house.service, MONDAY_8)
    with at(frozen + 10 * MINUTE):
        free_everywhere(0)
    for house in (cast.town, cast.salon):
        with cast.as_job(house) as work:
            assert claims(work) == []
