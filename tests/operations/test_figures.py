"""The back office sees counts and never people."""

import json
from dataclasses import asdict
from datetime import timedelta

import pytest

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import PrivacyCase, Right
from smartcx_portal.operations.counts import count_tenants
from smartcx_portal.operations.overview import tenant_list, tenant_row
from tests.cast import CLARA, Cast, House


def book(cast: Cast, house: House, status: BookingStatus, days: int) -> None:
    """An appointment of Clara's, some days from now."""
    with cast.as_job(house) as work:
        clara = work.new(Customer, created_at=work.now, **CLARA)
        starts = work.now + timedelta(days=days)
        work.new(
            Booking,
            location_id=house.location,
            service_id=house.service,
            resource_id=house.counters[0],
            customer_id=clara.id,
            status=status,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=20),
            created_at=work.now,
        )


@pytest.fixture
def booked(cast: Cast) -> Cast:
    book(cast, cast.town, BookingStatus.CONFIRMED, 2)
    book(cast, cast.town, BookingStatus.FINISHED, -2)
    book(cast, cast.town, BookingStatus.CANCELLED, 3)
    book(cast, cast.town, BookingStatus.HELD, 4)
    book(cast, cast.salon, BookingStatus.CONFIRMED, 1)
    with cast.as_job() as work:
        work.new(PrivacyCase, right=Right.ACCESS, received_at=work.now, due_on=work.now.date())
    count_tenants()
    return cast


def test_the_job_counts_each_tenant_within_its_walls(booked: Cast):
    with booked.as_operator() as work:
        town, salon = tenant_list(work)
    assert (town.bookings, town.coming, town.services, town.staff, town.open_cases) == (3, 1, 1, 2, 1)
    assert (salon.bookings, salon.coming, salon.services, salon.staff, salon.open_cases) == (1, 1, 1, 1, 0)


def test_counting_again_keeps_one_row_each(booked: Cast):
    count_tenants()
    with booked.as_operator() as work:
        assert len(tenant_list(work)) == 2
        assert tenant_row(work, booked.town.id).counted.startswith("Sonntag, 22. November 2026, 10:00")


@pytest.mark.promise("P02")
def test_the_overview_shows_no_personal_value(booked: Cast):
    with booked.as_operator() as work:
        shown = json.dumps([asdict(row) for row in tenant_list(work)], ensure_ascii=False)
    assert "Musterstadt" in shown
    for personal in (*CLARA.values(), "Anna", "Ben", "Datenschutz", "dsb@"):
        assert personal not in shown


@pytest.mark.promise("P02")
def test_the_overview_is_the_operators_alone(booked: Cast):
    with booked.as_staff(booked.anna) as work, pytest.raises(Exception, match="role"):
        tenant_list(work)
    with booked.as_visitor() as work, pytest.raises(NotFound):
        tenant_row(work, booked.town.id)


def test_a_tenant_not_counted_yet_is_listed(cast: Cast):
    with cast.as_operator() as work:
        assert [row.counted for row in tenant_list(work)] == ["", ""]
