"""Nobody blocks a calendar: limits per network, per share of a day, per tab."""

from datetime import timedelta

import pytest

from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.refusals import TooManyHolds, TooManyHoldsOfDay
from tests.bookings.journeys import BY_MAIL, MONDAY_8, WITHOUT, book, visitor
from tests.conftest import at

STEP = timedelta(minutes=20)
DAY = timedelta(days=1)


def hold_many(cast, count, *, first=MONDAY_8, network="net-1", every=STEP):
    for n in range(count):
        with visitor(cast.town, f"{network}-{first}-{n}", network) as work:
            hold(work, cast.town.service, first + n * every)


def test_a_fifth_of_a_days_places_is_what_one_network_may_hold(cast):
    """Two counters with twelve times each: 24 places, so four."""
    hold_many(cast, 4)
    with pytest.raises(TooManyHoldsOfDay) as refusal, visitor(cast.town, "fifth") as work:
        hold(work, cast.town.service, MONDAY_8 + 5 * STEP)
    assert "Bitte wählen Sie einen anderen Tag" in refusal.value.text("de")


def test_other_days_and_other_networks_stay_open(cast):
    hold_many(cast, 4)
    with visitor(cast.town, "fifth") as work:
        assert hold(work, cast.town.service, MONDAY_8 + DAY)
    with visitor(cast.town, "sixth", "net-2") as work:
        assert hold(work, cast.town.service, MONDAY_8 + 5 * STEP)


def test_three_are_allowed_on_a_small_day(cast):
    """The salon has one chair: twelve places, of which a fifth would be two."""
    for n in range(3):
        with visitor(cast.salon, f"tab-{n}") as work:
            hold(work, cast.salon.service, MONDAY_8 + n * STEP)
    with pytest.raises(TooManyHoldsOfDay), visitor(cast.salon, "fourth") as work:
        hold(work, cast.salon.service, MONDAY_8 + 4 * STEP)


def test_ten_open_holds_are_the_limit_of_a_network(cast):
    for day in range(4):
        hold_many(cast, 3 if day < 3 else 1, first=MONDAY_8 + day * DAY)
    with pytest.raises(TooManyHolds), visitor(cast.town, "eleventh") as work:
        hold(work, cast.town.service, MONDAY_8 + 4 * DAY)


def test_unconfirmed_bookings_count_like_holds(cast):
    for n in range(4):
        entries = BY_MAIL | {"email": f"clara{n}@example.org"}
        book(cast, entries, at=MONDAY_8 + n * STEP, tab=f"tab-{n}")
    with pytest.raises(TooManyHoldsOfDay), visitor(cast.town, "fifth") as work:
        hold(work, cast.town.service, MONDAY_8 + 5 * STEP)


def test_confirmed_ones_do_not_count(cast):
    for n in range(6):
        book(cast, WITHOUT, at=MONDAY_8 + n * STEP, tab=f"tab-{n}")


def test_lapsed_ones_do_not_count(cast, frozen):
    hold_many(cast, 4)
    with at(frozen + timedelta(minutes=10)), visitor(cast.town, "fifth") as work:
        assert hold(work, cast.town.service, MONDAY_8 + 5 * STEP)


def test_changing_ones_own_time_is_always_possible(cast):
    hold_many(cast, 4)
    with visitor(cast.town, f"net-1-{MONDAY_8}-0") as work:
        assert hold(work, cast.town.service, MONDAY_8 + 6 * STEP)


def test_the_networks_of_two_tenants_are_counted_apart(cast):
    hold_many(cast, 4)
    with visitor(cast.salon, "fifth") as work:
        assert hold(work, cast.salon.service, MONDAY_8)
