"""A link made minutes ago opens nothing any more for who has left, was disabled, was demoted or is gone."""

from collections.abc import Callable
from uuid import UUID

import pytest

from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.models.privacy import ReceivedData
from smartcx_portal.models.staff import Identity, Membership, Role
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.operations import processor_record
from smartcx_portal.privacy import record_papers
from smartcx_portal.privacy.bringing import bringing_path
from smartcx_portal.privacy.papers import paper_path, paper_token
from smartcx_portal.tenancy import Work
from tests.asgi import Client
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house


@pytest.fixture(autouse=True)
def limits() -> None:
    forget_all()


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def of_anna(work: Work, cast: Cast) -> Membership:
    return work.all(work.select(Membership).where(Membership.identity_id == cast.anna))[0]


def leaves(work: Work, cast: Cast) -> None:
    of_anna(work, cast).ended_at = work.now


def is_demoted(work: Work, cast: Cast) -> None:
    of_anna(work, cast).role = Role.STAFF


def is_disabled(work: Work, cast: Cast) -> None:
    work.get(Identity, cast.anna).disabled_at = work.now


def is_suspended(work: Work, cast: Cast) -> None:
    work.get(Tenant, work.tenant).status = TenantStatus.SUSPENDED


def is_closed(work: Work, cast: Cast) -> None:
    work.get(Tenant, work.tenant).status = TenantStatus.CLOSED


GOING = [leaves, is_demoted, is_disabled, is_suspended, is_closed]


@pytest.mark.promise("P02")
@pytest.mark.parametrize("going", GOING)
def test_a_file_for_the_staff_is_made_only_for_who_still_may(
    cast: Cast, clara: UUID, going: Callable[[Work, Cast], None]
):
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        token = paper_token(work, record_papers.AS_PDF)
    with cast.as_job() as work:
        going(work, cast)
    assert Client(make_outer()).get(paper_path(token)).status_code == 410


@pytest.mark.parametrize("going", GOING)
def test_a_file_is_taken_in_only_from_who_still_may(cast: Cast, clara: UUID, going: Callable[[Work, Cast], None]):
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        path = bringing_path(work)
    with cast.as_job() as work:
        going(work, cast)
    assert Client(make_outer()).post(path, content=b"{}").status_code == 410
    with cast.as_job() as work:
        assert work.count(work.select(ReceivedData)) == 0


def test_who_is_no_operator_any_more_gets_no_list_of_tenants(cast: Cast):
    with cast.as_operator() as work:
        token = paper_token(work, processor_record.AS_PDF)
    with cast.as_job() as work:
        work.get(Identity, cast.oskar).operator = False
    assert Client(make_outer()).get(paper_path(token)).status_code == 410
