"""Dates and times as people write them, always in the place's own zone."""

import functools
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_day_names, get_month_names

DAY = {"de": "{weekday}, {day}. {month} {year}", "en": "{weekday}, {day} {month} {year}"}
"""Babel's `EEEE, d. MMMM y`, filled with its names: a report writes thousands of days."""
SHORT_DAY = {"de": "EE, d. MMM", "en": "EE, d MMM"}
LOCALE = {"de": "de_DE", "en": "en_GB"}


def day_text(day: date, lang: str) -> str:
    """`Dienstag, 1. Dezember 2026` / `Tuesday, 1 December 2026`."""
    weekdays, months = _names(lang)
    names = {"weekday": weekdays[day.weekday()], "month": months[day.month]}
    return DAY[lang].format(**names, day=day.day, year=day.year)


def date_text(day: date, lang: str) -> str:
    """`1. Dezember 2026` / `1 December 2026`."""
    return format_date(day, {"de": "d. MMMM y", "en": "d MMMM y"}[lang], locale=LOCALE[lang])


def short_day_text(day: date, lang: str) -> str:
    """`Di., 1. Dez.` / `Tue, 1 Dec`."""
    return format_date(day, SHORT_DAY[lang], locale=LOCALE[lang])


def month_text(day: date, lang: str) -> str:
    """`Dezember 2026`."""
    return format_date(day, "LLLL y", locale=LOCALE[lang])


def time_text(moment: datetime, zone: str, lang: str) -> str:
    """`10:15 Uhr` / `10:15` in `zone`."""
    text = format_time(moment, "HH:mm", tzinfo=ZoneInfo(zone), locale=LOCALE[lang])
    return f"{text} Uhr" if lang == "de" else text


def moment_text(moment: datetime, zone: str, lang: str) -> str:
    """`Dienstag, 1. Dezember 2026, 10:15 Uhr` / `Tuesday, 1 December 2026, 10:15` in `zone`."""
    local = moment.astimezone(ZoneInfo(zone))
    text = f"{day_text(local, lang)}, {local:%H:%M}"
    return f"{text} Uhr" if lang == "de" else text


def short_moment_text(moment: datetime, zone: str, lang: str) -> str:
    """`Di., 1. Dez., 10:15 Uhr` / `Tue, 1 Dec, 10:15` in `zone`: for lists, where the year goes without saying.

    A line breaks between day and time only.
    """
    day = short_day_text(moment.astimezone(ZoneInfo(zone)), lang)
    return f"{unbroken(day)}, {unbroken(time_text(moment, zone, lang))}"


def unbroken(text: str) -> str:
    """The same in one line."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


@functools.cache
def _names(lang: str) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """Weekdays from Monday as 0, and months from January as 1."""
    return dict(get_day_names(locale=LOCALE[lang])), dict(get_month_names(locale=LOCALE[lang]))
