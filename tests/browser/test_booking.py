"""The public booking, from the first page to the cancelled appointment."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from smartcx_portal.bookings.cancelling import call_off, locked
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.offering import next_free
from smartcx_portal.gate.proving import hash_of
from smartcx_portal.kit import clock
from smartcx_portal.kit.clock import local_day
from smartcx_portal.models.booking import Answer, Booking, BookingStatus, CancelledBy
from smartcx_portal.models.calendar import Service
from smartcx_portal.tenancy import JOB, VISITOR, open_work
from tests.browser.demo import TOGETHER, TOWN, Demo, Tab
from tests.browser.walking import arrived, awake, fits, letter, link_in, press, reach, visit, write
from tests.browser.watching import Watched, watched
from tests.cast import CLARA

pytestmark = pytest.mark.browser

SALON, PRACTICE = "salon-haarlekin", "praxis-am-markt"
NEXT_FREE = re.compile("^Nächster freier Termin:")


@pytest.fixture
def german(browser: Browser, demo: Demo) -> Iterator[Watched]:
    """A browser in German; nothing on its pages may go wrong."""
    with watched(browser, demo.app.base_url, "de") as seen:
        yield seen
        assert seen.problems == []


@pytest.fixture
def worker(demo: Demo) -> Iterator[None]:
    """The job worker of the demo, which delivers the letters."""
    command = [sys.executable, "-m", "smartcx_portal.cli", "worker", "--data", str(demo.app.log.parent)]
    with demo.app.log.with_name("worker.log").open("ab") as log:
        environment = {**demo.app.environment, "SMARTCX_PORT": str(demo.app.port)}
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(15)


def to_details(page: Page, slug: str, service: str, *, whom: str = "") -> None:
    """From the tenant's page to the details of the next free time, with `whom` where one can choose."""
    visit(page, f"/de/t/{slug}/buchen")
    page.get_by_role("link", name="Termin buchen", exact=True).click()
    page.get_by_label(service).check()
    page.get_by_role("button", name="Weiter").click()
    if whom:
        page.get_by_label(whom).check()
        page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name=NEXT_FREE).click()
    expect(page.get_by_label("Vor- und Nachname")).to_be_visible()


def fill_in(page: Page, slug: str = TOWN) -> None:
    """The details of a booking without a message."""
    page.get_by_label("Vor- und Nachname").fill(CLARA["name"])
    if slug == TOWN:
        page.get_by_label("Nein").check()
    page.get_by_label("Keine Nachricht").check()


