"""Anna reads her record of processing, takes it along, and finds out by keyboard whom a data breach concerns."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from smartcx_portal.kit import clock
from smartcx_portal.models.privacy import AccessRecord
from tests.browser.looking import NARROW
from tests.browser.staff import sign_in
from tests.browser.walking import awake, fits, press, visit
from tests.cast import CLARA, Cast
from tests.privacy.scenes import clara_books

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """With an appointment of Clara's."""
    clara_books(cast, starts_at=clock.now() + timedelta(days=3))
    return cast


@pytest.fixture
def page(context: BrowserContext, cast: Cast) -> Page:
    """A tab in which Anna has signed in and opened the room."""
    tab = context.new_page()
    sign_in(tab, "anna")
    visit(tab, "/de/verwaltung/datenschutz")
    return tab


@pytest.mark.promise("P01")
def test_the_record_is_read_and_taken_along(page: Page):
    page.get_by_role("link", name="Verzeichnis der Verarbeitungstätigkeiten").click()
    expect(page.get_by_role("heading", name="SMS: zu Terminen, mit Codes")).to_be_visible()
    names = []
    for words in ("Als PDF herunterladen", "Als Tabelle \\(XLSX\\) herunterladen"):
        with page.expect_download() as download:
            press(page, words)
        names.append(download.value.suggested_filename)
    assert names == [f"verarbeitungsverzeichnis-buergeramt-musterstadt.{kind}" for kind in ("pdf", "xlsx")]
    page.set_viewport_size(NARROW)
    assert fits(page)


@pytest.mark.promise("P03")
def test_whom_a_breach_concerns_is_counted_and_the_list_is_noted(page: Page, cast: Cast):
    page.get_by_role("link", name="Datenpanne").click()
    awake(page)
    press(page, "Betroffene zählen")
    expect(page.get_by_role("link", name="Geben Sie einen Tag und eine Uhrzeit ein")).to_be_visible()
    page.get_by_label("Welche Daten").select_option("answer")
    now = clock.now().astimezone(ZoneInfo("Europe/Berlin"))
    page.get_by_label("Tag", exact=True).fill(now.date().isoformat())
    page.get_by_label("Zeit", exact=True).fill(now.strftime("%H:%M:%S"))
    press(page, "Betroffene zählen")
    expect(page.get_by_role("heading", name="Enthalten in „Antworten auf Fragen“")).to_be_focused()
    expect(page.get_by_text(CLARA["name"])).to_have_count(0)
    page.set_viewport_size(NARROW)
    assert fits(page)
    with page.expect_download() as download:
        press(page, "Liste herausnehmen")
    assert download.value.suggested_filename == "betroffene.xlsx"
    with cast.as_job() as work:
        assert [one.why for one in work.all(work.select(AccessRecord))] == ["breach"]
