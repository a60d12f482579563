"""What the engine offers, case by case. Times in the names are local; Berlin is UTC+1 in winter, +2 in summer."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from smartcx_portal.bookings.availability import (
    Lanes,
    Rule,
    Shut,
    Wish,
    days_with_free,
    free_lane,
    free_start,
    free_starts,
    is_free,
    spare_lane,
)
from tests.bookings.scenes import (
    ALWAYS,
    COUNTER,
    MONDAY,
    ROOM,
    Scene,
    claim,
    clock,
    opening,
    utc,
    wish,
)

MORNING = Scene(rules=(opening("09:00", "11:00"),))
TWO_PLACES = MORNING.but(lanes=(Lanes(COUNTER, 2),))
AT_TEN = ("2026-11-02 09:00", "2026-11-02 09:30")


def times(scene: Scene, resource_id: UUID | None = None) -> list[str]:
    """The offered starts as local times, of one resource if it is named."""
    return [
        start.starts_at.astimezone(ZoneInfo(scene.zone)).strftime("%H:%M")
        for start in free_starts(*scene.arguments())
        if resource_id is None or resource_id in start.resource_ids
    ]


def test_an_empty_morning_is_offered_whole():
    assert times(MORNING) == ["09:00", "09:30", "10:00", "10:30"]


def test_a_start_tells_its_moment_its_end_and_who_can_serve():
    first = free_starts(*MORNING.but(lanes=(Lanes(ROOM), Lanes(COUNTER))).arguments())[0]
    assert first[:3] == (utc("2026-11-02 08:00"), utc("2026-11-02 08:30"), (ROOM, COUNTER))


def test_moments_are_in_utc():
    assert all(start.starts_at.tzinfo is UTC for start in free_starts(*MORNING.arguments()))


@pytest.mark.parametrize(
    "nothing",
    [
        MORNING.but(rules=()),
        MORNING.but(lanes=()),
        MORNING.but(lanes=(Lanes(COUNTER, 0),)),
        MORNING.but(last_day=MONDAY - timedelta(1)),
        MORNING.but(last_day=MONDAY - timedelta(9)),
        MORNING.but(wish=wish(duration=121)),
    ],
    ids=["no rule", "no resource", "no capacity", "no day", "days swapped", "too long"],
)
def test_nothing_is_offered_without(nothing: Scene):
    assert free_starts(*nothing.arguments()) == []
    assert days_with_free(*nothing.arguments()) == {}


def test_a_claim_takes_the_starts_that_would_touch_it():
    assert times(MORNING.but(taken=(claim(*AT_TEN),), wish=wish(step=15))) == ["09:00", "09:15", "09:30", "10:30"]


def test_a_claim_of_another_resource_takes_nothing():
    assert times(MORNING.but(taken=(claim(*AT_TEN, resource_id=ROOM),))) == times(MORNING)


def test_a_claim_of_one_second_takes_its_place():
    second = claim("2026-11-02 09:00", "2026-11-02 09:00")._replace(ends_at=utc("2026-11-02 09:00:01"))
    assert "10:00" not in times(MORNING.but(taken=(second,)))


def test_a_claim_over_many_days_takes_them_all():
    away = claim("2026-10-01 00:00", "2026-12-01 00:00")
    assert times(MORNING.but(taken=(away,))) == []


def test_a_claim_in_another_zones_notation_is_the_same_claim():
    tokyo = ZoneInfo("Asia/Tokyo")
    local = claim(*AT_TEN)
    local = local._replace(starts_at=local.starts_at.astimezone(tokyo), ends_at=local.ends_at.astimezone(tokyo))
    assert times(MORNING.but(taken=(local,))) == ["09:00", "09:30", "10:30"]


def test_buffers_may_stick_out_of_the_opening():
    assert times(MORNING.but(wish=wish(before=60, after=60))) == times(MORNING)


def test_buffers_do_not_touch_a_claim():
    scene = MORNING.but(taken=(claim(*AT_TEN),))
    assert times(scene.but(wish=wish(before=1))) == ["09:00", "09:30"]
    assert times(scene.but(wish=wish(after=1))) == ["09:00", "10:30"]


def test_a_claim_before_the_opening_meets_the_buffer():
    early = claim("2026-11-02 07:00", "2026-11-02 07:50")
    assert times(MORNING.but(taken=(early,), wish=wish(before=15))) == ["09:30", "10:00", "10:30"]


def test_two_lanes_serve_two_at_once():
    assert "10:00" in times(TWO_PLACES.but(taken=(claim(*AT_TEN, lane=1),)))


def test_two_lanes_do_not_serve_three():
    both = (claim(*AT_TEN, lane=0), claim(*AT_TEN, lane=1))
    assert "10:00" not in times(TWO_PLACES.but(taken=both))


def test_one_lane_has_to_be_free_throughout():
    halves = (claim("2026-11-02 08:00", "2026-11-02 09:00"), claim("2026-11-02 09:00", "2026-11-02 10:00", lane=1))
    assert "09:30" not in times(TWO_PLACES.but(taken=halves, wish=wish(duration=60)))


def test_an_overbooked_claim_uses_the_resource_up():
    assert "10:00" not in times(MORNING.but(taken=(claim(*AT_TEN, lane=1),)))


def test_an_overbooked_claim_leaves_the_capacity_that_is_left():
    assert "10:00" in times(TWO_PLACES.but(taken=(claim(*AT_TEN, lane=2),)))


def test_steps_are_counted_from_the_opening():
    scene = Scene(rules=(opening("09:10", "10:30"),), wish=wish(duration=20, step=20))
    assert times(scene) == ["09:10", "09:30", "09:50", "10:10"]


def test_overlapping_rules_are_one_opening_counted_from_its_begin():
    scene = Scene(rules=(opening("09:45", "11:00"), opening("09:00", "10:00")), wish=wish(step=40))
    assert times(scene) == ["09:00", "09:40", "10:20"]


def test_touching_rules_are_one_opening():
    scene = Scene(rules=(opening("09:00", "10:00"), opening("10:00", "11:00")), wish=wish(duration=90))
    assert times(scene) == ["09:00", "09:30"]


def test_rules_apart_are_counted_apart():
    scene = Scene(rules=(opening("09:00", "09:50"), opening("14:10", "15:00")))
    assert times(scene) == ["09:00", "14:10"]


def test_a_rule_holds_on_its_weekday_only():
    week = MORNING.but(last_day=MONDAY + timedelta(13))
    assert days_with_free(*week.arguments()) == {MONDAY: 4, MONDAY + timedelta(7): 4}


def test_a_rule_holds_from_its_first_to_its_last_day():
    rule = opening("09:00", "11:00", valid_from=MONDAY + timedelta(7), valid_until=MONDAY + timedelta(14))
    month = Scene(rules=(rule,), last_day=MONDAY + timedelta(28))
    assert list(days_with_free(*month.arguments())) == [MONDAY + timedelta(7), MONDAY + timedelta(14)]


def test_24_00_closes_at_the_end_of_the_day():
    assert times(Scene(rules=(opening("23:00", "24:00"),))) == ["23:00", "23:30"]


def test_an_appointment_may_run_across_the_seam_of_two_open_days():
    tuesday = MONDAY + timedelta(1)
    rules = (opening("23:00", "24:00"), opening("00:00", "00:30", tuesday))
    assert times(Scene(rules=rules, wish=wish(duration=60))) == ["23:00", "23:30"]


def test_an_appointment_of_three_days_fits_where_it_is_always_open():
    rules = tuple(Rule(weekday, clock("00:00"), clock("24:00")) for weekday in range(7))
    assert times(Scene(rules=rules, wish=wish(duration=3 * 1440, step=720))) == ["00:00", "12:00"]


def test_a_closure_of_days_shuts_its_first_and_its_last():
    month = MORNING.but(last_day=MONDAY + timedelta(21), shuts=(Shut(MONDAY + timedelta(7), MONDAY + timedelta(14)),))
    assert list(days_with_free(*month.arguments())) == [MONDAY, MONDAY + timedelta(21)]


@pytest.mark.parametrize("days_ago", [1, 2, 3, 400])
def test_a_closure_that_is_over_shuts_nothing(days_ago: int):
    past = MONDAY - timedelta(days_ago)
    assert times(MORNING.but(shuts=(Shut(past, past),))) == times(MORNING)


def test_a_closure_that_began_long_ago_still_shuts():
    assert times(MORNING.but(shuts=(Shut(MONDAY - timedelta(400), MONDAY),))) == []


def test_a_closure_for_part_of_a_day_shuts_that_part():
    staff_meeting = Shut(MONDAY, MONDAY, clock("09:15"), clock("10:00"))
    assert times(MORNING.but(shuts=(staff_meeting,))) == ["10:00", "10:30"]


@pytest.mark.parametrize(
    ("begins", "ends", "left"),
    [(clock("10:00"), None, ["09:00", "09:30"]), (None, clock("10:00"), ["10:00", "10:30"])],
    ids=["from ten", "until ten"],
)
def test_a_closure_may_be_open_at_one_end(begins, ends, left):
    assert times(MORNING.but(shuts=(Shut(MONDAY, MONDAY, begins, ends),))) == left


def test_a_closure_shifts_no_start():
    staff_meeting = Shut(MONDAY, MONDAY, clock("09:10"), clock("09:40"))
    assert times(MORNING.but(shuts=(staff_meeting,))) == ["10:00", "10:30"]


def test_a_closure_of_one_resource_leaves_the_others():
    scene = MORNING.but(lanes=(Lanes(COUNTER), Lanes(ROOM)), shuts=(Shut(MONDAY, MONDAY, resource_id=ROOM),))
    assert times(scene, ROOM) == []
    assert times(scene, COUNTER) == ["09:00", "09:30", "10:00", "10:30"]


def test_the_lead_time_bounds_the_first_start_to_the_second():
    at_ten = utc("2026-11-02 09:00")
    assert times(MORNING.but(wish=wish(earliest=at_ten))) == ["10:00", "10:30"]
    assert times(MORNING.but(wish=wish(earliest=at_ten + timedelta(seconds=1)))) == ["10:30"]


def test_the_horizon_bounds_the_last_start_to_the_second():
    at_ten = utc("2026-11-02 09:00")
    assert times(MORNING.but(wish=wish(latest=at_ten))) == ["09:00", "09:30", "10:00"]
    assert times(MORNING.but(wish=wish(latest=at_ten - timedelta(seconds=1)))) == ["09:00", "09:30"]


def test_a_horizon_in_the_past_offers_nothing():
    assert times(MORNING.but(wish=wish(latest=utc("2020-01-01 00:00")))) == []


def test_29_february_is_a_day_like_others():
    day = date(2028, 2, 29)
    assert times(Scene(rules=(opening("09:00", "10:00", day),), first_day=day, last_day=day)) == ["09:00", "09:30"]


def test_the_same_start_is_free_when_asked_alone():
    assert is_free(*MORNING.offer(), starts_at=utc("2026-11-02 09:00"))


@pytest.mark.parametrize("moment", ["2026-11-02 09:10", "2026-11-02 10:00", "2026-11-03 09:00"])
def test_a_moment_that_is_no_start_is_not_free(moment: str):
    assert not is_free(*MORNING.offer(), starts_at=utc(moment))


def test_a_taken_start_is_not_free():
    assert free_start(*MORNING.but(taken=(claim(*AT_TEN),)).offer(), starts_at=utc("2026-11-02 09:00")) is None


def test_a_start_out_of_bounds_is_not_free():
    assert not is_free(
        *MORNING.but(wish=wish(latest=utc("2026-11-02 08:30"))).offer(), starts_at=utc("2026-11-02 09:00")
    )


def test_the_claim_includes_the_buffers():
    span = wish(duration=30, before=5, after=10).claim_for(utc("2026-11-02 09:00"))
    assert span == (utc("2026-11-02 08:55"), utc("2026-11-02 09:40"))


def test_the_lowest_free_lane_is_given():
    taken = (claim(*AT_TEN, lane=0), claim(*AT_TEN, lane=2))
    assert free_lane(COUNTER, 3, taken, utc(AT_TEN[0]), utc(AT_TEN[1])) == 1


def test_no_lane_is_given_beyond_the_capacity():
    assert free_lane(COUNTER, 1, (claim(*AT_TEN),), utc(AT_TEN[0]), utc(AT_TEN[1])) is None


def test_no_lane_is_given_while_an_overbooked_claim_uses_it_up():
    assert free_lane(COUNTER, 1, (claim(*AT_TEN, lane=1),), utc(AT_TEN[0]), utc(AT_TEN[1])) is None


def test_a_spare_lane_is_the_lowest_free_one_beyond_the_capacity():
    taken = (claim(*AT_TEN, lane=0), claim(*AT_TEN, lane=1), claim("2026-11-02 09:30", "2026-11-02 10:00", lane=2))
    assert spare_lane(COUNTER, 1, taken, utc(AT_TEN[0]), utc(AT_TEN[1])) == 2


def test_a_spare_lane_lies_beyond_the_capacity_even_if_lanes_within_are_free():
    assert spare_lane(COUNTER, 2, (), utc(AT_TEN[0]), utc(AT_TEN[1])) == 2


def test_claims_that_only_touch_leave_the_lane():
    assert free_lane(COUNTER, 1, (claim(*AT_TEN),), utc("2026-11-02 09:30"), utc("2026-11-02 10:00")) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Rule(7, clock("09:00"), clock("10:00")),
        lambda: Rule(0, clock("10:00"), clock("09:00")),
        lambda: Rule(0, clock("09:00"), clock("09:00")),
        lambda: Rule(0, clock("09:00:30"), clock("10:00")),
        lambda: Shut(MONDAY, MONDAY, clock("10:00"), clock("09:00")),
        lambda: Lanes(COUNTER, -1),
        lambda: Wish(0, 0, 0, 15, *ALWAYS),
        lambda: Wish(30, 0, 0, 0, *ALWAYS),
        lambda: Wish(30, -1, 0, 15, *ALWAYS),
        lambda: wish(places=0),
        lambda: wish(seats=0),
        lambda: opening("09:00", "10:00", every_weeks=0),
        lambda: opening("09:00", "10:00", every_weeks=2),
        lambda: opening("09:00", "10:00", nth=0),
        lambda: opening("09:00", "10:00", nth=6),
        lambda: opening("09:00", "10:00", online_quota=-1),
        lambda: free_starts(*MORNING.but(lanes=(Lanes(COUNTER), Lanes(COUNTER))).arguments()),
    ],
    ids=[
        *("weekday", "inverted", "empty", "seconds", "closure", "capacity", "duration", "step", "buffer"),
        *("no place", "no seat", "no week", "weeks from nowhere", "no such weekday", "a sixth weekday", "quota"),
        "twice",
    ],
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError):
        wrong()


def test_an_unknown_zone_is_refused():
    with pytest.raises(ZoneInfoNotFoundError):
        free_starts(*MORNING.but(zone="Europe/Musterstadt").arguments())


def test_a_moment_without_zone_is_refused():
    naive = claim(*AT_TEN)._replace(starts_at=datetime(2026, 11, 2, 9))  # noqa: DTZ001
    with pytest.raises(TypeError):
        free_starts(*MORNING.but(taken=(naive,)).arguments())
