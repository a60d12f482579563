"""The day as staff see it: what is on now, next, later and over."""

from datetime import timedelta

import pytest

from smartcx_portal.dashboard.day_view import day_view, parts_of, week_view
from smartcx_portal.dashboard.following import followed, read_followed
from smartcx_portal.dashboard.today_state import touches as touches_day
from smartcx_portal.dashboard.week_state import touches as touches_week
from smartcx_portal.models.booking import Booking
from tests.bookings.journeys import MONDAY_8, MONDAY_9, TUESDAY_8, book
from tests.cast import Cast
from tests.conftest import at


def headings(cast: Cast, moment) -> dict[str, list[str]]:
    """The parts of Ben's day at this moment, with the times in them."""
    with at(moment), cast.as_staff(cast.ben) as work:
        return {part.heading: [line.time for line in part.lines] for part in day_view(work, None).parts}


def test_an_appointment_that_runs_is_on_now(cast: Cast) -> None:
    book(cast, at=MONDAY_8)
    assert headings(cast, MONDAY_8 + timedelta(minutes=19)) == {"Jetzt": ["08:00–08:20"]}


def test_an_appointment_is_over_at_its_end(cast: Cast) -> None:
    book(cast, at=MONDAY_8)
    assert headings(cast, MONDAY_8 + timedelta(minutes=20)) == {"Vorbei": ["08:00–08:20"]}


def test_only_the_earliest_to_come_is_next(cast: Cast) -> None:
    book(cast, at=MONDAY_8, tab="tab-1")
    book(cast, at=MONDAY_9, tab="tab-2")
    assert headings(cast, MONDAY_8 - timedelta(hours=1)) == {"Als Nächstes": ["08:00–08:20"], "Später": ["09:00–09:20"]}


def test_a_time_that_was_booked_twice_on_purpose_is_marked(cast: Cast) -> None:
    book(cast, at=MONDAY_8, tab="tab-1")
    book(cast, at=MONDAY_9, tab="tab-2")
    with cast.as_job() as work:
        work.update_where(Booking, Booking.starts_at == MONDAY_9, overbooked=True)
    with at(MONDAY_8 - timedelta(hours=1)), cast.as_staff(cast.ben) as work:
        lines = [line for part in day_view(work, None).parts for line in part.lines]
    assert [(line.begins, line.overbooked) for line in lines] == [("08:00", False), ("09:00", True)]


def test_another_day_is_one_part_without_heading(cast: Cast) -> None:
    book(cast, at=TUESDAY_8)
    with cast.as_staff(cast.ben) as work:
        (part,) = day_view(work, TUESDAY_8.date()).parts
    assert part.heading == ""


def test_no_rows_make_no_parts(cast: Cast) -> None:
    with cast.as_staff(cast.ben) as work:
        assert parts_of([], work.now, "de") == []


def test_a_week_begins_on_monday_whatever_day_is_asked_for(cast: Cast) -> None:
    book(cast, at=TUESDAY_8)
    with cast.as_staff(cast.ben) as work:
        view = week_view(work, TUESDAY_8.date() + timedelta(days=3))
    assert (view.monday, view.count) == ("2026-11-23", "1 Termin")


@pytest.mark.parametrize(("day", "heard"), [("2026-11-23", True), ("2026-11-24", False)])
def test_a_day_hears_only_of_itself(day: str, heard: bool) -> None:
    assert touches_day("de 2026-11-23", day) is heard


@pytest.mark.parametrize(("day", "heard"), [("2026-11-23", True), ("2026-11-29", True), ("2026-11-30", False)])
def test_a_week_hears_of_all_its_days(day: str, heard: bool) -> None:
    assert touches_week("de 2026-11-25", day) is heard


def test_news_come_in_the_readers_language(cast: Cast) -> None:
    with cast.as_job() as work:
        work.lang = "en"
        what = followed(work, None)
    with cast.as_job() as work:
        assert (read_followed(work, what), work.lang) == (None, "en")
