"""Dates and times as people write them, always in the place's own zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time

DAY = {"de": "EEEE, d. MMMM y", "en": "EEEE, d MMMM y"}
SHORT_DAY = {"de": "EE, d. MMM", "en": "EE, d MMM"}
LOCALE = {"de": "de_DE", "en": "en_GB"}


def day_text(day: date, lang: str) -> str:
    """`Dienstag, 1. Dezember 2026` / `Tuesday, 1 December 2026`."""
    return format_date(day, DAY[lang], locale=LOCALE[lang])


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
    text = format_datetime(moment, f"{DAY[lang]}, HH:mm", tzinfo=ZoneInfo(zone), locale=LOCALE[lang])
    return f"{text} Uhr" if lang == "de" else text
