"""Many made-up offices for measuring: as many as asked for, whole, and behind the same walls."""

import psycopg
import pytest

from smartcx_portal.bookings.offering import next_free
from smartcx_portal.kit.embedded import Urls
from smartcx_portal.kit.engine import as_libpq
from smartcx_portal.kit.refusal import CannotRun
from smartcx_portal.models.booking import Booking, BookingStatus, Claim
from smartcx_portal.models.calendar import Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.operations.demo_many import TABLES, make_many
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import JOB, VISITOR, open_work


@pytest.fixture
def many(engine, frozen, monkeypatch) -> list[str]:
    monkeypatch.setattr(settings(), "demo", True)
    said: list[str] = []
    make_many(2, 301, said.append)
    return said


def tenants() -> list:
    with open_work(JOB) as work:
        return list(work.all(work.shared(Tenant.id).order_by(Tenant.slug)))


def test_every_booking_has_its_person_and_its_claim(many):
    counted = []
    for tenant in tenants():
        with open_work(JOB, tenant) as work:
            counted.append(tuple(len(work.all(work.select(model.id))) for model in (Customer, Booking, Claim)))
    assert counted == [(151, 151, 151), (150, 150, 150)]


def test_what_is_over_is_finished_and_what_comes_is_booked(many, frozen):
    with open_work(JOB, tenants()[0]) as work:
        states = work.all(work.select(Booking.status, Booking.starts_at))
    assert {status for status, at in states if at > frozen} == {BookingStatus.CONFIRMED}
    assert {status for status, at in states if at <= frozen} == {BookingStatus.FINISHED}


def test_something_is_free_at_each(many):
    with open_work(VISITOR, tenants()[1], tab="t") as work:
        (service,) = work.all(work.select(Service.id))
        assert len(next_free(work, service, 3)) == 3


def test_it_says_how_far_it_is(many):
    assert many[-1].startswith("2 of 2 tenants, 301 bookings")


def test_made_again_nothing_is_added(many):
    said: list[str] = []
    make_many(2, 301, said.append)
    assert said[-1].startswith("2 of 2 tenants, 0 bookings")


def test_the_walls_stand_again(many, database: Urls):
    with psycopg.connect(as_libpq(database.owner)) as owner:
        forced = owner.execute(
            "SELECT bool_and(relforcerowsecurity) FROM pg_class WHERE relname = ANY(%s)", [[*TABLES]]
        )
        assert forced.fetchone() == (True,)


@pytest.mark.parametrize(("tenants", "bookings"), [(0, 1), (1, -1), (5001, 1)])
def test_senseless_numbers_are_refused(engine, tenants, bookings):
    with pytest.raises(CannotRun):
        make_many(tenants, bookings, print)
