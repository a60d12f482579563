"""The list's filters in its address: both languages read both, nonsense narrows nothing, words never stand in it."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest

from smartcx_portal.bookings.finding import Wanted
from smartcx_portal.dashboard.bookings_address import bookings_address, wanted_in
from smartcx_portal.models.booking import BookingStatus, Origin

TODAY = date(2026, 11, 22)
ONE = UUID(int=7)
FULL = Wanted(
    first=date(2026, 11, 23),
    last=date(2026, 12, 1),
    location=ONE,
    service=ONE,
    resource=ONE,
    state=BookingStatus.CANCELLED,
    origin=Origin.STAFF,
    overbooked=True,
    sort="person",
    descending=True,
    page=3,
)


def read(address: str, words: str = "") -> Wanted:
    return wanted_in(dict(parse_qsl(urlsplit(address).query)), words, TODAY)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    "wanted",
    [FULL, Wanted(first=TODAY), Wanted(first=None), Wanted(first=TODAY, descending=True), Wanted(first=TODAY, page=2)],
)
def test_an_address_leads_back_to_its_filters(lang: str, wanted: Wanted) -> None:
    assert read(bookings_address(lang, wanted, TODAY)) == wanted


def test_the_usual_list_has_a_bare_address() -> None:
    assert bookings_address("de", wanted_in({}, "", TODAY), TODAY) == "/de/verwaltung/buchungen"
    assert bookings_address("en", wanted_in({}, "clara", TODAY), TODAY) == "/en/dashboard/bookings"


def test_words_stand_in_no_address() -> None:
    address = bookings_address(
        "de", Wanted(words="clara@example.org", state=BookingStatus.PENDING, descending=True), TODAY
    )
    assert address == "/de/verwaltung/buchungen?stand=pending"
    assert read(address, "clara@example.org").first is None


def test_a_search_looks_at_all_days_the_latest_first() -> None:
    found = wanted_in({}, "clara", TODAY)
    assert (found.first, found.descending) == (None, True)
    assert wanted_in({}, "", TODAY).first == TODAY


@pytest.mark.parametrize(
    "parameters",
    [
        {"von": "gestern", "bis": "31.12.2026"}, {"ort": "x", "service": "' OR 1=1 --"}, {"stand": "held; DROP"},
        {"seite": "-1"}, {"seite": "1e9"}, {"seite": "²"}, {"seite": "9" * 400},
        {"sort": "name; --"}, {"overbooked": "2"},
    ],
)  # fmt: skip
def test_what_is_not_understood_narrows_nothing(parameters: dict[str, str]) -> None:
    found = wanted_in(parameters | {"from": "-"}, "", TODAY)
    assert found in (Wanted(), Wanted(first=None))
