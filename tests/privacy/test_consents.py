"""Withdrawing is as easy as giving, works for the future, and takes along what rested on the consent alone."""

from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.messaging.outbox import post
from smartcx_portal.models.booking import Answer, Booking, BookingStatus, Confirming
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, Message, MessageStatus
from smartcx_portal.models.privacy import ConsentEvent, NoticeVersion
from smartcx_portal.privacy.consents import givable, give_own, history, own_consents
from smartcx_portal.privacy.withdrawing import withdraw_own
from smartcx_portal.settings import settings
from smartcx_portal.standing.consents import events, holds
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


def with_phone(cast: Cast, clara: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clara has proven a telephone number, and a text message could leave."""
    monkeypatch.setattr(settings(), "demo", True)
    with cast.as_job() as work:
        customer = work.get(Customer, clara)
        customer.phone = customer.phone_key = "+492151555123"
        customer.phone_verified_at = work.now


@pytest.mark.promise("P05")
def test_what_is_withdrawn_can_be_given_again_with_one_action(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        withdraw_own(work, "mail")
        assert [(offer.purpose, "Mailjet" in offer.text) for offer in givable(work)] == [("mail", True)]
        (told,) = give_own(work, "mail")
        assert holds(work, clara, events(work, clara)[-1].purpose)
        assert events(work, clara)[-1].channel == "portal"
    assert told.startswith("Sie haben eingewilligt.")


@pytest.mark.promise("P05")
def test_mails_are_watched_only_after_a_consent_of_its_own(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        assert [offer.purpose for offer in givable(work)] == ["tracking"]
        give_own(work, "tracking")
        assert givable(work) == []


def test_no_consent_to_mails_is_asked_for_an_address_that_nobody_proved(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.get(Customer, clara).email_verified_at = None
    with cast.as_person(clara) as work:
        assert givable(work) == []
        with pytest.raises(NotFound):
            give_own(work, "tracking")


@pytest.mark.promise("P05")
def test_text_messages_and_their_way_to_the_usa_are_agreed_to_apart(
    cast: Cast, clara: UUID, monkeypatch: pytest.MonkeyPatch
):
    with_phone(cast, clara, monkeypatch)
    with cast.as_person(clara) as work:
        assert [offer.purpose for offer in givable(work)] == ["sms", "sms_transfer", "tracking"]
        (first,) = give_own(work, "sms")
        (second,) = give_own(work, "sms_transfer")
    assert "USA" in first
    assert "USA" not in second


@pytest.mark.parametrize("purpose", ["health", "mail", "sms"])
def test_what_is_not_offered_here_cannot_be_given(cast: Cast, clara: UUID, purpose: str):
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        give_own(work, purpose)


def test_who_agrees_later_hears_of_a_coming_appointment_for_which_no_message_was_wanted(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.first(work.select(Booking)).confirming = Confirming.NONE
    with cast.as_person(clara) as work:
        withdraw_own(work, "mail")
        give_own(work, "mail")
        assert work.first(work.select(Booking)).confirming is Confirming.EMAIL


def test_each_event_says_which_notice_was_in_force(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        notice = work.first(work.select(NoticeVersion))
        shown = own_consents(work)[0]
        line = history(work).lines[0]
    assert (shown.notice, shown.notice_number) == (line.notice, line.notice_number) == (str(notice.id), "1")


def test_ten_thousand_events_are_read_page_by_page(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        first = events(work, clara)[0]
        facts = first.model_dump(exclude={"id", "tenant_id", "at"})
        moments = [first.at + timedelta(seconds=number) for number in range(1, 10_001)]
        work.write_many(ConsentEvent, [facts | {"at": moment} for moment in moments])
    with cast.as_person(clara) as work:
        page = history(work)
        following = history(work, page.lines[-1].event)
        assert len(own_consents(work)) == 2
    assert (len(page.lines), page.more, len(following.lines)) == (50, True, 50)
    assert {line.event for line in page.lines}.isdisjoint(line.event for line in following.lines)


@pytest.mark.promise("P02")
def test_the_history_of_a_neighbour_is_not_found(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        event = history(work).lines[0].event
    namesake = clara_books(cast, house=cast.salon)
    with cast.as_person(namesake, cast.salon) as work, pytest.raises(NotFound):
        history(work, event)
