"""People who work here see what is stored about them, and nothing about others (Art. 15, promise P03)."""

import pytest

from smartcx_portal.bookings.looking import record_look
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy.data_map import data_map
from smartcx_portal.privacy.staff_access import StaffView, staff_view
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P03")


def bens(cast: Cast) -> StaffView:
    with cast.as_staff(cast.ben) as work:
        return staff_view(work)


def test_ben_sees_his_account_and_since_when_he_works_here(cast: Cast):
    open_house(cast)
    view = bens(cast)
    assert (view.name, view.email, view.role) == ("Ben", "ben@example.org", "Mitglied des Teams")
    assert view.since == "Sonntag, 22. November 2026"


def test_what_he_did_is_counted_with_its_purpose_ground_and_period(cast: Cast):
    open_house(cast)
    clara_books(cast)
    with cast.as_staff(cast.ben) as work:
        record_look(work, work.first(work.select(Booking)))
    groups = {one.id: one for one in bens(cast).groups}
    assert {"membership", "access_record", "audit_entry"} <= set(groups)
    assert groups["access_record"].count == 1
    assert all(one.purpose and one.ground and one.until for one in groups.values())


def test_what_anna_did_is_not_his(cast: Cast):
    open_house(cast)
    clara_books(cast)
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        record_look(work, work.first(work.select(Booking)))
    assert {one.id for one in bens(cast).groups} == {"membership"}


@pytest.mark.promise("P02")
def test_who_does_not_work_at_a_tenant_sees_nothing_there(cast: Cast):
    with cast.as_staff(cast.ben, cast.salon) as work, pytest.raises(NotFound):
        staff_view(work)


def test_people_who_book_have_no_such_page(cast: Cast):
    clara = clara_books(cast)
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        staff_view(work)


def test_every_table_that_leads_to_staff_says_when_its_rows_arose():
    led = [entry for entry in data_map() if entry.subject.staff and entry.table != "identity"]
    assert led
    assert [e.table for e in led if not any(hasattr(e.model, name) for name in ("created_at", "at"))] == []


def test_ben_reads_on_which_days_his_traces_would_go(cast: Cast):
    open_house(cast)
    role, account = bens(cast).leaving
    assert "am Samstag, 20. Februar 2027 gelöscht" in role
    assert "am Samstag, 20. Februar 2027 gelöscht" in account
