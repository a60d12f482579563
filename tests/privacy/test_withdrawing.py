"""P06: withdrawing by the link of a message does what the portal does, asks for nothing, and shows next to nothing."""

from datetime import time, timedelta
from uuid import UUID

import pytest

from smartcx_portal.messaging.links import LinkInvalid, withdraw_secret
from smartcx_portal.messaging.outbox import post
from smartcx_portal.models.booking import Booking, BookingStatus, WaitlistEntry, WaitlistStatus
from smartcx_portal.models.messaging import Channel, Message, MessageStatus
from smartcx_portal.models.privacy import ConsentEvent, ConsentPurpose, PrivacyCase, Right
from smartcx_portal.privacy.consents import give_own
from smartcx_portal.privacy.withdrawing import look_at_withdrawal, withdraw_by_link
from smartcx_portal.standing.consents import events, given, holds
from smartcx_portal.standing.kinds import Kind
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY, at
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P06")
MAIL = ConsentPurpose.MAIL


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


@pytest.fixture
def secret(cast: Cast, clara: UUID) -> str:
    """Of the link in Clara's mails."""
    with cast.as_job() as work:
        event = given(work, clara, MAIL)
        assert event is not None
        return withdraw_secret(work, event)


def test_looking_changes_nothing_and_says_what_would_happen(cast: Cast, clara: UUID, secret: str):
    with cast.as_visitor(tab="a-scanner") as work:
        seen = look_at_withdrawal(work, secret)
        assert holds(work, clara, MAIL)
    assert (seen.stands, seen.title, seen.where) == (True, "Nachrichten per E-Mail", "bei der Buchung")
    assert seen.says[0] == "Sie bekommen dann keine E-Mails mehr zu Ihren Terminen. Die Termine bleiben."


@pytest.mark.promise("P15")
def test_the_page_shows_nothing_of_the_person_but_the_consent(cast: Cast, clara: UUID, secret: str):
    with cast.as_visitor(tab="a-scanner") as work:
        seen = repr(look_at_withdrawal(work, secret))
    assert not any(known in seen for known in (*CLARA.values(), str(clara), "Rollstuhl", "T220001293"))


def test_the_button_withdraws_at_once_and_the_appointment_stays(cast: Cast, clara: UUID, secret: str):
    with cast.as_visitor(tab="a-phone") as work:
        told = withdraw_by_link(work, secret)
    with cast.as_job() as work:
        assert not holds(work, clara, MAIL)
        assert events(work, clara)[-1].channel == "link"
        assert work.first(work.select(Booking)).status is BookingStatus.CONFIRMED
    assert told.says[0].startswith("Widerrufen. Sie bekommen keine E-Mails")


def test_what_waits_to_be_sent_is_not_sent_any_more(cast: Cast, clara: UUID, secret: str):
    with cast.as_job() as work:
        booking = work.first(work.select(Booking))
        ids = {"customer_id": clara, "booking_id": booking.id}
        post(work, Kind.BOOKING_BOOKED, Channel.EMAIL, CLARA["email"], language="de", **ids)
    with cast.as_visitor() as work:
        assert withdraw_by_link(work, secret).deleted == 1
    with cast.as_job() as work:
        (message,) = work.all(work.select(Message))
    assert (message.status, message.to_address) == (MessageStatus.SUPPRESSED, None)


def test_a_second_click_is_harmless_and_says_the_same(cast: Cast, clara: UUID, secret: str):
    with cast.as_visitor() as work:
        first = withdraw_by_link(work, secret)
    with cast.as_visitor() as work:
        assert withdraw_by_link(work, secret).says == first.says
        assert look_at_withdrawal(work, secret).where == "über einen Link in einer Nachricht"
        assert not look_at_withdrawal(work, secret).stands
        assert len([event for event in events(work, clara) if event.purpose is MAIL]) == 2


def test_the_link_withdraws_its_purpose_alone(cast: Cast, clara: UUID, secret: str):
    with cast.as_visitor() as work:
        withdraw_by_link(work, secret)
        assert holds(work, clara, ConsentPurpose.HEALTH)


def test_the_link_of_an_old_mail_withdraws_what_was_given_again_since(cast: Cast, clara: UUID, secret: str):
    with cast.as_visitor() as work:
        withdraw_by_link(work, secret)
    with at(SUNDAY + timedelta(days=1)), cast.as_person(clara) as work:
        give_own(work, "mail")
        withdraw_by_link(work, secret)
        assert not holds(work, clara, MAIL)


def test_who_withdraws_by_a_link_leaves_the_waiting_list(cast: Cast, clara: UUID, secret: str):
    with cast.as_job() as work:
        work.new(
            WaitlistEntry,
            service_id=cast.town.service,
            customer_id=clara,
            first_day=SUNDAY.date(),
            last_day=SUNDAY.date() + timedelta(days=7),
            from_time=time(8),
            until_time=time(12),
            status=WaitlistStatus.WAITING,
            created_at=work.now,
        )
    with cast.as_visitor() as work:
        told = withdraw_by_link(work, secret)
        assert work.first(work.select(WaitlistEntry)).status is WaitlistStatus.LEFT
    assert any("nicht mehr auf der Warteliste" in sentence for sentence in told.says)


def test_the_request_is_recorded_with_what_proved_it(cast: Cast, clara: UUID, secret: str):
    with cast.as_visitor() as work:
        withdraw_by_link(work, secret)
        (case,) = work.all(work.select(PrivacyCase))
    assert (case.right, case.status, case.proven_by) == (Right.WITHDRAWAL, "done", "link")


@pytest.mark.promise("P02")
def test_the_link_opens_nothing_at_the_neighbours(cast: Cast, clara: UUID, secret: str):
    with cast.as_visitor(cast.salon) as work, pytest.raises(LinkInvalid):
        withdraw_by_link(work, secret)
    with cast.as_job() as work:
        assert holds(work, clara, MAIL)


def test_the_link_follows_a_consent_whose_person_was_joined_with_a_record_known_before(
    cast: Cast, clara: UUID, secret: str
):
    known = clara_books(cast)
    with cast.as_job() as work:
        work.update_where(ConsentEvent, ConsentEvent.customer_id == clara, customer_id=known)
    with cast.as_visitor() as work:
        withdraw_by_link(work, secret)
        assert not holds(work, known, MAIL)
