"""What is over goes by itself, on the day that people were told (promise P08)."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from smartcx_portal.kit.job_list import dead_letters, run_again
from smartcx_portal.models.booking import Answer, Booking, BookingStatus
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, Message
from smartcx_portal.models.privacy import AccessRecord, ConsentEvent, Enquiry, ErasureLedgerEntry, PrivacyCase
from smartcx_portal.privacy import retention
from smartcx_portal.privacy.data_map import entry_for
from smartcx_portal.privacy.enquiries import ask, close_enquiry
from smartcx_portal.privacy.keeping import Periods, last_end_of
from smartcx_portal.privacy.retention import keep_periods, keep_periods_of
from smartcx_portal.worker import work_off
from tests.cast import CLARA, Cast
from tests.conftest import at
from tests.privacy.scenes import TUESDAY, book, clara_books, open_house

pytestmark = pytest.mark.promise("P08")
DAY = timedelta(days=1)


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def people(cast: Cast) -> list[UUID]:
    with cast.as_job() as work:
        return list(work.all(work.select(Customer.id)))


def test_a_person_goes_thirty_days_after_the_last_appointment(cast: Cast, clara: UUID):
    with at(TUESDAY + 30 * DAY):
        keep_periods_of(cast.town.id)
    assert people(cast) == [clara]
    with at(TUESDAY + 31 * DAY):
        keep_periods_of(cast.town.id)
    assert people(cast) == []
    with cast.as_job() as work:
        assert work.count(work.select(ErasureLedgerEntry)) == 1
        assert work.count(work.select(PrivacyCase)) == 0
        assert work.first(work.select(Booking)).customer_id is None


def test_the_job_keeps_the_date_that_people_were_told(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        entry = entry_for(Customer)
        name = next(c for c in entry.columns if c.name == "name")
        told = Periods(work).until(entry, name, work.get(Customer, clara), last_end_of(work, clara))
    with at(told - timedelta(minutes=1)):
        keep_periods_of(cast.town.id)
    assert people(cast) == [clara]
    with at(told + timedelta(minutes=1)):
        keep_periods_of(cast.town.id)
    assert people(cast) == []


def test_a_later_appointment_keeps_the_person_but_not_the_earlier_ones_data(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        later = book(work, cast.town, clara, TUESDAY + 60 * DAY)
    with at(TUESDAY + 31 * DAY):
        keep_periods_of(cast.town.id)
    assert people(cast) == [clara]
    with cast.as_job() as work:
        kept = {b.id: b.customer_id for b in work.all(work.select(Booking))}
        assert [id for id, customer in kept.items() if customer] == [later.id]
        assert work.count(work.select(Answer)) == 0


def test_special_answers_go_the_day_after(cast: Cast, clara: UUID):
    with at(TUESDAY + 2 * DAY):
        keep_periods_of(cast.town.id)
    with cast.as_job() as work:
        assert {(a.value, a.special_value) for a in work.all(work.select(Answer))} == {
            ("T220001293", None),
            (None, None),
        }


def test_a_sent_message_forgets_its_address(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        book(work, cast.town, clara, TUESDAY + 60 * DAY)
        values = {"kind": "booking_booked", "channel": Channel.EMAIL, "language": "de", "created_at": work.now}
        address = {"to_address": CLARA["email"], "address_key": "key"}
        message = work.new(Message, customer_id=clara, sent_at=work.now, **address, **values)
    with at(TUESDAY + 40 * DAY):
        keep_periods_of(cast.town.id)
    with cast.as_job() as work:
        left = work.get(Message, message.id)
    assert (left.to_address, left.address_key, left.customer_id) == (None, None, None)


def test_who_never_confirmed_goes_after_a_day(cast: Cast):
    open_house(cast)
    with cast.as_job() as work:
        stranger = work.new(Customer, name="Clara", email=CLARA["email"], created_at=work.now)
        book(work, cast.town, stranger.id, TUESDAY + 30 * DAY).status = BookingStatus.EXPIRED
    with cast.as_job() as work, at(work.now + 2 * DAY):
        keep_periods_of(cast.town.id)
    assert people(cast) == []


def test_a_question_goes_after_its_answer(cast: Cast, frozen):
    open_house(cast)
    with cast.as_visitor() as work:
        asked = ask(work, "question", "Clara", CLARA["email"], "Haben Sie samstags auf?")
    with at(frozen + 300 * DAY):
        keep_periods_of(cast.town.id)
    with cast.as_staff(cast.ben) as work:
        close_enquiry(work, str(asked))
    with at(frozen + 31 * DAY):
        keep_periods_of(cast.town.id)
    with cast.as_job() as work:
        assert work.count(work.select(Enquiry)) == 0


def test_a_question_that_nobody_ever_marked_as_answered_goes_too(cast: Cast, frozen):
    open_house(cast)
    with cast.as_visitor() as work:
        ask(work, "question", "Clara", CLARA["email"], "Haben Sie samstags auf?")
    for days, left in ((394, 1), (396, 0)):
        with at(frozen + days * DAY):
            keep_periods_of(cast.town.id)
        with cast.as_job() as work:
            assert work.count(work.select(Enquiry)) == left


def test_a_consents_proof_goes_when_claims_have_lapsed(cast: Cast, clara: UUID):
    with at(TUESDAY + 31 * DAY):
        keep_periods_of(cast.town.id)
    with at(TUESDAY.replace(year=2029, day=31)):
        keep_periods_of(cast.town.id)
    with cast.as_job() as work:
        assert all(event.proof for event in work.all(work.select(ConsentEvent)))
    with at(TUESDAY.replace(year=2030, month=1, day=1)):
        keep_periods_of(cast.town.id)
    with cast.as_job() as work:
        assert not any(event.proof for event in work.all(work.select(ConsentEvent)))


def test_the_job_goes_through_all_tenants(cast: Cast, clara: UUID):
    open_house(cast, cast.salon)
    clara_books(cast, house=cast.salon)
    with cast.as_job() as work:
        work.new(AccessRecord, customer_id=clara, role="staff", what="booking", at=work.now)
    with at(TUESDAY + 31 * DAY):
        keep_periods()
    for house in (cast.town, cast.salon):
        with cast.as_job(house) as work:
            assert work.count(work.select(Customer)) == 0


@pytest.fixture
def somebody_stays(cast: Cast, clara: UUID, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A month after Clara's appointment, and nothing can be erased."""

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    with at(TUESDAY + 31 * DAY), monkeypatch.context() as broken:
        broken.setattr(retention, "erase_person", fails)
        keep_periods()
        work_off()
        keep_periods()
        work_off()
    with at(TUESDAY + 31 * DAY):
        yield


