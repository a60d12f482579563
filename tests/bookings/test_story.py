"""What became of one booking: messages, consents, history."""

from datetime import timedelta

import pytest

from smartcx_portal.bookings.cancelling import cancel_booking
from smartcx_portal.bookings.detail import booking_detail
from smartcx_portal.bookings.offering import free_times_for_staff
from smartcx_portal.bookings.story import booking_story
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.messaging import Message, MessageStatus
from smartcx_portal.models.privacy import AccessRecord
from tests.bookings.journeys import BY_MAIL, MONDAY_8, book
from tests.cast import Cast
from tests.conftest import SUNDAY, at


def test_the_story_names_who_did_what_newest_first(cast: Cast) -> None:
    booked = book(cast)
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, booked.booking_id, "Krank")
    with cast.as_staff(cast.ben) as work:
        history = booking_story(work, booked.booking_id).history
    told = [(one.what, one.who) for one in history]
    assert told.index(("Abgesagt", "Ben")) == 0
    assert ("Eingetragen", "Die Person") in told


def test_opening_a_booking_stands_in_its_story(cast: Cast) -> None:
    booked = book(cast)
    with cast.as_staff(cast.ben) as work:
        booking_detail(work, booked.booking_id)
    with cast.as_staff(cast.ben) as work:
        assert booking_story(work, booked.booking_id).history[0].what == "Geöffnet"


def test_looking_again_within_minutes_is_the_same_look(cast: Cast) -> None:
    booked = book(cast)
    for minutes in (0, 9, 20):
        with at(SUNDAY + timedelta(minutes=minutes)), cast.as_staff(cast.ben) as work:
            booking_detail(work, booked.booking_id)
    with cast.as_staff(cast.ben) as work:
        assert work.count(work.select(AccessRecord)) == 2


def test_anna_looks_for_herself_although_ben_has_just_looked(cast: Cast) -> None:
    booked = book(cast)
    for identity in (cast.ben, cast.anna):
        with cast.as_staff(identity) as work:
            booking_detail(work, booked.booking_id)
    with cast.as_staff(cast.ben) as work:
        assert work.count(work.select(AccessRecord)) == 2


def test_a_message_that_was_not_delivered_may_be_sent_again(cast: Cast) -> None:
    booked = book(cast, BY_MAIL)
    with cast.as_job() as work:
        work.first(work.select(Message)).status = MessageStatus.FAILED
    with cast.as_staff(cast.ben) as work:
        (message,) = booking_story(work, booked.booking_id).messages
    assert (message.failed, message.channel) == (True, "E-Mail")


def test_the_consent_that_was_given_is_listed(cast: Cast) -> None:
    booked = book(cast, BY_MAIL)
    with cast.as_staff(cast.ben) as work:
        assert [one.given for one in booking_story(work, booked.booking_id).consents] == [True]


def test_dora_finds_no_story_of_the_town_office(cast: Cast) -> None:
    booked = book(cast)
    with cast.as_staff(cast.dora, cast.salon) as work, pytest.raises(NotFound):
        booking_story(work, booked.booking_id)


def test_staff_may_move_a_booking_to_any_free_time_but_its_own(cast: Cast) -> None:
    booked = book(cast, at=MONDAY_8)
    with cast.as_staff(cast.ben) as work:
        times = [one.time for one in free_times_for_staff(work, booked.booking_id, MONDAY_8.date())]
    assert "08:00" not in times
    assert times[0] == "08:20"
