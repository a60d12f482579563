"""Ben changes hours and closes days, in a browser: he sees before what it does, and decides about each appointment."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Locator, Page, expect

from tests.bookings.journeys import book
from tests.browser.looking import AXE, SERIOUS, TOO_WIDE
from tests.browser.staff import TOWN, morning, sign_in, working_day
from tests.browser.walking import visit
from tests.cast import CLARA, Cast
from tests.privacy.scenes import clara_books

pytestmark = pytest.mark.browser
HOURS, CLOSURES = "/de/verwaltung/oeffnungszeiten", "/de/verwaltung/schliesszeiten"
NARROW = {"width": 320, "height": 640}


def sound(page: Page) -> None:
    """Nothing serious for axe in what is open now, and at 320 px nothing sticks out."""
    page.evaluate(AXE_SCRIPT)
    assert [one for one in page.evaluate(AXE, {}) if one["impact"] in SERIOUS] == []
    size = page.viewport_size
    page.set_viewport_size(NARROW)
    assert page.evaluate(TOO_WIDE) == []
    page.set_viewport_size(size or NARROW)


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def row_of(page: Page, name: str) -> Locator:
    """The first row of a table with this head: the week stands before the preview."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name)).first


def close(page: Page, day: str) -> None:
    """Ask to close one day."""
    visit(page, CLOSURES)
    page.get_by_label("Erster Tag").fill(day)
    page.get_by_label("Grund").fill("Umbau")
    press(page, "Schließzeit eintragen")


def choice(page: Page, whose: str) -> Locator:
    """The list of what may become of somebody's appointment."""
    return page.get_by_role("combobox", name=re.compile(whose))


def test_hours_are_previewed_applied_and_undone(page: Page, cast: Cast) -> None:
    sign_in(page, "ben")
    visit(page, HOURS)
    press(page, "Übernehmen")
    expect(page.get_by_role("link", name="Wählen Sie einen Wochentag.")).to_be_visible()
    page.get_by_label("Wochentag").select_option("5")
    page.get_by_label("Öffnet um").fill("09:00")
    page.get_by_label("Schließt um").fill("10:00")
    expect(page.get_by_role("status").filter(has_text="Mit Ihren Angaben wären")).to_be_visible()
    expect(page.get_by_role("table").filter(has_text="Freie Zeiten")).to_contain_text("3 (jetzt 0)")
    expect(row_of(page, "Samstag")).to_contain_text("geschlossen")
    press(page, "Übernehmen")
    expect(row_of(page, "Samstag")).to_contain_text("09:00–10:00")
    expect(page.get_by_role("heading", name="Öffnungszeit eintragen")).to_be_focused()
    sound(page)
    page.get_by_role("button", name=re.compile("^Rückgängig: Öffnungszeit eingetragen")).click()
    expect(row_of(page, "Samstag")).to_contain_text("geschlossen")


def test_overlapping_hours_are_said_at_their_field_and_nothing_typed_is_lost(page: Page, cast: Cast) -> None:
    sign_in(page, "ben")
    visit(page, HOURS)
    page.get_by_label("Wochentag").select_option("0")
    page.get_by_label("Öffnet um").fill("11:00")
    page.get_by_label("Schließt um").fill("13:00")
    press(page, "Übernehmen")
    expect(page.get_by_role("link", name=re.compile("überschneiden sich mit 08:00–12:00"))).to_be_visible()
    expect(page.get_by_label("Schließt um")).to_have_value("13:00")


