"""Some people of the demo have years of history: who signs in as one of them sees what the portal is for."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import psycopg
import pytest

from smartcx_portal.audit.trail import verify as verify_trail
from smartcx_portal.kit.clock import frozen_at
from smartcx_portal.kit.embedded import Urls
from smartcx_portal.kit.engine import as_libpq
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import (
    AccessRecord,
    ConsentEvent,
    Enquiry,
    NoticeVersion,
    PrivacyCase,
    Transfer,
    TransferState,
)
from smartcx_portal.models.staff import Role
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.operations.demo import make_demo
from smartcx_portal.operations.demo_history import CLARA, MONTHLY
from smartcx_portal.operations.demo_logins import identity_of, logins_file
from smartcx_portal.privacy.cases import own_case, own_cases
from smartcx_portal.privacy.consents import history
from smartcx_portal.privacy.disclosures import disclosures
from smartcx_portal.privacy.handing_over import own_transfers
from smartcx_portal.privacy.notice import comparison, versions
from smartcx_portal.privacy.pulling import own_pull_links
from smartcx_portal.privacy.receiving import open_data, waiting_data
from smartcx_portal.privacy.retention import keep_periods_of
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import JOB, Actor, ActorKind, Work, open_work
from tests.conftest import SUNDAY

TOWN, SALON, PRACTICE = "buergeramt-musterstadt", "salon-haarlekin", "praxis-am-markt"
KEPT = (Customer, Booking, ConsentEvent, PrivacyCase, AccessRecord, Enquiry)


@pytest.fixture(scope="module", autouse=True)
def made(database: Urls) -> Iterator[None]:
    """The demo, made once for the tests of this file, on the frozen Sunday."""
    with psycopg.connect(as_libpq(database.owner), autocommit=True) as owner:
        owner.execute("TRUNCATE tenant, identity, session, sub_processor, procrastinate_jobs CASCADE")
    logins_file().unlink(missing_ok=True)
    with pytest.MonkeyPatch.context() as patch, frozen_at(SUNDAY):
        patch.setattr(settings(), "demo", True)
        make_demo(lambda line: None)
        yield
    logins_file().unlink()


def of(slug: str, actor: Actor = JOB) -> AbstractContextManager[Work]:
    with open_work(JOB) as work:
        tenant = work.first(work.shared(Tenant.id).where(Tenant.slug == slug))
    return open_work(actor, tenant, lang="en")


def signed_in(slug: str, name: str = CLARA) -> AbstractContextManager[Work]:
    with of(slug) as work:
        customer = work.first(work.select(Customer.id).where(Customer.name == name))
    return of(slug, Actor(ActorKind.PERSON, customer_id=customer))


@pytest.mark.promise("P06")
def test_clara_sees_consents_given_and_withdrawn_under_several_notices(made: None):
    with signed_in(TOWN) as work:
        lines = history(work).lines
    assert len(lines) >= 8
    assert {line.given for line in lines} == {True, False}
    assert len({line.notice_number for line in lines}) >= 3
    assert {"by a link in a message", "in this portal", "when booking"} <= {line.where for line in lines}


@pytest.mark.promise("P22")
def test_each_consent_stands_under_the_notice_of_its_day(made: None):
    with of(TOWN) as work:
        published = dict(work.all(work.select(NoticeVersion.id, NoticeVersion.published_at)))
        events = work.all(work.select(ConsentEvent).where(ConsentEvent.at < work.now - timedelta(days=50)))
    assert len(events) > 8
    for event in events:
        assert published[event.notice_version_id] == max(at for at in published.values() if at <= event.at)


@pytest.mark.promise("P22")
def test_each_notice_changed_something_that_people_have_to_know(made: None):
    with of(TOWN) as work:
        known = versions(work, "en")
        steps = [comparison(work, "en", one.id, one.before) for one in known if one.before]
    assert len(known) == 4
    assert [step.material for step in steps][1:] == [True, True]


def test_clara_sees_who_looked_and_why(made: None):
    with signed_in(TOWN) as work:
        lines = disclosures(work, work.actor.customer_id, "en").lines
    looks = [line for line in lines if line.kind == "access_record"]
    assert len({line.why for line in looks}) >= 4
    assert min(line.at for line in looks) < "2024-12-01"


def test_clara_sees_open_and_settled_requests_with_their_story(made: None):
    with signed_in(TOWN) as work:
        cases = own_cases(work).lines
        stories = [own_case(work, case.id) for case in cases]
    assert {case.state for case in cases} == {"still open", "settled"}
    assert {len(story.steps) for story in stories} >= {1, 2}
    assert all(case.proof for case in cases)


@pytest.mark.promise("P13")
def test_claras_data_waits_at_the_salon(made: None):
    with open_work(JOB) as work:
        dora = identity_of(work, "dora").id
    with of(SALON, Actor(ActorKind.STAFF, identity_id=dora, role=Role.OWNER)) as work:
        (waits,) = waiting_data(work)
        opened = open_data(work, waits.id)
    assert (waits.sender, opened.name) == ("Bürgeramt Musterstadt", CLARA)
    with signed_in(TOWN) as work:
        assert len(own_transfers(work)) == 1
        assert len(own_pull_links(work)) == 1
        assert work.all(work.select(Transfer.state)) == [TransferState.DELIVERED]


@pytest.mark.promise("P02")
def test_clara_is_somebody_of_her_own_at_the_practice(made: None):
    with signed_in(PRACTICE) as work:
        assert own_transfers(work) == []
        assert "Bürgeramt" not in str(disclosures(work, work.actor.customer_id, "de"))


def test_a_patients_visits_go_back_month_by_month(made: None):
    with of(PRACTICE) as work:
        patient = work.first(work.select(Customer).where(Customer.name == "Person 2002 Beispiel"))
        visits = work.all(work.select(Booking.starts_at).where(Booking.customer_id == patient.id))
    assert len([at for at in visits if at < work.now]) == len(MONTHLY)
    assert any(at > work.now for at in visits)


@pytest.mark.promise("P08")
@pytest.mark.parametrize("slug", [TOWN, PRACTICE])
def test_the_periods_take_nothing_of_the_history_away(made: None, slug: str):
    with of(slug) as work:
        before = {model: work.count(work.select(model)) for model in KEPT}
        tenant = work.tenant
    keep_periods_of(tenant)
    with of(slug) as work:
        assert {model: work.count(work.select(model)) for model in KEPT} == before


@pytest.mark.parametrize("slug", [TOWN, SALON, PRACTICE])
def test_the_trail_is_whole_and_nothing_lies_in_the_future(made: None, slug: str):
    with of(slug) as work:
        assert verify_trail(work.db, work.tenant).sound
        for column in (Customer.created_at, ConsentEvent.at, PrivacyCase.received_at, AccessRecord.at):
            assert all(at <= work.now for at in work.all(work.select(column)))
