"""Ben books for Clara, who calls or stands at the counter."""

from datetime import UTC, datetime, timedelta

import pytest

from smartcx_portal.bookings.entries import answer_name
from smartcx_portal.bookings.refusals import NotOffered, SlotTaken
from smartcx_portal.bookings.staff_booking import book_for
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.booking import Answer, Attendee, Booking, BookingStatus, Origin
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Message
from smartcx_portal.models.privacy import ConsentEvent, ConsentPurpose
from tests.bookings.journeys import MONDAY_8, MONDAY_9, book, booking_row, claims
from tests.cast import CLARA
from tests.conftest import SUNDAY, at

CALLER = {"name": CLARA["name"], "confirming": "none"}
BY_MAIL = {**CALLER, "confirming": "email", "email": CLARA["email"], "consent-mail": "yes"}


def books(cast, entered=CALLER, starts_at=MONDAY_8, **more):
    """Ben, in one transaction."""
    with cast.as_staff(cast.ben) as work:
        return book_for(work, cast.town.service, starts_at, entered, **more)


def rows(cast, model):
    with cast.as_job() as work:
        return list(work.all(work.select(model)))


def test_it_is_certain_at_once_and_known_as_made_by_the_staff(cast):
    made = books(cast)
    row = booking_row(cast, made.booking_id)
    assert (row.status, row.origin, row.code) == (BookingStatus.CONFIRMED, Origin.STAFF, made.code)


def test_it_takes_its_time_like_any_other(cast):
    made = books(cast)
    with cast.as_job() as work:
        (claim,) = claims(work, made.booking_id)
    assert (claim.starts_at, claim.online) == (MONDAY_8, False)


def test_an_address_is_kept_for_questions_without_any_message(cast):
    books(cast, {**CALLER, "phone": "02151 555123"})
    (clara,) = rows(cast, Customer)
    assert (clara.phone, clara.phone_verified_at) == ("+492151555123", None)
    assert rows(cast, Message) == []


def test_a_message_needs_the_consent_that_the_person_gave(cast):
    with pytest.raises(InvalidForm) as refused:
        books(cast, {**BY_MAIL, "consent-mail": ""})
    assert list(refused.value.problems) == ["consent-mail"]


def test_the_consent_is_recorded_as_given_to_the_staff(cast):
    books(cast, BY_MAIL)
    (given,) = rows(cast, ConsentEvent)
    assert (given.purpose, given.channel) == (ConsentPurpose.MAIL, "staff")
    assert [one.kind for one in rows(cast, Message)] == ["booking_booked"]


def test_a_sensitive_answer_needs_its_own_consent(cast):
    answer = {answer_name(cast.town.special_question): "Rollstuhl"}
    with pytest.raises(InvalidForm) as refused:
        books(cast, CALLER | answer)
    assert list(refused.value.problems) == ["consent-health"]
    books(cast, CALLER | answer | {"consent-health": "yes"})
    (stored,) = rows(cast, Answer)
    assert (stored.special_value, stored.value) == ("Rollstuhl", None)


def test_somebody_else_may_come(cast):
    books(cast, {**CALLER, "for_whom": "other", "attendee": "Ben"})
    assert [one.name for one in rows(cast, Attendee)] == ["Ben"]


def test_a_name_is_needed(cast):
    with pytest.raises(InvalidForm) as refused:
        books(cast, {**CALLER, "name": " "})
    assert refused.value.problems == {"name": "Enter the person's name."}


def test_lead_time_and_horizon_do_not_bind(cast):
    with at(MONDAY_8 - timedelta(minutes=1)):
        assert books(cast)
    later = MONDAY_8 + timedelta(days=7 * 20)
    assert books(cast, starts_at=later)


def test_a_time_that_is_taken_is_refused_with_others_beside_it(cast):
    for _ in cast.town.counters:
        books(cast)
    with pytest.raises(SlotTaken) as refused:
        books(cast)
    assert refused.value.nearest
    assert len(rows(cast, Booking)) == 2


def test_overbooking_is_deliberate_marked_and_in_the_trail(cast):
    for _ in cast.town.counters:
        books(cast)
    made = books(cast, overbook=True)
    assert made.overbooked
    assert booking_row(cast, made.booking_id).overbooked
    with cast.as_job() as work:
        query = work.select(AuditEntry).where(AuditEntry.action == "booking.submitted")
        noted = [one.detail.get("overbooked") for one in work.all(query.order_by(AuditEntry.seq))]
    assert noted == [None, None, True]


def test_asking_to_overbook_where_something_is_free_marks_nothing(cast):
    assert not books(cast, overbook=True).overbooked


def test_a_time_that_is_closed_is_refused(cast):
    with pytest.raises(NotOffered):
        books(cast, starts_at=SUNDAY + timedelta(hours=1))


def test_who_is_there_now_needs_no_opening_hours(cast):
    made = books(cast, starts_at=SUNDAY, walk_in=True)
    assert not made.overbooked


def test_who_is_there_now_needs_a_free_place(cast):
    between = MONDAY_8 + timedelta(minutes=5)
    with at(between):
        for _ in cast.town.counters:
            books(cast, starts_at=between, walk_in=True)
        with pytest.raises(SlotTaken):
            books(cast, starts_at=between, walk_in=True)


def test_a_day_that_is_over_is_refused(cast):
    with pytest.raises(InvalidForm):
        books(cast, starts_at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC), overbook=True)


def test_the_named_resource_serves(cast):
    second = cast.town.counters[1]
    made = books(cast, resource_id=second)
    assert booking_row(cast, made.booking_id).resource_id == second


def test_several_in_one_visit_take_their_time_together(cast):
    with cast.as_staff(cast.ben) as work:
        made = book_for(work, f"{cast.town.service}*3", MONDAY_8, CALLER)
    row = booking_row(cast, made.booking_id)
    assert row.ends_at - row.starts_at == timedelta(minutes=60)


def test_what_people_hold_online_is_taken_for_the_staff_too(cast):
    book(cast, at=MONDAY_9)
    books(cast, starts_at=MONDAY_9)
    with pytest.raises(SlotTaken):
        books(cast, starts_at=MONDAY_9)


def test_dora_finds_nothing_to_book_at_the_town(cast):
    with cast.as_staff(cast.dora, cast.salon) as work, pytest.raises(NotFound):
        book_for(work, cast.town.service, MONDAY_8, CALLER)


def test_a_visitor_cannot_book_as_staff(cast):
    with cast.as_visitor() as work, pytest.raises(NotFound):
        book_for(work, cast.town.service, MONDAY_8, CALLER)
