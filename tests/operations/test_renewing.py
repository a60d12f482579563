"""When the operator's facts change, every notice gets a new version, and the earlier ones stay readable."""

from uuid import UUID

import pytest

from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import NoticeVersion, ProcessingActivity
from smartcx_portal.models.tenant import SubProcessor
from smartcx_portal.operations.opening import open_tenant
from smartcx_portal.operations.renewing import renew_facts, renew_notices
from smartcx_portal.privacy.notice import notice_view
from smartcx_portal.tenancy import JOB, open_work
from tests.cast import Cast
from tests.operations.forms import filled_in


@pytest.fixture
def tenant(cast: Cast) -> UUID:
    """A tenant with the first version of its notice."""
    with cast.as_operator() as work:
        open_tenant(work, filled_in())
        return work.tenant


def versions(tenant: UUID) -> int:
    with open_work(JOB, tenant) as work:
        return work.count(work.select(NoticeVersion))


def test_unchanged_facts_make_no_new_version(tenant: UUID):
    renew_facts()
    renew_notices()
    assert versions(tenant) == 1


def test_a_tenant_from_before_gets_what_it_lacks_switched_off_and_its_notice_stays(tenant: UUID):
    lacking = ProcessingActivity.purpose == Purpose.STATISTICS
    with open_work(JOB, tenant) as work:
        work.delete_where(ProcessingActivity, lacking)
    renew_facts()
    with open_work(JOB, tenant) as work:
        assert [a.active for a in work.all(work.select(ProcessingActivity).where(lacking))] == [False]
    renew_notices()
    assert versions(tenant) == 1


@pytest.mark.promise("P22")
def test_changed_facts_make_a_new_version_and_keep_the_old(tenant: UUID):
    with open_work(JOB) as work:
        work.update_where(SubProcessor, SubProcessor.key == "mailjet", keeps={"de": "100 Tage", "en": "100 days"})
    renew_notices()
    with open_work(JOB, tenant) as work:
        current = notice_view(work, "de")
        first = notice_view(work, "de", current.versions[-1].id)
    assert "100 Tage" in str(current)
    assert "100 Tage" not in str(first)
    assert (current.number, first.number, first.current) == (2, 1, False)


def test_the_files_facts_win_at_the_next_start(tenant: UUID):
    with open_work(JOB) as work:
        work.update_where(SubProcessor, SubProcessor.key == "mailjet", keeps={"de": "100 Tage", "en": "100 days"})
    renew_notices()
    renew_facts()
    with open_work(JOB, tenant) as work:
        assert "100 Tage" not in str(notice_view(work, "de"))
    assert versions(tenant) == 3
