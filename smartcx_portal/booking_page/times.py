"""What is free, in the shapes that the page's lists, month and buttons take."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from smartcx_portal.bookings.basket import Basket
from smartcx_portal.bookings.moments import as_calendar_day, as_day
from smartcx_portal.bookings.offering import REASONS, FreeTime, free_times, month_days, next_days, next_free
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.tenancy import Work
from smartcx_portal.ui.month import DayCell, FreeDay, TimeGroup, TimeSlot, free_days, month_weeks, time_groups

LISTED_DAYS = 5


@dataclass(frozen=True)
class Search:
    """What free times are looked for, in the place's zone."""

    basket: Basket
    resource: str
    zone: str

    def first_days(self, work: Work, chosen: str = "") -> list[FreeDay]:
        """The next days that have a free time, with their first ones."""
        yesterday = work.now.date() - timedelta(days=1)
        days = next_days(work, self.basket, yesterday, LISTED_DAYS, self.resource or None)
        if not days:
            return []
        times = free_times(work, self.basket, days[0].day, days[-1].day, self.resource or None)
        by_day = {
            date.fromisoformat(day): [datetime.fromisoformat(one.starts_at) for one in of_day]
            for day, of_day in groupby(times, key=lambda one: one.day)
        }
        return free_days(work.lang, by_day, self.zone, chosen=as_day(chosen) if chosen else None, most=LISTED_DAYS)

    def times_of(self, work: Work, day: str) -> list[TimeGroup]:
        """The free times of one day, by part of the day; empty when it has none. Groups say their free seats."""
        free = free_times(work, self.basket, day, day, self.resource or None)
        groups = time_groups(work.lang, [datetime.fromisoformat(one.starts_at) for one in free], self.zone)
        if self.basket.seats == 1:
            return groups
        seats = {one.starts_at: seats_text(one.seats, work.lang) for one in free}
        return [
            replace(group, slots=[replace(slot, place=seats.get(slot.value, "")) for slot in group.slots])
            for group in groups
        ]

    def weeks_of(self, work: Work, month: date, chosen: str) -> tuple[list[list[DayCell]], bool]:
        """The weeks of a month, and whether a later month can be booked at all."""
        days = month_days(work, self.basket, month.year, month.month, self.resource or None)
        reasons = {date.fromisoformat(one.day): one.reason for one in days}
        weeks = month_weeks(
            work.lang,
            month,
            {date.fromisoformat(one.day): one.free for one in days},
            chosen=as_day(chosen) if chosen else None,
            reason=reasons.__getitem__,
        )
        return weeks, days[-1].reason != translate(work.lang, REASONS["far"])

    def next_one(self, work: Work) -> FreeTime | None:
        """The earliest free time up to the horizon."""
        return next(iter(next_free(work, self.basket, 1, self.resource or None)), None)


def seats_text(seats: int, lang: str) -> str:
    """`noch 4 Plätze`."""
    if seats == 1:
        return translate(lang, N_("1 place left"))
    return translate(lang, N_("{number} places left")).format(number=seats)


def day_in(text: str) -> str:
    """A day of an address in ISO form; empty for what is none, such as 29 February of most years."""
    try:
        return as_calendar_day(text).isoformat() if text else ""
    except NotFound:
        return ""


def month_from(text: str, *, months: int = 0) -> date:
    """The first day of the month `2026-12`, or of one some months before or after. Raises `NotFound`."""
    try:
        first = date.fromisoformat(f"{text}-01")
        year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
        return as_calendar_day(date(year, month + 1, 1))
    except ValueError:
        raise NotFound from None


def near_slots(nearest: Sequence[FreeTime]) -> list[TimeSlot]:
    """The free times around a taken one, as buttons that say their day."""
    return [TimeSlot(one.starts_at, one.text) for one in nearest]
