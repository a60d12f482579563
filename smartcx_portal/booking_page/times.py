"""What is free, in the shapes that the page's lists, month and buttons take."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from smartcx_portal.bookings.moments import as_day
from smartcx_portal.bookings.offering import REASONS, FreeTime, free_times, month_days, next_days
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import translate
from smartcx_portal.tenancy import Work
from smartcx_portal.ui.month import DayCell, FreeDay, TimeGroup, TimeSlot, free_days, month_weeks, time_groups

LISTED_DAYS = 5


def first_days(work: Work, service_id: str, zone: str, chosen: str = "") -> list[FreeDay]:
    """The next days that have a free time, with their first ones."""
    days = next_days(work, service_id, work.now.date() - timedelta(days=1), LISTED_DAYS)
    if not days:
        return []
    times = free_times(work, service_id, days[0].day, days[-1].day)
    by_day = {
        date.fromisoformat(day): [datetime.fromisoformat(one.starts_at) for one in of_day]
        for day, of_day in groupby(times, key=lambda one: one.day)
    }
    return free_days(work.lang, by_day, zone, chosen=as_day(chosen) if chosen else None, most=LISTED_DAYS)


def times_of(work: Work, service_id: str, zone: str, day: str) -> list[TimeGroup]:
    """The free times of one day, by part of the day; empty when it has none."""
    free = free_times(work, service_id, day, day)
    return time_groups(work.lang, [datetime.fromisoformat(one.starts_at) for one in free], zone)


def weeks_of(work: Work, service_id: str, month: date, chosen: str) -> tuple[list[list[DayCell]], bool]:
    """The weeks of a month, and whether a later month can be booked at all."""
    days = month_days(work, service_id, month.year, month.month)
    reasons = {date.fromisoformat(one.day): one.reason for one in days}
    weeks = month_weeks(
        work.lang,
        month,
        {date.fromisoformat(one.day): one.free for one in days},
        chosen=as_day(chosen) if chosen else None,
        reason=reasons.__getitem__,
    )
    return weeks, days[-1].reason != translate(work.lang, REASONS["far"])


def month_from(text: str, *, months: int = 0) -> date:
    """The first day of the month `2026-12`, or of one some months before or after. Raises `NotFound`."""
    try:
        first = date.fromisoformat(f"{text}-01")
        year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
        return date(year, month + 1, 1)
    except ValueError:
        raise NotFound from None


def near_slots(nearest: Sequence[FreeTime]) -> list[TimeSlot]:
    """The free times around a taken one, as buttons that say their day."""
    return [TimeSlot(one.starts_at, one.text) for one in nearest]
