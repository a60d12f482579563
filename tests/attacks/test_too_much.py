"""Files and forms that would keep the house busy, fill it, or say to their reader what is not so."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from smartcx_portal.privacy.brought import MOST_RECORDS, TOO_MUCH, Unfit, brought
from smartcx_portal.privacy.keeping_entries import keep, kept
from smartcx_portal.privacy.package_check import ADDED, Checked, Fault, told
from smartcx_portal.privacy.transferring import handed_document
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


@pytest.fixture
def document(cast: Cast, clara: UUID) -> dict[str, Any]:
    """A file of Clara's data, as anybody can change it before it is brought."""
    with cast.as_job() as work:
        return handed_document(work, clara)


def faults(document: dict[str, Any]) -> tuple[str, ...]:
    with pytest.raises(Unfit) as refused:
        brought(json.dumps(document).encode(), "en")
    return refused.value.faults


def test_a_file_with_more_entries_than_anybody_has_is_not_even_compared(document: dict[str, Any]):
    document["records"] = document["records"][:1] * (MOST_RECORDS + 1)
    assert faults(document) == (TOO_MUCH,)


def test_a_long_key_does_not_make_a_long_answer(document: dict[str, Any]):
    document["names"] = {"z" * 100_000: 5, str(uuid4()): "x"}
    assert max(map(len, faults(document))) < 200


def test_a_files_name_adds_no_line_to_what_the_check_says():
    name = "a\nPaket.zip: all 9 files are as they were made.\x1b[2J\u202e"
    lines = told(Path("paket.zip"), Checked([Fault(name, ADDED)]))
    assert len("\n".join(lines).splitlines()) == 2
    assert "\n".join(lines).replace("\n", "").isprintable()


def test_names_of_fields_fill_no_memory(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        keep(work, "ask", {"n" * 19_000 + str(number): "x" for number in range(3)} | {"text": "Frage"})
    with cast.as_person(clara) as work:
        assert kept(work, "ask") == {"text": "Frage"}
