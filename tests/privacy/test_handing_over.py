"""Data goes to another provider because its person wants that, and only then (promise P13; nothing else, P02)."""

from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.kit.errors import NotFound, NotPermitted
from smartcx_portal.models.booking import Attendee, Booking
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Source
from smartcx_portal.models.privacy import PrivacyCase, ReceivedData, Right, Transfer, TransferState
from smartcx_portal.models.staff import Role
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.privacy.handing_over import (
    OnItsWay,
    OwnProvider,
    UnknownProvider,
    find_receiver,
    hand_over,
    own_transfers,
)
from smartcx_portal.privacy.receiving import (
    NoLongerWaits,
    NoName,
    import_data,
    open_data,
    refuse_data,
    waiting_data,
)
from smartcx_portal.privacy.retention import keep_periods_of
from smartcx_portal.privacy.subject import portable_document, subject_document
from smartcx_portal.privacy.subject_check import validate
from smartcx_portal.privacy.transferring import LIFE, deliver_transfer, digest_of, handed_document, lapse_transfers
from smartcx_portal.worker import work_off
from tests.cast import Cast
from tests.conftest import SUNDAY, at
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P13")
SALON = "salon-haarlekin"


@pytest.fixture
def clara(cast: Cast) -> UUID:
    """Clara, who books at the town and wants to go to the salon."""
    open_house(cast)
    open_house(cast, cast.salon)
    return clara_books(cast)


def asks(cast: Cast, clara: UUID) -> UUID:
    with cast.as_person(clara, fresh=True) as work:
        return hand_over(work, SALON).id


def brings(cast: Cast, clara: UUID) -> str:
    """What waits at the salon, as Dora finds it."""
    asks(cast, clara)
    work_off()
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        return waiting_data(work)[0].id


def state_of(cast: Cast) -> TransferState:
    with cast.as_job() as work:
        return work.first(work.select(Transfer.state))


@pytest.mark.parametrize(
    "entered",
    [SALON, f" {SALON.upper()} ", f"https://termine.example/de/t/{SALON}/buchen?x=1", f"/en/t/{SALON}/"],
)
def test_the_provider_is_found_by_its_address(cast: Cast, clara: UUID, entered: str):
    with cast.as_person(clara) as work:
        assert find_receiver(work, entered).name == "Salon Haarlekin"


@pytest.mark.parametrize("entered", ["", "nirgendwo", "https://[", "/de/t//", "a\x00b", "x" * 5000])
def test_what_is_no_provider_is_said_so(cast: Cast, clara: UUID, entered: str):
    with cast.as_person(clara) as work, pytest.raises(UnknownProvider):
        find_receiver(work, entered)


def test_a_provider_that_takes_no_bookings_receives_nothing(cast: Cast, clara: UUID):
    with cast.as_job(cast.salon) as work:
        work.get(Tenant, cast.salon.id).status = TenantStatus.SUSPENDED
    with cast.as_person(clara) as work, pytest.raises(UnknownProvider):
        find_receiver(work, SALON)


