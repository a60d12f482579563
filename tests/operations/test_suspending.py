"""Suspending closes booking and dashboard; nothing of the tenant's people's is touched."""

import pytest

from smartcx_portal.kit.errors import InvalidForm, NotFound, NotPermitted
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.staff import Role
from smartcx_portal.operations.suspending import (
    REASON_NAMES,
    NotActive,
    NotSuspended,
    Reason,
    WrongName,
    resume,
    suspend,
)
from smartcx_portal.operations.tenants import demo_list, tenant_view
from smartcx_portal.settings import settings
from tests.cast import Cast


@pytest.fixture
def suspended(cast: Cast) -> Cast:
    with cast.as_operator() as work:
        suspend(work, cast.town.id, "payment", typed_name="Bürgeramt  Musterstadt ")
    return cast


def test_it_is_no_longer_open(suspended: Cast):
    with suspended.as_visitor() as work:
        assert not tenant_view(work).open


def test_another_tenant_stays_open(suspended: Cast):
    with suspended.as_visitor(suspended.salon) as work:
        assert tenant_view(work).open


def test_its_trail_tells_who_and_why(suspended: Cast):
    with suspended.as_job() as work:
        entry = work.first(work.select(AuditEntry).where(AuditEntry.action == "tenant.suspended"))
    assert (entry.actor_id, entry.detail) == (suspended.oskar, {"reason": "payment"})


def test_it_is_suspended_only_once(suspended: Cast):
    with suspended.as_operator() as work, pytest.raises(NotActive):
        suspend(work, suspended.town.id, "request")


def test_it_can_be_taken_back(suspended: Cast):
    with suspended.as_operator() as work:
        resume(work, suspended.town.id)
    with suspended.as_visitor() as work:
        assert tenant_view(work).open
        assert work.count(work.select(AuditEntry).where(AuditEntry.action == "tenant.resumed")) == 1


def test_what_is_not_suspended_cannot_be_resumed(cast: Cast):
    with cast.as_operator() as work, pytest.raises(NotSuspended):
        resume(work, cast.town.id)


def test_the_reason_is_one_of_the_list(cast: Cast):
    with cast.as_operator() as work, pytest.raises(InvalidForm):
        suspend(work, cast.town.id, "Clara complained")
    assert set(REASON_NAMES) == set(Reason)


def test_a_wrong_name_does_not_confirm(cast: Cast):
    with cast.as_operator() as work, pytest.raises(WrongName):
        suspend(work, cast.town.id, "request", typed_name="Salon Haarlekin")


def test_anna_cannot_suspend_her_own_office(cast: Cast):
    with cast.as_staff(cast.anna, role=Role.OWNER) as work, pytest.raises(NotPermitted):
        suspend(work, cast.town.id, "request")


def test_dora_cannot_suspend_a_neighbour(cast: Cast):
    with cast.as_visitor(cast.salon) as work, pytest.raises(NotFound):
        suspend(work, cast.town.id, "request")


def test_nobody_is_listed_outside_demo_mode(cast: Cast):
    assert not settings().demo
    with cast.as_visitor() as work:
        assert demo_list(work) == []
