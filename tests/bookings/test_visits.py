"""Visits of several services, for somebody else, in a series: from the held time to the booking and its messages."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from icalendar import Calendar

from smartcx_portal.bookings.cancelling_series import cancel_series_by_link
from smartcx_portal.bookings.catalogue import partners, service, services
from smartcx_portal.bookings.closures import add_closure
from smartcx_portal.bookings.confirming import confirm_by_link
from smartcx_portal.bookings.drafts import load_draft, save_entered
from smartcx_portal.bookings.entries import answer_name
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.moving import move_by_link
from smartcx_portal.bookings.own import appointment, ics_by_link
from smartcx_portal.bookings.refusals import (
    AppointmentOver,
    NoLongerOffered,
    TooManyADay,
    TooManyAWeek,
    TooManyUnproven,
)
from smartcx_portal.bookings.submitting import check_details, submit
from smartcx_portal.kit import limits
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.messaging.links import booking_secret, confirm_secret
from smartcx_portal.models.booking import Answer, Attendee, Booking, BookingStatus, Way
from smartcx_portal.models.calendar import FieldKind, FormField, Service, ServiceResource
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.staff import Role
from tests.bookings.journeys import (
    BY_MAIL,
    MONDAY_8,
    MONDAY_9,
    TUESDAY_8,
    WITHOUT,
    booking_row,
    claims,
    messages,
    visitor,
)
from tests.conftest import at

CHILD = {"for_whom": "other", "attendee": "Ben Lindqvist"}
WEEK = timedelta(weeks=1)


@pytest.fixture
def passport(cast) -> UUID:
    """A second service at both counters, up to three at once; both can be combined."""
    with cast.as_job() as work:
        work.get(Service, cast.town.service).combinable = True
        made = work.new(
            Service,
            location_id=cast.town.location,
            name="Reisepass",
            duration_min=10,
            combinable=True,
            most_at_once=3,
            position=1,
        )
        for counter in cast.town.counters:
            work.new(ServiceResource, service_id=made.id, resource_id=counter)
        work.new(FormField, service_id=made.id, label="Wie groß sind Sie?", why="Steht im Pass", kind=FieldKind.NUMBER)
        return made.id


def change(cast, **values) -> None:
    """Set columns of the town's first service."""
    with cast.as_job() as work:
        found = work.get(Service, cast.town.service)
        for name, value in values.items():
            setattr(found, name, value)


def book_visit(cast, entries, services=None, *, start=MONDAY_8, tab="tab-of-clara", network="net-1", **chosen):
    """Hold, type, submit: three events, as the page makes them."""
    with visitor(cast.town, tab, network) as work:
        hold(work, services or cast.town.service, start, **chosen)
    with visitor(cast.town, tab, network) as work:
        save_entered(work, entries)
    with visitor(cast.town, tab, network) as work:
        return submit(work)


def secret_of(cast, booking_id: str, make=booking_secret) -> str:
    return make(booking_row(cast, booking_id))


def series_rows(cast) -> list[Booking]:
    with cast.as_job() as work:
        return list(work.all(work.select(Booking).order_by(Booking.starts_at)))


def problems(cast, entries):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
    with pytest.raises(InvalidForm) as refusal, visitor(cast.town) as work:
        check_details(work, entries)
    return refusal.value.problems


# -- several services


def test_a_visit_asks_the_questions_of_all_its_services(cast, passport):
    wanted = f"{passport}*2,{cast.town.service}"
    with visitor(cast.town) as work:
        hold(work, wanted, MONDAY_8)
        tall = work.first(work.select(FormField.id).where(FormField.service_id == passport))
    done = book_visit(cast, WITHOUT | {answer_name(tall): "1,80", answer_name(cast.town.question): "L01"}, wanted)
    with cast.as_job() as work:
        answers = dict(work.all(work.select(Answer.field_id, Answer.value)))
    assert answers == {tall: "1.80", cast.town.question: "L01"}
    booking = booking_row(cast, done.booking_id)
    assert booking.ends_at - booking.starts_at == timedelta(minutes=40)


