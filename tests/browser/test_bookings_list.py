"""From the search to a booking, another time and back again; what the address tells and what it keeps to itself."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.looking import AXE, SERIOUS
from tests.browser.staff import morning, sign_in
from tests.browser.walking import visit
from tests.cast import CLARA, Cast
from tests.privacy.scenes import clara_books

pytestmark = pytest.mark.browser


def sound(page: Page) -> bool:
    """Nothing serious for axe in what is open now."""
    page.evaluate(AXE_SCRIPT)
    found = [one for one in page.evaluate(AXE, {}) if one["impact"] in SERIOUS]
    assert found == []
    return True


def test_ben_finds_a_booking_moves_it_and_takes_that_back(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    clara_books(cast, starts_at=morning(11), name="Jürgen Groß", email="dora@example.org")
    sign_in(page, "ben")
    page.keyboard.press("Control+k")
    expect(page.get_by_label("Code, Name, E-Mail oder Telefonnummer")).to_be_focused()
    page.keyboard.type("lindq")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 Treffer")).to_be_focused()
    expect(page).to_have_url(re.compile("/buchungen$"))
    assert sound(page)
    page.get_by_role("link", name=CLARA["name"]).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("09:00 Uhr")
    page.get_by_role("button", name="Verschieben").click()
    page.get_by_role("button", name="10:20 Uhr").click()
    expect(page.get_by_role("button", name="10:20 Uhr")).to_have_attribute("aria-pressed", "true")
    assert sound(page)
    page.locator("main form").get_by_role("button", name="Verschieben").click()
    expect(page.get_by_role("heading", name="Der Termin ist verschoben.")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_contain_text("10:20 Uhr")
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("09:00 Uhr")
    expect(page.get_by_role("status").filter(has_text="Rückgängig gemacht")).to_be_visible()


def test_filters_stand_in_the_address_and_can_be_reset(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    sign_in(page, "ben")
    visit(page, "/de/verwaltung/buchungen?stand=cancelled&von=-")
    expect(page.locator("main")).to_contain_text("Keine Buchung passt dazu.")
    expect(page.get_by_label("Stand")).to_have_value("cancelled")
    page.get_by_role("button", name="Filter zurücksetzen").last.click()
    expect(page.get_by_role("heading", name="1 Treffer")).to_be_visible()
    expect(page).to_have_url(re.compile("/buchungen$"))
    page.get_by_role("button", name="Person").click()
    expect(page.get_by_role("columnheader", name="Person")).to_have_attribute("aria-sort", "ascending")
    expect(page).to_have_url(re.compile("sortierung=person"))


def test_only_the_owner_is_offered_the_export_and_gets_the_file(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    sign_in(page, "anna")
    visit(page, "/de/verwaltung/buchungen")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Als CSV exportieren").click()
    assert CLARA["email"] in coming.value.path().read_text(encoding="utf-8-sig")
    expect(page.get_by_role("status").filter(has_text="Die Datei ist fertig")).to_be_visible()
    page.get_by_role("button", name="Abmelden").click()
    expect(page).to_have_url(re.compile("/anmelden$"))
    sign_in(page, "ben")
    visit(page, "/de/verwaltung/buchungen")
    expect(page.get_by_role("link", name=CLARA["name"])).to_be_visible()
    expect(page.get_by_role("button", name="Als CSV exportieren")).to_have_count(0)
