"""A sign in a name that no workbook can hold must not keep the staff from the whole file."""

import io
import zipfile
from xml.parsers import expat

import pytest

from smartcx_portal.kit.sheets import Grid, Part, Sheet, as_pdf, as_xlsx

NAMES = [
    "Clara\uffff",
    "\ufffe",
    "\ufdd0\U0001ffff",
    "\ue000\U0010ffff",
    "e" + "\u0301" * 200,
    "\u0e33" * 50,
    "_x0041_\x0b",
]


def read(workbook: bytes) -> None:
    """Raises `ExpatError` for a workbook that spreadsheets refuse."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        for name in archive.namelist():
            expat.ParserCreate().Parse(archive.read(name), True)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_every_name_fits_in_a_file(name: str):
    grid = Grid(name, [name, "x"], [[name, name]])
    sheet = Sheet(name, "de", name, [Part(name, 1, [name], [name], [grid])])
    read(as_xlsx(sheet))
    assert as_pdf(sheet).startswith(b"%PDF")
