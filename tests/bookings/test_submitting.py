"""From a held time to a booking: what must be filled in, what is stored, and what happens next."""

from datetime import timedelta

import pytest

from smartcx_portal.bookings.booking_code import ALPHABET, as_code
from smartcx_portal.bookings.drafts import load_draft, save_entered
from smartcx_portal.bookings.entries import answer_name
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.own import booked_here
from smartcx_portal.bookings.refusals import HoldLapsed, NothingHeld, TooManyPending
from smartcx_portal.bookings.submitting import check_details, submit
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.booking import Answer, Booking, BookingStatus
from smartcx_portal.models.calendar import FieldKind, FormField, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import ConsentEvent, ConsentPurpose
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy.suspension import BookingPaused
from tests.bookings.journeys import (
    BY_MAIL,
    BY_SMS,
    MONDAY_8,
    MONDAY_9,
    TAB,
    TUESDAY_8,
    WITHOUT,
    book,
    booking_row,
    claims,
    messages,
    visitor,
)
from tests.conftest import at


def problems(cast, entries):
    """What the form says about these entries, by field."""
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
    with pytest.raises(InvalidForm) as refusal, visitor(cast.town) as work:
        check_details(work, entries)
    return refusal.value.problems


def consents(cast):
    with cast.as_job() as work:
        return {event.purpose for event in work.all(work.select(ConsentEvent))}


def test_without_a_message_it_is_booked_at_once(cast, frozen):
    done = book(cast, WITHOUT)
    booking = booking_row(cast, done.booking_id)
    assert (done.status, booking.status, booking.booked_at) == ("confirmed", BookingStatus.CONFIRMED, frozen)
    assert messages(cast) == []


def test_by_mail_it_waits_an_hour_for_the_link(cast, frozen):
    done = book(cast, BY_MAIL)
    booking = booking_row(cast, done.booking_id)
    assert (booking.status, booking.lapses_at) == (BookingStatus.PENDING, frozen + timedelta(hours=1))
    assert messages(cast) == [("booking_confirm", "email")]


def test_a_pending_booking_lapses_before_its_appointment_begins(cast):
    with cast.as_job() as work:
        work.get(Service, cast.town.service).lead_min = 0
    with at(MONDAY_8 - timedelta(minutes=20)):
        done = book(cast, BY_MAIL)
    assert booking_row(cast, done.booking_id).lapses_at == MONDAY_8


def test_by_sms_it_waits_and_the_page_sends_the_code(cast, sms):
    done = book(cast, BY_SMS)
    assert (done.status, done.confirming, done.phone) == ("pending", "sms", "+492151555123")
    assert messages(cast) == []


@pytest.mark.promise("P20")
def test_choosing_mail_is_the_recorded_consent_and_nothing_more(cast):
    book(cast, BY_MAIL)
    assert consents(cast) == {ConsentPurpose.MAIL}


@pytest.mark.promise("P20")
def test_seeing_whether_mails_are_opened_needs_a_tick_of_its_own(cast):
    book(cast, BY_MAIL | {"consent-tracking": "yes"})
    assert consents(cast) == {ConsentPurpose.MAIL, ConsentPurpose.TRACKING}


@pytest.mark.promise("P21")
@pytest.mark.promise("P05")
def test_sms_is_two_consents(cast, sms):
    book(cast, BY_SMS)
    assert consents(cast) == {ConsentPurpose.SMS, ConsentPurpose.SMS_TRANSFER}


def test_without_a_message_nothing_is_consented_to(cast):
    book(cast, WITHOUT | {"consent-tracking": "yes", "consent-sms_transfer": "yes", "consent-health": "yes"})
    assert consents(cast) == set()


def test_every_missing_entry_is_named(cast):
    with cast.as_job() as work:
        work.get(FormField, cast.town.question).required = True
    assert problems(cast, {}) == {
        "name": "Enter your name.",
        "confirming": "Choose how we should confirm.",
        answer_name(cast.town.question): "Answer this question.",
    }


