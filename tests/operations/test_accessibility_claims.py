"""The accessibility statement claims only what the test suite really checks."""

import tomllib
from pathlib import Path

import pytest

from smartcx_portal.operations.accessibility import FILE

ROOT = Path(__file__).resolve().parents[2]
TESTED = tomllib.loads(FILE.read_text())["tested"]


def test_each_claim_stands_in_both_languages_with_the_test_that_shows_it() -> None:
    assert len(TESTED["de"]) == len(TESTED["en"]) == len(TESTED["shown_by"]) > 0


@pytest.mark.parametrize("shown_by", sorted(set(TESTED["shown_by"])))
def test_the_test_behind_a_claim_exists(shown_by: str) -> None:
    file, _, name = shown_by.partition("::")
    assert f"def {name}(" in (ROOT / file).read_text()
