"""Undoing after more than one deed, and after the person has gone."""

from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.bookings.undoing import UndoOver
from smartcx_portal.models.booking import BookingStatus
from smartcx_portal.models.messaging import Message, MessageStatus
from smartcx_portal.privacy.erase import erase_person
from tests.bookings.journeys import MONDAY_8, MONDAY_9, WITHOUT, book, booking_row
from tests.bookings.test_cancelling import booked as booked_by_mail
from tests.bookings.test_undoing import cancel, move, stands, take_back

LATER_STILL = MONDAY_9 + timedelta(hours=1)


def waiting(cast) -> list[tuple[str, object]]:
    with cast.as_job() as work:
        found = work.all(work.select(Message).where(Message.status == MessageStatus.QUEUED).order_by(Message.id))
        return [(one.kind, one.before) for one in found if one.not_before]


@pytest.mark.parametrize("second", ["move", "cancel"])
def test_undoing_the_second_deed_still_tells_of_the_first(cast, second):
    booking_id, _ = booked_by_mail(cast)
    move(cast, booking_id)
    move(cast, booking_id, LATER_STILL) if second == "move" else cancel(cast, booking_id)
    take_back(cast, booking_id)
    assert booking_row(cast, booking_id).starts_at == MONDAY_9
    assert waiting(cast) == [("booking_moved", MONDAY_8)]


def test_undoing_both_deeds_tells_nothing(cast):
    booking_id, _ = booked_by_mail(cast)
    move(cast, booking_id)
    cancel(cast, booking_id)
    take_back(cast, booking_id)
    take_back(cast, booking_id)
    assert booking_row(cast, booking_id).starts_at == MONDAY_8
    assert waiting(cast) == []


def test_the_appointment_of_an_erased_person_does_not_come_back(cast):
    done = book(cast, WITHOUT)
    cancel(cast, done.booking_id)
    with cast.as_job() as work:
        erase_person(work, UUID(done.customer_id), asked=False)
    with pytest.raises(UndoOver):
        take_back(cast, done.booking_id)
    assert stands(cast, done.booking_id)[0] is BookingStatus.CANCELLED
