"""Double opt-in: a link that shows by itself and acts by a button, a code by SMS, and what is too late."""

from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.accounts.codes import redeem, send_code
from smartcx_portal.bookings.cancelling import cancel_by_link
from smartcx_portal.bookings.confirming import (
    confirm_after_code,
    confirm_by_link,
    correct_address,
    look_at_confirmation,
    resend_confirmation,
)
from smartcx_portal.bookings.expiring import free_lapsed
from smartcx_portal.bookings.own import booked_here
from smartcx_portal.bookings.refusals import (
    CodeMissing,
    LinkExpired,
    LinkUsed,
    NothingHeld,
    SendAgainLater,
    SentTooOften,
)
from smartcx_portal.kit.tokens import number_code
from smartcx_portal.messaging.links import LinkInvalid, booking_secret, confirm_secret
from smartcx_portal.models.booking import Answer, Booking, BookingStatus
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, CodeUse, Message, OneTimeCode
from smartcx_portal.models.privacy import ConsentEvent
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy.suspension import BookingPaused
from tests.bookings.journeys import (
    BY_MAIL,
    BY_SMS,
    MONDAY_8,
    MONDAY_9,
    book,
    booking_row,
    messages,
    visitor,
)
from tests.conftest import at


def link(cast, booking_id):
    return confirm_secret(booking_row(cast, booking_id))


def confirm(cast, booking_id):
    with visitor(cast.town, "tab-of-the-mail") as work:
        return confirm_by_link(work, link(cast, booking_id))


def test_looking_at_the_link_changes_nothing(cast):
    done = book(cast, BY_MAIL)
    with visitor(cast.town, "tab-of-the-mail") as work:
        seen = look_at_confirmation(work, link(cast, done.booking_id))
    assert (seen.state, seen.until, seen.when.time_text) == ("open", "11:00 Uhr", "08:00 Uhr")
    assert booking_row(cast, done.booking_id).status is BookingStatus.PENDING


def test_the_button_books_and_says_so(cast, frozen):
    done = book(cast, BY_MAIL)
    confirm(cast, done.booking_id)
    booking = booking_row(cast, done.booking_id)
    assert (booking.status, booking.booked_at, booking.lapses_at) == (BookingStatus.CONFIRMED, frozen, None)
    assert messages(cast)[-1] == ("booking_booked", "email")


def test_the_address_counts_as_the_persons_from_then_on(cast, frozen):
    done = book(cast, BY_MAIL)
    confirm(cast, done.booking_id)
    with cast.as_job() as work:
        assert work.get(Customer, UUID(done.customer_id)).email_verified_at == frozen


def test_the_page_that_waits_sees_it(cast):
    done = book(cast, BY_MAIL)
    confirm(cast, done.booking_id)
    with visitor(cast.town) as work:
        assert booked_here(work).state == "booked"


def test_a_second_click_is_harmless(cast):
    done = book(cast, BY_MAIL)
    assert confirm(cast, done.booking_id) == confirm(cast, done.booking_id)
    assert messages(cast).count(("booking_booked", "email")) == 1


@pytest.mark.parametrize("freed", [False, True])
def test_a_late_link_says_until_when_it_worked(cast, frozen, freed):
    done = book(cast, BY_MAIL)
    with at(frozen + timedelta(hours=1)):
        if freed:
            with cast.as_job() as work:
                free_lapsed(work)
        with visitor(cast.town) as work:
            assert look_at_confirmation(work, link(cast, done.booking_id)).state == "lapsed"
        with pytest.raises(LinkExpired) as refusal:
            confirm(cast, done.booking_id)
    assert refusal.value.text("de") == "Der Link galt bis 11:00 Uhr. Bitte wählen Sie eine neue Zeit."


def test_the_link_of_a_cancelled_appointment_is_used(cast):
    done = book(cast, BY_MAIL)
    secret = confirm(cast, done.booking_id).secret
    with visitor(cast.town) as work:
        cancel_by_link(work, secret)
    with pytest.raises(LinkUsed):
        confirm(cast, done.booking_id)


def test_the_link_for_managing_does_not_confirm(cast):
    done = book(cast, BY_MAIL)
    with pytest.raises(LinkInvalid), visitor(cast.town) as work:
        confirm_by_link(work, booking_secret(booking_row(cast, done.booking_id)))


def test_a_link_works_at_its_own_tenant_only(cast):
    done = book(cast, BY_MAIL)
    with pytest.raises(LinkInvalid), visitor(cast.salon) as work:
        confirm_by_link(work, link(cast, done.booking_id))


def test_a_suspended_tenant_confirms_nothing(cast):
    done = book(cast, BY_MAIL)
    with cast.as_job() as work:
        work.get(Tenant, cast.town.id).status = TenantStatus.SUSPENDED
    with pytest.raises(BookingPaused):
        confirm(cast, done.booking_id)


def test_the_mail_can_be_sent_again_after_a_minute(cast, frozen):
    book(cast, BY_MAIL)
    with pytest.raises(SendAgainLater), visitor(cast.town) as work:
        resend_confirmation(work)
    with at(frozen + timedelta(minutes=1)), visitor(cast.town) as work:
        resend_confirmation(work)
    assert messages(cast) == [("booking_confirm", "email")] * 2


