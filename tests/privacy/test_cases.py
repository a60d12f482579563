"""The clock of Art. 12(3) and Regulation 1182/71."""

import calendar
from datetime import date, timedelta
from uuid import UUID

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.privacy import RecipientNotice, Right, Told
from smartcx_portal.privacy.authorities import LAENDER
from smartcx_portal.privacy.cases import done_at_once, due_date, open_case, own_case, own_cases
from smartcx_portal.privacy.rectify import correct_name
from smartcx_portal.tenancy import Actor, ActorKind, open_work
from tests.cast import Cast
from tests.privacy.scenes import TUESDAY, clara_books, open_house

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
        shown = own_cases(work).lines
    assert [c.due for c in shown] == ["Dienstag, 22. Dezember 2026"]


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


@pytest.mark.parametrize(
    ("proof", "said"),
    [
        ("code", "by a code that was sent to you"),
        ("booking_code", "by the link of your appointment and the booking code"),
        ("", ""),
    ],
)
def test_a_case_says_by_what_it_was_proven(cast: Cast, clara: UUID, proof: str, said: str):
    actor = Actor(ActorKind.PERSON, customer_id=clara, proof=proof)
    with open_work(actor, cast.town.id, lang="en") as work:
        done_at_once(work, Right.ACCESS, clara)
        assert own_cases(work).lines[0].proof == said


def test_open_cases_stand_first_then_the_newest(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        waits = open_case(work, Right.OBJECTION, clara).id
        later = [done_at_once(work, Right.ACCESS, clara) for _ in range(2)]
        for number, case in enumerate(later):
            case.received_at = work.now + timedelta(hours=number + 1)
        first, rest = own_cases(work, most=2), own_cases(work, start=2, most=2)
    assert [one.id for one in first.lines + rest.lines] == [str(waits), str(later[1].id), str(later[0].id)]
    assert (first.more, rest.more) == (True, False)


def test_a_case_tells_what_became_of_it_in_order(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        case = done_at_once(work, Right.RECTIFICATION, clara)
        case.closed_at = work.now + timedelta(minutes=1)
        told = {"recipient": "feeds", "state": Told.FOLLOWS, "at": work.now + timedelta(minutes=2)}
        work.new(RecipientNotice, customer_id=clara, case_id=case.id, **told)
    with open_work(Actor(ActorKind.PERSON, customer_id=clara), cast.town.id, lang="en") as work:
        story = own_case(work, str(case.id))
    assert [step.what for step in story.steps] == [
        "Your request arrived",
        "It was settled",
        "Calendars of the staff: follows by itself at the next fetch",
    ]
    assert story.steps[0].moment == "Sunday, 22 November 2026, 10:00"


@pytest.mark.promise("P02")
def test_another_persons_case_is_not_found(cast: Cast, clara: UUID):
    ben = clara_books(cast, name="Ben", email="ben@example.org", starts_at=TUESDAY + timedelta(hours=1))
    with cast.as_person(clara) as work:
        case = str(done_at_once(work, Right.ACCESS, clara).id)
    with cast.as_person(ben) as work, pytest.raises(NotFound):
        own_case(work, case)
    with cast.as_person(clara, cast.salon) as work, pytest.raises(NotFound):
        own_case(work, case)


@pytest.mark.parametrize("odd", ["", "nonsense", "../x"])
def test_a_number_that_is_none_is_not_found(cast: Cast, clara: UUID, odd: str):
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        own_case(work, odd)
