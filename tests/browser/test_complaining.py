"""Who lives abroad finds the authorities by keyboard, without signing in, and nothing of the choice is kept."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from tests.browser.walking import fits, press, visit, write
from tests.browser.watching import reader
from tests.cast import make_cast
from tests.started import Started

pytestmark = [pytest.mark.browser, pytest.mark.promise("P12")]
PAGE = "/de/t/buergeramt-musterstadt/meine-daten/beschweren"
KEPT = "() => JSON.stringify([{...localStorage}, {...sessionStorage}, location.href])"
OVERSEER = "Landesbeauftragte für Datenschutz und Informationsfreiheit Nordrhein-Westfalen"


@pytest.fixture
def page(browser: Browser, started: Started, engine: Engine) -> Iterator[Page]:
    make_cast()
    context = reader(browser, base_url=started.base_url, viewport={"width": 320, "height": 700})
    tab = context.new_page()
    visit(tab, PAGE)
    yield tab
    assert context.cookies() == []
    context.close()


def chosen(page: Page) -> None:
    """Lives in Poland, works in Bavaria; where it happened stands there already."""
    write(page, "Wo wohnen Sie", "Polen")
    write(page, "Wo arbeiten Sie", "Bayern")
    press(page, "Behörden zeigen")


def test_the_one_that_watches_over_the_office_stands_there_at_once(page: Page):
    expect(page.get_by_label("Wo ist es geschehen?")).to_have_value("DE-NW")
    expect(page.get_by_role("heading", level=3)).to_have_text([OVERSEER])


def test_each_place_brings_its_own_with_the_reason(page: Page):
    chosen(page)
    expect(page.get_by_role("heading", name="Dorthin können Sie sich wenden")).to_be_focused()
    bavaria = "Der Bayerische Landesbeauftragte für den Datenschutz"
    expect(page.get_by_role("heading", level=3)).to_have_text(
        [OVERSEER, "Prezes Urzędu Ochrony Danych Osobowych", bavaria]
    )
    expect(page.get_by_text("Sie ist die Behörde Ihres Wohnorts.")).to_be_visible()
    expect(page.get_by_text("Schreiben Sie auf Polnisch.")).to_be_visible()
    assert fits(page)


def test_nothing_of_the_choice_is_kept_in_the_browser(page: Page):
    before = page.evaluate(KEPT)
    chosen(page)
    expect(page.get_by_role("heading", level=3)).to_have_count(3)
    assert page.evaluate(KEPT) == before
