"""Texts and tables as files for people who want to keep or print them: PDF/UA-1 by Typst, XLSX by xlsxwriter.

Both take a `Sheet`, whose words are finished and in the reader's language, and know nothing of what it is about.
"""

import functools
import io
import json
import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from smartcx_portal.kit.cells import RISKY, in_xml
from smartcx_portal.kit.clock import now
from smartcx_portal.kit.glyphs import UNKNOWN_SIGNS, named_in, never_shown, strange, tidy, written
from smartcx_portal.kit.language import N_, translate

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("sheet.typ")
REGION = {"de": "de", "en": "gb"}
AUTHOR = "Smart CX portal"
PAGE = N_("Page {number} of {count}")
EMPTY = N_("No entries.")
ABOUT = N_("About this file")
WIDE_FROM = 7
"""Columns from which the paper is turned."""
DEEPEST = 3
"""Levels of headings that the template sets."""
LONGEST_NAME = 31
LONGEST_CELL = 32_000
"""Characters; what spreadsheets allow, for a tab's name and (less a few) for a cell."""
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
COLUMN_WIDTHS = (10, 48)
"""The narrowest and the widest column of a workbook, in characters."""
MOST_TRIES = 4
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; every row has as many cells as `head`."""

    caption: str
    head: list[str]
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with paragraphs, a list and tables below it; a line break in a text stays one."""

    heading: str
    level: int = 1
    paragraphs: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole file. `note` says how current it is, and stands at the foot of every page."""

    title: str
    lang: str
    note: str
    parts: list[Part]


class Unshown(Exception):
    """Typst knows no sign for these characters. They may be personal, so the exception's text does not say them."""

    def __init__(self, signs: set[str]) -> None:
        super().__init__()
        self.signs = signs


def as_pdf(sheet: Sheet) -> bytes:
    """A tagged PDF that meets PDF/UA-1. Signs that the typeface lacks stand in it as their numbers, with a word why."""
    words = [tidy(text) for text in _words(sheet)]
    signs = never_shown(words)
    for tries in range(MOST_TRIES):
        try:
            return _set(_data(sheet, signs))
        except Unshown as problem:
            signs |= strange(problem.signs, words, tries)
    raise RuntimeError("a sheet could not be set")


def as_xlsx(sheet: Sheet) -> bytes:
    """A workbook with a tab for each table, and a last one with all other words. There are no formulas in it."""
    out, names = io.BytesIO(), _TabNames()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": in_xml(sheet.title), "author": AUTHOR, "created": now().replace(tzinfo=None)})
        formats = {"head": book.add_format({"bold": True, "bottom": 1}), "cell": _cell_format(book, quoted=False)}
        formats["quoted"] = _cell_format(book, quoted=True)
        for grid in (grid for part in sheet.parts for grid in part.grids):
            _write_grid(book.add_worksheet(names.next(grid.caption or sheet.title)), grid, formats)
        about = book.add_worksheet(names.next(translate(sheet.lang, ABOUT)))
        about.set_column(0, 0, 100)
        for row, words in enumerate(_prose(sheet)):
            _write(about, row, 0, words, formats)
    return out.getvalue()


def _data(sheet: Sheet, signs: set[str]) -> dict[str, Any]:
    """What the template reads."""
    parts, deepest = [], 0
    for part in sheet.parts:
        if part.heading:  # a level must not be left out on the way down (PDF/UA, ISO 14289-1, 7.4.2)
            deepest = min(part.level, deepest + 1, DEEPEST)
        parts.append(_fields(part) | {"level": deepest, "grids": [_grid_data(grid) for grid in part.grids]})
    if signs:
        parts.append(_fields(Part("", paragraphs=[translate(sheet.lang, UNKNOWN_SIGNS)])))
    words = {"title": sheet.title or AUTHOR, "note": sheet.note, "parts": parts}
    return {
        **written(words, signs),
        "lang": sheet.lang,
        "region": REGION.get(sheet.lang, ""),
        "author": AUTHOR,
        "page": translate(sheet.lang, PAGE),
        "empty": translate(sheet.lang, EMPTY),
        "wide": any(len(grid.head) >= WIDE_FROM for part in sheet.parts for grid in part.grids),
    }


