"""The signed-in person's own appointments: hers, all of them, and nobody else's."""

from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.bookings.own import appointment
from smartcx_portal.bookings.own_list import OwnLines, own_appointments
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.booking import Attendee, Booking, BookingStatus
from tests.cast import Cast
from tests.conftest import SUNDAY
from tests.privacy.scenes import TUESDAY, book, clara_books, open_house

pytestmark = pytest.mark.promise("P03")


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def also(cast: Cast, clara: UUID, days: int, status: BookingStatus = BookingStatus.CONFIRMED) -> UUID:
    """Another appointment of hers, so many days from now."""
    with cast.as_job() as work:
        booking = book(work, cast.town, clara, SUNDAY + timedelta(days=days))
        booking.status = status
        return booking.id


def listed(cast: Cast, clara: UUID, *, coming: bool, **part: int) -> OwnLines:
    with cast.as_person(clara) as work:
        return own_appointments(work, coming=coming, **part)


def test_what_is_to_come_stands_in_order(cast: Cast, clara: UUID):
    later, sooner = also(cast, clara, 30), also(cast, clara, 3)
    lines = listed(cast, clara, coming=True).lines
    assert [lines[0].id, lines[2].id] == [str(sooner), str(later)]
    assert lines[1].when == "Dienstag, 1. Dezember 2026, 10:15 Uhr"
    assert (lines[1].service, lines[1].place) == ("Personalausweis beantragen", "Bürgeramt Musterstadt")


def test_what_is_over_or_cancelled_stands_apart_latest_first(cast: Cast, clara: UUID):
    past, cancelled = also(cast, clara, -3), also(cast, clara, 9, BookingStatus.CANCELLED)
    lines = listed(cast, clara, coming=False).lines
    assert [(one.id, one.cancelled) for one in lines] == [(str(cancelled), True), (str(past), False)]


def test_the_secret_opens_the_appointment(cast: Cast, clara: UUID):
    (line,) = listed(cast, clara, coming=True).lines
    with cast.as_visitor() as work:
        assert appointment(work, line.secret).when.starts_at == TUESDAY.isoformat()


def test_whom_it_is_for_is_said_if_it_is_somebody_else(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        booking = work.first(work.select(Booking))
        work.new(Attendee, booking_id=booking.id, name="Ben")
    assert listed(cast, clara, coming=True).lines[0].who == "Ben"


def test_what_was_never_confirmed_is_no_appointment(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.first(work.select(Booking)).booked_at = None
    assert listed(cast, clara, coming=True).lines == []


def test_many_come_a_page_at_a_time(cast: Cast, clara: UUID):
    made = [also(cast, clara, -day) for day in (1, 2, 3)]
    first = listed(cast, clara, coming=False, most=2)
    rest = listed(cast, clara, coming=False, start=2, most=2)
    assert (first.more, rest.more) == (True, False)
    assert [line.id for line in first.lines + rest.lines] == [str(one) for one in made]


@pytest.mark.promise("P02")
def test_nothing_comes_from_another_person_or_tenant(cast: Cast, clara: UUID):
    other = clara_books(cast, name="Ben", email="ben@example.org", starts_at=TUESDAY + timedelta(hours=1))
    assert len(listed(cast, other, coming=True).lines) == 1
    with cast.as_person(clara, cast.salon) as work:
        assert own_appointments(work, coming=True).lines == []


def test_a_visitor_gets_none(cast: Cast):
    with cast.as_visitor() as work, pytest.raises(NotFound):
        own_appointments(work, coming=True)
