"""The supervisory authorities a person may complain to (Art. 77, promise P12).

A place is a Land by its ISO 3166-2 code, such as `DE-NW`, or another state of the EU or EEA by its ISO 3166-1 code.
"""

import functools
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from smartcx_portal.models.tenant import BodyKind

FILE = Path(__file__).with_name("authorities.toml")
ABROAD = Path(__file__).with_name("authorities_eu.toml")
LAENDER = ("BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH")
HERE = "DE-"


class Because(StrEnum):
    """Why a person may turn to an authority: it watches over the body, or is that of a place in Art. 77(1)."""

    OVERSEES = "oversees"
    PLACE = "place"
    HOME = "home"
    WORKPLACE = "workplace"


@dataclass(frozen=True, slots=True)
class Authority:
    """A supervisory authority with all ways to reach it; `email` is empty where it takes complaints otherwise only."""

    name: str
    street: str
    place: str
    phone: str
    email: str
    website: str

    @property
    def lines(self) -> list[str]:
        """Name and address, line by line."""
        return [self.name, self.street, self.place]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An authority to complain to, the place it is for, and each reason to turn to it."""

    authority: Authority
    place: str
    because: tuple[Because, ...]


def authority_for(land: str, kind: BodyKind) -> Authority:
    """The one that watches over a body of this kind in this Land. Raises `KeyError` for what is no Land."""
    known = _here()
    private = None if kind.public else known.get(f"{land}-private")
    of_land = private or known[land]
    return known["federal"] if kind is BodyKind.FEDERAL_OFFICE else of_land


def suggest(land: str, kind: BodyKind, *, home: str = "", workplace: str = "", place: str = "") -> list[Suggestion]:
    """The authorities for a complaint about a body of this kind in this Land, each once (Art. 77(1)).

    The first is the one that watches over the body; then those of where it happened, and where the person lives and
    works, as far as these are given. Raises `KeyError` for a place that is none.
    """
    wanted = {
        Because.OVERSEES: f"{HERE}{land}",
        Because.PLACE: place,
        Because.HOME: home,
        Because.WORKPLACE: workplace,
    }
    reasons: dict[Authority, list[Because]] = {}
    for because, where in wanted.items():
        if where:
            reasons.setdefault(_at(where, kind), []).append(because)
    return [Suggestion(one, wanted[why[0]], tuple(why)) for one, why in reasons.items()]


def languages_at(place: str) -> list[str]:
    """The languages in which the authority of a place reads complaints, by their ISO 639-1 codes."""
    return ["de"] if place.startswith(HERE) else list(_abroad()[place]["languages"])


@functools.cache
def states() -> tuple[str, ...]:
    """The other states of the EU and the EEA, by their codes."""
    return tuple(_abroad())


@functools.cache
def places() -> frozenset[str]:
    """Every place that has an authority."""
    return frozenset((*(f"{HERE}{land}" for land in LAENDER), *states()))


def _at(place: str, kind: BodyKind) -> Authority:
    if place.startswith(HERE):
        return authority_for(place.removeprefix(HERE), kind)
    return Authority(**{name: fact for name, fact in _abroad()[place].items() if name != "languages"})


@functools.cache
def _here() -> dict[str, Authority]:
    return {key: Authority(**facts) for key, facts in tomllib.loads(FILE.read_text()).items()}


@functools.cache
def _abroad() -> dict[str, dict[str, Any]]:
    return tomllib.loads(ABROAD.read_text())
