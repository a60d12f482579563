"""The month and its times as plain data for a State, and the words that screen readers say. No component here."""

from calendar import Calendar
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import get_day_names

from smartcx_portal.kit.language import translate
from smartcx_portal.kit.localtime import LOCALE, day_text, short_day_text, time_text


@dataclass(frozen=True)
class DayCell:
    """One cell of the month. A day without free times says in `reason` why; an empty `number` is a gap."""

    day: str
    number: str
    name: str
    free: int
    free_text: str
    chosen: bool
    reason: str


@dataclass(frozen=True)
class TimeSlot:
    """A time to choose: `value` goes to the handler, `text` is `10:15 Uhr`, `place` is said when there are several."""

    value: str
    text: str
    place: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class TimeGroup:
    """The times of one part of the day."""

    heading: str
    slots: list[TimeSlot]


@dataclass(frozen=True)
class FreeDay:
    """One line of the list of next free days."""

    day: str
    text: str
    free_text: str
    first: str
    chosen: bool = False


def free_words(lang: str, free: int) -> str:
    """`4 freie Zeiten`."""
    if free == 1:
        return translate(lang, "1 free time")
    return translate(lang, "{number} free times").format(number=free)


def month_weeks(
    lang: str,
    first: date,
    free: Mapping[date, int],
    *,
    chosen: date | None = None,
    reason: Callable[[date], str] | None = None,
) -> list[list[DayCell]]:
    """The weeks, Monday first, of the month of `first`; `free` counts the free times of its days.

    `reason` says, in the reader's language, why a day is not offered (`geschlossen`); without it: nothing free.
    """
    why = reason or (lambda day: translate(lang, "nothing free"))

    def cell(day: date) -> DayCell:
        if day.month != first.month:
            return DayCell("", "", "", 0, "", False, "")
        many = free.get(day, 0)
        words = free_words(lang, many) if many else ""
        name = f"{day_text(day, lang)}, {words}" if many else ""
        return DayCell(day.isoformat(), str(day.day), name, many, words, day == chosen, "" if many else why(day))

    return [[cell(day) for day in week] for week in Calendar().monthdatescalendar(first.year, first.month)]


def weekday_names(lang: str) -> list[tuple[str, str]]:
    """Monday to Sunday, short and in full: `("Mo", "Montag")`."""
    short = get_day_names("short", locale=LOCALE[lang])
    full = get_day_names("wide", locale=LOCALE[lang])
    return [(short[i].rstrip("."), full[i]) for i in range(7)]


def part_of_day(lang: str, hour: int) -> str:
    """`Vormittag`, `Nachmittag` or `Abend` for a local hour."""
    if hour < 12:
        return translate(lang, "Morning")
    return translate(lang, "Afternoon") if hour < 17 else translate(lang, "Evening")


def time_groups(
    lang: str, starts: Iterable[datetime], zone: str, *, chosen: datetime | None = None, place: str = ""
) -> list[TimeGroup]:
    """Starts of one day (aware), grouped by part of the day in `zone`; values are UTC in ISO format."""
    groups: dict[str, list[TimeSlot]] = {}
    for start in sorted(starts):
        slot = TimeSlot(start.isoformat(), time_text(start, zone, lang), place, start == chosen)
        groups.setdefault(part_of_day(lang, start.astimezone(ZoneInfo(zone)).hour), []).append(slot)
    return [TimeGroup(heading, slots) for heading, slots in groups.items()]


def free_days(
    lang: str, days: Mapping[date, Iterable[datetime]], zone: str, *, chosen: date | None = None, most: int = 5
) -> list[FreeDay]:
    """The first `most` days that have free starts, each with its earliest time."""
    lines = []
    for day, starts in sorted(days.items()):
        times = sorted(starts)
        if not times:
            continue
        earliest = translate(lang, "from {time}").format(time=time_text(times[0], zone, lang))
        lines.append(
            FreeDay(day.isoformat(), short_day_text(day, lang), free_words(lang, len(times)), earliest, day == chosen)
        )
        if len(lines) == most:
            break
    return lines
