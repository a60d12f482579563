"""Which rules hold when, and for whom: n-th weeks, own hours, extra hours, public holidays, quotas. Local times."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from smartcx_portal.bookings.availability import Lanes, Rule, Shut, days_with_free, free_starts
from tests.bookings.scenes import BERLIN, COUNTER, DESK, MONDAY, ROOM, Scene, claim, clock, opening, utc, wish

WEEK = timedelta(7)
TWO = (Lanes(COUNTER), Lanes(ROOM))
HOLIDAY = Shut(MONDAY, MONDAY, holiday=True)
ONLINE = wish(online=True)


def times(scene: Scene, resource_id: UUID | None = None) -> list[str]:
    """The offered starts as local times, of one resource if it is named."""
    return [
        start.starts_at.astimezone(ZoneInfo(scene.zone)).strftime("%H:%M")
        for start in free_starts(*scene.arguments())
        if resource_id is None or resource_id in start.resource_ids
    ]


def days(rule: Rule, first_day: date, last_day: date) -> list[date]:
    """The days on which the rule offers something."""
    return list(days_with_free(*Scene(rules=(rule,), first_day=first_day, last_day=last_day).arguments()))


# Every n-th week, and the n-th weekday of the month


def test_every_second_week_begins_with_the_week_of_the_first_day():
    rule = opening("09:00", "10:00", valid_from=MONDAY, every_weeks=2)
    assert days(rule, MONDAY - WEEK, MONDAY + 5 * WEEK) == [MONDAY, MONDAY + 2 * WEEK, MONDAY + 4 * WEEK]


def test_weeks_are_counted_from_the_monday_before_the_first_day():
    thursday = MONDAY + timedelta(3)
    rule = opening("09:00", "10:00", valid_from=thursday, every_weeks=2)
    assert days(rule, MONDAY, MONDAY + 4 * WEEK) == [MONDAY + 2 * WEEK, MONDAY + 4 * WEEK]


def test_every_second_week_goes_on_over_the_years_end():
    monday = date(2026, 12, 21)
    rule = opening("09:00", "10:00", valid_from=monday, every_weeks=2)
    assert days(rule, monday, date(2027, 1, 31)) == [monday, date(2027, 1, 4), date(2027, 1, 18)]


def test_a_year_of_53_weeks_shifts_no_second_week():
    """2026 has 53 weeks: counting by the number of the week would take two odd ones in a row."""
    rule = opening("09:00", "10:00", date(2026, 12, 28), valid_from=date(2026, 12, 28), every_weeks=2)
    assert days(rule, date(2026, 12, 28), date(2027, 1, 12)) == [date(2026, 12, 28), date(2027, 1, 11)]


@pytest.mark.parametrize(
    ("nth", "found"),
    [
        (1, [date(2026, 12, 7), date(2027, 1, 4), date(2027, 2, 1)]),
        (2, [date(2026, 12, 14), date(2027, 1, 11), date(2027, 2, 8)]),
        (4, [date(2026, 12, 28), date(2027, 1, 25), date(2027, 2, 22)]),
        (5, []),
        (-1, [date(2026, 12, 28), date(2027, 1, 25), date(2027, 2, 22)]),
    ],
)
def test_the_nth_monday_of_each_month(nth: int, found: list[date]):
    assert days(opening("09:00", "10:00", nth=nth), date(2026, 12, 1), date(2027, 2, 28)) == found


def test_only_some_months_have_a_fifth_monday():
    assert days(opening("09:00", "10:00", nth=5), date(2026, 11, 1), date(2027, 3, 31)) == [
        date(2026, 11, 30),
        date(2027, 3, 29),
    ]


def test_the_last_tuesday_of_february_may_be_the_29th():
    leap_day = date(2028, 2, 29)
    assert days(opening("09:00", "10:00", leap_day, nth=-1), date(2028, 2, 1), date(2028, 2, 29)) == [leap_day]


# Hours of one's own, and extra hours


def test_own_hours_replace_those_of_the_place():
    rules = (opening("09:00", "11:00"), opening("14:00", "15:00", resource_id=ROOM))
    scene = Scene(rules=rules, lanes=TWO)
    assert times(scene, COUNTER) == ["09:00", "09:30", "10:00", "10:30"]
    assert times(scene, ROOM) == ["14:00", "14:30"]


def test_own_hours_replace_those_of_the_place_on_weekdays_that_they_do_not_name():
    tuesday = opening("09:00", "11:00", MONDAY + timedelta(1), resource_id=ROOM)
    assert times(Scene(rules=(opening("09:00", "11:00"), tuesday), lanes=TWO), ROOM) == []


def test_own_hours_of_every_second_week_replace_those_of_the_place_in_each():
    own = opening("14:00", "15:00", resource_id=ROOM, valid_from=MONDAY - WEEK, every_weeks=2)
    assert times(Scene(rules=(opening("09:00", "11:00"), own), lanes=TWO), ROOM) == []


def test_own_hours_that_are_not_yet_valid_leave_those_of_the_place():
    own = opening("14:00", "15:00", resource_id=ROOM, valid_from=MONDAY + WEEK)
    scene = Scene(rules=(opening("09:00", "10:00"), own), lanes=TWO)
    assert times(scene, ROOM) == ["09:00", "09:30"]
    assert times(scene.but(first_day=MONDAY + WEEK, last_day=MONDAY + WEEK), ROOM) == ["14:00", "14:30"]


def test_extra_hours_add_to_the_places():
    extra = opening("14:00", "15:00", valid_from=MONDAY, valid_until=MONDAY, extra=True)
    assert times(Scene(rules=(opening("09:00", "10:00"), extra))) == ["09:00", "09:30", "14:00", "14:30"]


def test_extra_hours_of_a_resource_replace_nothing():
    extra = opening("14:00", "14:30", valid_from=MONDAY, valid_until=MONDAY, extra=True, resource_id=ROOM)
    scene = Scene(rules=(opening("09:00", "10:00"), extra), lanes=TWO)
    assert times(scene, ROOM) == ["09:00", "09:30", "14:00"]
    assert times(scene, COUNTER) == ["09:00", "09:30"]


def test_extra_hours_of_the_place_are_for_resources_with_hours_of_their_own_too():
    own = opening("08:00", "08:30", resource_id=ROOM)
    extra = opening("14:00", "14:30", valid_from=MONDAY, valid_until=MONDAY, extra=True)
    assert times(Scene(rules=(own, extra), lanes=TWO), ROOM) == ["08:00", "14:00"]


# Public holidays


def test_a_public_holiday_takes_the_weekly_hours():
    assert times(Scene(rules=(opening("09:00", "11:00"),), shuts=(HOLIDAY,))) == []


def test_a_public_holiday_takes_hours_of_ones_own_too():
    assert times(Scene(rules=(opening("09:00", "11:00", resource_id=COUNTER),), shuts=(HOLIDAY,))) == []


def test_extra_hours_stay_open_on_a_public_holiday_and_count_from_their_own_begin():
    extra = opening("09:10", "10:10", valid_from=MONDAY, valid_until=MONDAY, extra=True)
    assert times(Scene(rules=(opening("08:00", "12:00"), extra), shuts=(HOLIDAY,))) == ["09:10", "09:40"]


def test_a_closure_shuts_extra_hours():
    extra = opening("09:00", "10:00", valid_from=MONDAY, valid_until=MONDAY, extra=True)
    assert times(Scene(rules=(extra,), shuts=(HOLIDAY, Shut(MONDAY, MONDAY)))) == []


# Quotas for people who book themselves

QUOTA_OF_ONE = Scene(rules=(opening("09:00", "11:00", online_quota=1),), lanes=TWO, wish=ONLINE)
TEN = ("2026-11-02 09:00", "2026-11-02 09:30")


def test_a_quota_takes_the_starts_at_which_it_is_used_up():
    scene = QUOTA_OF_ONE.but(taken=(claim(*TEN, online=True),))
    assert times(scene) == ["09:00", "09:30", "10:30"]


def test_a_quota_does_not_bind_the_staff():
    scene = QUOTA_OF_ONE.but(taken=(claim(*TEN, online=True),), wish=wish())
    assert times(scene, ROOM) == ["09:00", "09:30", "10:00", "10:30"]


def test_what_the_staff_booked_uses_no_quota():
    assert "10:00" in times(QUOTA_OF_ONE.but(taken=(claim(*TEN),)), ROOM)


def test_a_quota_counts_what_runs_at_a_time_and_not_the_day():
    halves = (claim("2026-11-02 08:00", "2026-11-02 09:00", online=True),)
    assert times(QUOTA_OF_ONE.but(taken=halves)) == ["10:00", "10:30"]


def test_a_quota_counts_buffers():
    scene = QUOTA_OF_ONE.but(taken=(claim(*TEN, online=True),), wish=wish(after=15, online=True))
    assert times(scene) == ["09:00", "10:30"]


def test_a_quota_counts_resources_that_are_not_asked_for():
    scene = QUOTA_OF_ONE.but(lanes=(Lanes(COUNTER),), taken=(claim(*TEN, resource_id=DESK, online=True),))
    assert "10:00" not in times(scene)


def test_a_quota_is_for_the_resources_that_follow_the_rule():
    own = opening("09:00", "11:00", resource_id=ROOM)
    scene = QUOTA_OF_ONE.but(rules=(*QUOTA_OF_ONE.rules, own))
    assert "10:00" in times(scene.but(taken=(claim(*TEN, online=True),)), ROOM)
    assert "10:00" in times(scene.but(taken=(claim(*TEN, resource_id=ROOM, online=True),)), COUNTER)


def test_a_quota_holds_within_its_hours_only():
    rules = (opening("09:00", "10:00", online_quota=1), opening("10:00", "11:00"))
    early = claim("2026-11-02 08:30", "2026-11-02 09:30", online=True)
    assert times(Scene(rules=rules, lanes=TWO, wish=ONLINE, taken=(early,))) == ["09:00", "10:00", "10:30"]


def test_of_two_quotas_the_smaller_one_binds():
    rules = (opening("09:00", "11:00", online_quota=1), opening("09:00", "11:00", online_quota=2))
    assert "10:00" not in times(QUOTA_OF_ONE.but(rules=rules, taken=(claim(*TEN, online=True),)))


def test_a_quota_of_none_closes_the_hours_online():
    rules = (opening("09:00", "10:00"), opening("10:00", "11:00", online_quota=0))
    scene = Scene(rules=rules)
    assert times(scene.but(wish=ONLINE)) == ["09:00", "09:30"]
    assert times(scene) == ["09:00", "09:30", "10:00", "10:30"]


def test_buffers_may_reach_into_hours_that_are_closed_online():
    rules = (opening("09:00", "10:00"), opening("10:00", "11:00", online_quota=0))
    assert times(Scene(rules=rules, wish=wish(after=20, online=True))) == ["09:00", "09:30"]


def test_a_quota_of_weekly_hours_means_nothing_on_a_public_holiday():
    extra = opening("09:00", "10:00", valid_from=MONDAY, valid_until=MONDAY, extra=True)
    scene = Scene(rules=(opening("08:00", "12:00", online_quota=0), extra), shuts=(HOLIDAY,), wish=ONLINE)
    assert times(scene) == ["09:00", "09:30"]


def test_a_quota_of_the_evening_before_meets_the_buffer():
    """A buffer that reaches back over midnight counts in yesterday's hours, also when today is asked alone."""
    tuesday = MONDAY + timedelta(1)
    rules = (opening("22:00", "24:00", online_quota=1), opening("00:00", "02:00", tuesday))
    late = claim("2026-11-02 22:00", "2026-11-02 23:00", online=True)
    scene = Scene(rules=rules, lanes=TWO, wish=wish(before=30, online=True), taken=(late,))
    assert times(scene.but(first_day=tuesday, last_day=tuesday)) == ["00:30", "01:00", "01:30"]


