"""Spans are entered as a number and a unit, and read in words."""

import pytest

from smartcx_portal.bookings.spans import in_units, minutes_of, span_text


@pytest.mark.parametrize(
    ("number", "unit", "minutes"),
    [("20", "minutes", 20), ("1,5", "hours", 90), ("1.25", "hours", 75), ("2", "weeks", 20160), (" 3 ", "days", 4320)],
)
def test_a_number_and_its_unit_are_minutes(number: str, unit: str, minutes: int):
    assert minutes_of(number, unit) == minutes


@pytest.mark.parametrize(
    ("number", "unit"),
    [("", "minutes"), ("-5", "minutes"), ("0,5", "minutes"), ("1", "years"), ("²", "minutes"), ("1e3", "hours")],
)
def test_what_is_no_span_is_none(number: str, unit: str):
    assert minutes_of(number, unit) is None


def test_a_form_shows_the_longest_unit_that_fits():
    assert in_units(90, "minutes", "hours") == ("90", "minutes")
    assert in_units(120, "minutes", "hours") == ("2", "hours")
    assert in_units(0, "minutes", "hours", "days") == ("0", "minutes")
    assert in_units(60 * 24 * 60, "days", "weeks") == ("60", "days")


def test_spans_are_said_in_words():
    assert span_text(90, "de") == "1 Stunde 30 Minuten"
    assert span_text(14 * 24 * 60, "de") == "2 Wochen"
    assert span_text(25 * 60, "en") == "1 day 1 hour"
    assert span_text(0, "de") == "0 Minuten"