def test_a_day_is_copied_and_a_counter_gets_hours_of_its_own(page: Page, cast: Cast) -> None:
    sign_in(page, "ben")
    visit(page, HOURS)
    page.get_by_role("button", name="Tag kopieren: Montag").click()
    asked = page.get_by_role("dialog")
    press(asked, "Kopieren")
    expect(asked.get_by_role("link", name="Wählen Sie mindestens einen anderen Tag.")).to_be_visible()
    asked.get_by_label("Samstag").check()
    press(asked, "Kopieren")
    expect(row_of(page, "Samstag")).to_contain_text("08:00–12:00")
    page.get_by_label("Öffnungszeiten von").select_option(label="Bürgeramt Musterstadt: Schalter 1")
    press(page, "Anzeigen")
    expect(page).to_have_url(re.compile(f"ressource={cast.town.counters[0]}"))
    expect(page.locator("main")).to_contain_text("hat keine eigenen Öffnungszeiten")
    press(page, "Woche kopieren")
    page.get_by_label("Woche übernehmen von").select_option(label="Bürgeramt Musterstadt (ganzer Standort)")
    press(page.get_by_role("dialog"), "Kopieren")
    expect(row_of(page, "Samstag")).to_contain_text("08:00–12:00")
    expect(page.locator("main")).to_contain_text("hat eigene Öffnungszeiten")


def test_a_closure_asks_about_each_appointment_and_does_what_is_chosen(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    clara_books(cast, starts_at=morning(10), name="Clara Zehn")
    sign_in(page, "ben")
    close(page, working_day().isoformat())
    expect(page.get_by_role("heading", name="2 Termine sind betroffen")).to_be_focused()
    sound(page)
    page.get_by_label("Für alle").select_option("next")
    press(page, "Für alle setzen")
    expect(choice(page, CLARA["name"])).to_have_value("next")
    choice(page, "Clara Zehn").select_option("cancel")
    press(page, "Übernehmen")
    expect(page.get_by_role("link", name=re.compile("warum der Termin abgesagt wird"))).to_be_visible()
    expect(choice(page, CLARA["name"])).to_have_value("next")
    page.get_by_label("Nachricht an alle").fill("Wir bauen um.")
    press(page, "Übernehmen")
    expect(page.get_by_role("heading", name="Das wurde aus 2 Terminen")).to_be_focused()
    expect(page.locator("main")).to_contain_text(f"{CLARA['name']}: verschoben auf")
    expect(page.locator("main")).to_contain_text("Clara Zehn: abgesagt")
    expect(page.get_by_role("table").filter(has_text="Umbau")).to_be_visible()
    visit(page, f"{TOWN}/buchen/zeit?leistung={cast.town.service}")
    days = page.locator(".cx-freeday__day")
    expect(days.first).to_be_visible()
    expect(days.filter(has_text=f" {working_day().day}. ")).to_have_count(0)


def test_an_appointment_that_comes_while_somebody_decides_is_asked_about_too(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    sign_in(page, "ben")
    close(page, working_day().isoformat())
    expect(page.get_by_role("heading", name="1 Termin ist betroffen")).to_be_visible()
    book(cast, at=morning(11))
    press(page, "Übernehmen")
    expect(page.get_by_role("heading", name="2 Termine sind betroffen")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Inzwischen sind andere Termine betroffen.")
    press(page, "Zurück, nichts ändern")
    expect(page.get_by_label("Erster Tag")).to_have_value(working_day().isoformat())
    expect(page.locator("main")).to_contain_text("Es sind keine Schließzeiten eingetragen.")


def test_public_holidays_are_switched_and_part_of_a_day_is_closed(page: Page, cast: Cast) -> None:
    sign_in(page, "ben")
    visit(page, CLOSURES)
    expect(page.get_by_role("table").filter(has_text="Feiertag")).to_contain_text("Erster Weihnachtstag")
    press(page, "An Feiertagen schließen")
    expect(page.get_by_role("button", name="An Feiertagen öffnen")).to_be_visible()
    page.get_by_label("Erster Tag").fill((working_day() + timedelta(days=7)).isoformat())
    page.get_by_label("Geschlossen ab").fill("10:00")
    expect(page.get_by_role("table").filter(has_text="Freie Zeiten")).to_contain_text("(jetzt ")
    press(page, "Schließzeit eintragen")
    expect(page.get_by_role("table").filter(has_text="Für wen oder was")).to_contain_text("10:00–24:00 Uhr")