@pytest.mark.parametrize(
    ("day", "left"),
    [(date(2027, 3, 28), ["01:00", "01:30"]), (date(2026, 10, 25), ["01:00", "01:30", "03:00", "03:30"])],
    ids=["spring gap", "autumn fold"],
)
def test_hours_closed_online_follow_the_clock_change(day: date, left: list[str]):
    rules = (opening("01:00", "04:00", day), opening("02:00", "03:00", day, online_quota=0))
    scene = Scene(rules=rules, zone=BERLIN, first_day=day, last_day=day, wish=ONLINE)
    assert times(scene)[: len(left)] == left
    assert "02:00" not in times(scene)


def test_a_quota_in_another_zone_holds_in_its_local_hours():
    rules = (opening("09:00", "10:00", online_quota=1), opening("10:00", "11:00"))
    nine_in_kathmandu = claim("2026-11-02 03:15", "2026-11-02 03:45", online=True)
    scene = Scene(rules=rules, lanes=TWO, wish=ONLINE, taken=(nine_in_kathmandu,), zone="Asia/Kathmandu")
    assert times(scene) == ["09:30", "10:00", "10:30"]
    assert utc("2026-11-02 03:45") == free_starts(*scene.arguments())[0].starts_at


def test_a_whole_day_of_the_place_with_own_extra_and_holiday():
    """All at once: the counter keeps the place's hours, the room its own, and one extra hour is for both."""
    extra = opening("16:00", "16:30", valid_from=MONDAY, valid_until=MONDAY, extra=True)
    rules = (opening("09:00", "10:00"), opening("11:00", "12:00", resource_id=ROOM), extra)
    scene = Scene(rules=rules, lanes=TWO, shuts=(Shut(MONDAY, MONDAY, None, clock("09:30"), holiday=True),))
    assert times(scene, COUNTER) == ["09:30", "16:00"]
    assert times(scene, ROOM) == ["11:00", "11:30", "16:00"]
