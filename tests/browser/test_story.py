"""The whole story against the started app: booked without an account, seen and cancelled by staff, corrected and erased
by the person, and a new tenant opened by the operator. In the end nothing that was entered is left anywhere."""

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from time import monotonic

import psutil
import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from smartcx_portal.kit import clock
from smartcx_portal.kit.embedded import Embedded
from smartcx_portal.kit.engine import as_libpq
from smartcx_portal.kit.localtime import month_text
from tests.browser.running import Portal, running
from tests.browser.walking import LONGEST_MAIL, awake, visit
from tests.browser.watching import reader

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
TOWN = "/de/t/buergeramt-musterstadt"
SERVICE = "Personalausweis beantragen"
NAME, CORRECTED = "Clara Lindqvist", "Clara Lindquist"
EMAIL, PHONE = "clara.lindqvist@example.org", "02151 5551237"
ENTERED = [NAME, CORRECTED, "Lindqvist", "lindqvist", EMAIL, "5551237"]
LINK = re.compile(r"http://\S+")
CODE = re.compile(r"\b(\d{4}) ?(\d{4})\b")


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    with running("story") as started:
        yield started


class People:
    """Each person has a browser of their own."""

    def __init__(self, browser: Browser, portal: Portal) -> None:
        self.browser, self.portal = browser, portal
        self.contexts: list[BrowserContext] = []

    def arrives(self) -> Page:
        """A new person with an empty browser; whatever goes wrong in its console fails the test at the end."""
        context = reader(self.browser, base_url=self.portal.base_url, accept_downloads=True)
        self.contexts.append(context)
        return context.new_page()

    def leave(self) -> None:
        """Nobody has got a cookie."""
        for context in self.contexts:
            assert context.cookies() == []
            context.close()


@pytest.fixture
def people(browser: Browser, portal: Portal) -> Iterator[People]:
    came = People(browser, portal)
    yield came
    came.leave()


def heading(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name).first.click()


