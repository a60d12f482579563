"""Withdrawing is as easy as giving, works for the future, and takes along what rested on the consent alone."""

from uuid import UUID

import pytest

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.messaging.outbox import post
from smartcx_portal.models.booking import Answer, Booking, BookingStatus
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, Message, MessageStatus
from smartcx_portal.models.privacy import ConsentEvent
from smartcx_portal.privacy.consents import own_consents, withdraw_own
from smartcx_portal.standing.kinds import Kind
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P06")


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_job() as work:
        booking = work.first(work.select(Booking))
        ids = {"customer_id": clara, "booking_id": booking.id}
        post(work, Kind.BOOKING_BOOKED, Channel.EMAIL, "clara@example.org", language="de", **ids)
        post(work, Kind.CONTACT_CHANGED, Channel.EMAIL, "clara@example.org", language="de", customer_id=clara)
    return clara


def test_each_consent_is_shown_with_its_text_and_date(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        shown = own_consents(work)
    assert [(c.purpose, c.given) for c in shown] == [("mail", True), ("health", True)]
    assert "Mailjet" in shown[0].text
    assert shown[0].at.startswith("Sonntag, 22. November 2026")
    assert shown[0].where == "bei der Buchung"


def test_a_withdrawal_is_added_and_the_giving_stays(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        withdraw_own(work, "mail")
    with cast.as_job() as work:
        kinds = [e.kind.value for e in work.all(work.select(ConsentEvent).order_by(ConsentEvent.at))]
    assert sorted(kinds) == ["given", "given", "withdrawn"]


def test_waiting_messages_are_suppressed_and_others_go_on(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        withdraw_own(work, "mail")
    with cast.as_job() as work:
        left = {m.kind: (m.status, m.to_address) for m in work.all(work.select(Message))}
    assert left["booking_booked"] == (MessageStatus.SUPPRESSED, None)
    assert left["contact_changed"] == (MessageStatus.QUEUED, "clara@example.org")


def test_the_booking_stays_and_so_does_what_it_rests_on(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        told = withdraw_own(work, "mail")
    with cast.as_job() as work:
        assert work.first(work.select(Booking)).status is BookingStatus.CONFIRMED
        assert work.get(Customer, clara).email == "clara@example.org"
    assert any("Adresse selbst bleibt" in sentence for sentence in told.says)


def test_special_answers_are_erased_with_their_consent(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        told = withdraw_own(work, "health")
    with cast.as_job() as work:
        answers = [(a.value, a.special_value) for a in work.all(work.select(Answer))]
    assert (answers, told.deleted) == ([("T220001293", None)], 1)


def test_what_was_never_given_cannot_be_withdrawn(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        withdraw_own(work, "sms")
