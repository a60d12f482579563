"""For a minute the staff can take back what they did to a booking; what its person did meanwhile stays done."""

from datetime import datetime, timedelta

import pytest

from smartcx_portal.bookings.cancelling import cancel_booking, cancel_by_link
from smartcx_portal.bookings.expiring import free_lapsed
from smartcx_portal.bookings.moving import move_booking, move_by_link
from smartcx_portal.bookings.refusals import SlotTaken
from smartcx_portal.bookings.staff_booking import book_for
from smartcx_portal.bookings.undoing import UndoOver, undo, undo_until
from smartcx_portal.messaging.links import booking_secret
from smartcx_portal.models.booking import Booking, BookingStatus, Cancellation, Claim
from smartcx_portal.models.calendar import Resource
from smartcx_portal.models.messaging import Message, MessageStatus
from tests.bookings.journeys import BY_MAIL, MONDAY_8, MONDAY_9, WITHOUT, book, booking_row, claims
from tests.cast import Cast
from tests.conftest import SUNDAY, at

SOON = SUNDAY + timedelta(seconds=59)
LATER = SUNDAY + timedelta(seconds=60)


@pytest.fixture
def booked(cast: Cast) -> str:
    return book(cast, WITHOUT).booking_id


def cancel(cast: Cast, booking_id: str) -> None:
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, booking_id, "Krank")


def move(cast: Cast, booking_id: str, to: datetime = MONDAY_9, **more) -> None:
    with cast.as_staff(cast.ben) as work:
        move_booking(work, booking_id, to, **more)


def take_back(cast: Cast, booking_id: str) -> None:
    with cast.as_staff(cast.ben) as work:
        undo(work, booking_id)


def stands(cast: Cast, booking_id: str) -> tuple[BookingStatus, datetime, list[datetime]]:
    row = booking_row(cast, booking_id)
    with cast.as_job() as work:
        return row.status, row.starts_at, [claim.starts_at for claim in claims(work, booking_id)]


def secret_of(cast: Cast, booking_id: str) -> str:
    return booking_secret(booking_row(cast, booking_id))


def test_a_move_is_taken_back(cast, booked):
    move(cast, booked)
    take_back(cast, booked)
    assert stands(cast, booked) == (BookingStatus.CONFIRMED, MONDAY_8, [MONDAY_8])


def test_a_cancellation_is_taken_back(cast, booked):
    cancel(cast, booked)
    take_back(cast, booked)
    assert stands(cast, booked) == (BookingStatus.CONFIRMED, MONDAY_8, [MONDAY_8])
    with cast.as_job() as work:
        assert work.all(work.select(Cancellation)) == []


def test_another_length_is_taken_back(cast, booked):
    move(cast, booked, MONDAY_8, minutes=60)
    take_back(cast, booked)
    row = booking_row(cast, booked)
    assert row.ends_at - row.starts_at == timedelta(minutes=20)


def test_the_message_that_waited_never_leaves(cast):
    done = book(cast, BY_MAIL)
    cancel(cast, done.booking_id)
    take_back(cast, done.booking_id)
    with cast.as_job() as work:
        (last, *_) = work.all(work.select(Message).order_by(Message.id.desc()))
    assert last.status is MessageStatus.SUPPRESSED


def test_after_a_minute_it_is_over(cast, booked):
    cancel(cast, booked)
    with at(SOON), cast.as_staff(cast.ben) as work:
        assert undo_until(work, booked) == LATER
    with at(LATER), pytest.raises(UndoOver):
        take_back(cast, booked)


def test_a_second_time_there_is_nothing_to_take_back(cast, booked):
    cancel(cast, booked)
    take_back(cast, booked)
    with pytest.raises(UndoOver):
        take_back(cast, booked)


def test_a_time_that_somebody_else_has_taken_does_not_come_back(cast, booked):
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[1]).active = False
    cancel(cast, booked)
    book(cast, WITHOUT, tab="another", network="another")
    with pytest.raises(SlotTaken):
        take_back(cast, booked)
    assert stands(cast, booked)[0] is BookingStatus.CANCELLED


def test_what_its_person_cancelled_stays_cancelled(cast, booked):
    move(cast, booked)
    with cast.as_visitor() as work:
        cancel_by_link(work, secret_of(cast, booked))
    with pytest.raises(UndoOver):
        take_back(cast, booked)
    assert stands(cast, booked) == (BookingStatus.CANCELLED, MONDAY_9, [])


def test_where_its_person_moved_it_it_stays(cast, booked):
    move(cast, booked)
    there = MONDAY_9 + timedelta(minutes=20)
    with cast.as_visitor() as work:
        move_by_link(work, secret_of(cast, booked), there)
    with pytest.raises(UndoOver):
        take_back(cast, booked)
    assert stands(cast, booked) == (BookingStatus.CONFIRMED, there, [there])


def test_a_pending_booking_is_pending_again_and_still_lapses(cast):
    done = book(cast, BY_MAIL)
    before = booking_row(cast, done.booking_id).lapses_at
    cancel(cast, done.booking_id)
    take_back(cast, done.booking_id)
    row = booking_row(cast, done.booking_id)
    assert (row.status, row.lapses_at) == (BookingStatus.PENDING, before)


def test_a_pending_booking_that_lapsed_meanwhile_does_not_come_back(cast):
    done = book(cast, BY_MAIL)
    lapsing = booking_row(cast, done.booking_id).lapses_at - timedelta(seconds=30)
    with at(lapsing):
        move(cast, done.booking_id)
    with at(lapsing + timedelta(seconds=40)):
        with cast.as_job() as work:
            free_lapsed(work)
        with pytest.raises(UndoOver):
            take_back(cast, done.booking_id)
    assert stands(cast, done.booking_id)[2] == []


def test_an_overbooked_appointment_comes_back_beside_the_other(cast):
    for number in range(2):
        book(cast, WITHOUT, tab=f"tab-{number}", network=f"net-{number}")
    with cast.as_staff(cast.ben) as work:
        extra = book_for(work, cast.town.service, MONDAY_8, WITHOUT, overbook=True).booking_id
    move(cast, extra)
    assert not booking_row(cast, extra).overbooked
    take_back(cast, extra)
    assert stands(cast, extra) == (BookingStatus.CONFIRMED, MONDAY_8, [MONDAY_8])
    assert booking_row(cast, extra).overbooked


def test_who_stood_beside_an_overbooked_one_comes_back_unmarked(cast):
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[1]).active = False
    first = book(cast, WITHOUT).booking_id
    with cast.as_staff(cast.ben) as work:
        book_for(work, cast.town.service, MONDAY_8, WITHOUT, overbook=True)
    move(cast, first)
    take_back(cast, first)
    assert not booking_row(cast, first).overbooked
    with cast.as_job() as work:
        lanes = work.all(work.select(Claim.lane).join(Booking, Claim.booking_id == Booking.id))
    assert sorted(lanes) == [0, 1]
