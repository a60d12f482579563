"""The written meaning of local times on the days when the clock is changed; moments in UTC.

Berlin, 28 March 2027: 01:00 UTC, 02:00 becomes 03:00. 25 October 2026: 01:00 UTC, 03:00 becomes 02:00.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from smartcx_portal.bookings.availability import Shut, free_starts
from smartcx_portal.bookings.opening import moment_of
from tests.bookings.scenes import AUTUMN, BERLIN, SPRING, Scene, claim, clock, opening, utc, wish


def starts(day: date, opens: str, closes: str, zone: str = BERLIN, step: int = 30, **more) -> list[str]:
    """The starts of half-hour appointments on a day that is open from `opens` to `closes`, as UTC times."""
    scene = Scene(
        rules=(opening(opens, closes, day),), zone=zone, first_day=day, last_day=day, wish=wish(30, step=step), **more
    )
    return [start.starts_at.strftime("%H:%M") for start in free_starts(*scene.arguments())]


def test_spring_a_rule_around_the_gap_loses_an_hour():
    assert starts(SPRING, "01:00", "04:00") == ["00:00", "00:30", "01:00", "01:30"]


def test_spring_an_opening_in_the_gap_begins_after_it():
    assert starts(SPRING, "02:30", "04:00") == ["01:00", "01:30"]


def test_spring_a_closing_in_the_gap_is_the_moment_after_it():
    assert starts(SPRING, "01:30", "02:30") == ["00:30"]


def test_spring_a_rule_within_the_gap_is_no_opening():
    assert starts(SPRING, "02:00", "03:00") == []


def test_spring_steps_run_in_real_time():
    assert starts(SPRING, "01:00", "05:00", step=50) == ["00:00", "00:50", "01:40", "02:30"]


def test_autumn_a_rule_around_the_fold_gains_an_hour():
    assert starts(AUTUMN, "01:30", "03:30") == ["23:30", "00:00", "00:30", "01:00", "01:30", "02:00"]


def test_autumn_opens_first_and_closes_second():
    assert starts(AUTUMN, "02:15", "02:45") == ["00:15", "00:45", "01:15"]


def test_autumn_a_rule_until_the_fold_closes_before_it():
    assert starts(AUTUMN, "01:00", "02:00") == ["23:00", "23:30"]


def test_autumn_a_rule_from_the_end_of_the_fold_opens_after_it():
    assert starts(AUTUMN, "03:00", "04:00") == ["02:00", "02:30"]


def test_autumn_a_closure_shuts_from_the_first_to_the_second():
    shut = Shut(AUTUMN, AUTUMN, clock("02:15"), clock("02:45"))
    assert starts(AUTUMN, "01:00", "04:00", shuts=(shut,)) == ["23:00", "23:30", "02:00", "02:30"]


def test_autumn_the_two_readings_of_one_local_time_are_two_starts():
    first = claim("2026-10-25 00:15", "2026-10-25 00:45")
    assert starts(AUTUMN, "02:15", "02:45", taken=(first,)) == ["00:45", "01:15"]


def test_midnight_within_a_fold_belongs_to_the_day_that_begins():
    saturday = date(2026, 10, 31)
    assert starts(saturday, "23:00", "24:00", "America/Havana") == ["03:00", "03:30"]


def test_midnight_within_a_gap_is_the_first_moment_of_the_day():
    friday = date(2026, 4, 24)
    assert starts(friday, "00:00", "02:00", "Africa/Cairo") == ["22:00", "22:30"]


@pytest.mark.parametrize(
    ("wall", "closing", "moment"),
    [
        ("2027-03-28 02:30", False, "2027-03-28 01:00"),
        ("2027-03-28 03:00", True, "2027-03-28 01:00"),
        ("2026-10-25 02:30", False, "2026-10-25 00:30"),
        ("2026-10-25 02:30", True, "2026-10-25 01:30"),
        ("2026-10-25 02:00", True, "2026-10-25 00:00"),
        ("2026-10-25 03:00", True, "2026-10-25 02:00"),
    ],
)
def test_a_local_boundary_is_this_moment(wall: str, closing: bool, moment: str):
    assert moment_of(datetime.fromisoformat(wall), ZoneInfo(BERLIN), closing=closing) == utc(moment)
