"""Group appointments and several resources at once, as people and staff book them."""

from datetime import timedelta

import pytest

from smartcx_portal.bookings.cancelling import cancel_booking
from smartcx_portal.bookings.drafts import save_entered
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.moving import move_booking
from smartcx_portal.bookings.offering import free_times
from smartcx_portal.bookings.refusals import SlotTaken
from smartcx_portal.bookings.staff_booking import book_for
from smartcx_portal.bookings.submitting import submit
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.models.booking import Claim
from smartcx_portal.models.calendar import Service
from tests.bookings.journeys import WITHOUT, booking_row, visitor
from tests.bookings.office import EIGHT, MONDAY, Office, make_office, read_books
from tests.cast import Cast

HALF_PAST = EIGHT + timedelta(minutes=30)


@pytest.fixture
def office(cast: Cast) -> Office:
    return make_office(cast)


def books_course(cast: Cast, office: Office, who: str, *, places: int = 1, at=EIGHT, service=None) -> str:
    with visitor(cast.town, who, network=who) as work:
        hold(work, service or office.course, at, places=places)
    with visitor(cast.town, who, network=who) as work:
        save_entered(work, WITHOUT)
        return submit(work).booking_id


def seats_left(cast: Cast, office: Office) -> dict[str, int]:
    with visitor(cast.town, "looking", network="looking") as work:
        return {one.time: one.seats for one in free_times(work, office.course, MONDAY, MONDAY)}


def test_people_share_a_group_and_its_room(cast, office):
    """The room is taken by the group itself: who joins it needs no other."""
    for who in ("one", "two", "three"):
        books_course(cast, office, who)
    with cast.as_job() as work:
        books = read_books(work)
    assert len(books.groups) == 1
    assert {claim.resource_id for claim in books.claims} == {office.counters[1], office.room}
    assert sorted(seat.number for seat in books.seats) == [0, 1, 2]


def test_a_group_tells_how_many_seats_are_left(cast, office):
    books_course(cast, office, "one", places=2)
    left = seats_left(cast, office)
    assert (left["08:00"], left["08:30"]) == (1, 3)


def test_a_full_group_is_taken(cast, office):
    books_course(cast, office, "one", places=2)
    with pytest.raises(SlotTaken):
        books_course(cast, office, "two", places=2)
    books_course(cast, office, "three")
    assert "08:00" not in seats_left(cast, office)


def test_a_group_ends_with_its_last_seat(cast, office):
    ids = [books_course(cast, office, who) for who in ("one", "two")]
    for number, one in enumerate(ids):
        with cast.as_staff(cast.ben) as work:
            cancel_booking(work, one, "Krank")
            assert len(work.all(work.select(Claim))) == (0 if number else 2)
    assert seats_left(cast, office)["08:00"] == 3


def test_a_seat_moves_from_one_group_to_the_next(cast, office):
    one, two = (books_course(cast, office, who) for who in ("one", "two"))
    with cast.as_staff(cast.ben) as work:
        move_booking(work, one, HALF_PAST)
    left = seats_left(cast, office)
    assert (left["08:00"], left["08:30"]) == (2, 2)
    assert booking_row(cast, two).starts_at == EIGHT


def test_a_seat_cannot_be_given_a_length_of_its_own(cast, office):
    one = books_course(cast, office, "one")
    with cast.as_staff(cast.ben) as work, pytest.raises(InvalidForm) as refused:
        move_booking(work, one, EIGHT, minutes=60)
    assert list(refused.value.problems) == ["minutes"]


def test_who_joins_a_group_gets_its_end_also_after_the_service_changed(cast, office):
    books_course(cast, office, "one")
    with cast.as_job() as work:
        work.get(Service, office.course).duration_min = 20
    two = booking_row(cast, books_course(cast, office, "two"))
    assert two.ends_at - two.starts_at == timedelta(minutes=30)


def test_the_staff_may_put_one_more_into_a_group_and_it_is_marked(cast, office):
    books_course(cast, office, "one", places=2)
    with cast.as_staff(cast.ben) as work:
        made = book_for(work, office.course, EIGHT, WITHOUT, places=2, overbook=True)
    assert made.overbooked
    with cast.as_job() as work:
        assert len(read_books(work).seats) == 4


def test_an_appointment_with_a_room_claims_both(cast, office):
    booking_id = books_course(cast, office, "one", service=office.pair, at=EIGHT)
    with cast.as_job() as work:
        books = read_books(work)
    taken = {claim.resource_id for claim in books.claims_of(next(iter(books.bookings)))}
    assert office.room in taken
    assert booking_row(cast, booking_id).resource_id in taken & set(office.counters)


def test_the_room_of_one_is_not_the_room_of_another(cast, office):
    books_course(cast, office, "one", service=office.pair)
    with pytest.raises(SlotTaken):
        books_course(cast, office, "two", service=office.pair)


def test_a_walk_in_goes_to_the_counter_that_is_free(cast, office):
    with cast.as_staff(cast.ben) as work:
        book_for(work, office.short, EIGHT, WITHOUT, resource_id=office.counters[0])
    early = EIGHT - timedelta(minutes=10)
    with cast.as_staff(cast.ben) as work:
        made = book_for(work, office.short, early, WITHOUT, walk_in=True)
    assert booking_row(cast, made.booking_id).resource_id == office.counters[1]
    assert not made.overbooked
