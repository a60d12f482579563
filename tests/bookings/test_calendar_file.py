"""The .ics file: RFC 5545, the place's zone, no name and no code in it."""

from uuid import UUID

from icalendar import Calendar

from smartcx_portal.bookings.cancelling import cancel_by_link
from smartcx_portal.bookings.moving import move_by_link
from smartcx_portal.bookings.own import appointment, ics_by_link
from smartcx_portal.models.calendar import Service
from tests.bookings.journeys import TUESDAY_8, WITHOUT, booking_row, visitor
from tests.bookings.test_cancelling import booked


def event_of(cast, secret):
    with visitor(cast.town) as work:
        file = ics_by_link(work, appointment(work, secret).calendar)
    calendar = Calendar.from_ical(file)
    return calendar, calendar.walk("VEVENT")[0], file


def test_it_says_when_and_where_in_the_zone_of_the_place(cast):
    _, secret = booked(cast, WITHOUT)
    calendar, event, _ = event_of(cast, secret)
    assert event["DTSTART"].dt.isoformat() == "2026-11-23T08:00:00+01:00"
    assert event["DTEND"].dt.isoformat() == "2026-11-23T08:20:00+01:00"
    assert str(event["LOCATION"]) == "Bürgeramt Musterstadt, Markt 1, 47798 Musterstadt"
    assert calendar.walk("VTIMEZONE")


def test_it_tells_neither_name_nor_code(cast):
    booking_id, secret = booked(cast, WITHOUT)
    text = event_of(cast, secret)[2].decode()
    assert "Clara" not in text
    assert booking_row(cast, booking_id).code not in text


def test_calendars_follow_a_change_and_a_cancellation(cast):
    _, secret = booked(cast, WITHOUT)
    first = event_of(cast, secret)[1]
    with visitor(cast.town) as work:
        move_by_link(work, secret, TUESDAY_8)
    moved = event_of(cast, secret)[1]
    with visitor(cast.town) as work:
        cancel_by_link(work, secret)
    calendar, gone, _ = event_of(cast, secret)
    assert first["UID"] == moved["UID"] == gone["UID"]
    assert [one["SEQUENCE"] for one in (first, moved, gone)] == [0, 1, 2]
    assert (str(gone["STATUS"]), str(calendar["METHOD"])) == ("CANCELLED", "CANCEL")


def test_line_breaks_in_a_tenants_text_add_no_lines_of_their_own(cast):
    booking_id, secret = booked(cast, WITHOUT)
    with cast.as_job() as work:
        service = work.get(Service, booking_row(cast, booking_id).service_id)
        service.name = "Ausweis\r\nATTENDEE:mailto:x@example.org"
        service.bring = "Foto\r\nEND:VEVENT"
    _, event, file = event_of(cast, secret)
    assert "ATTENDEE" not in event
    assert b"\r\nATTENDEE" not in file
    assert UUID(str(event["UID"]).partition("@")[0]) == UUID(booking_id)
