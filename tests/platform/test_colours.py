"""A tenant's colour can be read in light and in dark, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcx_portal.kit.colours import READABLE, contrast, luminance, read_colour
from smartcx_portal.ui.colours import DARK_PAPER, LIGHT_PAPER, dark, light, sheet

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(colours)
def test_every_colour_can_be_read_as_text_and_below_text(colour: str) -> None:
    day, night = light(colour), dark(colour)
    assert contrast(luminance(day.action), LIGHT_PAPER) >= READABLE
    assert contrast(luminance(night.action), DARK_PAPER) >= READABLE
    assert min(day.on_paper, day.on_it, night.on_paper, night.on_it) >= READABLE


@pytest.mark.parametrize(("colour", "kept"), [("#003c78", "light"), ("#9ec5ff", "dark")])
def test_a_colour_that_can_be_read_stays_as_it_is(colour: str, kept: str) -> None:
    assert (light(colour) if kept == "light" else dark(colour)).action == colour


def test_known_contrasts() -> None:
    assert contrast(luminance("#000000"), luminance("#ffffff")) == 21
    assert round(contrast(luminance("#777777"), luminance("#ffffff")), 2) == 4.48


@pytest.mark.parametrize(
    ("text", "read"), [("#1A5FB4", "#1a5fb4"), (" 1a5fb4 ", "#1a5fb4"), ("#15b", "#1155bb"), ("", None), ("red", None)]
)
def test_a_colour_in_its_writings(text: str, read: str | None) -> None:
    assert read_colour(text) == read


@pytest.mark.parametrize(
    "text", ["#12345", "#1234567", "#12345g", "#fff}body{display:none", "url(//x)", "１２３４５６"]
)
def test_nothing_else_gets_into_a_style_sheet(text: str) -> None:
    assert read_colour(text) is None
    assert sheet("amt", text) == ""


def test_a_sheet_counts_on_the_pages_of_its_tenant_only() -> None:
    text = sheet("amt", "#003c78")
    assert ':root:has(.cx-page[data-tenant="_"], .cx-page[data-tenant="amt"])' in text
    assert "--kern-color-action-default:#003c78" in text
    assert "prefers-color-scheme:dark" in text
