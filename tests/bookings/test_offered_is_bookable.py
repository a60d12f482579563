"""Every offered start can be booked, and every bookable start is offered: time by time, on the real database."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from smartcx_portal.bookings.drafts import save_entered
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.offering import free_times, month_days
from smartcx_portal.bookings.refusals import NotOffered, SlotTaken
from smartcx_portal.bookings.staff_booking import book_for
from smartcx_portal.bookings.submitting import submit
from smartcx_portal.kit import clock
from smartcx_portal.kit.embedded import Urls
from smartcx_portal.kit.engine import as_libpq
from smartcx_portal.models.calendar import Closure
from tests.bookings.journeys import WITHOUT, visitor
from tests.bookings.office import EIGHT, MINUTE, MONDAY, Office, make_office
from tests.cast import Cast, make_cast
from tests.conftest import SUNDAY

WISHES = [("short", 1, 1), ("short", 2, 1), ("pair", 1, 1), ("course", 1, 1), ("course", 1, 2)]
"""A service, how often in one visit, and how many seats."""
MOMENTS = [EIGHT + n * MINUTE for n in range(-15, 225) if n % 10 == 0 or n % 15 == 0]
"""From 07:45 to 11:40, on every start of any service and beside them."""
CLOSED = [(None, None), ("09:00", "09:30"), ("10:40", "11:00")]

carefully = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class _TakenBack(Exception):
    """Ends a transaction so that nothing of it stays."""


@pytest.fixture
def emptied(engine, database: Urls) -> Iterator[Any]:
    """Makes the office anew for each example."""

    def make() -> tuple[Cast, Office]:
        with psycopg.connect(as_libpq(database.owner), autocommit=True) as owner:
            owner.execute("TRUNCATE tenant, identity, session, sub_processor, procrastinate_jobs CASCADE")
        cast = make_cast()
        return cast, make_office(cast)

    with clock.frozen_at(SUNDAY):
        yield make


def basket(office: Office, wish: tuple[str, int, int]) -> str:
    return f"{getattr(office, wish[0])}*{wish[1]}"


def offered(cast: Cast, office: Office, wish: tuple[str, int, int]) -> set[datetime]:
    with visitor(cast.town, "looking", network="looking") as work:
        found = free_times(work, basket(office, wish), MONDAY, MONDAY, places=wish[2])
    return {datetime.fromisoformat(one.starts_at) for one in found}


def bookable(cast: Cast, office: Office, wish: tuple[str, int, int], moment: datetime) -> bool:
    """Whether a hold succeeds; it is taken back at once."""
    try:
        with visitor(cast.town, "looking", network="looking") as work:
            hold(work, basket(office, wish), moment, places=wish[2])
            raise _TakenBack
    except (SlotTaken, NotOffered):
        return False
    except _TakenBack:
        return True


def somebody_books(cast: Cast, office: Office, number: int, wish: tuple[str, int, int], pick: int, how: str) -> None:
    """One of the offered times; some let their hold lapse, some are put in by the staff beside everything."""
    tab = f"tab-{number}"
    starts = sorted(offered(cast, office, wish)) or [EIGHT]
    moment = starts[pick % len(starts)]
    if how == "staff":
        with cast.as_staff(cast.ben) as work:
            book_for(work, basket(office, wish), moment, WITHOUT, places=wish[2], overbook=True)
        return
    if moment not in offered(cast, office, wish):
        return
    when = SUNDAY - timedelta(minutes=30) if how == "lapsed" else SUNDAY
    with clock.frozen_at(when), visitor(cast.town, tab, network=tab) as work:
        hold(work, basket(office, wish), moment, places=wish[2])
    if how == "booked":
        with visitor(cast.town, tab, network=tab) as work:
            save_entered(work, WITHOUT)
            submit(work)


hows = st.sampled_from(["booked", "booked", "booked", "held", "lapsed", "staff"])
people = st.lists(st.tuples(st.sampled_from(WISHES), st.integers(0, 30), hows), min_size=4, max_size=10)


@carefully
@given(people=people, closed=st.sampled_from(CLOSED))
def test_what_is_offered_is_exactly_what_can_be_held(emptied, people, closed):
    cast, office = emptied()
    begins, ends = (time.fromisoformat(text) if text else None for text in closed)
    if begins:
        with cast.as_job() as work:
            day = {"first_day": MONDAY, "last_day": MONDAY}
            work.new(Closure, location_id=cast.town.location, **day, begins=begins, ends=ends)
    for number, (wish, pick, how) in enumerate(people):
        somebody_books(cast, office, number, wish, pick, how)
    for wish in WISHES:
        can = {moment for moment in MOMENTS if bookable(cast, office, wish, moment)}
        assert offered(cast, office, wish) == can
        with visitor(cast.town, "looking", network="looking") as work:
            days = month_days(work, basket(office, wish), MONDAY.year, MONDAY.month, places=wish[2])
        assert days[MONDAY.day - 1].free == len(can)
