"""Staff are data subjects too: what is held on them ends as the notice says (promise P08)."""

from datetime import datetime, timedelta

import pytest

from smartcx_portal.accounts.sessions import begin
from smartcx_portal.models.calendar import CalendarChange
from smartcx_portal.models.privacy import AccessRecord
from smartcx_portal.models.staff import Identity, Invitation, Membership, Role, Session, SessionKind
from smartcx_portal.privacy.retention import keep_periods
from tests.cast import Cast
from tests.conftest import at
from tests.privacy.scenes import open_house

pytestmark = pytest.mark.promise("P08")
DAY = timedelta(days=1)


@pytest.fixture
def left(cast: Cast, frozen: datetime) -> datetime:
    """Ben has just stopped working here; when that was."""
    open_house(cast)
    with cast.as_job() as work:
        work.update_where(Membership, Membership.identity_id == cast.ben, ended_at=work.now)
    return frozen


def accounts(cast: Cast) -> set[str]:
    with cast.as_job() as work:
        return set(work.all(work.shared(Identity.name)))


def test_an_account_goes_ninety_days_after_its_person_left(cast: Cast, left: datetime):
    with at(left + 90 * DAY):
        keep_periods()
    assert "Ben" in accounts(cast)
    with at(left + 91 * DAY):
        keep_periods()
    assert accounts(cast) == {"Anna", "Dora", "Oskar"}
    with cast.as_job() as work:
        assert cast.ben not in work.all(work.select(Membership.identity_id))


def test_what_somebody_did_outlasts_them_without_their_number(cast: Cast, left: datetime):
    with cast.as_job() as work:
        for who in (cast.anna, cast.ben):
            work.new(CalendarChange, action="closure.added", by_identity=who, at=work.now, rows=[])
            work.new(AccessRecord, by_identity=who, role="staff", what="booking", at=work.now)
    for days, stays in ((90, {cast.anna, cast.ben}), (91, {cast.anna, None})):
        with at(left + days * DAY):
            keep_periods()
        with cast.as_job() as work:
            for deed in (CalendarChange, AccessRecord):
                assert set(work.all(work.select(deed.by_identity))) == stays, (deed, days)


def test_who_works_elsewhere_keeps_the_account(cast: Cast, left: datetime):
    open_house(cast, cast.salon)
    with cast.as_job(cast.salon) as work:
        work.new(Membership, identity_id=cast.ben, role=Role.STAFF, created_at=work.now)
    with at(left + 91 * DAY):
        keep_periods()
    assert "Ben" in accounts(cast)
    with cast.as_job() as work:
        assert work.all(work.select(Membership.identity_id)) == [cast.anna]


def test_an_invitation_goes_ninety_days_after_it_ran_out(cast: Cast, frozen: datetime):
    open_house(cast)
    with cast.as_job() as work:
        facts = {"email": "neu@example.org", "email_key": "neu@example.org", "role": Role.STAFF}
        work.new(Invitation, created_at=work.now, lapses_at=work.now + 7 * DAY, **facts)
    for days, left in ((97, 1), (98, 0)):
        with at(frozen + days * DAY):
            keep_periods()
        with cast.as_job() as work:
            assert work.count(work.select(Invitation)) == left, days


def test_the_row_of_a_session_goes_once_it_is_over(cast: Cast, frozen: datetime):
    with cast.as_job() as work:
        begin(work, "key-of-ben", SessionKind.STAFF, identity_id=cast.ben, tenant_id=cast.town.id)
    for minutes, left in ((29, 1), (31, 0)):
        with at(frozen + timedelta(minutes=minutes)):
            keep_periods()
        with cast.as_job() as work:
            assert work.count(work.shared(Session)) == left, minutes
