"""What the staff see of a person before they say that they need more: enough to tell people apart (Art. 25(2), 32)."""

from smartcx_portal.kit.contact import masked
from smartcx_portal.models.declaring import Category

HIDDEN = frozenset({Category.EMAIL, Category.PHONE, Category.CONTACT, Category.HEALTH})
"""Kinds of data that a page of the staff shows whole only after a step that is written down."""
NOTHING_LEFT = "…"
SHORTEST_SHOWN = 6
"""A text of fewer characters would be guessed from its last two."""


def masked_value(category: Category, value: str) -> str:
    """The value as the staff see it at first: `c…@example.org`, `…23`, of one's health nothing; names stay.

    An empty value stays empty, so that the page can tell what is missing from what is hidden.
    """
    text = value.strip()
    if category not in HIDDEN or not text:
        return value
    if category is Category.HEALTH or len(text) < SHORTEST_SHOWN:
        return NOTHING_LEFT
    return masked(text) if "@" in text or _is_number(text) else NOTHING_LEFT


def _is_number(text: str) -> bool:
    """Whether it can be a telephone number; an address of a house cannot."""
    return all(sign.isdecimal() or sign in "+-/() " for sign in text)
