"""The list as a file: complete, harmless to open, written down for each person, fetched once."""

import csv
import io
import os
import re
import shutil
import zipfile
from datetime import timedelta

import pytest

from smartcx_portal.bookings import exporting
from smartcx_portal.bookings.exporting import (
    ExportOver,
    Format,
    NothingToExport,
    TooManyLines,
    export_bookings,
    fetch_export,
    forget_exports,
)
from smartcx_portal.bookings.finding import Wanted
from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.kit.errors import NotFound, NotPermitted
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.booking import Attendee, Booking
from smartcx_portal.models.privacy import AccessRecord
from smartcx_portal.models.staff import Role
from smartcx_portal.settings import settings
from tests.asgi import Client
from tests.bookings.test_finding import put
from tests.cast import Cast
from tests.conftest import SUNDAY, at

EVIL = '=HYPERLINK("https://evil.example";"Klick")'
FORMULAS = ("=", "+", "-", "@", "\t")
RISKY = [EVIL, "+49 2151", "-1+1", "@SUM(1)", "\t=1", "ja;=1+1"]


@pytest.fixture
def clara(cast: Cast) -> Cast:
    forget_all()
    shutil.rmtree(settings().data / "exports", ignore_errors=True)
    with cast.as_job() as work:
        booking = put(work, cast.town, code="7KQM-X3PW", email_key="clara@example.org", phone_key="+492151555123")
        work.new(Attendee, booking_id=booking.id, name="Ben Lindqvist")
    return cast


def export(cast: Cast, kind: Format = Format.CSV, **wanted: object) -> str:
    """Anna exports; the token of the link."""
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        return export_bookings(work, Wanted(**wanted), kind).token


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def sheet(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if "sheet1" in name or "shared" in name)


def left() -> list[str]:
    return [file.name for file in (settings().data / "exports").rglob("*") if file.is_file()]


def test_the_file_has_a_line_with_everything_of_a_booking(clara: Cast) -> None:
    head, line = csv_rows(fetch_export(export(clara)).content)
    found = dict(zip(head, line, strict=True))
    assert (found["Code"], found["Tag"], found["Von"], found["Bis"]) == ("7KQM-X3PW", "2026-11-23", "08:00", "08:20")
    assert (found["Gebucht von"], found["Für"], found["E-Mail"]) == (
        "Clara Lindqvist", "Ben Lindqvist", "clara@example.org",
    )  # fmt: skip


def test_a_workbook_has_real_dates_and_the_same_words(clara: Cast) -> None:
    text = sheet(fetch_export(export(clara, Format.XLSX)).content)
    assert "Clara Lindqvist" in text
    assert re.search(r'<c r="B2" s="\d+"><v>46349</v>', text)


def test_the_file_follows_filters_and_search(clara: Cast) -> None:
    with clara.as_job() as work:
        put(work, clara.town, "Jürgen Groß")
    rows = csv_rows(fetch_export(export(clara, words="gross")).content)
    assert [row[9] for row in rows[1:]] == ["Jürgen Groß"]


@pytest.mark.parametrize("name", RISKY)
def test_no_cell_of_a_csv_begins_a_formula(clara: Cast, name: str) -> None:
    with clara.as_job() as work:
        put(work, clara.town, name)
    cells = [cell for row in csv_rows(fetch_export(export(clara)).content) for cell in row]
    assert [cell for cell in cells if cell.startswith((*FORMULAS, "\r"))] == []
    assert not any(";=" in cell for cell in cells)


@pytest.mark.parametrize("name", RISKY)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(clara: Cast, name: str) -> None:
    with clara.as_job() as work:
        put(work, clara.town, name)
    content = fetch_export(export(clara, Format.XLSX)).content
    text = sheet(content)
    assert "<f>" not in text
    assert "<hyperlink" not in text
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert ('quotePrefix="1"' in book.read("xl/styles.xml").decode()) == name.startswith(FORMULAS)


@pytest.mark.promise("P03")
def test_each_person_can_see_that_their_data_was_taken_out(clara: Cast) -> None:
    export(clara)
    with clara.as_job() as work:
        (record,) = work.all(work.select(AccessRecord))
        booking = work.first(work.select(Booking))
    assert (record.what, record.customer_id, record.by_identity) == ("export", booking.customer_id, clara.anna)


def test_the_trail_tells_who_exported_what_but_not_whom_they_searched_for(clara: Cast) -> None:
    export(clara, words="Lindqvist", service=clara.town.service)
    with clara.as_job() as work:
        entry = work.first(work.select(AuditEntry).where(AuditEntry.action == "bookings.exported"))
    assert entry.actor_id == clara.anna
    assert entry.detail == {"file": "csv", "lines": 1, "service": str(clara.town.service), "searched": True}


def test_a_link_works_once_and_leaves_nothing_behind(clara: Cast) -> None:
    token = export(clara)
    fetch_export(token)
    with pytest.raises(ExportOver):
        fetch_export(token)
    assert left() == []


def test_an_old_link_opens_nothing(clara: Cast) -> None:
    token = export(clara)
    with at(SUNDAY + timedelta(minutes=2, seconds=1)), pytest.raises(ExportOver):
        fetch_export(token)


def test_what_nobody_fetched_goes_by_itself(clara: Cast) -> None:
    export(clara)
    (file,) = (settings().data / "exports").rglob("*.csv")
    assert file.stat().st_mode & 0o077 == 0
    os.utime(file, (0, 0))
    forget_exports()
    assert left() == []


@pytest.mark.promise("P02")
@pytest.mark.parametrize("part", range(6))
def test_a_link_that_was_changed_anywhere_opens_nothing(clara: Cast, part: int) -> None:
    token = export(clara)
    parts = token.split(".")
    others = [str(clara.salon.id), str(clara.salon.id), "xlsx", "2027-01-01", "99999999999", "A" * 22]
    parts[part] = others[part]
    for forged in (".".join(parts), token + ".", token.rpartition(".")[0], "", ".....", "../" * 5):
        with pytest.raises(ExportOver):
            fetch_export(forged)


def test_ben_may_not_export(clara: Cast) -> None:
    with clara.as_staff(clara.ben) as work, pytest.raises(NotPermitted):
        export_bookings(work, Wanted(), Format.CSV)


@pytest.mark.promise("P02")
def test_dora_exports_nothing_of_the_towns(clara: Cast) -> None:
    with clara.as_staff(clara.dora, clara.salon, Role.OWNER) as work, pytest.raises(NothingToExport):
        export_bookings(work, Wanted(service=clara.town.service), Format.CSV)


@pytest.mark.parametrize("actor", ["as_visitor", "as_operator"])
def test_neither_a_visitor_nor_the_operator_may_export(clara: Cast, actor: str) -> None:
    with getattr(clara, actor)() as work, pytest.raises(NotFound):
        export_bookings(work, Wanted(), Format.CSV)


def test_too_long_a_list_says_how_to_shorten_it(clara: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "MOST_LINES", 0)
    with pytest.raises(TooManyLines) as refused:
        export(clara)
    assert refused.value.text("de").startswith("Das sind 1 Termine, und eine Datei fasst höchstens 0.")
    assert left() == []


def test_the_route_hands_the_file_out_once(clara: Cast) -> None:
    client, address = Client(make_outer()), f"/downloads/bookings/{export(clara, Format.XLSX)}"
    answer = client.get(address)
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert answer.headers["content-disposition"] == 'attachment; filename="2026-11-22_termine.xlsx"'
    again = client.get(address, headers={"Accept-Language": "de"})
    assert again.status_code == 410
    assert "Exportieren Sie die Liste noch einmal" in again.text
