"""Spans of time as people enter and read them: a number and a unit. Everything behind is whole minutes."""

import re

from smartcx_portal.kit.language import N_, translate

UNITS = {"minutes": 1, "hours": 60, "days": 24 * 60, "weeks": 7 * 24 * 60}
"""Minutes in each unit that can be chosen."""
UNIT_TEXTS = {"minutes": N_("minutes"), "hours": N_("hours"), "days": N_("days"), "weeks": N_("weeks")}
COUNTED = {
    "weeks": (N_("1 week"), N_("{number} weeks")),
    "days": (N_("1 day"), N_("{number} days")),
    "hours": (N_("1 hour"), N_("{number} hours")),
    "minutes": (N_("1 minute"), N_("{number} minutes")),
}
"""One and several, the longest unit first."""
NUMBER = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?", re.ASCII)


def minutes_of(number: str, unit: str) -> int | None:
    """`1,5` hours are 90 minutes; None for what is no number, no unit, or no whole minutes."""
    found = NUMBER.fullmatch(number.strip())
    if found is None or unit not in UNITS:
        return None
    whole, part = found[1], (found[2] or "").ljust(2, "0")
    hundredths = (int(whole) * 100 + int(part)) * UNITS[unit]
    return hundredths // 100 if hundredths % 100 == 0 else None


def in_units(minutes: int, *units: str) -> tuple[str, str]:
    """Number and unit for a form: the longest of `units` that divides the span, the first for nothing."""
    for unit in reversed(units):
        if minutes and minutes % UNITS[unit] == 0:
            return str(minutes // UNITS[unit]), unit
    return str(minutes // UNITS[units[0]]), units[0]


def span_text(minutes: int, lang: str) -> str:
    """`1 Stunde 30 Minuten`; nothing is `0 Minuten`. Weeks are said only where they are whole."""
    parts, rest = [], minutes
    for unit, (one, several) in COUNTED.items():
        if unit == "weeks" and minutes % UNITS["weeks"]:
            continue
        number, rest = divmod(rest, UNITS[unit])
        if number:
            parts.append(translate(lang, one if number == 1 else several).format(number=number))
    return " ".join(parts) or translate(lang, COUNTED["minutes"][1]).format(number=0)
