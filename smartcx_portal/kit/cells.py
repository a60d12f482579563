"""Cells of spreadsheets: text that somebody typed must not become a formula where the file is opened."""

import re
from typing import Any

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would run as a formula."""
HIDDEN_CELL = re.compile(r"(;\s*|(?<=.)\t\s*)(?=[=+@-])")
"""A formula further on: spreadsheets set to German take the semicolon, others the tab, for the end of a cell."""


def neutral(value: Any) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula."""
    text = "" if value is None else HIDDEN_CELL.sub(r"\1'", str(value))
    return f"'{text}" if text.startswith(RISKY) else text