def test_a_booking_by_keyboard_with_a_confirmed_mail(demo: Demo, german: Watched, worker: None) -> None:
    page = german.tab(Tab())
    visit(page, f"/de/t/{TOWN}/buchen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Termin bei Bürgeramt Musterstadt")
    press(page, "Termin buchen")
    arrived(page, "Worum geht es?")
    expect(page.get_by_role("radio").first).to_be_visible()
    press(page, "Personalausweis", "Space")
    press(page, "Weiter")
    arrived(page, "Wann passt es Ihnen?")
    expect(page.get_by_role("button", name=NEXT_FREE)).to_be_visible()
    press(page, r"\w\w\., ")
    expect(page.get_by_role("heading", name="Zeiten am")).to_be_focused()
    press(page, r"\d\d:\d\d Uhr")
    arrived(page, "Ihre Angaben")
    expect(page.get_by_text("Reserviert bis")).to_be_visible()
    expect(page.get_by_label("Vor- und Nachname")).to_be_visible()
    press(page, "Weiter")
    expect(page.get_by_role("group", name="Fehler: Bitte prüfen Sie Ihre Angaben")).to_be_focused()
    press(page, "Geben Sie Ihren Namen ein.")
    expect(page.get_by_label("Vor- und Nachname")).to_be_focused()
    page.keyboard.type(CLARA["name"])
    press(page, "Ja", "ArrowDown")
    press(page, "Per E-Mail", "Space")
    write(page, "E-Mail-Adresse", "clara.by.keyboard@example.org")
    reach(page, "Datenschutzhinweise")
    press(page, "Weiter")
    arrived(page, "Stimmt alles?")
    expect(page.get_by_text("clara.by.keyboard@example.org")).to_be_visible()
    press(page, "Termin buchen")
    arrived(page, "Fast fertig: Bestätigen Sie per E-Mail")
    mail = letter(demo.app.log.parent, "booking_confirm", "clara.by.keyboard@example.org")
    other = german.tab(Tab())
    visit(other, link_in(mail, "bestaetigen"))
    expect(other.get_by_text("Bitte bestätigen Sie bis")).to_be_visible()
    expect(other).to_have_url(re.compile("^[^#]+$"))
    press(other, "Termin bestätigen")
    arrived(other, "Ihr Termin ist gebucht")
    arrived(page, "Ihr Termin ist gebucht")
    expect(page.get_by_text("Buchungscode")).to_be_visible()
    with page.expect_download() as file:
        press(page, "In den Kalender")
    assert "BEGIN:VEVENT" in file.value.path().read_text()
    booked = letter(demo.app.log.parent, "booking_booked", "clara.by.keyboard@example.org")
    visit(page, link_in(booked, "termin"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ihr Termin am")
    expect(page.get_by_text("Buchungscode")).to_be_visible()
    press(page, "Termin absagen")
    arrived(page, "Termin absagen?")
    expect(page.get_by_text("Buchungscode")).to_be_visible()
    press(page, "Ja, Termin absagen")
    arrived(page, "Ihr Termin ist abgesagt")


def test_at_the_salon_without_a_message_and_moved(german: Watched) -> None:
    page = german.tab(Tab())
    to_details(page, SALON, "Waschen, schneiden, föhnen", whom="Wer zuerst frei ist")
    fill_in(page, SALON)
    page.get_by_label("Kurz").check()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Zahlungspflichtig buchen").dblclick()
    expect(page.get_by_role("heading", name="Ihr Termin ist gebucht")).to_be_visible()
    page.reload()
    awake(page)
    expect(page.get_by_text("Buchungscode")).to_be_visible()
    page.get_by_role("link", name="Termin ansehen, verschieben oder absagen").click()
    page.get_by_role("link", name="Verschieben", exact=True).click()
    expect(page.get_by_text("Er bleibt, bis der neue fest ist.")).to_be_visible()
    page.get_by_role("button", name=NEXT_FREE).click()
    expect(page.get_by_text("Ihr Termin ist verschoben.")).to_be_visible()


def test_on_a_phone_two_services_in_one_visit_for_somebody_else(german: Watched) -> None:
    page = german.tab(Tab())
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, f"/de/t/{TOWN}/buchen/leistung")
    page.get_by_label(TOGETHER[0]).check()
    page.get_by_role("button", name="Weiter").click()
    arrived(page, "Wie soll der Termin sein?")
    page.get_by_label(f"Wie oft? {TOGETHER[0]}").fill("7")
    page.get_by_label(TOGETHER[1]).check()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("link", name="Geben Sie eine Zahl von 1 bis 3 ein.").click()
    expect(page.locator(":focus")).to_have_value("7")
    page.locator(":focus").fill("2")
    assert fits(page)
    page.get_by_role("button", name="Weiter").click()
    arrived(page, "Wann passt es Ihnen?")
    expect(page.get_by_role("heading", name=f"2 × {TOGETHER[0]}, {TOGETHER[1]}")).to_be_visible()
    days = page.get_by_role("list", name="Die nächsten Tage mit freien Zeiten").get_by_role("button")
    days.nth(2).click()
    times = page.get_by_role("heading", name="Zeiten am")
    expect(times).to_be_focused()
    page.go_back()
    expect(times).not_to_be_visible()
    page.go_forward()
    page.reload()
    awake(page)
    expect(times).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name=re.compile(r"^\d\d:\d\d Uhr")).first.click()
    arrived(page, "Ihre Angaben")
    page.get_by_label("Vor- und Nachname", exact=True).fill(CLARA["name"])
    page.get_by_label("Für eine andere Person").check()
    page.get_by_label("Name der Person, die kommt").fill("لينا 🌷")
    page.get_by_label("Für wie viele Personen?").fill("x" * 1_000_000)
    page.get_by_label("Keine Nachricht").check()
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("link", name="Verwenden Sie höchstens 2000 Zeichen.")).to_be_visible()
    page.get_by_label("Für wie viele Personen?").fill("2")
    assert fits(page)
    page.get_by_role("button", name="Weiter").click()
    arrived(page, "Stimmt alles?")
    expect(page.get_by_text("لينا 🌷")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="Termin buchen").click()
    arrived(page, "Ihr Termin ist gebucht")
    expect(page.get_by_text(f"2 × {TOGETHER[0]}, {TOGETHER[1]}")).to_be_visible()