@pytest.mark.parametrize("email", ["", "clara", "clara@", "a b@example.org", "clara@example.org, x@example.org"])
def test_a_wrong_mail_address_is_named(cast, email):
    assert problems(cast, BY_MAIL | {"email": email}) == {"email": "Enter an e-mail address like name@example.com."}


def test_a_wrong_number_and_a_missing_transfer_consent_are_named(cast, sms):
    found = problems(cast, BY_SMS | {"phone": "12", "consent-sms_transfer": ""})
    assert found.keys() == {"phone", "consent-sms_transfer"}


def test_sms_is_refused_where_it_is_not_offered(cast):
    assert problems(cast, BY_SMS) == {"confirming": "SMS is not offered here. Choose another way."}


def test_a_service_may_insist_on_a_message(cast):
    with cast.as_job() as work:
        work.get(Service, cast.town.service).without_message = False
    assert problems(cast, WITHOUT).keys() == {"confirming"}


@pytest.mark.promise("P05")
def test_a_sensitive_answer_needs_its_explicit_consent(cast):
    special = answer_name(cast.town.special_question)
    assert problems(cast, WITHOUT | {special: "Rollstuhl"}).keys() == {"consent-health"}


@pytest.mark.promise("P05")
def test_a_sensitive_answer_is_stored_apart_with_its_consent(cast):
    special = answer_name(cast.town.special_question)
    book(cast, WITHOUT | {special: "Rollstuhl", "consent-health": "yes", answer_name(cast.town.question): "L01"})
    with cast.as_job() as work:
        answers = {row.field_id: (row.value, row.special_value) for row in work.all(work.select(Answer))}
    assert answers == {cast.town.special_question: (None, "Rollstuhl"), cast.town.question: ("L01", None)}
    assert consents(cast) == {ConsentPurpose.HEALTH}


@pytest.mark.parametrize(
    ("kind", "entered", "stored"),
    [
        (FieldKind.NUMBER, "2,5", "2.5"),
        (FieldKind.NUMBER, "two", None),
        (FieldKind.NUMBER, "1e999999", None),
        (FieldKind.NUMBER, "NaN", None),
        (FieldKind.DATE, "24.12.2026", "2026-12-24"),
        (FieldKind.DATE, "2026-12-24", "2026-12-24"),
        (FieldKind.DATE, "31.02.2026", None),
        (FieldKind.CHOICE, "neu", "neu"),
        (FieldKind.CHOICE, "other", None),
        (FieldKind.YES_NO, "yes", "yes"),
        (FieldKind.YES_NO, "maybe", None),
        (FieldKind.TEXT, "  two\nlines ", "two\nlines"),
    ],
)
def test_answers_fit_their_kind(cast, kind, entered, stored):
    with cast.as_job() as work:
        field = work.get(FormField, cast.town.question)
        field.kind, field.options = kind, ["neu", "verloren"] if kind is FieldKind.CHOICE else []
    entries = WITHOUT | {answer_name(cast.town.question): entered}
    if stored is None:
        assert problems(cast, entries).keys() == {answer_name(cast.town.question)}
        return
    book(cast, entries)
    with cast.as_job() as work:
        assert work.all(work.select(Answer.value)) == [stored]


def test_a_second_click_gives_the_same_booking(cast):
    first = book(cast, BY_MAIL)
    with visitor(cast.town) as work:
        again = submit(work)
    assert again == first
    with cast.as_job() as work:
        assert (work.count(work.select(Customer)), len(claims(work))) == (1, 1)
    assert messages(cast) == [("booking_confirm", "email")]


def test_nothing_typed_is_left_in_the_draft(cast):
    book(cast, BY_MAIL)
    with visitor(cast.town) as work:
        draft = load_draft(work)
    assert (draft.entered, draft.stage) == ({}, "pending")


def test_the_page_still_knows_the_booking_after_a_reload(cast):
    done = book(cast, WITHOUT)
    with visitor(cast.town) as work:
        here = booked_here(work)
    assert (here.state, here.booking_id) == ("booked", done.booking_id)
    assert here.appointment.code
    assert here.appointment.secret.startswith(done.booking_id)


