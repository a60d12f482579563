"""A time is held while somebody types: one per tab, ten minutes, extendable, and offered only if the rules offer it."""

from datetime import timedelta

import pytest

from smartcx_portal.bookings.closures import add_closure
from smartcx_portal.bookings.drafts import EXTENSIONS, load_draft
from smartcx_portal.bookings.holding import extend_hold, hold, hold_again, release_hold
from smartcx_portal.bookings.offering import free_times
from smartcx_portal.bookings.refusals import (
    HoldLapsed,
    NoLongerOffered,
    NoMoreTime,
    NothingHeld,
    NotOffered,
    SlotTaken,
)
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.models.calendar import Resource, Service
from smartcx_portal.models.staff import Role
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy.suspension import BookingPaused
from tests.bookings.journeys import MONDAY_8, MONDAY_9, claims, visitor
from tests.conftest import at

MINUTE = timedelta(minutes=1)


def test_a_hold_lasts_ten_minutes_and_says_until_when(cast, frozen):
    with visitor(cast.town) as work:
        held = hold(work, cast.town.service, MONDAY_8)
    assert (held.until, held.lapsed, held.extensions_left) == ("10:10 Uhr", False, EXTENSIONS)
    assert held.when.text == "Montag, 23. November 2026, 08:00 Uhr"


def test_a_hold_claims_the_time_with_its_buffers(cast):
    with cast.as_job() as work:
        service = work.get(Service, cast.town.service)
        service.before_min, service.after_min = 5, 10
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
        (claim,) = claims(work)
        (booking,) = work.all(work.select(Booking))
    assert (claim.starts_at, claim.ends_at) == (MONDAY_8 - 5 * MINUTE, MONDAY_8 + 30 * MINUTE)
    assert (booking.starts_at, booking.ends_at) == (MONDAY_8, MONDAY_8 + 20 * MINUTE)


def test_a_new_hold_gives_the_tabs_old_one_back(cast):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_9)
    with visitor(cast.town) as work:
        assert [claim.starts_at for claim in claims(work)] == [MONDAY_9]
        assert work.count(work.select(Booking)) == 1


def test_the_same_time_can_be_held_again_by_the_same_tab(cast):
    for _ in range(3):
        with visitor(cast.town) as work:
            hold(work, cast.town.service, MONDAY_8, cast.town.counters[0])
    with visitor(cast.town) as work:
        assert len(claims(work)) == 1


def test_the_own_hold_is_still_offered_to_its_tab_only(cast):
    counter = cast.town.counters[0]
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8, counter)
    with visitor(cast.town) as work:
        own = free_times(work, cast.town.service, "2026-11-23", "2026-11-23", counter)
    with visitor(cast.town, tab="another-tab") as work:
        others = free_times(work, cast.town.service, "2026-11-23", "2026-11-23", counter)
    assert (own[0].time, others[0].time) == ("08:00", "08:20")


def test_two_counters_serve_two_tabs_and_the_third_is_told_what_is_left(cast):
    for tab in ("one", "two"):
        with visitor(cast.town, tab) as work:
            hold(work, cast.town.service, MONDAY_8)
    with pytest.raises(SlotTaken) as refusal, visitor(cast.town, "three") as work:
        hold(work, cast.town.service, MONDAY_8)
    assert [time.time for time in refusal.value.nearest] == ["08:20", "08:40", "09:00"]
    assert "Noch frei: Montag, 23. November 2026, 08:20 Uhr" in refusal.value.text("de")


def test_the_less_loaded_counter_is_chosen_then_the_first(cast):
    first, second = cast.town.counters
    with visitor(cast.town, "one") as work:
        assert hold(work, cast.town.service, MONDAY_8).resource_id == str(first)
    with visitor(cast.town, "two") as work:
        assert hold(work, cast.town.service, MONDAY_9).resource_id == str(second)


def test_capacity_counts_lanes(cast):
    counter = cast.town.counters[0]
    with cast.as_job() as work:
        work.get(Resource, counter).capacity = 3
    for tab in ("one", "two", "three"):
        with visitor(cast.town, tab) as work:
            hold(work, cast.town.service, MONDAY_8, counter)
    with visitor(cast.town, "four") as work:
        assert sorted(claim.lane for claim in claims(work)) == [0, 1, 2]
        with pytest.raises(SlotTaken):
            hold(work, cast.town.service, MONDAY_8, counter)


@pytest.mark.parametrize(
    ("what", "moment"),
    [
        ("off the step", MONDAY_8 + 5 * MINUTE),
        ("before opening", MONDAY_8 - 20 * MINUTE),
        ("ends after closing", MONDAY_8 + timedelta(hours=3, minutes=50)),
        ("a Saturday", MONDAY_8 + timedelta(days=5)),
        ("past", MONDAY_8 - timedelta(days=7)),
        ("beyond the horizon", MONDAY_8 + timedelta(days=70)),
    ],
)
def test_only_offered_times_can_be_held(cast, what, moment):
    with pytest.raises(NotOffered), visitor(cast.town) as work:
        hold(work, cast.town.service, moment)


