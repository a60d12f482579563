"""Ben sets up what can be booked, in a browser: the public page follows, and nothing that was typed is lost."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from smartcx_portal.bookings.service_setup import save_service, service_entries
from smartcx_portal.models.booking import Booking, BookingStatus
from tests.browser.staff import morning, sign_in
from tests.browser.walking import arrived, fits, visit
from tests.cast import CLARA, Cast
from tests.privacy.scenes import clara_books

pytestmark = pytest.mark.browser
SET_UP = "/de/verwaltung"
NARROW = {"width": 320, "height": 700}


@pytest.fixture
def page(context: BrowserContext, cast: Cast) -> Page:
    """A tab in which Ben has signed in."""
    tab = context.new_page()
    sign_in(tab, "ben")
    return tab


def open_service(page: Page, cast: Cast) -> None:
    """The form of the service that the cast begins with."""
    visit(page, f"{SET_UP}/leistung/{cast.town.service}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Personalausweis beantragen")
    expect(page.get_by_role("heading", name="Vorschau")).to_be_visible()


def save(page: Page) -> None:
    page.get_by_role("button", name="Speichern").click()


def said(page: Page, sentence: str) -> None:
    expect(page.get_by_role("status").filter(has_text=sentence)).to_be_visible()


def test_a_service_set_up_from_nothing_can_be_booked(page: Page, cast: Cast) -> None:
    visit(page, f"{SET_UP}/leistungen")
    page.get_by_role("link", name="Leistung anlegen").click()
    arrived(page, "Neue Leistung")
    page.get_by_label("Schalter 1 (Schalter)").select_option("0")
    page.get_by_label("Dauer", exact=True).fill("1")
    page.get_by_label("Dauer: Einheit").select_option("hours")
    save(page)
    expect(page.get_by_role("link", name=re.compile("Geben Sie ein, was man bucht"))).to_be_visible()
    expect(page.get_by_label("Dauer", exact=True)).to_have_value("1")
    page.get_by_label("Name", exact=True).fill("Beglaubigung")
    expect(page.locator(".cx-preview")).to_contain_text("08:00 · 08:30 · 09:00 · 09:30 · 10:00 · 10:30 · 11:00")
    save(page)
    said(page, "Die Leistung ist angelegt.")
    expect(page.get_by_role("button", name=re.compile("^Rückgängig: Leistung angelegt, .*, Ben$"))).to_be_visible()

    visit(page, "/de/t/buergeramt-musterstadt/buchen/leistung")
    page.get_by_label("Beglaubigung").check()
    page.get_by_role("button", name="Weiter").click()
    page.locator(".cx-freeday").nth(1).click()
    expect(page.locator(".cx-time").filter(has_text="08:30")).to_be_visible()


def test_a_long_form_is_saved_without_going_to_its_end(page: Page, cast: Cast) -> None:
    page.set_viewport_size(NARROW)
    open_service(page, cast)
    page.get_by_label("Preisangabe").fill("37 €")
    bar = page.locator(".cx-bar")
    expect(bar).to_be_in_viewport(ratio=1)
    save(page)
    expect(bar).to_contain_text("Gespeichert.")
    expect(bar).to_be_in_viewport(ratio=1)
    assert fits(page)


def test_a_question_needs_a_reason_and_is_asked_then(page: Page, cast: Cast) -> None:
    visit(page, f"{SET_UP}/formularfelder/{cast.town.service}")
    page.get_by_role("button", name="Feld hinzufügen").click()
    expect(page.get_by_role("heading", name="Neues Feld")).to_be_focused()
    page.get_by_label("Frage").fill("Welches Dokument?")
    page.get_by_label("Wie geantwortet wird").select_option("choice")
    page.get_by_label("Antworten zur Auswahl").fill("Zeugnis\nVollmacht")
    page.get_by_role("button", name="Feld hinzufügen").click()
    expect(page.get_by_role("link", name=re.compile("Sagen Sie, wofür Sie das brauchen"))).to_be_visible()
    expect(page.get_by_label("Antworten zur Auswahl")).to_have_value("Zeugnis\nVollmacht")
    page.get_by_label("Wofür brauchen Sie das?").fill("Damit wir genug Zeit haben")
    page.get_by_role("button", name="Feld hinzufügen").click()
    said(page, "Das Formularfeld ist hinzugefügt.")
    page.get_by_role("button", name="Nach oben: Welches Dokument?").click()
    said(page, "Die Reihenfolge ist geändert.")
    names = page.locator(".cx-setup__name")
    expect(names).to_have_text(["Alte Ausweisnummer", "Welches Dokument?", "Benötigen Sie Hilfe vor Ort?"])


def test_the_last_change_is_taken_back_and_made_again(page: Page, cast: Cast) -> None:
    open_service(page, cast)
    page.get_by_label("Dauer", exact=True).fill("40")
    save(page)
    said(page, "Gespeichert.")
    page.get_by_role("button", name=re.compile("^Rückgängig: Leistung geändert")).click()
    said(page, "Die letzte Änderung ist rückgängig gemacht.")
    expect(page.get_by_label("Dauer", exact=True)).to_have_value("20")
    page.get_by_role("button", name=re.compile("^Wiederherstellen: Leistung geändert")).click()
    expect(page.get_by_label("Dauer", exact=True)).to_have_value("40")


def test_two_who_change_the_same_service_learn_of_each_other(page: Page, cast: Cast) -> None:
    open_service(page, cast)
    with cast.as_staff(cast.anna) as work:
        needs = {f"need-{counter}": "0" for counter in cast.town.counters}
        save_service(work, str(cast.town.service), service_entries(work, cast.town.service) | needs | {"price": "37 €"})
    page.get_by_label("Preisangabe").fill("46 €")
    save(page)
    expect(page.get_by_role("alert").filter(has_text="inzwischen von jemand anderem geändert")).to_be_visible()
    expect(page.get_by_label("Preisangabe")).to_have_value("46 €")
    save(page)
    said(page, "Gespeichert.")


def test_a_counter_goes_out_of_use_once_its_appointments_are_decided(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    with cast.as_job() as work:
        counter = work.first(work.select(Booking.resource_id))
    visit(page, f"{SET_UP}/ressource/{counter}")
    page.get_by_label("In Betrieb").uncheck()
    save(page)
    expect(page.get_by_role("heading", name="1 Termin ist betroffen")).to_be_focused()
    expect(page.locator("main")).to_contain_text(CLARA["name"])
    page.get_by_label(re.compile(CLARA["name"])).select_option("next")
    page.get_by_role("button", name="Übernehmen").click()
    said(page, "Gespeichert.")
    with cast.as_job() as work:
        (moved,) = work.all(work.select(Booking).where(Booking.status == BookingStatus.CONFIRMED))
    assert moved.resource_id != counter


def test_a_place_needs_a_zone_that_exists(page: Page, cast: Cast) -> None:
    visit(page, f"{SET_UP}/standort/neu")
    page.get_by_label("Name", exact=True).fill("Nebenstelle")
    page.get_by_label("Straße und Hausnummer").fill("Weg 2")
    page.get_by_label("Zeitzone").fill("Europe/Musterstadt")
    save(page)
    page.get_by_role("link", name=re.compile("Wählen Sie eine Zeitzone")).click()
    expect(page.get_by_label("Zeitzone")).to_be_focused()
    page.get_by_label("Zeitzone").fill("Europe/Berlin")
    save(page)
    said(page, "Der Standort ist angelegt.")


def test_the_form_of_a_service_fits_a_phone(page: Page, cast: Cast) -> None:
    page.set_viewport_size(NARROW)
    open_service(page, cast)
    assert fits(page)
