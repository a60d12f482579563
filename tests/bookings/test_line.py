"""The waiting list as the staff read it."""

import re
from datetime import timedelta

from smartcx_portal.bookings.line import line_rows
from smartcx_portal.models.calendar import Service
from tests.bookings.test_waiting import cancel, full, seen, wait  # noqa: F401
from tests.cast import Cast
from tests.conftest import SUNDAY, at


def test_dates_are_short_and_break_nowhere(cast: Cast, full: str) -> None:  # noqa: F811
    wait(cast, last_day="2026-11-24", from_time="08:00", until_time="12:00")
    with cast.as_staff(cast.ben) as work:
        (row,) = line_rows(work)
    assert (row.days.replace("\xa0", "_"), row.times) == ("Mo.,_23._Nov. – Di.,_24._Nov.", "08:00–12:00")


def test_an_offer_says_the_day_until_which_it_is_held(cast: Cast, full: str) -> None:  # noqa: F811
    with cast.as_job() as work:
        work.get(Service, cast.town.service).waitlist_hold_min = int(timedelta(days=2).total_seconds() / 60)
    wait(cast)
    cancel(cast, full)
    with cast.as_staff(cast.ben) as work:
        (row,) = line_rows(work)
    assert row.offered.replace("\xa0", " ") == "Mo., 23. Nov., 08:00 Uhr, reserviert bis Mo., 23. Nov., 08:00 Uhr"


def test_its_person_reads_the_day_too_unless_it_is_today(cast: Cast, full: str) -> None:  # noqa: F811
    secret = wait(cast)
    cancel(cast, full)
    assert re.fullmatch(r"\d\d:\d\d Uhr", seen(cast, secret).until)
    with at(SUNDAY - timedelta(days=1)):
        assert seen(cast, secret).until.startswith("Sonntag, 22. November 2026, ")