def test_a_visit_is_named_after_all_its_services(cast, passport):
    done = book_visit(cast, WITHOUT, f"{passport}*2,{cast.town.service}")
    with visitor(cast.town) as work:
        own = appointment(work, secret_of(cast, done.booking_id))
    assert own.service == "2 × Reisepass, Personalausweis beantragen"
    assert own.services == f"{passport}*2,{cast.town.service}"


def test_a_visit_moves_as_a_whole(cast, passport):
    done = book_visit(cast, WITHOUT, f"{passport}*2,{cast.town.service}")
    with visitor(cast.town) as work:
        move_by_link(work, secret_of(cast, done.booking_id), TUESDAY_8)
    with cast.as_job() as work:
        (claim,) = claims(work, done.booking_id)
    assert claim.ends_at - claim.starts_at == timedelta(minutes=40)


def test_answers_outlive_a_change_of_the_other_services(cast, passport):
    with visitor(cast.town) as work:
        hold(work, f"{cast.town.service},{passport}", MONDAY_8)
        save_entered(work, BY_MAIL | {answer_name(cast.town.question): "L01"})
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_9)
    with visitor(cast.town) as work:
        assert load_draft(work).entered[answer_name(cast.town.question)] == "L01"


def test_partners_are_those_that_fit_into_one_visit(cast, passport):
    with visitor(cast.town) as work:
        assert [one.name for one in partners(work, cast.town.service)] == ["Reisepass"]
    with cast.as_job() as work:
        work.get(Service, passport).ways = [Way.VIDEO.value]
    with visitor(cast.town) as work:
        assert partners(work, cast.town.service) == []


def test_what_only_the_staff_book_is_not_offered(cast):
    change(cast, online=False)
    with visitor(cast.town) as work:
        assert services(work) == []
        with pytest.raises(NoLongerOffered):
            service(work, cast.town.service)


# -- somebody else, and the telephone


def test_who_comes_is_kept_beside_who_books(cast):
    book_visit(cast, WITHOUT | CHILD)
    with cast.as_job() as work:
        assert work.all(work.select(Attendee.name)) == ["Ben Lindqvist"]
        assert work.all(work.select(Customer.name)) == ["Clara Lindqvist"]


def test_the_name_of_who_comes_is_needed(cast):
    assert problems(cast, WITHOUT | {"for_whom": "other", "attendee": " "}).keys() == {"attendee"}


def test_a_service_may_be_for_oneself_only(cast):
    change(cast, for_others=False)
    assert problems(cast, WITHOUT | CHILD).keys() == {"for_whom"}


def test_for_oneself_no_second_name_is_kept(cast):
    book_visit(cast, WITHOUT | CHILD | {"for_whom": "me"})
    with cast.as_job() as work:
        assert work.count(work.select(Attendee)) == 0


def test_a_call_needs_a_number_whatever_the_way_of_confirming(cast):
    change(cast, ways=[Way.TELEPHONE.value])
    assert problems(cast, BY_MAIL).keys() == {"phone"}
    book_visit(cast, BY_MAIL | {"phone": "+43 1 5131511"})
    with cast.as_job() as work:
        assert work.all(work.select(Customer.phone)) == ["+4315131511"]


def test_signs_that_turn_the_direction_of_writing_go_and_names_of_all_scripts_stay(cast):
    book_visit(cast, WITHOUT | {"name": "\u202eClara 🌷 لينا\u2066 👩‍👧"})
    with cast.as_job() as work:
        assert work.all(work.select(Customer.name)) == ["Clara 🌷 لينا 👩‍👧"]


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        ("29.02.2027", "This day is not in the calendar. Enter a date, such as 24.12.2026."),
        ("2027-02-29", "This day is not in the calendar. Enter a date, such as 24.12.2026."),
        ("?", "Enter a date, such as 24.12.2026."),
    ],
)
def test_a_day_that_does_not_exist_is_said_to_be_none(cast, entered, sentence):
    with cast.as_job() as work:
        work.get(FormField, cast.town.question).kind = FieldKind.DATE
    name = answer_name(cast.town.question)
    assert problems(cast, WITHOUT | {name: entered}) == {name: sentence}


