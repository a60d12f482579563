"""Moments as pages pass and show them: ISO text in UTC on the way in, the place's own time on the way out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.opening import MIDNIGHT, moment_of
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.localtime import day_text, moment_text, time_text

REACHED = range(2000, 2200)
"""Years of any calendar: nearer to the ends of what `date` knows, a day before or after would be none."""


@dataclass(frozen=True, slots=True)
class When:
    """One moment in a place's zone, in the pieces that pages need."""

    starts_at: str
    """ISO 8601 in UTC: what `hold` and the moving use cases take."""
    day: str
    """ISO date in the place's zone."""
    time: str
    """`10:15`."""
    day_text: str
    time_text: str
    text: str
    """`Dienstag, 1. Dezember 2026, 10:15 Uhr`."""


def when(moment: datetime, zone: str, lang: str) -> When:
    """`moment` as it is read on the wall of `zone`."""
    local = moment.astimezone(ZoneInfo(zone))
    return When(
        starts_at=iso(moment),
        day=local.date().isoformat(),
        time=local.strftime("%H:%M"),
        day_text=day_text(local.date(), lang),
        time_text=time_text(moment, zone, lang),
        text=moment_text(moment, zone, lang),
    )


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC, such as `2026-12-01T09:15:00+00:00`."""
    return moment.astimezone(UTC).isoformat()


def as_moment(text: str | datetime) -> datetime:
    """Read a moment that came from outside; what has no zone, is none, or lies beyond every calendar is not found."""
    try:
        moment = text if isinstance(text, datetime) else datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise NotFound
        moment = moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        raise NotFound from None
    if moment.year not in REACHED:
        raise NotFound
    return moment


def as_day(text: str | date) -> date:
    """Read an ISO date that came from outside; raises `NotFound`."""
    try:
        return text if isinstance(text, date) else date.fromisoformat(text)
    except (ValueError, TypeError):
        raise NotFound from None


def as_calendar_day(text: str | date) -> date:
    """Read a day to look at in a calendar; raises `NotFound`, also for one beyond every calendar."""
    day = as_day(text)
    if day.year not in REACHED:
        raise NotFound
    return day


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """The first moment of the local `day` and that of the next, in UTC."""
    place = ZoneInfo(zone)
    begin, end = (datetime.combine(one, MIDNIGHT) for one in (day, day + timedelta(days=1)))
    return moment_of(begin, place), moment_of(end, place)


def part_of_day(wall: time) -> str:
    """`morning` until noon, `afternoon` until 17:00, then `evening`: the headings above the times."""
    if wall < time(12):
        return "morning"
    return "afternoon" if wall < time(17) else "evening"
