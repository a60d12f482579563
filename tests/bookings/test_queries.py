"""What staff see: the day, the week, one booking; and that looking at a person is written down."""

import pytest

from smartcx_portal.bookings.cancelling import cancel_booking
from smartcx_portal.bookings.detail import booking_detail
from smartcx_portal.bookings.entries import answer_name
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.queries import day_rows, week_rows
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.privacy import AccessRecord
from tests.bookings.journeys import BY_MAIL, MONDAY_9, TUESDAY_8, WITHOUT, book, booking_row, visitor

MONDAY = "2026-11-23"


def test_the_day_lists_its_bookings_in_the_order_of_the_clock(cast):
    book(cast, BY_MAIL, at=MONDAY_9)
    book(cast, WITHOUT, tab="another-tab")
    book(cast, WITHOUT, at=TUESDAY_8, tab="third-tab")
    with cast.as_staff(cast.ben) as work:
        rows = day_rows(work, MONDAY)
    assert [(row.starts, row.ends, row.person, row.status_text) for row in rows] == [
        ("08:00", "08:20", "Clara Lindqvist", "Gebucht"),
        ("09:00", "09:20", "Clara Lindqvist", "Noch nicht bestätigt"),
    ]
    assert {row.service for row in rows} == {"Personalausweis beantragen"}


def test_what_is_only_held_is_nobodys_appointment(cast):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_9)
    with cast.as_staff(cast.ben) as work:
        assert day_rows(work, MONDAY) == []


def test_cancelled_ones_are_shown_when_asked_for(cast):
    done = book(cast, WITHOUT)
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, done.booking_id, "Krank")
        assert day_rows(work, MONDAY) == []
        (row,) = day_rows(work, MONDAY, cancelled=True)
        assert booking_detail(work, row.id).cancelled_reason == "Krank"
    assert (row.status, row.cancellable) == ("cancelled", False)


def test_the_week_begins_on_its_monday(cast):
    book(cast, WITHOUT, at=TUESDAY_8)
    with cast.as_staff(cast.ben) as work:
        week = week_rows(work, "2026-11-26")
    assert [day.day for day in week][:2] == [MONDAY, "2026-11-24"]
    assert [len(day.rows) for day in week] == [0, 1, 0, 0, 0, 0, 0]


def test_an_erased_person_leaves_the_row_without_a_name(cast):
    done = book(cast, WITHOUT)
    with cast.as_job() as work:
        booking = work.get(type(booking_row(cast, done.booking_id)), booking_row(cast, done.booking_id).id)
        booking.customer_id = None
    with cast.as_staff(cast.ben) as work:
        assert day_rows(work, MONDAY)[0].person == "Gelöscht"
        assert booking_detail(work, done.booking_id).email == ""


def test_the_detail_tells_everything_staff_need(cast):
    entries = BY_MAIL | {answer_name(cast.town.question): "L01X00T47"}
    done = book(cast, entries)
    with cast.as_staff(cast.ben) as work:
        detail = booking_detail(work, done.booking_id)
    assert (detail.email, detail.confirming, detail.booked) == ("clara@example.org", "Per E-Mail", "")
    assert [(answer.label, answer.text) for answer in detail.answers] == [("Alte Ausweisnummer", "L01X00T47")]


@pytest.mark.promise("P03")
def test_opening_a_booking_is_recorded(cast):
    done = book(cast, WITHOUT)
    with cast.as_staff(cast.ben) as work:
        booking_detail(work, done.booking_id)
    with cast.as_job() as work:
        (record,) = work.all(work.select(AccessRecord))
        actions = work.all(work.select(AuditEntry.action))
    customer = booking_row(cast, done.booking_id).customer_id
    assert (record.by_identity, record.customer_id, record.role) == (cast.ben, customer, "staff")
    assert "booking.opened" in actions


@pytest.mark.promise("P02")
def test_dora_sees_nothing_of_it(cast):
    done = book(cast, WITHOUT)
    with cast.as_staff(cast.dora, cast.salon) as work:
        assert day_rows(work, MONDAY) == []
        assert all(day.rows == () for day in week_rows(work, MONDAY))
        with pytest.raises(NotFound):
            booking_detail(work, done.booking_id)


@pytest.mark.parametrize("actor", ["as_visitor", "as_operator"])
def test_neither_a_visitor_nor_the_operator_sees_people(cast, actor):
    done = book(cast, WITHOUT)
    with getattr(cast, actor)() as work:
        for look in (lambda: day_rows(work, MONDAY), lambda: booking_detail(work, done.booking_id)):
            with pytest.raises(NotFound):
                look()
