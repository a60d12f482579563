"""What a wish in the waiting list leaves behind: seen in words, ended by a withdrawal, gone in time (P03, P06, P08)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from smartcx_portal.bookings.at_once import book_at_once
from smartcx_portal.bookings.entries import answer_name
from smartcx_portal.bookings.promoting import promote_all
from smartcx_portal.bookings.staff_booking import book_for
from smartcx_portal.bookings.waiting import confirm_wish, join_line
from smartcx_portal.messaging.links import wish_secret
from smartcx_portal.models.booking import (
    ApiReply,
    Attendee,
    Booking,
    BookingStatus,
    Claim,
    WaitlistEntry,
    WaitlistStatus,
)
from smartcx_portal.models.calendar import FormField, Service, Way
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import AccessRecord
from smartcx_portal.privacy.access import PersonView, person_view
from smartcx_portal.privacy.consents import own_consents
from smartcx_portal.privacy.keeping import last_end_of
from smartcx_portal.privacy.retention import keep_periods_of
from smartcx_portal.privacy.subject import subject_document
from smartcx_portal.privacy.summaries import KINDS
from smartcx_portal.privacy.withdrawing import withdraw_own
from smartcx_portal.standing.kinds import Kind
from tests.bookings.journeys import MONDAY_9, visitor
from tests.cast import Cast
from tests.conftest import at
from tests.privacy.scenes import TUESDAY, clara_books, open_house

DAY = timedelta(days=1)
LAST_DAY_OVER = datetime(2026, 12, 20, 23, tzinfo=UTC)
"""Midnight in Berlin after the wish's last day."""
WISH = {
    "name": "Clara Lindqvist",
    "email": "clara@example.org",
    "first_day": "2026-12-01",
    "last_day": "2026-12-20",
    "from_time": "08:00",
    "until_time": "12:00",
    "consent-mail": "yes",
}


@pytest.fixture
def opened(cast: Cast) -> Cast:
    open_house(cast)
    with cast.as_job() as work:
        work.get(Service, cast.town.service).waitlist = True
    return cast


def wished(cast: Cast, *, tab: str = "clara", confirmed: bool = True, **entered: str) -> UUID:
    """Clara waits; her customer's id."""
    with visitor(cast.town, tab=tab, network=tab) as work:
        entry_id = UUID(join_line(work, cast.town.service, WISH | entered))
    with cast.as_job() as work:
        secret = wish_secret(work, work.get(WaitlistEntry, entry_id))
    if confirmed:
        with visitor(cast.town, tab=tab) as work:
            confirm_wish(work, secret)
    with cast.as_job() as work:
        return work.get(WaitlistEntry, entry_id).customer_id


def people(cast: Cast) -> list[UUID]:
    with cast.as_job() as work:
        return list(work.all(work.select(Customer.id)))


def view(cast: Cast, customer_id: UUID, lang: str = "en") -> PersonView:
    with cast.as_person(customer_id) as work:
        return person_view(work, lang)


def titles(shown: PersonView, group: str) -> list[str]:
    return [r.title for g in shown.groups if g.id == group for r in g.records]


@pytest.mark.promise("P03")
def test_a_wish_is_told_in_words(opened: Cast):
    clara = wished(opened)
    assert titles(view(opened, clara, "de"), "waitlist_entry") == [
        "Personalausweis beantragen, Dienstag, 1. Dezember 2026 – Sonntag, 20. Dezember 2026, 08:00–12:00: "
        "auf der Warteliste"
    ]


@pytest.mark.promise("P03")
def test_every_kind_of_message_to_a_person_has_words():
    assert set(Kind) - {Kind.INVITATION} <= set(KINDS)


@pytest.mark.promise("P03")
def test_wishes_of_one_person_are_one_person(opened: Cast):
    """Else each would need a booking code to sign in, and a wish has none."""
    assert wished(opened) == wished(opened, tab="again")
    assert len(people(opened)) == 1


@pytest.mark.promise("P03")
def test_a_wish_joins_the_person_who_booked(opened: Cast):
    booked = clara_books(opened)
    assert wished(opened) == booked


@pytest.mark.promise("P02")
def test_a_wish_of_another_name_at_the_address_stays_apart(opened: Cast):
    booked = clara_books(opened)
    assert wished(opened, name="Ben") != booked


@pytest.mark.promise("P06")
def test_without_the_consent_to_mails_nobody_waits(opened: Cast):
    clara = wished(opened)
    with opened.as_person(clara) as work:
        says = withdraw_own(work, "mail").says
    with opened.as_job() as work:
        assert work.first(work.select(WaitlistEntry)).status is WaitlistStatus.LEFT
    assert any("Warteliste" in one for one in says)


@pytest.mark.promise("P06")
def test_a_held_offer_goes_back_with_the_consent(opened: Cast):
    clara = wished(opened)
    promote_all(opened.town.id)
    with opened.as_person(clara) as work:
        held = work.first(work.select(WaitlistEntry)).booking_id
        withdraw_own(work, "mail")
    with opened.as_job() as work:
        assert work.get(Booking, held).status is BookingStatus.EXPIRED
        assert work.first(work.select(WaitlistEntry)).status is WaitlistStatus.LEFT
        assert work.count(work.select(Claim)) == 0


