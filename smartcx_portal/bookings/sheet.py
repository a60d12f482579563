"""Reading a form that sets something up: entries become values, each wrong one a sentence at its field."""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from smartcx_portal.bookings.entries import clean, is_ticked
from smartcx_portal.bookings.spans import UNITS, minutes_of
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_

LONGEST_LINE = 200
LONGEST_TEXT = 2000
LINE_TOO_LONG = N_("Use at most 200 characters.")
TEXT_TOO_LONG = N_("Use at most 2000 characters.")
NOT_FROM_THE_LIST = N_("Choose one from the list.")


class Sheet:
    """One form under reading. `problems` keeps the order in which the fields were read."""

    def __init__(self, entered: Mapping[str, Any]) -> None:
        self.entered = entered
        self.problems: dict[str, str] = {}

    def wrong(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field, unless something was before."""
        self.problems.setdefault(name, sentence)

    def check(self) -> None:
        """Raise `InvalidForm` if anything was wrong."""
        if self.problems:
            raise InvalidForm(self.problems)

    def raw(self, name: str) -> str:
        """What was entered, as it came."""
        value = self.entered.get(name)
        return "" if value is None else str(value)

    def line(self, name: str, missing: str = "", *, longest: int = LONGEST_LINE) -> str:
        """One line of text; `missing` says what is wrong when it is empty."""
        return self._text(name, missing, longest, LINE_TOO_LONG, lines=False)

    def text(self, name: str, missing: str = "") -> str:
        """Several lines of text."""
        return self._text(name, missing, LONGEST_TEXT, TEXT_TOO_LONG, lines=True)

    def number(self, name: str, least: int, most: int, says: str) -> int:
        """A whole number within bounds; an empty field is wrong too."""
        entered = self.raw(name).strip()
        if entered.isascii() and entered.isdigit() and len(entered) < 7 and least <= int(entered) <= most:
            return int(entered)
        self.wrong(name, says)
        return least

    def span(self, name: str, least: int, most: int, says: str, *, unit: str = "minutes") -> int:
        """A number and its unit (`<name>_unit`), in whole `unit`s within bounds."""
        minutes = minutes_of(self.raw(name), self.raw(f"{name}_unit"))
        if minutes is not None and minutes % UNITS[unit] == 0 and least <= minutes // UNITS[unit] <= most:
            return minutes // UNITS[unit]
        self.wrong(name, says)
        return least

    def box(self, name: str) -> bool:
        """Whether a box is ticked."""
        return is_ticked(self.entered.get(name))

    def one_of(self, name: str, choices: Collection[str], says: str = NOT_FROM_THE_LIST) -> str:
        """One of a closed list."""
        entered = self.raw(name)
        if entered not in choices:
            self.wrong(name, says)
        return entered

    def https(self, name: str, says: str, *, needed: bool, longest: int) -> str:
        """An https address without credentials; empty unless it is needed."""
        entered = self.raw(name).strip()
        if (entered or needed) and not (len(entered) <= longest and is_https(entered)):
            self.wrong(name, says)
        return entered[:longest]

    def _text(self, name: str, missing: str, longest: int, too_long: str, *, lines: bool) -> str:
        raw = self.raw(name).replace("\r\n", "\n")
        text = clean(raw[: 2 * longest + 1], lines=lines)
        if len(text) > longest or len(raw) > 2 * longest:
            self.wrong(name, too_long)
        elif missing and not text:
            self.wrong(name, missing)
        return text


def is_https(address: str) -> bool:
    """Whether this is a web address that a browser can open safely: https, a host, nobody's password."""
    if any(sign.isspace() or not sign.isprintable() for sign in address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False