def test_the_lead_time_is_kept(cast):
    with at(MONDAY_8 - 59 * MINUTE), pytest.raises(NotOffered), visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
    with at(MONDAY_8 - 60 * MINUTE), visitor(cast.town) as work:
        assert hold(work, cast.town.service, MONDAY_8)


def test_a_closed_day_cannot_be_held(cast):
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        add_closure(work, "2026-11-23")
    with pytest.raises(NotOffered), visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)


@pytest.mark.parametrize("moment", ["", "soon", "2026-11-23T08:00:00", "2026-11-23", None, "9" * 400])
def test_what_is_no_moment_is_not_found(cast, moment):
    with pytest.raises(NotFound), visitor(cast.town) as work:
        hold(work, cast.town.service, moment)


def test_a_service_switched_off_cannot_be_held(cast):
    with cast.as_job() as work:
        work.get(Service, cast.town.service).active = False
    with pytest.raises(NoLongerOffered), visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)


@pytest.mark.promise("P02")
def test_the_salons_service_and_stylist_do_not_exist_at_the_office(cast):
    with pytest.raises(NotFound), visitor(cast.town) as work:
        hold(work, cast.salon.service, MONDAY_8)
    with pytest.raises(NotOffered), visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8, cast.salon.counters[0])


def test_a_suspended_tenant_takes_no_holds(cast):
    with cast.as_job() as work:
        work.get(Tenant, cast.town.id).status = TenantStatus.SUSPENDED
    with pytest.raises(BookingPaused), visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)


def test_without_a_tab_nothing_is_held(cast):
    with pytest.raises(NotFound), visitor(cast.town, tab="") as work:
        hold(work, cast.town.service, MONDAY_8)


def test_more_time_is_given_a_dozen_times(cast, frozen):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
    for n in range(1, EXTENSIONS + 1):
        with at(frozen + (10 * n - 1) * MINUTE), visitor(cast.town) as work:
            assert extend_hold(work).extensions_left == EXTENSIONS - n
    with at(frozen + 125 * MINUTE), visitor(cast.town) as work:
        assert load_draft(work).stage == "held"
        with pytest.raises(NoMoreTime) as refusal:
            extend_hold(work)
    assert "12:10 Uhr" in refusal.value.text("de")


def test_a_lapsed_hold_cannot_be_extended(cast, frozen):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
    with at(frozen + 10 * MINUTE), pytest.raises(HoldLapsed), visitor(cast.town) as work:
        extend_hold(work)


def test_a_lapsed_hold_takes_nothing_from_others(cast, frozen):
    counter = cast.town.counters[0]
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8, counter)
    with at(frozen + 10 * MINUTE), visitor(cast.town, "another-tab") as work:
        assert free_times(work, cast.town.service, "2026-11-23", "2026-11-23", counter)[0].time == "08:00"
        hold(work, cast.town.service, MONDAY_8, counter)
        assert len(claims(work)) == 1
        states = {booking.holder_key: booking.status for booking in work.all(work.select(Booking))}
    assert states == {None: BookingStatus.EXPIRED, "another-tab": BookingStatus.HELD}


def test_a_lapsed_hold_is_held_again_if_it_is_still_free(cast, frozen):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
    with at(frozen + 30 * MINUTE), visitor(cast.town) as work:
        assert load_draft(work).stage == "lapsed"
        assert hold_again(work).until == "10:40 Uhr"
        assert load_draft(work).stage == "held"


def test_a_lapsed_hold_that_is_gone_names_the_nearest(cast, frozen):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
    with at(frozen + 30 * MINUTE):
        for tab in ("one", "two"):
            with visitor(cast.town, tab) as work:
                hold(work, cast.town.service, MONDAY_8)
        with pytest.raises(SlotTaken) as refusal, visitor(cast.town) as work:
            hold_again(work)
    assert refusal.value.nearest[0].time == "08:20"


def test_holding_again_what_is_held_changes_nothing(cast):
    with visitor(cast.town) as work:
        first = hold(work, cast.town.service, MONDAY_8)
    with visitor(cast.town) as work:
        assert hold_again(work) == first


def test_who_holds_nothing_is_told_so(cast):
    for act in (hold_again, extend_hold):
        with pytest.raises(NothingHeld), visitor(cast.town) as work:
            act(work)


def test_released_time_is_free_at_once(cast):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
    with visitor(cast.town) as work:
        release_hold(work)
        assert claims(work) == []
        assert load_draft(work).stage == "choosing"


def test_another_tab_cannot_release_it(cast):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
    with visitor(cast.town, "another-tab") as work:
        release_hold(work)
        assert len(claims(work)) == 1
