"""The privacy portal in a browser, from the code in the mailbox to the certificate; and the pages around it."""

import io
import json
import re
import shutil
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from smartcx_portal.bookings.cancelling import cancel_own
from smartcx_portal.kit import clock
from smartcx_portal.kit.seals import public_key
from smartcx_portal.messaging.channels.mailbox import folder
from smartcx_portal.messaging.links import withdraw_secret
from smartcx_portal.models.booking import Answer, Booking, BookingStatus
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import ConsentPurpose, Enquiry, ErasureLedgerEntry
from smartcx_portal.privacy.receipt_check import check_receipt
from smartcx_portal.standing.consents import given, holds
from tests.browser.demo import Demo
from tests.browser.walking import LONGEST_MAIL, awake, visit
from tests.browser.watching import reader
from tests.cast import CLARA, Cast, make_cast
from tests.privacy.scenes import clara_books, open_house
from tests.started import Started

pytestmark = pytest.mark.browser
PORTAL = "/de/t/buergeramt-musterstadt/meine-daten"
CODE = re.compile(r"\b\d{4} ?\d{4}\b")


@dataclass(frozen=True)
class Scene:
    """Clara with an appointment in nine days, at a town office that the started app serves."""

    cast: Cast
    clara: UUID
    booking_code: str


@pytest.fixture
def scene(engine: Engine) -> Scene:
    """In real time, as the started app lives in it, and with an empty mailbox."""
    shutil.rmtree(folder(), ignore_errors=True)
    cast = make_cast()
    open_house(cast)
    day = clock.now().date() + timedelta(days=9)
    clara = clara_books(cast, starts_at=datetime.combine(day, time(9, 15), tzinfo=UTC))
    with cast.as_job() as work:
        code = work.first(work.select(Booking.code).where(Booking.customer_id == clara))
    return Scene(cast, clara, code)


def newest_code(page: Page, to: str, besides: str = "") -> str:
    """The code in the newest letter to this address, once it is another one than `besides`."""
    letters = page.context.new_page()
    until = monotonic() + LONGEST_MAIL
    while monotonic() < until:
        letters.goto("/dev/mailbox")
        text = letters.locator("article").filter(has_text=to).first
        found = CODE.search(text.inner_text()) if text.count() else None
        if found and found[0] != besides:
            letters.close()
            return found[0]
        letters.wait_for_timeout(250)
    raise AssertionError(f"no code for {to}")


def sign_in(page: Page, scene: Scene, sub: str = "ansehen") -> str:
    """By the code in the mailbox, and the booking code, as special answers are stored; leads to the wanted page."""
    visit(page, f"{PORTAL}/{sub}")
    expect(page).to_have_url(re.compile("/anmelden$"))
    awake(page)
    page.get_by_label("E-Mail-Adresse").fill(CLARA["email"])
    page.get_by_role("button", name="Code senden").click()
    expect(page.locator("main")).to_contain_text("Wir haben Ihnen geschrieben. Der Code gilt bis")
    code = newest_code(page, CLARA["email"])
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Meine Daten ansehen").click()
    page.get_by_label("Buchungscode").fill(scene.booking_code)
    page.get_by_role("button", name="Meine Daten ansehen").click()
    expect(page).to_have_url(re.compile(f"/{sub}$"))
    return code


def prove_again(page: Page, scene: Scene, before: str) -> None:
    """The fresh code, again with the booking code."""
    page.get_by_role("button", name="Code anfordern").click()
    expect(page.locator("main")).to_contain_text("geschrieben. Der Code gilt bis")
    page.get_by_label("Code", exact=True).fill(newest_code(page, CLARA["email"], besides=before))
    page.get_by_role("button", name="Code prüfen").click()
    page.get_by_label("Buchungscode").fill(scene.booking_code)
    page.get_by_role("button", name="Code prüfen").click()


