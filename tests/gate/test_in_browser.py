"""D4 as a reader meets it: the key in the tab's storage, and who stays signed in through what."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from smartcx_portal.accounts import sessions
from tests.browser.watching import ARGUMENTS, chromium
from tests.cast import Cast
from tests.gate.conftest import PASSWORD
from tests.proxy import Line
from tests.started import Started

pytestmark = [pytest.mark.browser, pytest.mark.promise("P16")]
STORED = {"token", "smartcx_tab", "react-router-scroll-positions"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=20_000)  # a restarted server, on a busy machine
        launched = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def line(started: Started) -> Iterator[Line]:
    opened = Line(started.port, started.line_port)
    yield opened
    opened.down()


@pytest.fixture
def page(browser: Browser, line: Line, staff: Cast) -> Iterator[Page]:
    """A tab at the sign-in page, by a line that can be cut."""
    context = browser.new_context(base_url=line.base_url)
    tab = context.new_page()
    tab.goto("/de/anmelden")
    yield tab
    assert context.cookies() == []
    assert set(tab.evaluate("() => Object.keys(sessionStorage)")) <= STORED
    assert tab.evaluate("() => Object.keys(localStorage)") == []
    context.close()


def key_of(page: Page) -> str:
    return str(page.evaluate("() => sessionStorage.getItem('smartcx_tab')"))


def sign_in(page: Page) -> None:
    page.locator("[name=email]").fill("anna@example.org")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    expect(page).to_have_url(re.compile("/de/verwaltung/"))


def go(page: Page, place: str) -> None:
    """To another room of the dashboard by its link; only a member is shown whose it is."""
    address = f"/de/verwaltung/{place}"
    page.locator(f"nav a[href='{address}']:visible").first.click()
    expect(page).to_have_url(re.compile(f"{address}$"))
    expect(page.locator("body")).to_contain_text("Bürgeramt Musterstadt")


def test_the_key_is_rotated_and_survives_a_reload(page: Page):
    page.wait_for_function("() => sessionStorage.getItem('smartcx_tab')")
    before = key_of(page)
    sign_in(page)
    assert key_of(page) != before
    after = key_of(page)
    page.reload()
    go(page, "woche")
    assert key_of(page) == after


def test_a_cut_line_asks_nobody_to_sign_in_again(page: Page, line: Line):
    sign_in(page)
    key = key_of(page)
    line.cut()
    go(page, "woche")
    line.down()
    time.sleep(2.5)  # an outage that the page notices
    line.mend()
    go(page, "heute")
    assert key_of(page) == key


def test_a_restarted_server_asks_nobody_to_sign_in_again(page: Page, line: Line, started: Started):
    sign_in(page)
    key = key_of(page)
    started.stop()
    line.cut()
    started.start()
    go(page, "woche")
    assert key_of(page) == key


def test_a_revoked_session_leads_to_the_sign_in_and_back(page: Page, staff: Cast):
    sign_in(page)
    go(page, "woche")
    key = key_of(page)
    expect(page.locator("main")).not_to_contain_text("Einen Moment")
    with staff.as_job() as work:
        sessions.end_all(work, identity_id=staff.anna)
    page.locator("nav a[href='/de/verwaltung/heute']:visible").first.click()
    expect(page).to_have_url(re.compile("/de/anmelden$"))
    expect(page.locator("body")).to_contain_text("Ihre Sitzung ist beendet.")
    assert key_of(page) != key
    sign_in(page)
    expect(page).to_have_url(re.compile("/de/verwaltung/heute$"))


def test_signing_out_leaves_a_fresh_anonymous_tab(page: Page):
    sign_in(page)
    key = key_of(page)
    page.get_by_role("button", name="Abmelden").click()
    expect(page).to_have_url(re.compile("/de/anmelden$"))
    expect(page.locator("body")).to_contain_text("Sie sind abgemeldet.")
    assert key_of(page) not in ("", key)
    page.goto("/de/verwaltung/heute")
    expect(page).to_have_url(re.compile("/de/anmelden$"))
    sign_in(page)