def test_a_freed_time_goes_to_who_waits_for_it(demo: Demo, german: Watched, worker: None) -> None:
    waits, folder = "clara.wartet@example.org", demo.app.log.parent
    with open_work(JOB, demo.tenants[TOWN], engine=demo.engine) as work:
        service = work.first(work.select(Service).where(Service.name == "Fahrzeug zulassen"))
        coming = work.select(Booking).where(Booking.service_id == service.id, Booking.status == BookingStatus.CONFIRMED)
        booking = work.first(coming.where(Booking.starts_at > work.now + timedelta(days=2)).order_by(Booking.starts_at))
        day = local_day(booking.starts_at, "Europe/Berlin").isoformat()
    page = german.tab(Tab())
    visit(page, f"/de/t/{TOWN}/warteliste?leistung={service.id}")
    page.get_by_label("Ab Tag").fill(day)
    page.get_by_label("Bis Tag").fill(day)
    page.get_by_label("Vor- und Nachname").fill(CLARA["name"])
    page.get_by_label("E-Mail", exact=True).fill(waits)
    page.get_by_role("button", name="Auf die Warteliste setzen lassen").click()
    page.get_by_role("link", name="Ohne diese Einwilligung können wir Ihnen nicht schreiben").click()
    expect(page.locator("[name=consent-mail]")).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Auf die Warteliste setzen lassen").click()
    expect(page.get_by_role("heading", name="Fast fertig: Bestätigen Sie per E-Mail")).to_be_focused()
    visit(page, link_in(letter(folder, "waitlist_confirm", waits), "wunsch"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Platz auf der Warteliste bestätigen")
    page.get_by_role("button", name="Auf die Warteliste setzen lassen").click()
    expect(page.get_by_text("Sie stehen auf der Warteliste.")).to_be_visible()
    with open_work(JOB, demo.tenants[TOWN], engine=demo.engine) as work:
        call_off(work, locked(work, booking.id), CancelledBy.PERSON)
    page = german.tab(Tab())
    visit(page, link_in(letter(folder, "waitlist_offer", waits), "wunsch"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Für Sie ist ein Termin frei geworden")
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Ihr Termin am "))


@pytest.mark.promise("P05")
def test_at_the_practice_a_reason_needs_its_own_consent(demo: Demo, german: Watched) -> None:
    page = german.tab(Tab())
    to_details(page, PRACTICE, "Sprechstunde")
    fill_in(page, PRACTICE)
    page.get_by_label("Weshalb kommen Sie?").fill("Husten seit Montag, nachts")
    consent = page.get_by_label("Ich willige ausdrücklich ein")
    expect(consent).not_to_be_checked()
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("link", name="Ohne diese Einwilligung geht es nur telefonisch")).to_be_visible()
    consent.check()
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_text("Husten seit Montag, nachts")).to_be_visible()
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_role("heading", name="Ihr Termin ist gebucht")).to_be_visible()
    with open_work(JOB, demo.tenants[PRACTICE], engine=demo.engine) as work:
        answers = work.all(work.select(Answer.special_value))
    assert "Husten seit Montag, nachts" in answers


def test_a_reload_brings_everything_back(german: Watched) -> None:
    page = german.tab(Tab())
    to_details(page, TOWN, "Personalausweis")
    fill_in(page)
    page.get_by_label("Per E-Mail").check()
    page.get_by_label("E-Mail-Adresse").fill("clara@exam")
    page.get_by_label("Vor- und Nachname").focus()
    page.reload()
    expect(page.get_by_label("E-Mail-Adresse")).to_have_value("clara@exam")
    expect(page.get_by_label("Vor- und Nachname")).to_have_value(CLARA["name"])
    expect(page.get_by_label("Nein")).to_be_checked()
    expect(page.get_by_text("Reserviert bis")).to_be_visible()


def test_a_time_that_has_gone_gives_way_to_the_nearest(demo: Demo, german: Watched) -> None:
    page = german.tab(Tab())
    visit(page, f"/de/t/{PRACTICE}/buchen/leistung")
    page.get_by_label("Sprechstunde").check()
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("button", name=NEXT_FREE)).to_be_visible()
    service_id = page.url.partition("leistung=")[2]
    take_the_next(demo, PRACTICE, service_id)
    page.get_by_role("button", name=NEXT_FREE).click()
    expect(page.get_by_role("alert").get_by_text("Diese Zeit wurde gerade vergeben.")).to_be_visible()
    page.get_by_role("list", name="Nächstgelegene freie Zeiten").get_by_role("button").first.click()
    expect(page.get_by_text("Reserviert bis")).to_be_visible()