@pytest.mark.usefixtures("worker")
@pytest.mark.promise("P03")
def test_a_person_sees_what_is_stored_with_all_that_belongs_to_it(page: Page, scene: Scene) -> None:
    sign_in(page, scene)
    expect(page.get_by_role("heading", level=1)).to_have_text("Das ist über Sie gespeichert")
    value = page.locator("details").filter(has_text=CLARA["name"]).first
    value.locator("summary").click()
    for label in ("Wofür", "Warum erlaubt", "Woher", "Wer bekommt es", "Bis wann"):
        answer = value.locator("dt", has_text=label).locator("+ dd")
        expect(answer).not_to_be_empty()
    expect(page.locator("main")).to_contain_text("Rollstuhl")


@pytest.mark.usefixtures("worker")
@pytest.mark.promise("P04")
def test_a_person_corrects_the_name_at_once(page: Page, scene: Scene) -> None:
    sign_in(page, scene, "berichtigen")
    page.get_by_label("Richtiger Name").fill("Clara Lindquist")
    page.get_by_role("button", name="Namen speichern").click()
    expect(page.get_by_role("status").filter(has_text="Ihr Name ist berichtigt")).to_be_visible()
    with scene.cast.as_job() as work:
        assert work.get(Customer, scene.clara).name == "Clara Lindquist"


@pytest.mark.usefixtures("worker")
@pytest.mark.promise("P04")
def test_an_answer_for_a_coming_appointment_is_corrected_at_once(page: Page, scene: Scene) -> None:
    sign_in(page, scene, "berichtigen")
    appointment = page.get_by_role("heading", name="Personalausweis beantragen")
    page.get_by_role("button", name="Berichtigen: Personalausweis beantragen").click()
    expect(appointment).to_be_focused()
    page.get_by_label("Alte Ausweisnummer").fill("T220001294")
    page.get_by_role("button", name="Angaben speichern").click()
    expect(page.get_by_role("status").filter(has_text="Ihre Angaben sind berichtigt")).to_be_visible()
    expect(appointment).to_be_focused()
    expect(page.get_by_role("definition").filter(has_text="T220001294")).to_be_visible()
    with scene.cast.as_job() as work:
        assert "T220001294" in work.all(work.select(Answer.value).where(Answer.value.is_not(None)))


@pytest.mark.usefixtures("worker")
@pytest.mark.promise("P04")
def test_an_appointment_cancelled_meanwhile_says_so_and_goes_from_the_page(page: Page, scene: Scene) -> None:
    sign_in(page, scene, "berichtigen")
    page.get_by_role("button", name="Berichtigen: Personalausweis beantragen").click()
    page.get_by_label("Alte Ausweisnummer").fill("T220001294")
    with scene.cast.as_person(scene.clara) as work:
        cancel_own(work, work.first(work.select(Booking.id).where(Booking.customer_id == scene.clara)))
    page.get_by_role("button", name="Angaben speichern").click()
    expect(page.get_by_role("alert").filter(has_text="Dieser Termin wurde inzwischen abgesagt")).to_be_visible()
    expect(page.get_by_role("heading", name="Personalausweis beantragen")).to_have_count(0)


@pytest.mark.usefixtures("worker")
@pytest.mark.promise("P04")
def test_a_new_number_holds_once_its_code_is_entered(page: Page, scene: Scene) -> None:
    prove_again(page, scene, sign_in(page, scene, "berichtigen"))
    page.get_by_label("Neue Telefonnummer").fill("02151 555199")
    page.get_by_role("button", name="Code an die neue Nummer senden").click()
    page.get_by_label("Code", exact=True).fill(newest_code(page, "+492151555199"))
    page.get_by_role("button", name="Neue Adresse speichern").click()
    expect(page.locator("main")).to_contain_text("+492151555199")
    with scene.cast.as_job() as work:
        assert work.get(Customer, scene.clara).phone_key == "+492151555199"


@pytest.mark.usefixtures("worker")
@pytest.mark.promise("P06")
def test_one_click_withdraws_a_consent(page: Page, scene: Scene) -> None:
    sign_in(page, scene, "einwilligungen")
    page.get_by_role("button", name="Widerrufen: Nachrichten per E-Mail").click()
    expect(page.locator("main")).to_contain_text("Ihr Termin bleibt.")
    expect(page.get_by_role("button", name="Widerrufen: Nachrichten per E-Mail")).to_have_count(0)