def test_the_mail_is_not_sent_endlessly(cast, frozen):
    book(cast, BY_MAIL)
    for minute in range(1, 5):
        with at(frozen + timedelta(minutes=minute)), visitor(cast.town) as work:
            resend_confirmation(work)
    with at(frozen + timedelta(minutes=9)), pytest.raises(SentTooOften), visitor(cast.town) as work:
        resend_confirmation(work)


def test_only_the_tab_that_booked_sends_again(cast, frozen):
    book(cast, BY_MAIL)
    with at(frozen + timedelta(minutes=5)), pytest.raises(NothingHeld), visitor(cast.town, "another-tab") as work:
        resend_confirmation(work)


def test_a_corrected_address_gets_a_new_link_and_voids_the_old(cast):
    done = book(cast, BY_MAIL | {"email": "carla@example.org"})
    old = link(cast, done.booking_id)
    with visitor(cast.town) as work:
        correct_address(work, BY_MAIL["email"])
        addresses = work.all(work.select(Message.to_address).order_by(Message.id))
    assert addresses == ["carla@example.org", BY_MAIL["email"]]
    with pytest.raises(LinkInvalid), visitor(cast.town) as work:
        confirm_by_link(work, old)
    assert confirm(cast, done.booking_id)


def send_sms_code(cast, done):
    with visitor(cast.town) as work:
        send_code(
            work,
            CodeUse.BOOKING,
            Channel.SMS,
            done.phone,
            customer_id=UUID(done.customer_id),
            booking_id=UUID(done.booking_id),
        )
        code = work.first(work.select(OneTimeCode).order_by(OneTimeCode.created_at.desc()))
    return number_code("one-time-code", code.id)


def test_a_code_by_sms_books(cast, sms, frozen):
    done = book(cast, BY_SMS)
    entered = send_sms_code(cast, done)
    with visitor(cast.town) as work:
        redeem(work, CodeUse.BOOKING, entered)
        confirm_after_code(work, done.booking_id)
    booking = booking_row(cast, done.booking_id)
    assert booking.status is BookingStatus.CONFIRMED
    assert messages(cast)[-1] == ("booking_booked", "sms")
    with cast.as_job() as work:
        assert work.get(Customer, booking.customer_id).phone_verified_at == frozen


def test_without_a_redeemed_code_nothing_is_confirmed(cast, sms):
    done = book(cast, BY_SMS)
    send_sms_code(cast, done)
    with pytest.raises(CodeMissing), visitor(cast.town) as work:
        confirm_after_code(work, done.booking_id)


def test_a_code_for_one_booking_confirms_no_other(cast, sms):
    first = book(cast, BY_SMS)
    second = book(cast, BY_SMS, at=MONDAY_9, tab="another-tab")
    entered = send_sms_code(cast, first)
    with visitor(cast.town) as work:
        redeem(work, CodeUse.BOOKING, entered)
    with pytest.raises(CodeMissing), visitor(cast.town) as work:
        confirm_after_code(work, second.booking_id)


def test_a_code_sent_to_one_number_does_not_prove_another(cast, sms):
    done = book(cast, BY_SMS)
    entered = send_sms_code(cast, done)
    with visitor(cast.town) as work:
        correct_address(work, "0151 23456789")
    with visitor(cast.town) as work:
        redeem(work, CodeUse.BOOKING, entered)
    with pytest.raises(CodeMissing), visitor(cast.town) as work:
        confirm_after_code(work, done.booking_id)


def known_and_new(cast, entries):
    """The customers of a confirmed booking and of a second one, confirmed with these entries."""
    first = book(cast, BY_MAIL)
    confirm(cast, first.booking_id)
    second = book(cast, entries, at=MONDAY_9, tab="another-tab", network="net-2")
    confirm(cast, second.booking_id)
    return booking_row(cast, first.booking_id).customer_id, booking_row(cast, second.booking_id).customer_id


def test_the_same_verified_address_and_name_are_one_person(cast):
    special = f"answer-{cast.town.question}"
    entries = BY_MAIL | {"name": " clara  LINDQVIST", "email": "Clara@Example.org", special: "L01"}
    one, other = known_and_new(cast, entries)
    assert one == other
    with cast.as_job() as work:
        assert work.count(work.select(Customer)) == 1
        assert {event.customer_id for event in work.all(work.select(ConsentEvent))} == {one}
        assert {message.customer_id for message in work.all(work.select(Message))} == {one}
        assert work.count(work.select(Answer)) == 1


def test_another_name_at_the_same_address_stays_another_person(cast):
    one, other = known_and_new(cast, BY_MAIL | {"name": "Anna"})
    assert one != other


def test_an_unverified_address_joins_nobody(cast):
    first = book(cast, BY_MAIL)
    second = book(cast, BY_MAIL, at=MONDAY_9, tab="another-tab", network="net-2")
    confirm(cast, second.booking_id)
    assert booking_row(cast, first.booking_id).customer_id != booking_row(cast, second.booking_id).customer_id


def test_people_of_two_tenants_are_never_joined(cast):
    for house in (cast.town, cast.salon):
        done = book(cast, BY_MAIL, at=MONDAY_8, house=house)
        with visitor(house) as work:
            confirm_by_link(work, confirm_secret(work.get(Booking, UUID(done.booking_id))))
    for house in (cast.town, cast.salon):
        with cast.as_job(house) as work:
            assert work.count(work.select(Customer)) == 1