def test_the_leap_day_is_a_day(cast):
    with cast.as_job() as work:
        work.get(FormField, cast.town.question).kind = FieldKind.DATE
    book_visit(cast, WITHOUT | {answer_name(cast.town.question): "29.02.2028"})
    with cast.as_job() as work:
        assert work.all(work.select(Answer.value)) == ["2028-02-29"]


def test_an_answer_that_is_too_long_is_named_and_all_else_kept(cast):
    name = answer_name(cast.town.question)
    assert problems(cast, BY_MAIL | {name: "x" * 2001}) == {name: "Use at most 2000 characters."}
    with visitor(cast.town) as work:
        with suppress(InvalidForm):
            save_entered(work, BY_MAIL | {name: "x" * 2001})
        assert load_draft(work).entered == BY_MAIL


# -- limits per person


def test_a_second_appointment_on_a_day_is_refused_to_the_same_address(cast):
    change(cast, per_person_day=1)
    book_visit(cast, BY_MAIL)
    with pytest.raises(TooManyADay) as refusal:
        book_visit(cast, BY_MAIL | {"email": "CLARA@Example.org "}, start=MONDAY_9, tab="another")
    assert refusal.value.field == "email"
    assert book_visit(cast, BY_MAIL, start=TUESDAY_8, tab="third").status == "pending"


def test_a_week_begins_on_monday(cast):
    change(cast, per_person_week=1)
    book_visit(cast, BY_MAIL)
    with pytest.raises(TooManyAWeek):
        book_visit(cast, BY_MAIL, start=TUESDAY_8, tab="another")
    assert book_visit(cast, BY_MAIL, start=MONDAY_8 + WEEK, tab="third").status == "pending"


def test_what_is_cancelled_or_lapsed_does_not_count(cast):
    change(cast, per_person_day=1)
    done = book_visit(cast, BY_MAIL)
    with cast.as_job() as work:
        work.get(Booking, UUID(done.booking_id)).lapses_at = work.now
    assert book_visit(cast, BY_MAIL, start=MONDAY_9, tab="another").status == "pending"


def test_the_details_name_the_limit_before_booking(cast):
    change(cast, per_person_day=1)
    book_visit(cast, BY_MAIL)
    with visitor(cast.town, "another") as work:
        hold(work, cast.town.service, MONDAY_9)
    with pytest.raises(TooManyADay), visitor(cast.town, "another") as work:
        check_details(work, BY_MAIL)


def test_a_limit_needs_an_address(cast):
    change(cast, per_person_week=1)
    assert problems(cast, WITHOUT).keys() == {"confirming"}


def test_a_series_counts_with_all_its_appointments(cast):
    change(cast, per_person_week=1, most_repeats=3)
    assert book_visit(cast, BY_MAIL, repeats=3).status == "pending"


# -- without double opt-in


def test_without_double_opt_in_it_is_booked_at_once_and_the_address_unproven(cast):
    change(cast, double_opt_in=False)
    done = book_visit(cast, BY_MAIL)
    assert (done.status, messages(cast)) == ("confirmed", [("booking_booked", "email")])
    with cast.as_job() as work:
        assert work.all(work.select(Customer.email_verified_at)) == [None]


def test_nobody_has_many_strangers_written_to(cast):
    change(cast, double_opt_in=False)
    limits.forget_all()
    for _ in range(20):
        limits.limit("unproven", f"{cast.town.id}:net-1", "20 per hour")
    with pytest.raises(TooManyUnproven):
        book_visit(cast, BY_MAIL)


# -- a series


@pytest.fixture
def weekly(cast) -> None:
    """Up to four appointments in one go."""
    change(cast, most_repeats=4)