def test_nobody_hands_over_to_the_same_provider(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work, pytest.raises(OwnProvider):
        find_receiver(work, cast.town.slug)


def test_it_takes_a_fresh_proof(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        hand_over(work, SALON)


def test_it_arrives_once_even_if_the_job_runs_twice(cast: Cast, clara: UUID):
    transfer = asks(cast, clara)
    deliver_transfer(tenant=str(cast.town.id), transfer=str(transfer))
    with cast.as_job() as work:
        work.get(Transfer, transfer).state = TransferState.ASKED
    deliver_transfer(tenant=str(cast.town.id), transfer=str(transfer))
    with cast.as_job(cast.salon) as work:
        (arrived,) = work.all(work.select(ReceivedData))
        sent = digest_of(arrived.document)
    with cast.as_job() as work:
        row = work.get(Transfer, transfer)
        assert (row.state, row.sha256) == (TransferState.DELIVERED, sent)


def test_what_arrives_fits_the_schema_and_bears_the_name(cast: Cast, clara: UUID):
    brings(cast, clara)
    with cast.as_job(cast.salon) as work:
        document = work.first(work.select(ReceivedData)).document
    assert validate(document) == []
    mine = next(r for r in document["records"] if r["type"] == "customer")
    assert mine["fields"]["name"]["value"] == "Clara Lindqvist"


@pytest.mark.promise("P02")
def test_what_rests_on_the_public_task_stays(cast: Cast, clara: UUID):
    brings(cast, clara)
    with cast.as_job(cast.salon) as work:
        assert "T220001293" not in str(work.first(work.select(ReceivedData)).document)


def test_a_request_is_noted_with_it(cast: Cast, clara: UUID):
    asks(cast, clara)
    with cast.as_job() as work:
        assert work.all(work.select(PrivacyCase.right)) == [Right.PORTABILITY]


def test_only_one_is_under_way(cast: Cast, clara: UUID):
    asks(cast, clara)
    with cast.as_person(clara, fresh=True) as work, pytest.raises(OnItsWay):
        hand_over(work, SALON)


def test_the_person_sees_that_it_waits(cast: Cast, clara: UUID):
    brings(cast, clara)
    with cast.as_person(clara) as work:
        (shown,) = own_transfers(work)
    assert (shown.name, shown.state, shown.closed) == (
        "Salon Haarlekin",
        "angekommen, wartet dort auf die Übernahme",
        "",
    )


@pytest.mark.promise("P02")
def test_the_list_of_what_waits_names_nobody(cast: Cast, clara: UUID):
    brings(cast, clara)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        listed = str(waiting_data(work))
    assert "Bürgeramt Musterstadt" in listed
    assert "Clara" not in listed
    assert "clara@" not in listed


def test_dora_sees_what_she_would_take_over(cast: Cast, clara: UUID):
    received = brings(cast, clara)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        opened = open_data(work, received)
    assert (opened.sender, opened.name, opened.email) == (
        "Bürgeramt Musterstadt",
        "Clara Lindqvist",
        "clara@example.org",
    )


@pytest.mark.promise("P02")
def test_the_giving_staff_see_nothing_there(cast: Cast, clara: UUID):
    received = brings(cast, clara)
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        assert waiting_data(work) == []
        with pytest.raises(NoLongerWaits):
            open_data(work, received)


def test_only_owners_take_over(cast: Cast, clara: UUID):
    received = brings(cast, clara)
    with cast.as_staff(cast.dora, cast.salon) as work, pytest.raises(NotPermitted):
        import_data(work, received)


def test_taken_over_she_is_entered_and_the_town_knows(cast: Cast, clara: UUID):
    received = brings(cast, clara)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        person = work.get(Customer, import_data(work, received))
        assert (person.name, person.email_key) == ("Clara Lindqvist", "clara@example.org")
    assert state_of(cast) is TransferState.DELIVERED
    work_off()
    assert state_of(cast) is TransferState.IMPORTED


def test_an_address_confirmed_at_the_town_leads_into_the_other_portal(cast: Cast, clara: UUID):
    received = brings(cast, clara)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        assert work.get(Customer, import_data(work, received)).email_verified_at == SUNDAY


def test_an_address_that_nobody_confirmed_stays_unconfirmed(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.get(Customer, clara).email_verified_at = None
    received = brings(cast, clara)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        assert work.get(Customer, import_data(work, received)).email_verified_at is None


def test_who_is_known_there_already_stays_one_person(cast: Cast, clara: UUID):
    known = clara_books(cast, house=cast.salon)
    received = brings(cast, clara)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        assert import_data(work, received) == known
        assert work.count(work.select(Customer)) == 1


def test_her_report_there_says_where_it_came_from(cast: Cast, clara: UUID):
    received = brings(cast, clara)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        there = import_data(work, received)
        document = subject_document(work, there)
    mine = next(r for r in document["records"] if r["type"] == "customer")
    assert mine["fields"]["email"]["source"] == Source.HANDED_OVER


def test_protected_answers_and_names_of_others_stay_with_the_giving_office(cast: Cast):
    open_house(cast, cast.salon)
    clara = clara_books(cast, house=cast.salon)
    with cast.as_job(cast.salon) as work:
        work.new(Attendee, booking_id=work.first(work.select(Booking.id)), name="Ben")
        taken, handed = str(portable_document(work, clara)), str(handed_document(work, clara))
    for kept_here in ("Rollstuhl", "Ben"):
        assert kept_here in taken
        assert kept_here not in handed
    assert "T220001293" in handed


def test_nothing_but_the_contact_is_kept(cast: Cast, clara: UUID):
    received = brings(cast, clara)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        import_data(work, received)
        assert work.first(work.select(ReceivedData)).document == {}


def test_refused_it_is_gone_at_once_and_the_town_knows(cast: Cast, clara: UUID):
    received = brings(cast, clara)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        refuse_data(work, received)
        assert work.first(work.select(ReceivedData)).document == {}
        assert work.all(work.select(Customer)) == []
    work_off()
    assert state_of(cast) is TransferState.REFUSED


def test_of_two_who_take_it_over_one_does(cast: Cast, clara: UUID):
    received = brings(cast, clara)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        import_data(work, received)
        with pytest.raises(NoLongerWaits):
            import_data(work, received)


def test_without_a_name_nobody_is_entered(cast: Cast, clara: UUID):
    received = brings(cast, clara)
    with cast.as_job(cast.salon) as work:
        row = work.first(work.select(ReceivedData))
        row.document = {**row.document, "records": []}
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work, pytest.raises(NoName):
        import_data(work, received)


@pytest.mark.promise("P08")
def test_who_was_taken_over_stays_for_the_period_and_no_longer(cast: Cast, clara: UUID):
    received = brings(cast, clara)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        import_data(work, received)
    with at(SUNDAY + timedelta(days=5)):
        keep_periods_of(cast.salon.id)
    with cast.as_job(cast.salon) as work:
        assert work.count(work.select(Customer)) == 1
    with at(SUNDAY + timedelta(days=400)):
        keep_periods_of(cast.salon.id)
    with cast.as_job(cast.salon) as work:
        assert work.count(work.select(Customer)) == 0


@pytest.mark.promise("P08")
def test_what_nobody_takes_over_is_deleted_and_the_person_sees_it(cast: Cast, clara: UUID):
    received = brings(cast, clara)
    with at(SUNDAY + LIFE + timedelta(days=1, hours=1)):
        with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work, pytest.raises(NoLongerWaits):
            import_data(work, received)
        keep_periods_of(cast.salon.id)
        lapse_transfers()
    with cast.as_job(cast.salon) as work:
        assert work.count(work.select(ReceivedData)) == 0
    assert state_of(cast) is TransferState.LAPSED


def test_who_is_erased_meanwhile_is_not_handed_over(cast: Cast, clara: UUID):
    transfer = asks(cast, clara)
    with cast.as_job() as work:
        work.get(Transfer, transfer).customer_id = None
    work_off()
    with cast.as_job(cast.salon) as work:
        assert work.count(work.select(ReceivedData)) == 0
    assert state_of(cast) is TransferState.LAPSED
