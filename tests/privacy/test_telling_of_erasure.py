"""Who holds Clara's data is told that it was erased (Art. 19); she reads whom, and what is noted leads to nobody."""

from uuid import UUID

import pytest

from smartcx_portal.models.calendar import CalendarFeed
from smartcx_portal.models.customer import Customer
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
from smartcx_portal.privacy.erase import erase_own, erase_person, preview
from smartcx_portal.privacy.receiving import open_data, refuse_data
from smartcx_portal.privacy.telling_receivers import ERASED, tell_receiver
from tests.cast import CLARA, Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P04")


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def handed_over(cast: Cast, clara: UUID, state: TransferState) -> UUID:
    """What waits at the salon, or what was taken over there."""
    with cast.as_job() as work:
        sent = work.new(Transfer, customer_id=clara, to_tenant=cast.salon.id, state=state, created_at=work.now).id
    with cast.as_job(cast.salon) as work:
        taken = state is TransferState.IMPORTED
        there = work.new(Customer, name=CLARA["name"], created_at=work.now).id if taken else None
        row = work.new(
            ReceivedData,
            customer_id=there,
            document={"records": []},
            from_name="Bürgeramt Musterstadt",
            from_transfer=sent,
            state=state,
            created_at=work.now,
            lapses_at=work.now.replace(day=30),
        )
        return row.id


def erases(cast: Cast, clara: UUID) -> list[str]:
    with cast.as_person(clara, fresh=True) as work:
        return erase_own(work).told


def notice(cast: Cast) -> RecipientNotice:
    with cast.as_job() as work:
        (row,) = work.all(work.select(RecipientNotice))
    return row


def job_runs(cast: Cast) -> None:
    tell_receiver(tenant=str(cast.town.id), notice=str(notice(cast).id), what=ERASED)


def test_where_nobody_else_has_it_nobody_is_told(cast: Cast, clara: UUID):
    assert erases(cast, clara) == []


def test_calendars_of_the_staff_follow_by_themselves(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.new(CalendarFeed, resource_id=cast.town.counters[0], with_details=True, created_at=work.now)
    assert erases(cast, clara) == ["Kalender der Beschäftigten: folgt von selbst beim nächsten Abruf"]


def test_she_reads_beforehand_who_is_told(cast: Cast, clara: UUID):
    handed_over(cast, clara, TransferState.IMPORTED)
    with cast.as_person(clara) as work:
        assert preview(work).receivers == ["Salon Haarlekin"]


def test_what_is_noted_leads_to_the_request_and_to_nobody(cast: Cast, clara: UUID):
    handed_over(cast, clara, TransferState.IMPORTED)
    assert erases(cast, clara) == ["Salon Haarlekin: erfährt es gerade"]
    row = notice(cast)
    with cast.as_job() as work:
        assert work.get(PrivacyCase, row.case_id).right is Right.ERASURE
    assert (row.customer_id, row.state) == (None, Told.PENDING)


def test_whoever_took_her_over_is_asked_to_check_and_not_to_delete(cast: Cast, clara: UUID):
    handed_over(cast, clara, TransferState.IMPORTED)
    erases(cast, clara)
    job_runs(cast)
    with cast.as_job(cast.salon) as work:
        (case,) = work.all(work.select(PrivacyCase))
        assert work.count(work.select(Customer)) == 1
    assert case.request.startswith("Mitteilung von Bürgeramt Musterstadt;")
    assert notice(cast).state is Told.INFORMED


def test_a_job_that_runs_twice_tells_once(cast: Cast, clara: UUID):
    handed_over(cast, clara, TransferState.IMPORTED)
    erases(cast, clara)
    job_runs(cast)
    with cast.as_job() as work:
        work.first(work.select(RecipientNotice)).state = Told.PENDING
    job_runs(cast)
    with cast.as_job(cast.salon) as work:
        assert work.count(work.select(PrivacyCase)) == 1


def test_what_was_told_stays_told_when_the_job_runs_again_after_it_was_refused(cast: Cast, clara: UUID):
    waits = handed_over(cast, clara, TransferState.DELIVERED)
    erases(cast, clara)
    job_runs(cast)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        refuse_data(work, str(waits))
    with cast.as_job() as work:
        work.first(work.select(RecipientNotice)).state = Told.PENDING
    job_runs(cast)
    assert notice(cast).state is Told.INFORMED


def test_who_has_not_taken_it_over_yet_reads_it_beside(cast: Cast, clara: UUID):
    waits = handed_over(cast, clara, TransferState.DELIVERED)
    erases(cast, clara)
    job_runs(cast)
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        assert open_data(work, str(waits)).erased == "Sonntag, 22. November 2026"


def test_who_no_longer_holds_anything_is_told_nothing(cast: Cast, clara: UUID):
    waits = handed_over(cast, clara, TransferState.IMPORTED)
    erases(cast, clara)
    with cast.as_job(cast.salon) as work:
        work.delete(work.get(ReceivedData, waits))
    job_runs(cast)
    assert notice(cast).state is Told.NOTHING


def test_what_ends_by_itself_is_no_wish_that_others_must_hear_of(cast: Cast, clara: UUID):
    handed_over(cast, clara, TransferState.IMPORTED)
    with cast.as_job() as work:
        assert erase_person(work, clara, asked=False).told == []
        assert work.count(work.select(RecipientNotice)) == 0