def test_a_series_is_one_person_one_question_and_one_mail(cast, weekly):
    done = book_visit(cast, BY_MAIL | CHILD, repeats=3)
    rows = series_rows(cast)
    assert [one.starts_at for one in rows] == [MONDAY_8, MONDAY_8 + WEEK, MONDAY_8 + 2 * WEEK]
    assert {one.status for one in rows} == {BookingStatus.PENDING}
    assert len({one.customer_id for one in rows}) == 1
    assert len({one.code for one in rows}) == 3
    assert messages(cast) == [("booking_confirm", "email")]
    with visitor(cast.town) as work:
        confirm_by_link(work, secret_of(cast, done.booking_id, confirm_secret))
    assert {one.status for one in series_rows(cast)} == {BookingStatus.CONFIRMED}
    assert messages(cast) == [("booking_confirm", "email"), ("booking_booked", "email")]


def test_a_date_that_does_not_fit_is_told_with_its_reason_also_after_a_reload(cast, weekly):
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        add_closure(work, "2026-11-30")
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8, repeats=3)
    with visitor(cast.town) as work:
        held = load_draft(work).hold
    assert held.series == ("Montag, 7. Dezember 2026, 08:00 Uhr",)
    assert held.missed == ("Montag, 30. November 2026, 08:00 Uhr: an diesem Tag nicht angeboten",)


def test_the_calendar_file_holds_the_whole_series(cast, weekly):
    done = book_visit(cast, WITHOUT, repeats=3)
    with visitor(cast.town) as work:
        own = appointment(work, secret_of(cast, done.booking_id))
        file = Calendar.from_ical(ics_by_link(work, own.calendar))
    assert [one.text for one in own.series] == [
        "Montag, 30. November 2026, 08:00 Uhr",
        "Montag, 7. Dezember 2026, 08:00 Uhr",
    ]
    assert len({str(event["UID"]) for event in file.walk("VEVENT")}) == 3


def test_one_of_a_series_is_cancelled_alone_or_all_that_are_to_come(cast, weekly):
    change(cast, cancel_until_min=0)
    done = book_visit(cast, BY_MAIL, repeats=3)
    with visitor(cast.town) as work:
        confirm_by_link(work, secret_of(cast, done.booking_id, confirm_secret))
    with visitor(cast.town) as work:
        cancel_series_by_link(work, secret_of(cast, done.booking_id), "Ich bin verreist")
    assert {one.status for one in series_rows(cast)} == {BookingStatus.CANCELLED}
    assert messages(cast)[2:] == [("booking_cancelled", "email")]
    with cast.as_job() as work:
        assert claims(work) == []


def test_each_of_a_series_leads_to_the_others(cast, weekly):
    done = book_visit(cast, WITHOUT, repeats=2)
    with visitor(cast.town) as work:
        (other,) = appointment(work, secret_of(cast, done.booking_id)).series
        assert appointment(work, other.secret).when.text == other.text


def test_one_of_a_series_moves_alone(cast, weekly):
    book_visit(cast, WITHOUT, repeats=2)
    second = series_rows(cast)[1]
    with visitor(cast.town) as work:
        move_by_link(work, booking_secret(second), TUESDAY_8)
    assert [one.starts_at for one in series_rows(cast)] == [MONDAY_8, TUESDAY_8]


def test_those_that_can_no_longer_be_changed_online_stay(cast, weekly):
    done = book_visit(cast, WITHOUT, repeats=2)
    second = series_rows(cast)[1]
    change(cast, cancel_until_min=24 * 60)
    with at(MONDAY_8 + timedelta(days=1)):
        with visitor(cast.town) as work:
            move_by_link(work, booking_secret(second), MONDAY_8 + timedelta(days=1, hours=25))
        with pytest.raises(AppointmentOver), visitor(cast.town) as work:
            cancel_series_by_link(work, secret_of(cast, done.booking_id))
    assert series_rows(cast)[1].status is BookingStatus.CONFIRMED
