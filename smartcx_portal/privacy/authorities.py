"""The supervisory authorities a person may complain to (Art. 77, promise P12)."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from smartcx_portal.models.tenant import BodyKind

FILE = Path(__file__).with_name("authorities.toml")
LAENDER = ("BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH")


@dataclass(frozen=True, slots=True)
class Authority:
    """A supervisory authority with all ways to reach it."""

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


def authority_for(land: str, kind: BodyKind) -> Authority:
    """The one that watches over a body of this kind in this Land. Raises `KeyError` for what is no Land."""
    known = _all()
    private = known.get(f"{land}-private") if kind is not BodyKind.PUBLIC_OFFICE else None
    return private or known[land]


def all_authorities() -> list[Authority]:
    """Every authority of the Länder and the federal one, as the file orders them: a person may choose (Art. 77(1))."""
    return list(_all().values())


@functools.cache
def _all() -> dict[str, Authority]:
    return {key: Authority(**facts) for key, facts in tomllib.loads(FILE.read_text()).items()}
