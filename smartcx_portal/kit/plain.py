"""Texts that must not break out of the line they stand in."""

import unicodedata


def one_line(text: str, longest: int = 300) -> str:
    """`text` in one line without control characters: fit for a mail's header or a calendar's parameter."""
    shown = "".join(sign if unicodedata.category(sign) not in ("Cc", "Zl", "Zp") else " " for sign in text)
    return " ".join(shown.split())[:longest]