def test_whoever_could_not_be_erased_is_one_failed_job_that_names_nobody(cast: Cast, clara: UUID, somebody_stays: None):
    (failed,) = dead_letters()
    assert (failed.task, failed.tenant) == ("privacy.erase_overdue", str(cast.town.id))
    with cast.as_job() as work:
        assert work.db.scalar(sa.text("SELECT args FROM procrastinate_jobs WHERE status = 'failed'")) == {
            "tenant": str(cast.town.id)
        }


def test_once_it_is_mended_the_failed_job_erases_them(cast: Cast, somebody_stays: None):
    run_again(dead_letters()[0].id)
    work_off()
    assert (dead_letters(), people(cast)) == ([], [])


def test_the_address_of_a_message_that_never_left_goes_too(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        book(work, cast.town, clara, TUESDAY + 60 * DAY)
        values = {"kind": "booking_booked", "channel": Channel.EMAIL, "language": "de", "created_at": work.now}
        message = work.new(Message, customer_id=clara, to_address=CLARA["email"], **values)
    with at(TUESDAY + 40 * DAY):
        keep_periods_of(cast.town.id)
    with cast.as_job() as work:
        assert work.get(Message, message.id).to_address is None


def test_who_looked_is_forgotten_when_claims_have_lapsed(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        book(work, cast.town, clara, TUESDAY.replace(year=2031))
        work.new(AccessRecord, customer_id=clara, by_identity=cast.ben, role="staff", what="booking", at=work.now)
    for year, known in ((2029, True), (2030, False)):
        with at(TUESDAY.replace(year=year, month=1, day=2)):
            keep_periods_of(cast.town.id)
        with cast.as_job() as work:
            assert bool(work.first(work.select(AccessRecord)).by_identity) is known, year
