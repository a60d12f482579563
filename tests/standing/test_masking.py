"""The staff see enough of a person to tell people apart, and the rest after a step that is written down."""

import pytest

from smartcx_portal.models.declaring import Category
from smartcx_portal.standing.masking import HIDDEN, masked_value


@pytest.mark.parametrize(
    ("category", "value", "shown"),
    [
        (Category.EMAIL, "clara@example.org", "c…@example.org"),
        (Category.PHONE, "+49 2151 555123", "…23"),
        (Category.CONTACT, "clara@example.org", "c…@example.org"),
        (Category.CONTACT, "02151/555123", "…23"),
        (Category.CONTACT, "Markt 1, 47798 Musterstadt", "…"),
        (Category.HEALTH, "Rollstuhl", "…"),
        (Category.PHONE, "112", "…"),
        (Category.NAME, "Clara Lindqvist", "Clara Lindqvist"),
        (Category.EMAIL, "", ""),
    ],
)
def test_a_value_is_masked_by_its_kind(category: Category, value: str, shown: str) -> None:
    assert masked_value(category, value) == shown


@pytest.mark.parametrize("category", sorted(HIDDEN))
def test_no_hidden_kind_is_shown_whole(category: Category) -> None:
    for value in ("clara@example.org", "+49 2151 555123", "Rollstuhl", "1", "a@b"):
        assert masked_value(category, value) != value
