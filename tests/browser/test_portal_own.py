"""What belongs to a person beside their data: appointments, who saw it, requests and questions, in a browser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from smartcx_portal.bookings.own_list import MOST
from smartcx_portal.models.privacy import PortalDraft
from smartcx_portal.tenancy import JOB, open_work
from tests.browser.demo import TOWN, Demo
from tests.browser.walking import visit
from tests.browser.watching import watched
from tests.cast import CLARA

pytestmark = pytest.mark.browser
PORTAL = f"/de/t/{TOWN}/meine-daten"
PHONE = {"width": 390, "height": 800}


@dataclass(frozen=True)
class Reader:
    """Clara's tab, and the number of a request of hers."""

    page: Page
    case: str
    demo: Demo


def until_kept(reader: Reader, text: str) -> None:
    """Wait until the server keeps what was typed."""
    for _ in range(100):
        with open_work(JOB, reader.demo.tenants[TOWN], engine=reader.demo.engine) as work:
            kept = work.all(work.select(PortalDraft.entered).where(PortalDraft.page == "ask"))
        if any(one.get("text") == text and one.get("about") for one in kept):
            return
        reader.page.wait_for_timeout(100)
    raise AssertionError("nothing was kept")


@pytest.fixture
def clara(demo: Demo, browser: Browser) -> Iterator[Reader]:
    """Clara, signed in; whatever she does, no page misbehaves."""
    with watched(browser, demo.app.base_url, "de") as seen:
        tab = demo.person()
        yield Reader(seen.tab(tab), tab.values["case"], demo)
    assert seen.problems == []


@pytest.mark.promise("P03")
def test_an_appointment_is_opened_from_the_portal(clara: Reader) -> None:
    visit(clara.page, f"{PORTAL}/termine")
    listed = clara.page.get_by_role("link", name=re.compile("^Termin öffnen: "))
    expect(listed.first).to_be_visible()
    assert listed.count() <= MOST
    when = listed.first.get_attribute("aria-label").removeprefix("Termin öffnen: ")
    listed.first.click()
    expect(clara.page.get_by_role("heading", level=1)).to_have_text(f"Ihr Termin am {when}")


@pytest.mark.promise("P03")
def test_a_look_is_told_with_its_reason_also_on_a_phone(clara: Reader) -> None:
    visit(clara.page, f"{PORTAL}/zugriffe")
    line = clara.page.get_by_role("row").filter(has_text="Ihr Termin mit Ihren Angaben").first
    expect(line).to_contain_text("Um den Termin zu planen und durchzuführen")
    clara.page.set_viewport_size(PHONE)
    expect(line).to_be_hidden()
    reason = clara.page.locator("dd").filter(has_text="Um den Termin zu planen und durchzuführen").first
    expect(reason).to_be_visible()


def test_a_request_is_opened_and_a_pasted_link_leads_to_it(clara: Reader) -> None:
    visit(clara.page, f"{PORTAL}/antraege")
    clara.page.get_by_role("link", name=re.compile("^Öffnen: Einschränkung der Nutzung")).click()
    expect(clara.page).to_have_url(re.compile(f"/antrag/{clara.case}$"))
    expect(clara.page.locator("main")).to_contain_text("Ihr Antrag ist eingegangen")
    visit(clara.page, f"{PORTAL}/antrag/{clara.case}")
    expect(clara.page.locator("main")).to_contain_text("Der Straßenname ist falsch geschrieben.")


def test_a_request_that_is_not_hers_is_not_there(clara: Reader) -> None:
    visit(clara.page, f"{PORTAL}/antrag/0190-nichts")
    expect(clara.page.locator("main")).to_contain_text("Einen solchen Antrag von Ihnen gibt es hier nicht.")


@pytest.mark.promise("P14")
def test_a_question_outlives_a_reload_and_stays_visible(clara: Reader) -> None:
    page, mine = clara.page, "Was heißt <b>Prüfwert</b>?"
    visit(page, f"{PORTAL}/fragen")
    expect(page.get_by_label("E-Mail")).to_have_value(CLARA["email"])
    page.get_by_label("Eine Frage zu meinen Daten", exact=True).check()
    page.get_by_label("Ihre Frage").fill(mine)
    until_kept(clara, mine)
    page.reload()
    expect(page.get_by_label("Ihre Frage")).to_have_value(mine)
    expect(page.get_by_label("Eine Frage zu meinen Daten", exact=True)).to_be_checked()
    page.get_by_role("button", name="Frage senden").click()
    expect(page.get_by_role("heading", name="Ihre Frage ist angekommen")).to_be_focused()
    visit(page, f"{PORTAL}/antraege")
    expect(page.locator("main")).to_contain_text(mine)
