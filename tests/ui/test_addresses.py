"""The table of addresses: both languages say the same page, and nothing is ambiguous."""

import pytest

from smartcx_portal.kit.addresses import PAGES, SUBPAGES, TENANT_PAGES, address, other_language

LANGUAGES = ("de", "en")


def every_address() -> list[tuple[str, str, str]]:
    found = []
    for pages, tenant in ((PAGES, ""), (TENANT_PAGES, "amt")):
        for name in pages:
            found += [(name, tenant, sub) for sub in ("", *SUBPAGES) if not (name == "start" and sub)]
    return found


@pytest.mark.parametrize(("page", "tenant", "sub"), every_address())
def test_each_address_leads_to_its_twin_and_back(page: str, tenant: str, sub: str) -> None:
    german, english = (address(lang, page, tenant, sub) for lang in LANGUAGES)
    assert other_language(german) == english
    assert other_language(english) == german


@pytest.mark.parametrize("table", [PAGES, TENANT_PAGES, SUBPAGES])
@pytest.mark.parametrize("column", [0, 1])
def test_no_word_means_two_pages(table: dict[str, tuple[str, str]], column: int) -> None:
    words = [pair[column] for pair in table.values()]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("page", "german", "english"),
    [
        ("book", "/de/t/amt/buchen", "/en/t/amt/book"),
        ("appointment", "/de/t/amt/termin", "/en/t/amt/appointment"),
        ("my_data", "/de/t/amt/meine-daten", "/en/t/amt/my-data"),
        ("privacy", "/de/t/amt/datenschutz", "/en/t/amt/privacy"),
        ("start", "/de/", "/en/"),
        ("sign_in", "/de/anmelden", "/en/sign-in"),
    ],
)
def test_addresses_that_people_rely_on(page: str, german: str, english: str) -> None:
    assert address("de", page, "amt") == german
    assert address("en", page, "amt") == english


def test_search_and_fragment_go_along() -> None:
    assert other_language("/de/t/amt/termin?x=1#geheim") == "/en/t/amt/appointment?x=1#geheim"


def test_an_id_below_a_page_stays() -> None:
    assert other_language("/de/verwaltung/buchung/0198-ab") == "/en/dashboard/booking/0198-ab"


@pytest.mark.parametrize(("path", "leads_to"), [("/de/unbekannt", "/en/"), ("/", "/de/"), ("/fr/x", "/de/")])
def test_an_unknown_path_leads_to_a_start_page(path: str, leads_to: str) -> None:
    assert other_language(path) == leads_to
