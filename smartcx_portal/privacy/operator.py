"""The operator's facts, read from `operator.toml` beside this file."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("operator.toml")


@dataclass(frozen=True, slots=True)
class Officer:
    """A data protection officer (Art. 37)."""

    name: str
    street: str
    postal_code: str
    city: str
    email: str

    @property
    def address(self) -> str:
        """Street and place in one line."""
        return f"{self.street}, {self.postal_code} {self.city}"


@dataclass(frozen=True, slots=True)
class Operator:
    """The company that runs Smart CX for its tenants."""

    name: str
    represented_by: str
    street: str
    postal_code: str
    city: str
    country: str
    phone: str
    email: str
    dpo: Officer

    @property
    def address(self) -> str:
        """Street and place in one line."""
        return f"{self.street}, {self.postal_code} {self.city}"


@functools.cache
def operator() -> Operator:
    """The operator of this installation. Raises `TypeError` when the file lacks a fact or has one too many."""
    facts = tomllib.loads(FILE.read_text())
    return Operator(**facts | {"dpo": Officer(**facts["dpo"])})
