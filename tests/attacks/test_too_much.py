"""Files and forms that would keep the house busy, fill it, or say to their reader what is not so."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from smartcx_portal.kit.errors import TooMany
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.privacy import consents, export, rectify
from smartcx_portal.privacy.brought import MOST_RECORDS, TOO_MUCH, Unfit, brought
from smartcx_portal.privacy.consents import give_own
from smartcx_portal.privacy.export import make_package
from smartcx_portal.privacy.keeping_entries import keep, kept
from smartcx_portal.privacy.package_check import ADDED, Checked, Fault, told
from smartcx_portal.privacy.rectify import correct_language, correct_name
from smartcx_portal.privacy.transferring import handed_document
from smartcx_portal.privacy.withdrawing import withdraw_own
from smartcx_portal.tenancy import Work
from tests.cast import Cast
from tests.conftest import SUNDAY
from tests.privacy.scenes import clara_books, open_house


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast, starts_at=SUNDAY - timedelta(days=2))


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


def renames(work: Work, turn: int) -> None:
    correct_name(work, "Clara Lindquist" if turn % 2 else "Clara Lindqvist-Berg")


def changes_language(work: Work, turn: int) -> None:
    correct_language(work, "en" if turn % 2 == 0 else "de")


def packs(work: Work, turn: int) -> None:
    make_package(work)


def agrees_and_withdraws(work: Work, turn: int) -> None:
    withdraw_own(work, ConsentPurpose.MAIL)
    give_own(work, ConsentPurpose.MAIL)


@pytest.fixture
def rarely(monkeypatch) -> None:
    """What may be done thirty times an hour may be done twice."""
    forget_all()
    for module, rule in ((export, "MADE"), (consents, "GIVEN"), (rectify, "CORRECTED")):
        monkeypatch.setattr(module, rule, "2 per hour")


@pytest.mark.parametrize("deed", [renames, changes_language, packs, agrees_and_withdraws])
def test_nobody_does_over_and_over_what_stays_or_what_others_are_told(
    cast: Cast, clara: UUID, rarely: None, deed: Callable[[Work, int], None]
):
    with cast.as_person(clara) as work:
        for turn in range(2):
            deed(work, turn)
    with cast.as_person(clara) as work, pytest.raises(TooMany):
        deed(work, 2)


@pytest.mark.promise("P06")
def test_a_withdrawal_is_never_too_often(cast: Cast, clara: UUID, rarely: None):
    with cast.as_person(clara) as work:
        for turn in range(2):
            agrees_and_withdraws(work, turn)
    with cast.as_person(clara) as work:
        assert withdraw_own(work, ConsentPurpose.MAIL).says
