"""The list of bookings as a file for spreadsheets: CSV, or XLSX with real dates. No cell can become a formula."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import xlsxwriter

from smartcx_portal.bookings.finding import Wanted, filtered, in_order
from smartcx_portal.bookings.found_rows import ORIGIN_TEXTS
from smartcx_portal.bookings.naming import Names, names_of
from smartcx_portal.bookings.queries import ERASED, STATUS_TEXTS
from smartcx_portal.kit.cells import RISKY, neutral
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.messaging.visits import WAYS
from smartcx_portal.models.booking import Booking, BookingStatus, Origin
from smartcx_portal.models.calendar import Way
from smartcx_portal.models.customer import Customer
from smartcx_portal.tenancy import Work

Cell = str | int | date | time
HEADS = (
    N_("Code"),
    N_("Day"),
    N_("From"),
    N_("Until"),
    N_("Place"),
    N_("Services"),
    N_("Seats"),
    N_("With"),
    N_("Way"),
    N_("Booked by"),
    N_("For"),
    N_("E-mail"),
    N_("Telephone"),
    N_("State"),
    N_("Made by"),
    N_("Overbooked"),
    N_("Booked on"),
)
YES = N_("Yes")
SHEET = N_("Bookings")
WIDTHS = {1: 12, 4: 24, 5: 36, 7: 16, 9: 28, 10: 20, 11: 28, 12: 18, 13: 18, 16: 12}
"""Columns that are not of the usual width, in characters."""
AT_ONCE = 1000
"""Rows whose names are read together."""


class Line(NamedTuple):
    """The columns of a booking that a line needs."""

    id: UUID
    location_id: UUID
    service_id: UUID
    resource_id: UUID
    customer_id: UUID | None
    code: str | None
    starts_at: datetime
    ends_at: datetime
    places: int
    way: Way
    status: BookingStatus
    origin: Origin
    overbooked: bool
    booked_at: datetime | None


COLUMNS = [getattr(Booking, name) for name in Line._fields]


@dataclass(frozen=True, slots=True)
class Written:
    """What went into a file: how many lines, about whom."""

    lines: int
    customers: frozenset[UUID]


def write_csv(work: Work, wanted: Wanted, out: IO[bytes]) -> Written:
    """Write the bookings that `wanted` names; the sign between cells is the one that the language's programs expect."""
    lines = list(_lines(work, wanted))
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";" if work.lang == "de" else ",")
    writer.writerow([translate(work.lang, head) for head in HEADS])
    for cells in _cells(work, lines):
        writer.writerow([neutral(_as_text(cell)) for cell in cells])
    text.detach()
    return _written(lines)


def write_xlsx(work: Work, wanted: Wanted, out: IO[bytes], folder: Path) -> Written:
    """The same as a workbook, row by row; its parts lie in `folder` while it is being made."""
    lines = list(_lines(work, wanted))
    options = {"constant_memory": True, "tmpdir": str(folder), "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(translate(work.lang, SHEET))
        for column, head in enumerate(HEADS):
            sheet.set_column(column, column, WIDTHS.get(column, 10))
            sheet.write_string(0, column, translate(work.lang, head), book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        write = _writer(book, sheet, work.lang)
        for row, cells in enumerate(_cells(work, lines), start=1):
            for column, cell in enumerate(cells):
                write(row, column, cell)
        sheet.autofilter(0, 0, max(1, len(lines)), len(HEADS) - 1)
    return _written(lines)


def _writer(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, lang: str) -> Callable[..., None]:
    """Writes one cell by its kind. Text stays text, also when somebody edits it: that is what the quote is for."""
    days = book.add_format({"num_format": "dd.mm.yyyy" if lang == "de" else "dd/mm/yyyy"})
    times, quoted = book.add_format({"num_format": "hh:mm"}), book.add_format({"quote_prefix": True})

    def write(row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            if cell:
                sheet.write_string(row, column, cell, quoted if cell.startswith(RISKY) else None)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell)
        else:
            sheet.write_datetime(row, column, cell, times if isinstance(cell, time) else days)

    return write


def _lines(work: Work, wanted: Wanted) -> Iterator[Line]:
    query = in_order(filtered(work, wanted), wanted).with_only_columns(*COLUMNS)
    return (Line(*row) for row in work.all(query))


def _cells(work: Work, lines: Sequence[Line]) -> Iterator[list[Cell]]:
    for begin in range(0, len(lines), AT_ONCE):
        some = lines[begin : begin + AT_ONCE]
        names, contacts = names_of(work, some), _contacts(work, some)
        for line in some:
            yield _line(work.lang, line, names, *contacts.get(line.customer_id, ("", "")))


def _line(lang: str, line: Line, names: Names, email: str, phone: str) -> list[Cell]:
    zone = ZoneInfo(names.zones[line.location_id])
    begins, ends = line.starts_at.astimezone(zone), line.ends_at.astimezone(zone)
    return [
        line.code or "",
        begins.date(),
        begins.time(),
        ends.time(),
        names.places[line.location_id],
        names.services_of(line),
        line.places,
        names.resources[line.resource_id],
        translate(lang, WAYS[line.way]),
        names.person_of(line) or translate(lang, ERASED),
        names.for_whom.get(line.id, ""),
        email,
        phone,
        translate(lang, STATUS_TEXTS[line.status]),
        translate(lang, ORIGIN_TEXTS[line.origin]),
        translate(lang, YES) if line.overbooked else "",
        line.booked_at.astimezone(zone).date() if line.booked_at else "",
    ]


def _contacts(work: Work, lines: Iterable[Line]) -> dict[UUID | None, tuple[str, str]]:
    ids = {line.customer_id for line in lines if line.customer_id}
    query = work.select(Customer.id, Customer.email, Customer.phone).where(Customer.id.in_(ids))
    return {one: (email or "", phone or "") for one, email, phone in work.all(query)}


def _as_text(cell: Cell) -> str:
    return f"{cell:%H:%M}" if isinstance(cell, time) else cell.isoformat() if isinstance(cell, date) else str(cell)


def _written(lines: Sequence[Line]) -> Written:
    return Written(len(lines), frozenset(line.customer_id for line in lines if line.customer_id))
