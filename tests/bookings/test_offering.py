"""Free times as people look for them; the booking check uses the same arithmetic."""

from datetime import UTC, datetime, time, timedelta

import pytest

from smartcx_portal.bookings.catalogue import form_fields, resources, service, services
from smartcx_portal.bookings.closures import add_closure
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.offer import offer_of
from smartcx_portal.bookings.offering import free_times, month_days, nearest_of, next_days, next_free
from smartcx_portal.bookings.refusals import NoLongerOffered
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.calendar import OpeningHours, Service
from smartcx_portal.models.staff import Role
from tests.bookings.journeys import MONDAY_8, WITHOUT, book, visitor
from tests.conftest import at


def closed(cast, first, last=""):
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        add_closure(work, first, last)


def test_services_say_what_binds_first(cast):
    with visitor(cast.town) as work:
        (one,) = services(work)
        assert one == service(work, one.id)
        assert [each.name for each in resources(work, one.id)] == ["Schalter 1", "Schalter 2"]
    assert (one.duration_min, one.address, one.has_questions) == (20, "Markt 1, 47798 Musterstadt", True)


def test_a_service_switched_off_is_not_listed(cast):
    with cast.as_job() as work:
        work.get(Service, cast.town.service).active = False
    with visitor(cast.town) as work:
        assert services(work) == []
        with pytest.raises(NoLongerOffered):
            service(work, cast.town.service)


def test_questions_come_with_their_reason(cast):
    with visitor(cast.town) as work:
        plain, special = form_fields(work, cast.town.service)
    assert (plain.name, plain.why, plain.special) == (f"answer-{plain.id}", "Um den alten zu sperren", False)
    assert special.special


@pytest.mark.promise("P02")
@pytest.mark.parametrize("ask", [service, form_fields, resources, next_free])
def test_the_salons_service_does_not_exist_at_the_office(cast, ask):
    with pytest.raises(NotFound), visitor(cast.town) as work:
        ask(work, cast.salon.service)


def test_times_are_those_of_the_place(cast):
    with visitor(cast.town, lang="en") as work:
        first = free_times(work, cast.town.service, "2026-11-23", "2026-11-23")[0]
    assert (first.time, first.text, first.part, first.places) == (
        "08:00",
        "Monday, 23 November 2026, 08:00",
        "morning",
        2,
    )
    assert datetime.fromisoformat(first.starts_at) == MONDAY_8


def test_the_next_free_time_skips_what_is_full_and_closed(cast):
    closed(cast, "2026-11-23")
    with visitor(cast.town) as work:
        assert [one.day for one in next_free(work, cast.town.service, 1)] == ["2026-11-24"]


def test_the_search_widens_until_the_horizon(cast):
    closed(cast, "2026-11-23", "2027-01-15")
    with visitor(cast.town) as work:
        assert next_free(work, cast.town.service, 1)[0].day == "2027-01-18"
    closed(cast, "2027-01-16", "2027-12-31")
    with visitor(cast.town) as work:
        assert next_free(work, cast.town.service, 1) == []
        offer = offer_of(work, work.get(Service, cast.town.service))
        assert nearest_of(work, offer, MONDAY_8) == []


def test_days_without_a_free_time_are_not_offered(cast):
    closed(cast, "2026-11-24")
    with visitor(cast.town) as work:
        days = next_days(work, cast.town.service, "2026-11-20", 5)
    assert [day.day[-2:] for day in days] == ["23", "25", "26", "27", "30"]
    assert days[0].free == 12


def test_every_day_of_a_month_has_times_or_a_reason(cast):
    closed(cast, "2026-11-24")
    with cast.as_job() as work:
        work.get(Service, cast.town.service).horizon_days = 5
    for tab in ("one", "two"):
        for n in range(12):
            book(cast, WITHOUT, at=MONDAY_8 + timedelta(days=2, minutes=20 * n), tab=f"{tab}-{n}", network=tab)
    with visitor(cast.town) as work:
        days = {day.number: day for day in month_days(work, cast.town.service, 2026, 11)}
    assert len(days) == 30
    assert (days[23].free, days[23].reason) == (12, "")
    reasons = {number: days[number].reason for number in (21, 22, 24, 25, 28, 30)}
    assert reasons == {
        21: "schon vorbei",
        22: "geschlossen",
        24: "geschlossen",
        25: "ausgebucht",
        28: "noch nicht buchbar",
        30: "noch nicht buchbar",
    }


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (1, 1), (99999, 1)])
def test_a_month_that_is_none_is_not_found(cast, year, month):
    with pytest.raises(NotFound), visitor(cast.town) as work:
        month_days(work, cast.town.service, year, month)


def test_a_wide_search_ends_after_a_year(cast):
    with visitor(cast.town) as work:
        assert free_times(work, cast.town.service, "2026-11-23", "9999-12-01")
        with pytest.raises(NotFound):
            free_times(work, cast.town.service, "2026-11-23", "tomorrow")


@pytest.mark.parametrize(
    ("sunday", "expected"),
    [
        ("2027-03-28", ["01:00", "01:20", "01:40", "03:00", "03:20", "03:40"]),
        ("2026-10-25", ["01:00", "01:20", "01:40", "02:00", "02:20", "02:40", "02:00", "02:20", "02:40"]),
    ],
)
def test_on_days_when_the_clock_changes_real_time_counts(cast, sunday, expected):
    """What is offered can be held, also twice at the two times that read 02:00."""
    with cast.as_job() as work:
        work.new(OpeningHours, location_id=cast.town.location, weekday=6, opens=time(1), closes=time(4))
    day = datetime.fromisoformat(sunday).replace(tzinfo=UTC)
    with at(day - timedelta(days=3)):
        with visitor(cast.town) as work:
            free = free_times(work, cast.town.service, sunday, sunday)
        assert [one.time for one in free[: len(expected)]] == expected
        for n, one in enumerate(free[: len(expected)]):
            with visitor(cast.town, f"tab-{n}", f"net-{n}") as work:
                assert hold(work, cast.town.service, one.starts_at).when.starts_at == one.starts_at
