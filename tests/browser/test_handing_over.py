"""Data on its way to another provider: the person's page, and the page of the staff who receive it or get a file."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import ReceivedData, Transfer, TransferState
from smartcx_portal.privacy.subject import as_json, subject_document
from smartcx_portal.privacy.transferring import handed_document
from smartcx_portal.tenancy import JOB, open_work
from tests.browser.demo import TOWN, Demo, Tab
from tests.browser.walking import fits, visit
from tests.browser.watching import watched

pytestmark = [pytest.mark.browser, pytest.mark.promise("P13")]
SALON, PRACTICE = "salon-haarlekin", "praxis-am-markt"
"""At the salon, data of the demo's Clara waits already."""
PHONE = {"width": 390, "height": 800}
PORTAL = f"/de/t/{TOWN}/meine-daten/weitergeben"
SENDER = "Salon Haarlekin"


def opened(demo: Demo, browser: Browser, tab: Tab) -> Iterator[Page]:
    with watched(browser, demo.app.base_url, "de") as seen:
        yield seen.tab(tab)
    assert seen.problems == []


@pytest.fixture
def clara(demo: Demo, browser: Browser) -> Iterator[Page]:
    """Clara, who has just shown that it is her."""
    yield from opened(demo, browser, demo.person())


@pytest.fixture
def anna(demo: Demo, browser: Browser) -> Iterator[Page]:
    """Anna, for whom one lies there that the salon's person sent."""
    salon, town = demo.tenants[SALON], demo.tenants[TOWN]
    with open_work(JOB, salon, engine=demo.engine) as work:
        person = work.new(Customer, name="Clara Lindqvist", email="clara@example.org", created_at=work.now)
        document = handed_document(work, person.id)
    with open_work(JOB, town, engine=demo.engine) as work:
        work.delete_where(ReceivedData)
        times = {"created_at": work.now, "lapses_at": work.now + timedelta(days=30)}
        work.new(ReceivedData, document=document, from_name=SENDER, **times)
    yield from opened(demo, browser, demo.anna())


def test_a_person_sees_the_provider_and_hands_over(clara: Page, demo: Demo) -> None:
    visit(clara, PORTAL)
    clara.get_by_label("Adresse der Seiten des anderen Anbieters").fill("nirgendwo")
    clara.get_by_role("button", name="Weiter", exact=True).click()
    expect(clara.locator("main")).to_contain_text("Wir kennen keinen Anbieter mit dieser Adresse.")
    address = f"{demo.app.base_url}/de/t/{PRACTICE}/buchen"
    clara.get_by_label("Adresse der Seiten des anderen Anbieters").fill(address)
    clara.get_by_role("button", name="Weiter", exact=True).click()
    expect(clara.get_by_role("heading", name="Ist das der richtige Anbieter?")).to_be_focused()
    expect(clara.locator("main")).to_contain_text("Praxis am Markt")
    clara.get_by_role("button", name="Jetzt weitergeben").click()
    expect(clara.get_by_role("status").filter(has_text="Ihre Daten sind unterwegs.")).to_be_visible()
    expect(clara.get_by_role("table", name="Bisher weitergegeben")).to_contain_text("Praxis am Markt")
    clara.set_viewport_size(PHONE)
    assert fits(clara)
    with open_work(JOB, demo.tenants[TOWN], engine=demo.engine) as work:
        assert work.count(work.select(Transfer).where(Transfer.to_tenant == demo.tenants[PRACTICE])) == 1


def test_the_staff_look_and_take_over(anna: Page, demo: Demo) -> None:
    visit(anna, "/de/verwaltung/datenschutz")
    anna.get_by_role("link", name="Übernahmen").click()
    expect(anna.get_by_role("heading", level=1)).to_have_text("Übernahmen")
    expect(anna.locator("main")).to_contain_text(f"Von {SENDER}")
    expect(anna.locator("main")).not_to_contain_text("clara@example.org")
    anna.get_by_role("button", name="Ansehen").click()
    expect(anna.locator("main")).to_contain_text("clara@example.org")
    anna.set_viewport_size(PHONE)
    assert fits(anna)
    anna.get_by_role("button", name="Übernehmen").click()
    expect(anna.get_by_role("status").filter(has_text="Übernommen.")).to_be_visible()
    expect(anna.locator("main")).to_contain_text("Es wartet nichts.")
    with open_work(JOB, demo.tenants[TOWN], engine=demo.engine) as work:
        assert work.all(work.select(ReceivedData.state)) == [TransferState.IMPORTED]


def test_the_staff_bring_in_a_file_and_take_over(anna: Page, demo: Demo, tmp_path: Path) -> None:
    with open_work(JOB, demo.tenants[SALON], engine=demo.engine) as work:
        person = work.new(Customer, name="Clara Lindqvist", email="clara@example.org", created_at=work.now)
        (tmp_path / "subject.json").write_bytes(as_json(subject_document(work, person.id)))
    (tmp_path / "foto.json").write_bytes(b"\x89PNG")
    visit(anna, "/de/verwaltung/uebernahmen")
    anna.get_by_role("button", name="Datei auswählen").click()
    anna.get_by_role("button", name="Datei prüfen").click()
    expect(anna.get_by_role("link", name="Wählen Sie eine Datei aus.")).to_be_visible()
    anna.get_by_label("Datei, die Ihnen die Person gegeben hat").set_input_files(tmp_path / "foto.json")
    anna.get_by_role("button", name="Datei prüfen").click()
    expect(anna.get_by_role("link", name="Das ist keine Textdatei in UTF-8.")).to_be_visible()
    anna.get_by_label("Datei, die Ihnen die Person gegeben hat").set_input_files(tmp_path / "subject.json")
    anna.get_by_role("button", name="Datei prüfen").click()
    expect(anna.get_by_role("heading", name="Was übernommen würde")).to_be_focused()
    table = anna.get_by_role("table", name="Was übernommen würde")
    expect(table.get_by_role("row", name="E-Mail-Adresse")).to_contain_text("nicht bestätigt")
    expect(anna.locator("main")).to_contain_text("Die Datei ist nicht signiert")
    anna.set_viewport_size(PHONE)
    assert fits(anna)
    anna.get_by_role("button", name="Übernehmen").click()
    expect(anna.get_by_role("status").filter(has_text="Übernommen.")).to_be_visible()
    with open_work(JOB, demo.tenants[TOWN], engine=demo.engine) as work:
        states = work.all(work.select(ReceivedData.state).where(ReceivedData.from_transfer.is_(None)))
        assert states.count(TransferState.IMPORTED) == 1
