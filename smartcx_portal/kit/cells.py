"""Cells of spreadsheets: text that somebody typed must not become a formula where the file is opened."""

import re
from typing import Any

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would run as a formula."""
HIDDEN_CELL = re.compile(r"(;\s*|(?<=.)\t\s*)(?=[=+@-])")
"""A formula further on: spreadsheets set to German take the semicolon, others the tab, for the end of a cell."""

NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""Characters that a workbook must not contain (XML 1.0, 2.2): spreadsheets refuse the whole file for one of them."""


def in_xml(text: str) -> str:
    """A title or a tab's name as a workbook can hold it; in cells xlsxwriter sees to that itself."""
    return NOT_IN_XML.sub("\ufffd", text)


def neutral(value: Any) -> str:
    """A cell of a CSV file that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    if ";" in text or "\t" in text:
        text = HIDDEN_CELL.sub(r"\1'", text)
    return f"'{text}" if text.startswith(RISKY) else text
