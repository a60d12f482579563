"""Who holds what Clara corrected is told of it, and she sees whom (Art. 19, promise P04)."""

from uuid import UUID

import pytest

from smartcx_portal.models.calendar import CalendarFeed
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, Message, MessageStatus
from smartcx_portal.models.privacy import (
    PrivacyCase,
    ReceivedData,
    RecipientNotice,
    Right,
    Told,
    Transfer,
    TransferState,
)
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy.cases import done_at_once
from smartcx_portal.privacy.deciding import grant_name, open_cases
from smartcx_portal.privacy.disclosures import disclosures
from smartcx_portal.privacy.rectify import correct_language, correct_name
from smartcx_portal.privacy.telling_receivers import Changed, tell_receiver
from smartcx_portal.privacy.telling_recipients import tell_recipients
from smartcx_portal.privacy.transferring import digest_of
from smartcx_portal.standing.kinds import Kind
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P04")


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def corrects(cast: Cast, clara: UUID) -> tuple[str, ...]:
    with cast.as_person(clara) as work:
        return correct_name(work, "Klara Lindqvist").told


def handed_over(cast: Cast, clara: UUID, state: TransferState) -> UUID:
    """The salon's customer, if it has taken her over; else what waits there."""
    with cast.as_job() as work:
        sent = work.new(Transfer, customer_id=clara, to_tenant=cast.salon.id, state=state, created_at=work.now).id
    with cast.as_job(cast.salon) as work:
        taken = state is TransferState.IMPORTED
        there = work.new(Customer, name=CLARA["name"], created_at=work.now).id if taken else None
        row = work.new(
            ReceivedData,
            customer_id=there,
            document={"records": [{"type": "customer", "fields": {"name": {"value": CLARA["name"]}}}]},
            from_name="Bürgeramt Musterstadt",
            from_transfer=sent,
            state=state,
            created_at=work.now,
            lapses_at=work.now,
        )
        return there or row.id


def told(cast: Cast) -> RecipientNotice:
    """The latest notice."""
    with cast.as_job() as work:
        return work.all(work.select(RecipientNotice).order_by(RecipientNotice.id))[-1]


def job_runs(cast: Cast, what: Changed = Changed.NAME) -> None:
    tell_receiver(tenant=str(cast.town.id), notice=str(told(cast).id), what=what.value)


def test_where_nobody_else_has_it_nobody_is_told(cast: Cast, clara: UUID):
    assert corrects(cast, clara) == ()


def test_calendars_of_the_staff_follow_by_themselves(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.new(CalendarFeed, resource_id=cast.town.counters[0], with_details=True, created_at=work.now)
    assert corrects(cast, clara) == ("Kalender der Beschäftigten: folgt von selbst beim nächsten Abruf",)


def test_who_carried_mails_has_no_name_of_hers(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.new(
            Message,
            customer_id=clara,
            kind=Kind.BOOKING_BOOKED.value,
            channel=Channel.EMAIL,
            language="de",
            to_address=CLARA["email"],
            status=MessageStatus.SENT,
            tried_at=SUNDAY,
            created_at=SUNDAY,
        )
    assert corrects(cast, clara) == ("Mailjet GmbH: hat nichts davon",)


def test_she_finds_it_again_under_who_saw_her_data(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.new(CalendarFeed, resource_id=cast.town.counters[0], with_details=True, created_at=work.now)
    corrects(cast, clara)
    with cast.as_job() as work:
        kinds = [line.kind for line in disclosures(work, clara, "de").lines]
    assert "recipient_notice" in kinds


@pytest.mark.promise("P13")
def test_where_she_was_taken_over_the_staff_get_a_request_that_carries_the_name(cast: Cast, clara: UUID):
    there = handed_over(cast, clara, TransferState.IMPORTED)
    assert corrects(cast, clara) == ("Salon Haarlekin: erfährt es gerade",)
    job_runs(cast)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        grant_name(work, open_cases(work)[0].id)
    with cast.as_job(cast.salon) as work:
        assert work.get(Customer, there).name == "Klara Lindqvist"
    assert told(cast).state is Told.INFORMED


def test_a_job_that_runs_twice_asks_once(cast: Cast, clara: UUID):
    handed_over(cast, clara, TransferState.IMPORTED)
    corrects(cast, clara)
    job_runs(cast)
    with cast.as_job() as work:
        work.all(work.select(RecipientNotice))[-1].state = Told.PENDING
    job_runs(cast)
    with cast.as_job(cast.salon) as work:
        assert work.count(work.select(PrivacyCase)) == 1


def test_what_still_waits_there_is_corrected_itself(cast: Cast, clara: UUID):
    waits = handed_over(cast, clara, TransferState.DELIVERED)
    corrects(cast, clara)
    job_runs(cast)
    with cast.as_job(cast.salon) as work:
        document = work.get(ReceivedData, waits).document
    assert document["records"][0]["fields"]["name"]["value"] == "Klara Lindqvist"
    with cast.as_job() as work:
        assert work.first(work.select(Transfer.sha256)) == digest_of(document)


def test_what_was_corrected_there_stays_told_when_the_job_runs_again(cast: Cast, clara: UUID):
    handed_over(cast, clara, TransferState.DELIVERED)
    corrects(cast, clara)
    job_runs(cast)
    with cast.as_job() as work:
        work.first(work.select(RecipientNotice)).state = Told.PENDING
    job_runs(cast)
    assert told(cast).state is Told.INFORMED


def test_who_holds_the_new_value_already_holds_it(cast: Cast, clara: UUID):
    handed_over(cast, clara, TransferState.DELIVERED)
    corrects(cast, clara)
    job_runs(cast)
    with cast.as_job() as work:
        tell_recipients(work, done_at_once(work, Right.RECTIFICATION, clara), Changed.NAME)
    job_runs(cast)
    assert told(cast).state is Told.INFORMED


def test_a_new_address_is_never_taken_over_as_a_name(cast: Cast, clara: UUID):
    handed_over(cast, clara, TransferState.IMPORTED)
    with cast.as_job() as work:
        work.get(Customer, clara).email = "klara@example.org"
        tell_recipients(work, done_at_once(work, Right.RECTIFICATION, clara), Changed.EMAIL)
    job_runs(cast, Changed.EMAIL)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        (case,) = open_cases(work)
    assert not case.grantable


def test_who_refused_it_is_told_nothing(cast: Cast, clara: UUID):
    handed_over(cast, clara, TransferState.REFUSED)
    assert corrects(cast, clara) == ()


def test_a_corrected_language_is_told_in_words(cast: Cast, clara: UUID):
    there = handed_over(cast, clara, TransferState.IMPORTED)
    with cast.as_person(clara) as work:
        correct_language(work, "en")
    job_runs(cast, Changed.LANGUAGE)
    with cast.as_job(cast.salon) as work:
        (case,) = work.all(work.select(PrivacyCase).where(PrivacyCase.customer_id == there))
    assert case.request.endswith(": Englisch")
