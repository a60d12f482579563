"""Public holidays of the Länder, as days on which a place that keeps them is closed.

The days come from the package `holidays`: those that the law of a whole Land makes a public holiday. What holds only
in some communities (Mariä Himmelfahrt in parts of Bavaria, the Augsburg peace festival) is not among them: an office
enters it as a closure.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

from smartcx_portal.bookings.opening import Shut

NAMES_IN = {"de": "de", "en": "en_US"}
"""The package's languages for ours."""
BRITISH = {"Labor Day": "Labour Day"}


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday: its local day and what it is called."""

    day: date
    name: str


@lru_cache(maxsize=512)
def holidays_of(land: str, year: int, lang: str = "de") -> tuple[Holiday, ...]:
    """The public holidays of a Land (its ISO 3166-2:DE letters) in a year, in order; none for no or another land."""
    if land not in holidays.Germany.subdivisions:
        return ()
    found = holidays.country_holidays("DE", subdiv=land, years=year, expand=False, language=NAMES_IN[lang])
    return tuple(Holiday(day, BRITISH.get(name, name)) for day, name in sorted(found.items()))


def holiday_shuts(land: str, first_day: date, last_day: date) -> list[Shut]:
    """The public holidays of `land` from `first_day` to `last_day`, both included, as the engine reads closures."""
    years = range(first_day.year, last_day.year + 1)
    return [
        Shut(one.day, one.day, holiday=True)
        for year in years
        for one in holidays_of(land, year)
        if first_day <= one.day <= last_day
    ]