@pytest.mark.usefixtures("worker")
@pytest.mark.promise("P06")
def test_what_was_withdrawn_is_given_again_and_a_receipt_shows_it(page: Page, scene: Scene) -> None:
    sign_in(page, scene, "einwilligungen")
    page.get_by_role("button", name="Widerrufen: Nachrichten per E-Mail").click()
    page.get_by_role("button", name="Einwilligen: Nachrichten per E-Mail").click()
    expect(page.get_by_role("heading", name="Erledigt")).to_be_focused()
    line = page.get_by_role("region", name="Alles, was Sie erteilt").get_by_role("row").nth(1)
    expect(line).to_contain_text("erteilt")
    with page.expect_download() as fetched:
        line.get_by_role("button", name="Beleg:").click()
    kept = check_receipt(Path(fetched.value.path()).read_bytes(), public_key())
    assert (kept["event"]["event_state"], kept["pii_principal_id"]) == ("consent given", str(scene.clara))


@pytest.mark.promise("P06")
def test_the_link_of_a_mail_withdraws_without_signing_in_and_only_by_its_button(page: Page, scene: Scene) -> None:
    with scene.cast.as_job() as work:
        event = given(work, scene.clara, ConsentPurpose.MAIL)
        secret = withdraw_secret(work, event)
    visit(page, f"/de/t/buergeramt-musterstadt/widerrufen#{secret}")
    expect(page.locator("main")).to_contain_text("Sie bekommen dann keine E-Mails mehr zu Ihren Terminen.")
    with scene.cast.as_job() as work:
        assert holds(work, scene.clara, ConsentPurpose.MAIL)
    page.get_by_role("button", name="Widerrufen: Nachrichten per E-Mail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Einwilligung ist widerrufen")
    with scene.cast.as_job() as work:
        assert not holds(work, scene.clara, ConsentPurpose.MAIL)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Diese Einwilligung ist schon widerrufen")


@pytest.mark.usefixtures("worker")
@pytest.mark.promise("P13")
def test_the_package_is_fetched_by_a_fresh_link(page: Page, scene: Scene, started: Started) -> None:
    sign_in(page, scene, "mitnehmen")
    page.get_by_role("button", name="Paket erstellen").click()
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Herunterladen").click()
    files = zipfile.ZipFile(io.BytesIO(Path(fetched.value.path()).read_bytes()))
    assert {"index.html", "data/subject.json", "calendar/termine.ics"} <= set(files.namelist())
    assert CLARA["name"] in files.read("data/subject.json").decode()
    assert "/downloads/" not in started.said()


@pytest.mark.usefixtures("worker")
@pytest.mark.promise("P04")
def test_a_person_deletes_everything_with_a_fresh_code(page: Page, scene: Scene) -> None:
    before = sign_in(page, scene, "loeschen")
    expect(page.locator("main")).to_contain_text("Sie haben noch einen Termin")
    prove_again(page, scene, before)
    page.get_by_role("button", name="Endgültig löschen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Daten sind gelöscht")
    with scene.cast.as_job() as work:
        assert work.find(Customer, scene.clara) is None or not work.get(Customer, scene.clara).email
        assert work.count(work.select(ErasureLedgerEntry)) == 1
        assert work.count(work.select(Booking).where(Booking.status == BookingStatus.CANCELLED)) == 1
    visit(page, f"{PORTAL}/ansehen")
    expect(page).to_have_url(re.compile("/anmelden$"))


@pytest.mark.usefixtures("scene")
def test_an_unknown_address_gets_the_same_page(page: Page) -> None:
    visit(page, f"{PORTAL}/anmelden")
    page.get_by_label("E-Mail-Adresse").fill("niemand@example.org")
    page.get_by_role("button", name="Code senden").click()
    expect(page).to_have_url(re.compile("/code$"))
    expect(page.locator("main")).to_contain_text("Wir haben Ihnen geschrieben. Der Code gilt bis")
    page.get_by_label("Code", exact=True).fill("12345678")
    page.get_by_role("button", name="Meine Daten ansehen").click()
    expect(page.locator("main")).to_contain_text("Der Code stimmt nicht. Noch 4 Versuche.")


