"""The clock of Art. 12(3) and Regulation 1182/71."""

import calendar
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcx_portal.privacy.authorities import LAENDER
from smartcx_portal.privacy.cases import due_date, own_cases
from smartcx_portal.privacy.rectify import correct_name
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house

DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
LAND = st.sampled_from(LAENDER)


def one_month_on(day: date) -> date:
    """The slow, obvious way: walk on until the month after is reached, and back if the day is missing there."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    for number in range(day.day, 0, -1):
        if number <= calendar.monthrange(year, month)[1]:
            return date(year, month, number)
    raise AssertionError(day)


@pytest.mark.parametrize(
    ("received", "land", "due"),
    [
        (date(2027, 1, 31), "NW", date(2027, 3, 1)),
        (date(2028, 1, 31), "NW", date(2028, 2, 29)),
        (date(2026, 11, 25), "NW", date(2026, 12, 28)),
        (date(2026, 12, 6), "BY", date(2027, 1, 7)),
        (date(2026, 12, 6), "NW", date(2027, 1, 6)),
        (date(2026, 9, 30), "NW", date(2026, 10, 30)),
        (date(2026, 9, 30), "SN", date(2026, 10, 30)),
        (date(2025, 9, 30), "SN", date(2025, 10, 30)),
        (date(2025, 9, 30), "BE", date(2025, 10, 30)),
        (date(2025, 10, 1), "NW", date(2025, 11, 3)),
    ],
)
def test_known_dates(received: date, land: str, due: date):
    assert due_date(received, land) == due


@given(DAYS, LAND)
def test_it_is_a_working_day_of_the_land(received: date, land: str):
    due = due_date(received, land)
    assert due.weekday() < 5
    assert due not in holidays.country_holidays("DE", subdiv=land)


@given(DAYS, LAND)
def test_it_is_the_first_working_day_from_the_same_date_on(received: date, land: str):
    due, nominal = due_date(received, land), one_month_on(received)
    free = holidays.country_holidays("DE", subdiv=land)
    between = [nominal + timedelta(days=n) for n in range((due - nominal).days)]
    assert due >= nominal
    assert all(day.weekday() >= 5 or day in free for day in between)


@given(DAYS, LAND)
def test_an_extension_gives_two_more_months(received: date, land: str):
    assert due_date(received, land, months=3) >= due_date(received, land) + timedelta(days=50)


def test_a_case_shows_its_due_date(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_person(clara) as work:
        correct_name(work, "Dora Petersen")
        shown = own_cases(work)
    assert [c.due for c in shown] == ["Dienstag, 22. Dezember 2026"]
