"""Signs that the typeface of our PDF files lacks: they stand there as numbers like `[U+738B]`.

PDF/UA forbids a sign that shows as nothing (ISO 14289-1, 7.21.8), and one such name must not keep a file from all.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from smartcx_portal.kit.language import N_

UNKNOWN_SIGNS = N_("The typeface of this file lacks some signs. They are given as Unicode numbers, like [U+738B].")
NAMED = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
PLAIN_CODES = (range(0x20, 0x7F), range(0xA0, 0x180), range(0x2010, 0x2028))
PLAIN = frozenset(chr(code) for codes in PLAIN_CODES for code in codes)
"""What the typeface certainly has."""
NO_SIGNS = ("Cc", "Cs", "Co", "Cn")
"""Kinds of characters that show nothing anywhere: control characters, halves of pairs, private and unassigned ones."""


def never_shown(words: Iterable[str]) -> set[str]:
    """The characters in `words` that no typeface has; line breaks are none of them."""
    return {sign for sign in set().union(*words) if unicodedata.category(sign) in NO_SIGNS and sign != "\n"}


def named_in(complaint: str) -> set[str]:
    """The characters that Typst says it cannot display."""
    found = (ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text) for text in NAMED.findall(complaint))
    return set().union(*found)


def strange(named: set[str], words: Iterable[str], tries: int) -> set[str]:
    """What to write as numbers, given what was `named`: at first that alone, at last all that is not `PLAIN`.

    A letter can be named for the mark above it; then it is the marks that go.
    """
    all_signs = set().union(*words) - {"\n"}
    marks = {sign for sign in all_signs if unicodedata.category(sign).startswith("M")}
    if tries == 0:
        return named - PLAIN or marks
    return (named - PLAIN) | marks if tries == 1 else all_signs - PLAIN


def tidy(words: str) -> str:
    """Letters with their marks in one sign where there is one; one kind of line break, and blanks for tabs."""
    return unicodedata.normalize("NFC", words).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")


def written(value: Any, signs: set[str]) -> Any:
    """The same texts, lists and mappings as Typst gets them: tidy, and with `signs` as numbers."""
    if isinstance(value, str):
        plain = tidy(value)
        if signs.isdisjoint(plain):
            return plain
        return "".join(f"[U+{ord(sign):04X}]" if sign in signs else sign for sign in plain)
    if isinstance(value, list):
        return [written(one, signs) for one in value]
    return {key: written(one, signs) for key, one in value.items()} if isinstance(value, dict) else value