@pytest.mark.promise("P14")
def test_a_question_can_be_asked_without_javascript(browser: Browser, started: Started, scene: Scene) -> None:
    context = browser.new_context(base_url=started.base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/de/t/buergeramt-musterstadt/buchen")
    page.locator("noscript a, .cx-noscript a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kontakt und Hilfe")
    page.get_by_label("Ihre Frage").fill('Muss "Anna" <mitkommen>?')
    page.get_by_role("button", name="Frage senden").click()
    expect(page.get_by_role("alert")).to_contain_text("Wählen Sie, worum es geht.")
    expect(page.get_by_label("Ihre Frage")).to_have_value('Muss "Anna" <mitkommen>?')
    page.get_by_label("Eine Frage zu Terminen").check()
    page.get_by_label("E-Mail").fill(CLARA["email"])
    page.get_by_role("button", name="Frage senden").click()
    expect(page.get_by_role("status")).to_contain_text("Ihre Nachricht ist angekommen")
    with scene.cast.as_job() as work:
        assert work.first(work.select(Enquiry.text)) == 'Muss "Anna" <mitkommen>?'
    context.close()


def test_the_start_page_lists_the_demos_tenants(demo: Demo, browser: Browser) -> None:
    context = reader(browser, base_url=demo.app.base_url)
    page = context.new_page()
    visit(page, "/")
    expect(page.locator("article h3")).to_have_text(["Bürgeramt Musterstadt", "Salon Haarlekin", "Praxis am Markt"])
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("link", name="Book an appointment: Salon Haarlekin")).to_be_visible()
    context.close()


@pytest.mark.usefixtures("worker")
@pytest.mark.promise("P13")
def test_a_link_for_another_place_takes_a_fresh_code_and_works_once(page: Page, scene: Scene) -> None:
    before = sign_in(page, scene, "mitnehmen")
    page.get_by_role("link", name="Stattdessen von hier abholen lassen").click()
    expect(page.get_by_role("heading", name="Ein Link für eine andere Stelle")).to_be_visible()
    expect(page.get_by_role("button", name="Link anlegen")).to_have_count(0)
    prove_again(page, scene, before)
    page.get_by_label("Für wen ist der Link?").fill("Praxis am Markt")
    page.get_by_role("button", name="Link anlegen").click()
    expect(page.get_by_role("heading", name="Ihr Link ist fertig")).to_be_focused()
    path = urlsplit(page.locator("#pull-link").inner_text()).path
    assert page.request.get(path).json()["from"] == "Bürgeramt Musterstadt"
    first, second = page.request.post(path), page.request.post(path)
    document = json.loads(zipfile.ZipFile(io.BytesIO(first.body())).read("data/subject.json"))
    assert (document["profile"], document["subject"]["id"]) == ("portability", str(scene.clara))
    assert second.status == 410
    page.reload()
    line = page.get_by_role("row").filter(has_text="Praxis am Markt")
    expect(line).to_contain_text("benutzt am")
    expect(page.locator("main")).not_to_contain_text("/pulls/")


@pytest.mark.usefixtures("worker")
@pytest.mark.promise("P13")
def test_handing_over_takes_a_fresh_code_and_the_person_sees_that_it_arrived(page: Page, scene: Scene) -> None:
    open_house(scene.cast, scene.cast.salon)
    before = sign_in(page, scene, "weitergeben")
    page.get_by_label("Adresse der Seiten des anderen Anbieters").fill("salon-haarlekin")
    page.get_by_role("button", name="Weiter", exact=True).click()
    expect(page.locator("main")).to_contain_text("Bevor Ihre Daten weggehen, schicken wir Ihnen einen neuen Code.")
    expect(page.get_by_role("button", name="Jetzt weitergeben")).to_have_count(0)
    prove_again(page, scene, before)
    page.get_by_role("button", name="Jetzt weitergeben").click()
    expect(page.get_by_role("status").filter(has_text="Ihre Daten sind unterwegs.")).to_be_visible()
    told, until = page.get_by_role("table"), monotonic() + LONGEST_MAIL
    while "angekommen" not in told.inner_text() and monotonic() < until:
        page.wait_for_timeout(250)
        visit(page, f"{PORTAL}/weitergeben")
        expect(told).to_be_visible()
    expect(told).to_contain_text("angekommen, wartet dort auf die Übernahme")
