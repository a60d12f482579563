"""Anna edits the facts of the notice by keyboard, sees what would change, and whoever reads it sees what did."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import AXE, CONTRAST, PAINTED, SERIOUS
from tests.browser.staff import sign_in
from tests.browser.walking import fits, press, visit, write
from tests.cast import Cast

pytestmark = pytest.mark.browser
NOTICE = "/de/t/buergeramt-musterstadt/datenschutz"
NARROW = {"width": 320, "height": 700}


@pytest.fixture
def page(context: BrowserContext, cast: Cast) -> Page:
    """A tab in which Anna has signed in."""
    tab = context.new_page()
    sign_in(tab, "anna")
    return tab


def barriers(page: Page) -> list[str]:
    """What axe finds that is serious, in dark colours too."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(AXE, {})
    page.emulate_media(color_scheme="dark")
    page.evaluate(PAINTED)
    found += page.evaluate(AXE, CONTRAST)
    page.emulate_media(color_scheme="light")
    return [f"{one['rule']} at {one['where']}" for one in found if one["impact"] in SERIOUS]


@pytest.mark.promise("P22")
@pytest.mark.promise("P23")
def test_what_is_previewed_is_published_and_shown_beside_the_version_before(page: Page, context: BrowserContext):
    visit(page, "/de/verwaltung/datenschutz")
    page.get_by_role("link", name="Datenschutzhinweise").click()
    expect(page.get_by_label("Name oder Stelle")).to_have_value("Datenschutz")
    write(page, "Telefon der Datenschutzbeauftragten", "02151 555199")
    press(page, "Vorschau")
    expect(page.get_by_role("heading", name="Was sich ändern würde")).to_be_visible()
    expect(page.get_by_text("Jetzt: Datenschutzbeauftragte Stelle: Datenschutz, +49 2151 555199")).to_be_visible()
    page.get_by_label("Sprache der Vorschau").select_option("en")
    expect(page.get_by_text("Jetzt: Data protection officer: Datenschutz, +49 2151 555199")).to_be_visible()
    assert barriers(page) == []
    press(page, "Veröffentlichen")
    expect(page.get_by_text("In Kraft: Fassung 2")).to_be_visible()

    reading = context.new_page()
    visit(reading, NOTICE)
    address = reading.get_by_role("link", name=re.compile("einschraenken$"))
    expect(address).to_have_attribute("href", re.compile("^http.+einschraenken$"))
    expect(reading.get_by_text("Letzte wesentliche Änderung: Fassung 2")).to_be_visible()
    press(reading, "Ansehen, was sich geändert hat")
    expect(reading.get_by_role("heading", name="Was sich geändert hat von Fassung 1 zu Fassung 2")).to_be_visible()
    expect(reading.get_by_role("deletion").first).to_be_visible()
    assert barriers(reading) == []
    reading.set_viewport_size(NARROW)
    assert fits(reading)
    reading.get_by_role("link", name="Die geltende Fassung lesen").click()
    expect(reading.get_by_role("link", name=re.compile("einschraenken$"))).to_be_visible()
    assert fits(reading)
    with reading.expect_download() as download:
        reading.get_by_role("link", name="Als PDF speichern").click()
    reading.get_by_role("link", name=re.compile("^Fassung 1,")).click()
    reading.get_by_role("link", name="Ansehen, was sich seitdem geändert hat").click()
    expect(reading.get_by_role("heading", name="Was sich geändert hat von Fassung 1 zu Fassung 2")).to_be_visible()
    assert download.value.suggested_filename == "datenschutzhinweise-buergeramt-musterstadt-2.pdf"


def test_wrong_facts_are_named_and_what_was_typed_stays(page: Page):
    visit(page, "/de/verwaltung/datenschutzhinweise")
    page.get_by_label("Postleitzahl").fill("477")
    page.get_by_label("Auf Deutsch").fill("Akten führen wir auf Papier.")
    page.get_by_role("button", name="Vorschau").click()
    expect(page.get_by_role("link", name="Geben Sie die Postleitzahl mit fünf Ziffern ein.")).to_be_visible()
    expect(page.get_by_label("Auf Deutsch")).to_have_value("Akten führen wir auf Papier.")
    page.get_by_label("Postleitzahl").fill("47799")
    page.get_by_label("Auf Englisch").fill("Files are kept on paper.")
    page.get_by_role("button", name="Vorschau").click()
    page.get_by_role("button", name="Zurück zu den Angaben").click()
    expect(page.get_by_label("Postleitzahl")).to_have_value("47799")
    expect(page.get_by_label("Auf Deutsch")).to_have_value("Akten führen wir auf Papier.")