def test_a_lapsed_hold_is_offered_again_with_everything_kept(demo: Demo, german: Watched) -> None:
    page = german.tab(Tab())
    to_details(page, TOWN, "Personalausweis")
    fill_in(page)
    page.get_by_role("button", name="Weiter").click()
    expect(page.get_by_role("heading", name="Stimmt alles?")).to_be_visible()
    let_holds_lapse(demo, TOWN)
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_role("alert").get_by_text("Die Reservierung ist abgelaufen.")).to_be_visible()
    page.get_by_role("button", name="Zeit erneut reservieren").click()
    expect(page.get_by_text("Reserviert bis")).to_be_visible()
    page.get_by_role("button", name="Termin buchen").click()
    expect(page.get_by_role("heading", name="Ihr Termin ist gebucht")).to_be_visible()


def test_nothing_scrolls_sideways_at_320_pixels(german: Watched) -> None:
    page = german.tab(Tab())
    page.set_viewport_size({"width": 320, "height": 640})
    visit(page, f"/de/t/{TOWN}/buchen/leistung")
    page.get_by_label("Personalausweis").check()
    assert fits(page)
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("button", name="Monat anzeigen").click()
    page.locator("button.cx-day").first.click()
    expect(page.get_by_role("heading", name="Zeiten am")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name=NEXT_FREE).click()
    page.get_by_label("Per SMS").check()
    expect(page.get_by_label("Handynummer")).to_be_visible()
    assert fits(page)


def take_the_next(demo: Demo, slug: str, service_id: str) -> None:
    """Somebody else holds the time that the page offers first."""
    tab = Tab()
    with open_work(VISITOR, demo.tenants[slug], tab=hash_of(tab.key), network=tab.key, engine=demo.engine) as work:
        hold(work, service_id, next_free(work, UUID(service_id))[0].starts_at)


def let_holds_lapse(demo: Demo, slug: str) -> None:
    """As if everybody had waited too long."""
    with open_work(JOB, demo.tenants[slug], engine=demo.engine) as work:
        past = clock.now() - timedelta(seconds=1)
        work.update_where(Booking, Booking.status == BookingStatus.HELD, lapses_at=past)