def test_a_pending_page_shows_a_masked_address_and_no_secret(cast):
    book(cast, BY_MAIL)
    with visitor(cast.town) as work:
        here = booked_here(work)
    assert (here.state, here.to, here.until, here.appointment) == ("pending", "c…@example.org", "11:00 Uhr", None)


def test_a_lapsed_hold_is_not_booked_and_keeps_what_was_typed(cast, frozen):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
        save_entered(work, WITHOUT)
    with at(frozen + timedelta(minutes=10)):
        with pytest.raises(HoldLapsed), visitor(cast.town) as work:
            submit(work)
        with visitor(cast.town) as work:
            assert load_draft(work).entered["name"] == "Clara Lindqvist"


def test_nothing_held_nothing_booked(cast):
    with pytest.raises(NothingHeld), visitor(cast.town) as work:
        submit(work)
    with visitor(cast.town) as work:
        save_entered(work, {"name": "Clara"})
    with pytest.raises(NothingHeld), visitor(cast.town) as work:
        submit(work)


def test_another_tab_cannot_submit_clara_s_hold(cast):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
        save_entered(work, WITHOUT)
    with pytest.raises(NothingHeld), visitor(cast.town, "another-tab") as work:
        submit(work)


def test_a_tenant_suspended_meanwhile_books_nothing(cast):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
        save_entered(work, WITHOUT)
    with cast.as_job() as work:
        work.get(Tenant, cast.town.id).status = TenantStatus.SUSPENDED
    with pytest.raises(BookingPaused), visitor(cast.town) as work:
        submit(work)


def test_three_unconfirmed_bookings_per_address_are_the_limit(cast):
    for number, moment in enumerate((MONDAY_8, MONDAY_9, TUESDAY_8)):
        book(cast, BY_MAIL, at=moment, tab=f"tab-{number}", network=f"net-{number}")
    with pytest.raises(TooManyPending):
        book(cast, BY_MAIL | {"email": "CLARA@example.org"}, at=TUESDAY_8 + timedelta(hours=1), tab="x")
    assert book(cast, BY_MAIL | {"email": "somebody.else@example.org"}, at=TUESDAY_8, tab="y").status == "pending"


def test_the_tab_and_the_network_are_forgotten_once_it_is_booked(cast):
    done = book(cast, WITHOUT)
    booking = booking_row(cast, done.booking_id)
    assert (booking.holder_key, booking.network_key, booking.lapses_at) == (None, None, None)


def test_codes_can_be_read_out_and_typed_sloppily(cast):
    code = booking_row(cast, book(cast, WITHOUT).booking_id).code
    assert len(code) == 9
    assert set(code) <= {*ALPHABET, "-"}
    assert as_code(f" {code.lower().replace('-', ' ')} ") == code


def test_the_trail_says_what_happened_and_nobody_s_name(cast):
    done = book(cast, BY_MAIL)
    with cast.as_job() as work:
        entries = work.all(work.select(AuditEntry).order_by(AuditEntry.seq))
        told = {entry.action: str(entry.object_id) for entry in entries}
        text = " ".join(str(entry.detail) for entry in entries)
    assert told["booking.submitted"] == done.booking_id
    assert "Clara" not in text
    assert "example.org" not in text


def test_each_booking_starts_its_own_person(cast):
    book(cast, WITHOUT)
    book(cast, WITHOUT, at=MONDAY_9, tab="another-tab")
    with cast.as_job() as work:
        assert work.count(work.select(Customer)) == 2
        assert len({booking.customer_id for booking in work.all(work.select(Booking))}) == 2


def test_a_second_booking_in_the_same_tab_leaves_the_first_alone(cast):
    first = book(cast, WITHOUT)
    second = book(cast, WITHOUT, at=MONDAY_9, tab=TAB)
    assert first.booking_id != second.booking_id
    assert booking_row(cast, first.booking_id).status is BookingStatus.CONFIRMED
