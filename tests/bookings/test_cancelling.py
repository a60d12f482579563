"""Calling off: by link within the deadline, by staff with a reason; the time is free at once and people are told."""

from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.bookings.cancelling import call_off, cancel_booking, cancel_by_link, cancel_own
from smartcx_portal.bookings.own import appointment
from smartcx_portal.bookings.refusals import AppointmentOver, TooLateOnline
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.messaging.links import LinkInvalid, booking_secret
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.booking import Booking, BookingStatus, Cancellation, CancelledBy
from smartcx_portal.models.calendar import Service
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.standing.consents import withdraw
from tests.bookings.journeys import BY_MAIL, MONDAY_8, book, booking_row, claims, messages, visitor
from tests.bookings.test_confirming import confirm
from tests.conftest import at


def booked(cast, entries=BY_MAIL):
    """A certain booking's id and the secret of its link."""
    done = book(cast, entries)
    if done.status == "pending":
        confirm(cast, done.booking_id)
    return done.booking_id, booking_secret(booking_row(cast, done.booking_id))


def actions(cast):
    with cast.as_job() as work:
        return work.all(work.select(AuditEntry.action))


def test_the_link_shows_the_appointment_and_no_name(cast):
    _, secret = booked(cast)
    with visitor(cast.town, "tab-of-the-mail") as work:
        seen = appointment(work, secret)
    assert (seen.state, seen.changeable, seen.service) == ("coming", True, "Personalausweis beantragen")
    assert "Clara" not in str(seen)


def test_the_person_cancels_and_the_time_is_free(cast):
    booking_id, secret = booked(cast)
    with visitor(cast.town, "tab-of-the-mail") as work:
        assert cancel_by_link(work, secret, "Krank").state == "cancelled"
        assert claims(work) == []
        (row,) = work.all(work.select(Cancellation))
    booking = booking_row(cast, booking_id)
    assert (row.by, row.reason) == (CancelledBy.PERSON, "Krank")
    assert (booking.status, booking.sequence) == (BookingStatus.CANCELLED, 1)
    assert messages(cast)[-1] == ("booking_cancelled", "email")
    assert "booking.cancelled" in actions(cast)


def test_a_second_click_is_harmless(cast):
    _, secret = booked(cast)
    for _ in range(2):
        with visitor(cast.town) as work:
            cancel_by_link(work, secret)
    assert messages(cast).count(("booking_cancelled", "email")) == 1


def test_after_the_deadline_the_telephone_is_named(cast):
    _, secret = booked(cast)
    with cast.as_job() as work:
        work.get(Service, cast.town.service).cancel_until_min = 24 * 60
    deadline = MONDAY_8 - timedelta(days=1)
    with at(deadline + timedelta(minutes=1)), pytest.raises(TooLateOnline) as refusal, visitor(cast.town) as work:
        cancel_by_link(work, secret)
    said = "Online ging das bis Sonntag, 22. November 2026, 08:00 Uhr. Rufen Sie an: +49 2151 555100"
    assert refusal.value.text("de") == said


def test_what_has_begun_is_over(cast):
    _, secret = booked(cast)
    with at(MONDAY_8), pytest.raises(AppointmentOver), visitor(cast.town) as work:
        cancel_by_link(work, secret)


def test_cancelling_stays_open_while_the_tenant_is_suspended(cast):
    _, secret = booked(cast)
    with cast.as_job() as work:
        work.get(Tenant, cast.town.id).status = TenantStatus.SUSPENDED
    with visitor(cast.town) as work:
        assert cancel_by_link(work, secret).state == "cancelled"


@pytest.mark.parametrize("secret", ["", "x", "01a20437-8c4a-771f-9da2-6bf5b169abae.abc", "é.ü"])
def test_a_wrong_link_opens_nothing(cast, secret):
    with pytest.raises(LinkInvalid), visitor(cast.town) as work:
        cancel_by_link(work, secret)


def test_a_link_opens_nothing_at_another_tenant(cast):
    _, secret = booked(cast)
    with pytest.raises(LinkInvalid), visitor(cast.salon) as work:
        cancel_by_link(work, secret)


def test_the_link_is_dead_once_the_person_is_erased(cast):
    booking_id, secret = booked(cast)
    with cast.as_job() as work:
        work.get(Booking, UUID(booking_id)).customer_id = None
    with pytest.raises(LinkInvalid), visitor(cast.town) as work:
        appointment(work, secret)


def test_ben_cancels_with_a_reason_and_clara_is_told(cast):
    booking_id, _ = booked(cast)
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, booking_id, "Der Schalter ist geschlossen.")
        (row,) = work.all(work.select(Cancellation))
    assert (row.by, row.reason) == (CancelledBy.STAFF, "Der Schalter ist geschlossen.")
    assert messages(cast)[-1] == ("booking_cancelled", "email")


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_ben_must_say_why_and_briefly(cast, reason):
    booking_id, _ = booked(cast)
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.ben) as work:
        cancel_booking(work, booking_id, reason)
    assert list(refusal.value.problems) == ["reason"]


@pytest.mark.promise("P06")
def test_nobody_is_written_to_after_a_withdrawal(cast):
    booking_id, _ = booked(cast)
    before = len(messages(cast))
    with cast.as_job() as work:
        withdraw(work, booking_row(cast, booking_id).customer_id, ConsentPurpose.MAIL, "portal")
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, booking_id, "Krank")
    assert len(messages(cast)) == before


def test_dora_finds_no_such_booking(cast):
    booking_id, _ = booked(cast)
    with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon) as work:
        cancel_booking(work, booking_id, "Krank")


def test_a_visitor_is_no_staff(cast):
    booking_id, _ = booked(cast)
    with pytest.raises(NotFound), visitor(cast.town) as work:
        cancel_booking(work, booking_id, "Krank")


def test_a_signed_in_person_cancels_only_their_own(cast):
    booking_id, _ = booked(cast)
    stranger = book(cast, {"name": "Anna", "confirming": "none"}, tab="another-tab")
    owner = booking_row(cast, booking_id).customer_id
    with pytest.raises(NotFound), cast.as_person(owner) as work:
        cancel_own(work, stranger.booking_id)
    with cast.as_person(owner) as work:
        assert cancel_own(work, booking_id).state == "cancelled"


def test_an_erasure_tells_nobody(cast):
    booking_id, _ = booked(cast)
    before = len(messages(cast))
    with cast.as_job() as work:
        call_off(work, work.get(Booking, UUID(booking_id), lock=True), CancelledBy.ERASURE, telling=False)
    assert booking_row(cast, booking_id).status is BookingStatus.CANCELLED
    assert len(messages(cast)) == before


def test_the_persons_page_says_why_the_staff_cancelled(cast):
    booked = book(cast)
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, booked.booking_id, "Der Schalter bleibt geschlossen.")
    with cast.as_visitor() as work:
        own = appointment(work, booking_secret(work.get(Booking, UUID(booked.booking_id))))
    assert own.reason == "Der Schalter bleibt geschlossen."
