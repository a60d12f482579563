"""One booking's page: all that it takes, whom it is for, its series, and what is open about the person's data."""

from datetime import timedelta

import pytest

from smartcx_portal.bookings.cancelling import cancel_booking
from smartcx_portal.bookings.detail import BookingDetail, booking_detail
from smartcx_portal.bookings.moving import move_booking
from smartcx_portal.bookings.story import booking_story
from smartcx_portal.bookings.undoing import undo
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.ids import new_id
from smartcx_portal.models.booking import (
    Attendee,
    Booking,
    BookingPart,
    BookingStatus,
    Claim,
    GroupAppointment,
    Origin,
    Seat,
)
from smartcx_portal.models.calendar import Service, Way
from smartcx_portal.models.privacy import PrivacyCase, Right
from tests.bookings.journeys import BY_MAIL, MONDAY_8, MONDAY_9, TUESDAY_8, book, booking_row
from tests.bookings.test_finding import put
from tests.cast import Cast
from tests.conftest import SUNDAY, at


def detail(cast: Cast, booking_id: object) -> BookingDetail:
    with cast.as_staff(cast.ben) as work:
        return booking_detail(work, str(booking_id))


def confirmed(cast: Cast) -> str:
    """Clara's appointment by mail, as if she had opened its link."""
    booked = book(cast, BY_MAIL, at=MONDAY_8).booking_id
    with cast.as_job() as work:
        work.get(Booking, booking_row(cast, booked).id).status = BookingStatus.CONFIRMED
    return booked


def test_a_combined_visit_names_all_services_and_how_often(cast: Cast) -> None:
    with cast.as_job() as work:
        other = work.new(Service, location_id=cast.town.location, name="Reisepass", duration_min=20)
        booking = put(work, cast.town, way=Way.TELEPHONE, origin=Origin.STAFF, overbooked=True)
        work.new(BookingPart, booking_id=booking.id, service_id=cast.town.service, position=0)
        work.new(BookingPart, booking_id=booking.id, service_id=other.id, quantity=2, position=1)
    found = detail(cast, booking.id)
    assert found.services == ("Personalausweis beantragen", "2 × Reisepass")
    assert (found.way, found.origin, found.overbooked, found.minutes) == ("Am Telefon", "Team", True, 20)


def test_every_resource_that_it_takes_is_named(cast: Cast) -> None:
    with cast.as_job() as work:
        booking = put(work, cast.town)
        for counter in cast.town.counters:
            times = {"starts_at": booking.starts_at, "ends_at": booking.ends_at}
            work.new(Claim, booking_id=booking.id, resource_id=counter, lane=0, **times)
    assert detail(cast, booking.id).team == "Schalter 1, Schalter 2"


def test_a_group_says_how_full_it_is(cast: Cast) -> None:
    with cast.as_job() as work:
        times = {"starts_at": MONDAY_8, "ends_at": MONDAY_9}
        group = work.new(
            GroupAppointment, service_id=cast.town.service, resource_id=cast.town.counters[0], seats=8, **times
        )
        first, second = put(work, cast.town, places=2), put(work, cast.town)
        for number, booking in enumerate((first, first, second)):
            work.new(Seat, group_id=group.id, booking_id=booking.id, number=number)
    assert detail(cast, first.id).seats == "3 von 8 Plätzen sind vergeben, davon 2 durch diese Buchung"


def test_the_appointments_of_a_series_lead_to_each_other(cast: Cast) -> None:
    series = new_id()
    with cast.as_job() as work:
        first = put(work, cast.town, series_id=series)
        second = put(work, cast.town, at=TUESDAY_8, series_id=series, status=BookingStatus.CANCELLED)
        put(work, cast.town, at=TUESDAY_8, series_id=new_id())
        put(work, cast.town, at=MONDAY_9, series_id=series, status=BookingStatus.HELD)
    found = detail(cast, first.id)
    assert [(one.id, one.state, one.here) for one in found.siblings] == [
        (str(first.id), "dieser", True), (str(second.id), "Abgesagt", False),
    ]  # fmt: skip
    assert found.series == "Nummer 1 von 2 einer Serie"


def test_who_it_is_for_stands_beside_who_booked(cast: Cast) -> None:
    with cast.as_job() as work:
        booking = put(work, cast.town)
        work.new(Attendee, booking_id=booking.id, name="Ben Lindqvist")
    found = detail(cast, booking.id)
    assert (found.row.person, found.for_whom) == ("Clara Lindqvist", "Ben Lindqvist")


def test_an_open_restriction_or_objection_is_shown_and_nothing_else_of_it(cast: Cast) -> None:
    with cast.as_job() as work:
        booking = put(work, cast.town)
        for right, status in ((Right.RESTRICTION, "open"), (Right.OBJECTION, "done"), (Right.ACCESS, "open")):
            values = {"received_at": work.now, "due_on": work.now.date(), "request": "Kanarienvogel"}
            work.new(PrivacyCase, customer_id=booking.customer_id, right=right, status=status, **values)
    found = detail(cast, booking.id)
    assert [one.right for one in found.concerns] == ["restriction"]
    assert "Kanarienvogel" not in str(found)


def test_a_message_that_waits_says_when_it_leaves(cast: Cast) -> None:
    booked = confirmed(cast)
    with cast.as_staff(cast.ben) as work:
        move_booking(work, booked, MONDAY_9)
    with cast.as_staff(cast.ben) as work:
        assert booking_story(work, booked).messages[-1].state == "Wartet: geht um 10:01 Uhr raus"
    with at(SUNDAY + timedelta(minutes=2)), cast.as_staff(cast.ben) as work:
        assert booking_story(work, booked).messages[-1].state == "Wartet auf den Versand"


def test_what_was_undone_stands_in_the_story(cast: Cast) -> None:
    booked = confirmed(cast)
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, booked, "Krank")
    with cast.as_staff(cast.ben) as work:
        undo(work, booked)
    with cast.as_staff(cast.ben) as work:
        story = booking_story(work, booked)
    assert [one.what for one in story.history][:2] == ["Rückgängig gemacht", "Abgesagt"]
    assert story.messages[-1].state.startswith("Nicht gesendet")


def test_a_deliberate_overbooking_stands_in_the_story(cast: Cast) -> None:
    booked = confirmed(cast)
    for number, _ in enumerate(cast.town.counters):
        book(cast, at=MONDAY_9, tab=f"tab-{number}", network=f"net-{number}")
    with cast.as_staff(cast.ben) as work:
        move_booking(work, booked, MONDAY_9, overbook=True)
    with cast.as_staff(cast.ben) as work:
        assert booking_story(work, booked).history[0].what == "Verschoben, überbucht"


@pytest.mark.promise("P02")
def test_dora_finds_no_such_booking(cast: Cast) -> None:
    booked = confirmed(cast)
    with cast.as_staff(cast.dora, cast.salon) as work, pytest.raises(NotFound):
        booking_detail(work, booked)