@pytest.mark.promise("P03")
def test_that_a_list_was_taken_out_is_told_apart_from_a_look(opened: Cast):
    clara = clara_books(opened)
    with opened.as_job() as work:
        work.new(AccessRecord, customer_id=clara, by_identity=opened.ben, role="staff", what="export", at=work.now)
    assert titles(view(opened, clara), "access_record")[0].startswith("A member of the staff, in a list taken out")


@pytest.mark.promise("P05")
def test_a_consent_sent_by_a_program_is_not_said_to_come_from_our_form(opened: Cast):
    entered = {"name": "Clara Lindqvist", "email": "clara@example.org", "confirming": "email"}
    with visitor(opened.town) as work:
        question = work.get(FormField, opened.town.question)
        entered[answer_name(str(question.id))] = "T220001293"
        clara = book_at_once(work, str(opened.town.service), MONDAY_9, entered).booking.customer_id
    with opened.as_person(clara) as work:
        assert [one.where for one in own_consents(work)] == ["in einem anderen Programm, als es für Sie buchte"]


@pytest.mark.promise("P05")
def test_where_a_consent_was_given_is_told_in_words(opened: Cast):
    with opened.as_person(wished(opened)) as work:
        assert [one.where for one in own_consents(work)] == ["beim Eintragen in die Warteliste"]


@pytest.mark.promise("P08")
def test_who_waited_goes_thirty_days_after_the_last_day_of_the_wish(opened: Cast):
    clara = wished(opened)
    with opened.as_job() as work:
        assert last_end_of(work, clara) == LAST_DAY_OVER
        work.first(work.select(WaitlistEntry)).status = WaitlistStatus.LAPSED
    with at(LAST_DAY_OVER + 30 * DAY - timedelta(hours=1)):
        keep_periods_of(opened.town.id)
    assert people(opened) == [clara]
    with at(LAST_DAY_OVER + 30 * DAY + timedelta(hours=1)):
        keep_periods_of(opened.town.id)
    assert people(opened) == []


@pytest.mark.promise("P08")
@pytest.mark.parametrize("state", [WaitlistStatus.LEFT, WaitlistStatus.LAPSED, WaitlistStatus.TAKEN])
def test_an_old_wish_goes_although_its_person_comes_again(opened: Cast, state: WaitlistStatus):
    clara_books(opened, starts_at=TUESDAY + 60 * DAY)
    clara = wished(opened)
    with opened.as_job() as work:
        work.first(work.select(WaitlistEntry)).status = state
    with at(LAST_DAY_OVER + 31 * DAY):
        keep_periods_of(opened.town.id)
    with opened.as_job() as work:
        assert work.count(work.select(WaitlistEntry)) == 0
    assert people(opened) == [clara]


@pytest.mark.promise("P08")
def test_who_still_waits_stays(opened: Cast):
    clara = wished(opened)
    with at(LAST_DAY_OVER + 31 * DAY):
        keep_periods_of(opened.town.id)
    assert people(opened) == [clara]


@pytest.mark.promise("P08")
def test_an_unconfirmed_wish_goes_after_a_day(opened: Cast):
    wished(opened, confirmed=False)
    with opened.as_job() as work:
        later = work.now + DAY + timedelta(minutes=1)
    with at(later):
        keep_periods_of(opened.town.id)
    assert people(opened) == []
    with opened.as_job() as work:
        assert work.count(work.select(WaitlistEntry)) == 0


@pytest.mark.promise("P03")
def test_what_the_staff_entered_is_said_to_come_from_them(opened: Cast):
    entered = {"name": "Clara Lindqvist", "email": "clara@example.org", "confirming": "email", "consent-mail": "yes"}
    with opened.as_staff(opened.ben) as work:
        booked = book_for(work, opened.town.service, TUESDAY, entered)
        clara = work.get(Booking, UUID(booked.booking_id)).customer_id
    name = next(g for g in view(opened, clara).groups if g.id == "customer").records[0].values[0]
    assert (name.value, name.origin) == ("Clara Lindqvist", "The staff entered it")
    with opened.as_person(clara) as work:
        document = subject_document(work, clara)
        where = [one.where for one in own_consents(work)]
    assert where == ["am Telefon oder vor Ort; die Beschäftigten haben es notiert"]
    fields = next(r["fields"] for r in document["records"] if r["type"] == "customer")
    assert fields["name"]["source"] == "staff"


@pytest.mark.promise("P03")
def test_who_it_is_for_how_and_a_program_s_reply_stand_with_their_appointment(opened: Cast):
    clara = clara_books(opened)
    with opened.as_job() as work:
        booking = work.first(work.select(Booking))
        booking.way = Way.TELEPHONE
        work.new(Attendee, booking_id=booking.id, name="Ben")
        work.new(
            ApiReply,
            request_key="k",
            request_hash="h",
            booking_id=booking.id,
            status=201,
            reply="{}",
            created_at=work.now,
        )
    shown = view(opened, clara)
    said = "Personalausweis beantragen, Tuesday, 1 December 2026, 10:15, Bürgeramt Musterstadt, By telephone: booked"
    assert titles(shown, "booking") == titles(shown, "attendee") == titles(shown, "api_reply") == [said]
