"""The staff calendar in a browser: dragging, the form that does the same, undoing, booking for somebody, its look."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from smartcx_portal.models.booking import Booking
from tests.bookings.journeys import book
from tests.browser.demo import Demo
from tests.browser.looking import look_at
from tests.browser.staff import morning, sign_in, working_day
from tests.browser.walking import visit
from tests.browser.watching import watched
from tests.cast import CLARA, Cast
from tests.privacy.scenes import clara_books

pytestmark = pytest.mark.browser
VIEWS = {
    "de": ("?tag={day}", "?ansicht=woche&tag={day}", "?ansicht=monat&tag={day}", "?tag={day}&tabelle=ja"),
    "en": ("?day={day}", "?view=week&day={day}", "?view=month&day={day}", "?day={day}&table=yes"),
}
ADDRESS = {"de": "/de/verwaltung/kalender", "en": "/en/dashboard/calendar"}


def open_calendar(page: Page) -> Locator:
    """Ben looks at the day; the appointment that is there."""
    sign_in(page, "ben")
    visit(page, f"/de/verwaltung/kalender?tag={working_day().isoformat()}")
    block = page.locator(".cx-cal__open").filter(has_text=CLARA["name"])
    expect(block).to_be_visible()
    return block


def drag(page: Page, block: Locator, minutes: int, column: str = "") -> None:
    """By the pointer, down by so many minutes, and into another column."""
    box, field = block.bounding_box(), page.locator(".cx-cal__field").first.bounding_box()
    assert box
    assert field
    scale = field["height"] / (4 * 60)
    left, top = box["x"] + 20, box["y"] + 8
    target = page.get_by_role("region", name=column, exact=True).bounding_box() if column else None
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left, top + 10)
    page.mouse.move(target["x"] + 30 if target else left, top + minutes * scale, steps=4)
    page.mouse.up()


def test_dragging_asks_and_can_be_undone(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    block = open_calendar(page)
    drag(page, block, 40, "Schalter 2")
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("09:40 Uhr, Schalter 2")
    expect(asked.get_by_label("Zeit", exact=True)).to_have_value("09:40")
    asked.get_by_role("button", name="Verschieben").click()
    expect(page.get_by_role("heading", name="Der Termin ist verschoben.")).to_be_focused()
    expect(block).to_contain_text("09:40")
    page.get_by_role("button", name="Rückgängig").click()
    expect(block).to_contain_text("09:00")
    expect(page.get_by_role("button", name="Rückgängig")).to_have_count(0)
    with cast.as_job() as work:
        assert [one.starts_at for one in work.all(work.select(Booking))] == [morning(9)]


def test_the_form_does_what_dragging_does_and_overbooks_only_on_purpose(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    for number in (1, 2):
        book(cast, {"name": f"Clara Zehn {number}", "confirming": "none"}, at=morning(10), tab=f"tab-{number}")
    block = open_calendar(page)
    block.focus()
    page.keyboard.press("Enter")
    asked = page.get_by_role("dialog")
    asked.get_by_role("button", name="Verschieben").click()
    asked.get_by_label("Zeit", exact=True).fill("10:00")
    asked.get_by_role("button", name="Verschieben").click()
    expect(asked.get_by_role("heading", name="Noch frei")).to_be_visible()
    asked.get_by_label("Trotzdem eintragen").check()
    asked.get_by_role("button", name="Verschieben").click()
    expect(asked).to_have_count(0)
    expect(page.locator(".cx-cal__block--over")).to_contain_text(CLARA["name"])


def test_an_empty_time_leads_to_a_booking_for_somebody(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    open_calendar(page)
    field = page.locator(".cx-cal__field").first
    box = field.bounding_box()
    assert box
    field.click(position={"x": 40, "y": box["height"] * 130 / 240})
    expect(page).to_have_url(re.compile("termin-anlegen"))
    page.get_by_label("Leistung").first.select_option(str(cast.town.service))
    page.get_by_role("button", name="Zeiten anzeigen").click()
    page.get_by_role("button", name="10:20 Uhr").click()
    page.get_by_label("Vor- und Nachname").fill("Clara am Telefon")
    page.get_by_label("Per E-Mail").check()
    page.get_by_role("button", name="Termin eintragen").click()
    expect(page.get_by_role("link", name="Fragen Sie die Person")).to_be_visible()
    page.get_by_label("Keine Nachricht").check()
    page.get_by_role("button", name="Termin eintragen").click()
    expect(page.get_by_role("heading", name="Der Termin ist eingetragen")).to_be_focused()
    page.get_by_role("link", name="Zum Kalender").click()
    expect(page.locator(".cx-cal__open").filter(has_text="Clara am Telefon")).to_contain_text("10:20")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_view_is_sound(demo: Demo, browser: Browser, lang: str) -> None:
    anna = demo.anna()
    with watched(browser, demo.app.base_url, lang) as seen:
        page = seen.tab(anna)
        for query in VIEWS[lang]:
            look_at(seen, page, ADDRESS[lang] + query.format(day=anna.values["day"]), lang, arrival=ADDRESS[lang])
    assert seen.problems == []
