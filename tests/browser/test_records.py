"""Anna reads her record of processing, takes it along, and finds out by keyboard whom a data breach concerns."""

import re
from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine

from smartcx_portal.accounts.passwords import new_hash
from smartcx_portal.kit import clock
from smartcx_portal.models.privacy import AccessRecord
from smartcx_portal.models.staff import Identity
from smartcx_portal.tenancy import JOB, open_work
from tests.browser.looking import NARROW
from tests.browser.walking import awake, fits, press, visit
from tests.browser.watching import reader
from tests.cast import CLARA, Cast, make_cast
from tests.privacy.scenes import clara_books, open_house
from tests.started import Started

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("configuring")]
PASSWORD = "schalter-drei-am-markt"


@pytest.fixture
def cast(engine: Engine) -> Cast:
    """In real time, as the started app lives in it."""
    made = make_cast()
    open_house(made)
    clara_books(made, starts_at=clock.now() + timedelta(days=3))
    with open_work(JOB) as work:
        work.get(Identity, made.anna).password_hash = new_hash(PASSWORD)
    return made


@pytest.fixture
def context(browser: Browser, started: Started) -> Iterator[BrowserContext]:
    made = reader(browser, base_url=started.base_url, accept_downloads=True)
    yield made
    assert made.cookies() == []
    made.close()


@pytest.fixture
def page(context: BrowserContext, cast: Cast) -> Page:
    """A tab in which Anna has signed in and opened the room."""
    tab = context.new_page()
    visit(tab, "/de/anmelden")
    tab.get_by_label("E-Mail").fill("anna@example.org")
    tab.get_by_label("Passwort").fill(PASSWORD)
    tab.get_by_role("button", name="Anmelden").click()
    expect(tab).to_have_url(re.compile("/heute$"))
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