def _grid_data(grid: Grid) -> dict[str, Any]:
    longest = [max(map(len, column)) for column in zip(grid.head, *grid.rows, strict=True)]
    widths = [min(max(length, 8), 64) ** 0.6 for length in longest]  # long texts break, short ones should not
    return _fields(grid) | {"widths": widths}


def _fields(of: Part | Grid) -> dict[str, Any]:
    """Its fields by name; unlike with `asdict`, no list in them is copied."""
    return {each.name: getattr(of, each.name) for each in fields(of)}


def _set(data: dict[str, Any]) -> bytes:
    """Raises `Unshown`."""
    import typst

    with _one_at_a_time:
        try:
            found = _compiler().compile(
                format="pdf",
                pdf_standards=["ua-1"],
                sys_inputs={"sheet": json.dumps(data)},
                timestamp=int(now().timestamp()),
            )
        except typst.TypstError as problem:
            signs = named_in(problem.diagnostic)
            if not signs:
                raise
            raise Unshown(signs) from None
    return bytes(found)


@functools.cache
def _compiler() -> "typst.Compiler":
    """Loaded at the first file: it is large, and most processes set none."""
    import typst

    return typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), ignore_system_fonts=True)


def _words(sheet: Sheet) -> Iterator[str]:
    """Every text of a sheet."""
    yield from (sheet.title, sheet.note)
    for part in sheet.parts:
        yield from (part.heading, *part.paragraphs, *part.points)
        for grid in part.grids:
            yield from (grid.caption, *grid.head, *(cell for row in grid.rows for cell in row))


def _prose(sheet: Sheet) -> Iterable[str]:
    """What stands outside of tables, a text for each row."""
    yield from (sheet.title, sheet.note)
    for part in sheet.parts:
        yield from ("", part.heading, *part.paragraphs, *(f"• {point}" for point in part.points))


class _TabNames:
    """Names for the tabs of one workbook: short, allowed and different."""

    def __init__(self) -> None:
        self._taken: set[str] = {"history"}  # a name that Excel keeps for itself

    def next(self, wanted: str) -> str:
        """The name, with a number where it is taken already."""
        plain = NOT_IN_NAMES.sub(" ", in_xml(wanted)).strip(" '") or "1"
        name, number = plain[:LONGEST_NAME].strip(" '"), 1
        while name.casefold() in self._taken:
            number += 1
            end = f" ({number})"
            name = plain[: LONGEST_NAME - len(end)] + end
        self._taken.add(name.casefold())
        return name


def _cell_format(book: xlsxwriter.Workbook, *, quoted: bool) -> Any:
    """`quoted` keeps a text a text also when somebody edits it."""
    return book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": quoted})


def _write_grid(tab: Any, grid: Grid, formats: dict[str, Any]) -> None:
    least, most = COLUMN_WIDTHS
    for column, cells in enumerate(zip(grid.head, *grid.rows, strict=True)):
        tab.set_column(column, column, min(max(least, *(len(cell) + 2 for cell in cells)), most))
        tab.write_string(0, column, cells[0], formats["head"])
        for row, cell in enumerate(cells[1:], start=1):
            _write(tab, row, column, cell, formats)
    tab.freeze_panes(1, 0)
    if grid.head:
        tab.autofilter(0, 0, max(1, len(grid.rows)), len(grid.head) - 1)


def _write(tab: Any, row: int, column: int, words: str, formats: dict[str, Any]) -> None:
    fitting = words if len(words) <= LONGEST_CELL else words[:LONGEST_CELL] + "…"
    tab.write_string(row, column, fitting, formats["quoted" if words.startswith(RISKY) else "cell"])