def letter(page: Page, portal: Portal, to: str, holding: re.Pattern[str], besides: tuple[str, ...] = ()) -> str:
    """What the newest letter to `to` holds, once there is one with something other than `besides`."""
    until = monotonic() + LONGEST_MAIL
    while monotonic() < until:
        files = sorted(portal.data.glob("mailbox/*/*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
        for content in (json.loads(file.read_text()) for file in files):
            found = holding.search(content["text"])
            if content["to"] == to and found and found[0] not in besides:
                return found[0]
        page.wait_for_timeout(250)
    raise AssertionError(f"no letter to {to} holds {holding.pattern}")


def books(page: Page, portal: Portal) -> tuple[str, str]:
    """Clara finds a time and books it by e-mail, with a reload in the middle; the day and her appointment's link."""
    visit(page, "/")
    page.get_by_role("link", name=re.compile("Termin buchen: Bürgeramt|Bürgeramt.*Termin buchen")).first.click()
    heading(page, "Termin bei Bürgeramt Musterstadt")
    page.get_by_role("link", name="Termin buchen").click()
    page.get_by_label(SERVICE).check()
    press(page, "Weiter")
    heading(page, "Wann passt es Ihnen?")
    press(page, re.compile("Nächster freier Termin"))
    heading(page, "Ihre Angaben")
    expect(page.get_by_label("Per E-Mail")).not_to_be_checked()
    expect(page.locator("input[name=confirming]:checked")).to_have_count(0)
    page.get_by_label("Vor- und Nachname").fill(NAME)
    page.get_by_label("Nein", exact=True).check()
    page.get_by_label("Per E-Mail").check()
    page.get_by_label("E-Mail-Adresse").fill(EMAIL)
    page.get_by_label("E-Mail-Adresse").blur()
    expect(page.locator("main")).to_contain_text("Reserviert bis")
    page.reload()
    awake(page)
    expect(page.get_by_label("Vor- und Nachname")).to_have_value(NAME)
    expect(page.get_by_label("E-Mail-Adresse")).to_have_value(EMAIL)
    press(page, "Weiter")
    heading(page, "Stimmt alles?")
    press(page, "Termin buchen")
    heading(page, re.compile("Bestätigen Sie per E-Mail"))
    link = letter(page, portal, EMAIL, re.compile(r"http://\S+/bestaetigen#\S+"))
    visit(page, link)
    press(page, "Termin bestätigen")
    heading(page, "Ihr Termin ist gebucht")
    own = letter(page, portal, EMAIL, re.compile(r"http://\S+/termin#\S+"))
    expect(page.locator("main")).to_contain_text("Buchungscode")
    when = page.locator("main").inner_text()
    day = re.search(r"(\d{1,2}\. \w+ \d{4})", when)
    assert day, when
    return day[0], own


def signs_in(page: Page, portal: Portal, email: str) -> None:
    visit(page, "/de/anmelden")
    page.get_by_label("E-Mail").fill(email)
    page.get_by_label("Passwort").fill(portal.logins[email])
    press(page, "Anmelden")
    expect(page).not_to_have_url(re.compile("anmelden"))


def first_days(page: Page) -> Locator:
    """The next days with free times, as the public page lists them."""
    visit(page, f"{TOWN}/buchen/leistung")
    page.get_by_label(SERVICE).check()
    press(page, "Weiter")
    return page.locator(".cx-freeday__day")


def changes_the_hours(anna: Page, visitor: Page) -> None:
    """Anna opens on Saturdays and closes the coming week: the public page follows at once."""
    expect(first_days(visitor)).to_have_text([re.compile("Mo|Di|Mi|Do|Fr")] * 5)
    visit(anna, "/de/verwaltung/oeffnungszeiten")
    anna.get_by_label("Wochentag").select_option("5")
    anna.get_by_label("Öffnet um").fill("09:00")
    anna.get_by_label("Schließt um").fill("12:00")
    press(anna, "Übernehmen")
    expect(anna.get_by_role("row").filter(has_text="Samstag")).to_contain_text("09:00–12:00")
    visit(anna, "/de/verwaltung/schliesszeiten")
    today = clock.local_day(clock.now(), "Europe/Berlin")
    until = today + timedelta(days=4 - today.weekday() if today.weekday() < 4 else 11 - today.weekday())
    anna.get_by_label("Erster Tag").fill(today.isoformat())
    anna.get_by_label("Letzter Tag").fill(until.isoformat())
    press(anna, "Schließzeit eintragen")
    expect(anna.get_by_role("heading", name=re.compile("betroffen"))).to_be_visible()
    press(anna, "Übernehmen")
    expect(anna.get_by_role("heading", name=re.compile("Das wurde aus"))).to_be_visible()
    expect(first_days(visitor).first).to_have_text(re.compile("^Sa"))


def staff_cancel(anna: Page, portal: Portal, address_of_day: str) -> None:
    """Anna finds the booking, cancels it with a reason, and the person gets a mail."""
    visit(anna, address_of_day)
    anna.get_by_role("link", name=re.compile(NAME)).first.click()
    expect(anna.locator("main")).to_contain_text(EMAIL)
    expect(anna.locator("main")).to_contain_text(SERVICE)
    press(anna, "Termin absagen")
    anna.get_by_label(re.compile("Grund")).fill("Der Schalter ist an diesem Tag geschlossen.")
    anna.get_by_role("dialog").get_by_role("button", name="Termin absagen").click()
    expect(anna.locator("main")).to_contain_text("Abgesagt")


def signs_in_by_code(page: Page, portal: Portal, sub: str) -> str:
    visit(page, f"{TOWN}/meine-daten/{sub}")
    page.get_by_label("E-Mail-Adresse").fill(EMAIL)
    press(page, "Code senden")
    expect(page.locator("main")).to_contain_text("Wir haben Ihnen geschrieben. Der Code gilt bis")
    code = letter(page, portal, EMAIL, CODE)
    page.get_by_label("Code", exact=True).fill(code)
    press(page, "Meine Daten ansehen")
    expect(page).to_have_url(re.compile(f"/{sub}$"))
    return code


def proves_again(page: Page, portal: Portal, *before: str) -> str:
    press(page, "Code anfordern")
    expect(page.locator("main")).to_contain_text("geschrieben. Der Code gilt bis")
    code = letter(page, portal, EMAIL, CODE, besides=before)
    page.get_by_label("Code", exact=True).fill(code)
    press(page, "Code prüfen")
    return code


def sees_and_corrects(page: Page, portal: Portal) -> list[str]:
    """Everything is shown with all that belongs to it; the name changes at once, the number by its code."""
    codes = [signs_in_by_code(page, portal, "ansehen")]
    value = page.locator("details").filter(has_text=NAME).first
    value.locator("summary").click()
    for label in ("Wofür", "Warum erlaubt", "Woher", "Wer bekommt es", "Bis wann"):
        expect(value.locator("dt", has_text=label).locator("+ dd")).not_to_be_empty()
    visit(page, f"{TOWN}/meine-daten/berichtigen")
    page.get_by_label("Richtiger Name").fill(CORRECTED)
    press(page, "Namen speichern")
    expect(page.get_by_role("status").filter(has_text="Ihr Name ist berichtigt")).to_be_visible()
    codes.append(proves_again(page, portal, *codes))
    page.get_by_label("Neue Telefonnummer").fill(PHONE)
    press(page, "Code an die neue Nummer senden")
    page.get_by_label("Code", exact=True).fill(letter(page, portal, "+4921515551237", CODE))
    press(page, "Neue Adresse speichern")
    expect(page.locator("main")).to_contain_text("+4921515551237")
    return codes


def withdraws_and_takes_along(page: Page) -> zipfile.ZipFile:
    visit(page, f"{TOWN}/meine-daten/einwilligungen")
    press(page, "Widerrufen: Nachrichten per E-Mail")
    expect(page.locator("main")).to_contain_text("Widerrufen")
    expect(page.get_by_role("button", name="Widerrufen: Nachrichten per E-Mail")).to_have_count(0)
    visit(page, f"{TOWN}/meine-daten/mitnehmen")
    press(page, "Paket erstellen")
    with page.expect_download() as fetched:
        press(page, "Herunterladen")
    return zipfile.ZipFile(io.BytesIO(Path(fetched.value.path()).read_bytes()))


def erases(page: Page, portal: Portal, codes: list[str]) -> None:
    visit(page, f"{TOWN}/meine-daten/loeschen")
    asks, last = (page.get_by_role("button", name=name) for name in ("Code anfordern", "Endgültig löschen"))
    expect(asks.or_(last)).to_be_visible()
    if asks.is_visible():
        proves_again(page, portal, *codes)
    last.click()
    heading(page, "Ihre Daten sind gelöscht")


def rows(portal: Portal, query: str) -> list[tuple[object, ...]]:
    """Read as superuser: no wall hides anything from this."""
    url = Embedded(portal.data / "database", say=lambda _: None).superuser_url("smartcx")
    with psycopg.connect(as_libpq(url)) as connection:
        return connection.execute(query).fetchall()


def let_messages_go(portal: Portal) -> None:
    """As if the minute in which a deed can be undone were over."""
    rows(portal, "UPDATE message SET not_before = now() WHERE not_before IS NOT NULL RETURNING id")
    rows(portal, "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' RETURNING id")


def leftovers(portal: Portal) -> Counter[str]:
    """Where the entered strings stand, and how often: every table as text, every file but the server's own pages.

    The demo data knows a person of the same name; what the story left behind is what stands beyond hers.
    """
    found: Counter[str] = Counter()
    tables = rows(portal, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
    for (table,) in tables:
        for (text,) in rows(portal, f'SELECT t::text FROM "{table}" t'):
            found.update(f"{table}: {word}" for word in ENTERED if word in str(text))
    server = portal.data / "database" / "pg"
    files = [f for f in portal.data.rglob("*") if f.is_file() and server not in f.parents]
    for file in [*files, server / "server.log", portal.log]:
        content = file.read_bytes()
        found.update(f"{file.name}: {word}" for word in ENTERED if word.encode() in content)
    return found


def bookings(portal: Portal) -> int:
    ((count,),) = rows(portal, "SELECT count(*) FROM booking WHERE status NOT IN ('held', 'expired')")
    return int(str(count))


def day_address(day: str) -> str:
    number, month, year = day.replace(".", "").split()
    name_of_month = {month_text(date(2026, n, 1), "de").split()[0]: n for n in range(1, 13)}
    return f"/de/verwaltung/heute?tag={year}-{name_of_month[month]:02}-{int(number):02}"


@pytest.mark.promise("P03")
@pytest.mark.promise("P04")
@pytest.mark.promise("P06")
def test_from_nothing_to_an_erased_booking(portal: Portal, people: People) -> None:
    clara, anna, visitor = people.arrives(), people.arrives(), people.arrives()
    before, others = bookings(portal), leftovers(portal)
    day, own = books(clara, portal)
    signs_in(anna, portal, "anna@example.org")
    visit(anna, f"/de/verwaltung/woche?{day_address(day).partition('?')[2]}")
    expect(anna.get_by_role("link", name=re.compile(NAME))).to_be_visible()
    staff_cancel(anna, portal, day_address(day))
    let_messages_go(portal)
    letter(clara, portal, EMAIL, re.compile("abgesagt"))
    changes_the_hours(anna, visitor)
    visit(clara, own)
    expect(clara.locator("main")).to_contain_text(re.compile("[Aa]bgesagt"))
    codes = sees_and_corrects(clara, portal)
    package = withdraws_and_takes_along(clara)
    assert CORRECTED in package.read("data/subject.json").decode()
    assert {"index.html", "calendar/termine.ics"} <= set(package.namelist())
    assert leftovers(portal) > others, "the scan must find what is there"
    erases(clara, portal, codes)
    assert leftovers(portal) == others
    assert bookings(portal) == before + 1
    assert rows(portal, "SELECT count(*) FROM erasure_ledger_entry") == [(1,)]
    assert rows(portal, "SELECT count(*) FROM audit_entry WHERE action = 'person.erased'") == [(1,)]


def opens_a_tenant(oskar: Page) -> None:
    visit(oskar, "/de/betrieb/mandanten/neu")
    texts = {
        "Name des Amtes oder Unternehmens": "Bürgerbüro Neustadt",
        "Straße und Hausnummer": "Neue Gasse 2",
        "Postleitzahl": "47798",
        "Ort": "Neustadt",
        "E-Mail für die Öffentlichkeit": "post@neustadt.example.org",
        "Telefon für die Öffentlichkeit": "02151 555900",
        "Eigene Website": "https://neustadt.example.org",
        "E-Mail der Leitung": "leitung@example.org",
    }
    for label, value in texts.items():
        oskar.get_by_label(label, exact=True).fill(value)
    oskar.get_by_label("Amt", exact=True).check()
    oskar.get_by_label("Bundesland").select_option("NW")
    oskar.get_by_label("Name", exact=True).fill("Datenschutz Neustadt")
    oskar.get_by_label("E-Mail", exact=True).fill("dsb@neustadt.example.org")
    press(oskar, "Mandant anlegen")
    heading(oskar, "Bürgerbüro Neustadt")


def accepts_the_invitation(owner: Page, portal: Portal) -> None:
    visit(owner, letter(owner, portal, "leitung@example.org", LINK))
    owner.get_by_label("Ihr Name").fill("Leitung Neustadt")
    owner.get_by_label(re.compile("Passwort")).first.fill("ein langes gutes Passwort")
    press(owner, re.compile("annehmen|Annehmen|Konto"))
    expect(owner).to_have_url(re.compile("/verwaltung/heute"))


def test_the_operator_opens_and_suspends_a_tenant(portal: Portal, people: People) -> None:
    oskar, owner, visitor = people.arrives(), people.arrives(), people.arrives()
    signs_in(oskar, portal, "oskar@example.org")
    heading(oskar, "Mandanten")
    expect(oskar.locator("main")).not_to_contain_text("Beispiel")
    opens_a_tenant(oskar)
    accepts_the_invitation(owner, portal)
    new = "/de/t/buergerbuero-neustadt"
    visit(visitor, f"{new}/buchen")
    heading(visitor, "Termin bei Bürgerbüro Neustadt")
    visit(visitor, f"{new}/datenschutz")
    expect(visitor.locator("main")).to_contain_text("Datenschutz Neustadt")
    press(oskar, "Sperren")
    oskar.get_by_role("dialog").get_by_label("Grund").select_option(index=1)
    oskar.get_by_role("dialog").get_by_label(re.compile("Namen eingeben")).fill("Bürgerbüro Neustadt")
    oskar.get_by_role("dialog").get_by_role("button", name=re.compile("Sperren|sperren")).click()
    expect(oskar.locator("main")).to_contain_text("Gesperrt")
    visit(visitor, f"{new}/buchen")
    expect(visitor.locator("main")).to_contain_text("Online-Buchung ist zurzeit nicht möglich")
    owner.reload()
    awake(owner)
    expect(owner.locator("body")).to_contain_text(re.compile("gesperrt"))
    for open_page, title in (("meine-daten", "Ihre Daten bei"), ("datenschutz", "Datenschutz")):
        visit(visitor, f"{new}/{open_page}")
        heading(visitor, re.compile(title))


def test_ctrl_c_ends_every_process_and_a_second_start_keeps_the_data() -> None:
    with running("twice") as first:
        family, kept = first.family(), bookings(first)
        first.end()
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []
    assert first.process.returncode == 0, first.said()
    with running("twice") as second:
        assert bookings(second) == kept
