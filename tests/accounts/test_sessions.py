"""Session rows: ended at once, cleared away later, of one kind each."""

from datetime import UTC, datetime, timedelta

import pytest

from smartcx_portal.accounts import sessions
from smartcx_portal.accounts.sessions import begin, forget_ended, prove
from smartcx_portal.bookings.holding import extend_hold, hold
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.staff import Session, SessionKind
from smartcx_portal.tenancy import VISITOR, ActorKind, open_work
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY, at


@pytest.fixture
def sessions_of_all(cast: Cast) -> Cast:
    """Anna, Oskar and Clara are signed in, under the keys `anna`, `oskar` and `clara`."""
    with cast.as_visitor(tab="") as work:
        clara = work.new(Customer, name=CLARA["name"], created_at=work.now)
        begin(work, "anna", SessionKind.STAFF, identity_id=cast.anna, tenant_id=cast.town.id)
        begin(work, "oskar", SessionKind.OPERATOR, identity_id=cast.oskar)
        begin(work, "clara", SessionKind.PERSON, tenant_id=cast.town.id, customer_id=clara.id)
    return cast


def counts_as(key: str) -> ActorKind | None:
    with open_work(VISITOR) as work:
        proof = prove(work, key)
        return proof.actor.kind if proof else None


def test_each_counts_as_what_they_are(sessions_of_all: Cast):
    kinds = [counts_as(key) for key in ("anna", "oskar", "clara", "nobody", "")]
    assert kinds == [ActorKind.STAFF, ActorKind.OPERATOR, ActorKind.PERSON, None, None]


@pytest.mark.parametrize(("key", "minutes"), [("anna", 30), ("oskar", 30), ("clara", 15)])
def test_each_kind_has_its_own_patience(sessions_of_all: Cast, key: str, minutes: int):
    with at(SUNDAY + timedelta(minutes=minutes, seconds=-1)):
        assert counts_as(key) is not None
    with at(SUNDAY + timedelta(minutes=minutes)):
        assert counts_as(key) is None


def test_renewing_writes_once_a_minute_at_most(sessions_of_all: Cast):
    seen = []
    for seconds in (59, 60, 90):
        with at(SUNDAY + timedelta(seconds=seconds)), open_work(VISITOR) as work:
            prove(work, "anna", renew=True)
            seen.append(work.first(work.shared(Session).where(Session.key_hash == "anna")).seen_at)
    assert seen == [SUNDAY, SUNDAY + timedelta(seconds=60), SUNDAY + timedelta(seconds=60)]


def test_ending_all_of_one_leaves_the_others(sessions_of_all: Cast):
    with sessions_of_all.as_job() as work:
        assert sessions.end_all(work, identity_id=sessions_of_all.anna) == 1
        assert sessions.end_all(work) == 0
    assert [counts_as(key) is not None for key in ("anna", "oskar", "clara")] == [False, True, True]


def test_signing_in_anew_ends_the_tabs_session(sessions_of_all: Cast):
    with open_work(VISITOR, tab="anna") as work:
        begin(work, "dora", SessionKind.STAFF, identity_id=sessions_of_all.dora, tenant_id=sessions_of_all.salon.id)
    assert (counts_as("anna"), counts_as("dora")) == (None, ActorKind.STAFF)


def test_an_operator_who_is_none_any_more_is_signed_out(sessions_of_all: Cast):
    from smartcx_portal.models.staff import Identity

    with sessions_of_all.as_job() as work:
        work.get(Identity, sessions_of_all.oskar).operator = False
    assert counts_as("oskar") is None


def test_rows_of_ended_sessions_are_deleted(sessions_of_all: Cast):
    with at(SUNDAY + timedelta(minutes=16)), sessions_of_all.as_job() as work:
        assert forget_ended(work) == 1
        assert work.count(work.shared(Session)) == 2


def test_a_tab_that_signs_in_goes_on_with_the_time_it_holds(cast: Cast):
    start = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    with cast.as_visitor() as work:
        hold(work, cast.town.service, start)
    with cast.as_visitor() as work:
        begin(work, "new-key", SessionKind.STAFF, identity_id=cast.anna, tenant_id=cast.town.id)
    with cast.as_visitor(tab="new-key") as work:
        assert extend_hold(work).extensions_left > 0
