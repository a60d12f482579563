"""Staff and the operator at work, in a browser: what they change shows at once, to them, to people and in mails."""

import re
from datetime import date, timedelta
from time import monotonic

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from smartcx_portal.models.messaging import Message
from smartcx_portal.models.privacy import AccessRecord
from tests.bookings.journeys import book
from tests.browser.staff import PASSWORD, TOWN, morning, sign_in, try_password, working_day
from tests.browser.walking import LONGEST_MAIL, visit
from tests.browser.watching import reader
from tests.cast import CLARA, Cast
from tests.privacy.scenes import clara_books
from tests.started import Started

pytestmark = pytest.mark.browser
LIVE = 2.0
"""Seconds in which an open day has to show what happened, once in three times on a busy machine."""


def open_day(page: Page, day: date) -> None:
    """The day's page; it follows what happens from here on."""
    visit(page, f"/de/verwaltung/heute?tag={day.isoformat()}")
    expect(page.get_by_role("button", name="Anhalten")).to_be_visible()


def let_messages_go(cast: Cast) -> None:
    """As if the minute in which a deed can be undone were over."""
    with cast.as_job() as work:
        work.update_where(Message, Message.not_before.is_not(None), not_before=work.now)
        work.db.execute(sa.text("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'"))


def here(link: str) -> str:
    """A letter's link at the started app; the worker that wrote it knows another port."""
    return re.sub(r"^https?://[^/]+", "", link)


def letter(page: Page, to: str, saying: str) -> str:
    """The newest letter to this address with these words in it."""
    letters = page.context.new_page()
    until = monotonic() + LONGEST_MAIL
    while monotonic() < until:
        letters.goto("/dev/mailbox")
        found = letters.locator("article").filter(has_text=to).filter(has_text=saying)
        if found.count():
            text = found.first.inner_text()
            letters.close()
            return text
        letters.wait_for_timeout(250)
    raise AssertionError(f"no letter to {to} that says {saying}")


def test_a_wrong_password_is_told_in_one_sentence(page: Page, cast: Cast) -> None:
    try_password(page, "ben", "falsch-falsch-falsch")
    expect(page.get_by_role("alert").filter(has_text="passen nicht zusammen")).to_be_visible()
    expect(page.get_by_label("E-Mail")).to_have_value("ben@example.org")


def test_the_day_leads_to_a_booking_and_its_opening_is_recorded(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    sign_in(page, "ben")
    expect(page.get_by_role("heading", level=1)).to_have_text("Heute")
    expect(page.locator("main")).to_contain_text("Heute keine Termine.")
    open_day(page, working_day())
    page.get_by_role("link", name=CLARA["name"]).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("09:00 Uhr")
    expect(page.locator("main")).to_contain_text(CLARA["email"])
    with cast.as_job() as work:
        (seen,) = work.all(work.select(AccessRecord))
    assert seen.by_identity == cast.ben


def test_an_open_day_shows_a_new_booking_within_two_seconds_and_no_row_jumps(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(10), name="Clara Zehn")
    sign_in(page, "ben")
    open_day(page, working_day())
    known = page.get_by_role("link", name="Clara Zehn")
    known.hover()
    before = known.bounding_box()
    took = [seconds_to_see(page, cast, number) for number in (1, 2, 3)]
    assert min(took) < LIVE
    assert known.bounding_box() == before


def seconds_to_see(page: Page, cast: Cast, number: int) -> float:
    """How long after a booking between eight and nine the open day shows it."""
    name = f"Clara Acht {number}"
    book(cast, {"name": name, "confirming": "none"}, at=morning(8, 20 * (number - 1)), tab=f"tab-{number}")
    begun = monotonic()
    expect(page.get_by_role("link", name=name)).to_be_visible()
    return monotonic() - begun


def test_a_paused_day_says_that_something_has_changed(page: Page, cast: Cast) -> None:
    sign_in(page, "ben")
    open_day(page, working_day())
    page.get_by_role("button", name="Anhalten").click()
    expect(page.get_by_role("button", name="Fortsetzen")).to_be_visible()
    book(cast, at=morning(8))
    expect(page.get_by_role("status").filter(has_text="Es hat sich etwas geändert")).to_be_visible()
    expect(page.get_by_role("link", name=CLARA["name"])).to_have_count(0)
    page.get_by_role("button", name="Fortsetzen").click()
    expect(page.get_by_role("link", name=CLARA["name"])).to_be_visible()


def test_a_new_opening_hour_is_offered_at_once(page: Page, cast: Cast) -> None:
    sign_in(page, "ben")
    visit(page, "/de/verwaltung/oeffnungszeiten")
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_role("link", name="Wählen Sie einen Wochentag.")).to_be_visible()
    page.get_by_label("Wochentag").select_option(str(working_day().weekday()))
    page.get_by_label("Öffnet um").fill("13:00")
    page.get_by_label("Schließt um").fill("14:00")
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.locator("main")).to_contain_text("13:00–14:00")
    visit(page, f"{TOWN}/buchen/zeit?leistung={cast.town.service}")
    page.locator(".cx-freeday").filter(has_text=f" {working_day().day}. ").click()
    expect(page.get_by_role("button", name="13:20 Uhr")).to_be_visible()


def test_a_closure_is_followed_by_the_public_page_and_names_who_is_affected(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    sign_in(page, "ben")
    visit(page, "/de/verwaltung/schliesszeiten")
    page.get_by_label("Erster Tag").fill((working_day() - timedelta(days=7)).isoformat())
    page.get_by_label("Letzter Tag").fill(working_day().isoformat())
    page.get_by_label("Grund").fill("Umbau")
    page.get_by_role("button", name="Schließzeit eintragen").click()
    expect(page.get_by_role("heading", name="1 Termin ist betroffen")).to_be_visible()
    expect(page.get_by_role("combobox", name=re.compile(CLARA["name"]))).to_have_value("keep")
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_role("link", name=CLARA["name"])).to_be_visible()
    visit(page, f"{TOWN}/buchen/zeit?leistung={cast.town.service}")
    days = page.locator(".cx-freeday")
    expect(days.first).to_be_visible()
    expect(days.locator(".cx-freeday__day").filter(has_text=f" {working_day().day}. ")).to_have_count(0)


@pytest.mark.usefixtures("worker")
def test_a_cancellation_reaches_the_person_by_mail(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    sign_in(page, "ben")
    open_day(page, working_day())
    page.get_by_role("link", name=CLARA["name"]).click()
    page.get_by_role("button", name="Termin absagen").click()
    asked = page.get_by_role("dialog")
    asked.get_by_role("button", name="Termin absagen").click()
    expect(asked.get_by_role("link", name="Geben Sie an, warum")).to_be_visible()
    asked.get_by_label("Grund").fill("Der Schalter bleibt geschlossen.")
    asked.get_by_role("button", name="Termin absagen").click()
    expect(page.get_by_role("heading", name="Der Termin ist abgesagt")).to_be_focused()
    expect(page.locator("main")).to_contain_text("Wartet: geht um")
    let_messages_go(cast)
    link = re.search(r"https?://\S+/termin#\S+", letter(page, CLARA["email"], "abgesagt"))
    assert link
    visit(page, here(link[0]))
    expect(page.locator("main")).to_contain_text("Der Schalter bleibt geschlossen.")


def test_a_booking_moves_to_a_free_time(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    sign_in(page, "ben")
    open_day(page, working_day())
    page.get_by_role("link", name=CLARA["name"]).click()
    page.get_by_role("button", name="Verschieben").click()
    page.get_by_role("button", name="10:20 Uhr").click()
    page.locator("main form").get_by_role("button", name="Verschieben").click()
    expect(page.get_by_role("heading", name="Der Termin ist verschoben.")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_contain_text("10:20 Uhr")


def test_ben_finds_no_privacy_cases(page: Page, cast: Cast) -> None:
    sign_in(page, "ben")
    expect(page.get_by_role("link", name="Anfragen").first).to_be_visible()
    expect(page.get_by_role("link", name="Datenschutz")).to_have_count(0)
    visit(page, "/de/verwaltung/datenschutz")
    expect(page.get_by_role("alert").filter(has_text="Ihre Rolle erlaubt das nicht.")).to_be_visible()


@pytest.mark.usefixtures("worker")
def test_a_new_tenant_is_live_once_its_owner_has_followed_the_invitation(
    page: Page, browser: Browser, cast: Cast, started: Started
) -> None:
    sign_in(page, "oskar")
    page.get_by_role("link", name="Mandant anlegen").click()
    page.get_by_label("Name des Amtes oder Unternehmens").fill("Bürgeramt Nordheim")
    page.get_by_role("button", name="Mandant anlegen").click()
    expect(page.get_by_role("link", name="Geben Sie den Ort ein.")).to_be_visible()
    page.get_by_label("Amt", exact=True).check()
    entries = {"street": "Ring 3", "postal_code": "47798", "city": "Nordheim", "phone": "02151 555900"}
    entries |= {"email": "post@nordheim.example", "dpo_name": "Datenschutz", "dpo_email": "dsb@nordheim.example"}
    entries |= {"website": "https://nordheim.example"}
    for name, value in entries.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=land]").select_option("NW")
    page.locator("[name=owner_email]").fill("neu@nordheim.example")
    page.get_by_role("button", name="Mandant anlegen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bürgeramt Nordheim")
    expect(page.get_by_role("status").filter(has_text="bekommt eine Einladung")).to_be_visible()
    link = re.search(r"https?://\S+/einladung#\S+", letter(page, "neu@nordheim.example", "einladung"))
    assert link
    owners = reader(browser, base_url=started.base_url)
    owner = owners.new_page()
    visit(owner, here(link[0]))
    owner.get_by_label("Ihr Name").fill("Anna")
    owner.get_by_label("Neues Passwort").fill("kurz")
    owner.get_by_role("button", name="Annehmen und anmelden").click()
    expect(owner.get_by_role("link", name="Wählen Sie ein Passwort mit mindestens")).to_be_visible()
    expect(owner.get_by_label("Ihr Name")).to_have_value("Anna")
    owner.get_by_label("Neues Passwort").fill(PASSWORD)
    owner.get_by_role("button", name="Annehmen und anmelden").click()
    expect(owner.locator("main")).to_contain_text("Heute keine Termine.")
    visit(owner, "/de/t/buergeramt-nordheim/buchen")
    expect(owner.get_by_role("heading", level=1)).to_contain_text("Bürgeramt Nordheim")
    owners.close()


def test_a_suspended_tenant_is_closed_for_booking_and_staff_while_rights_stay_open(
    page: Page, browser: Browser, cast: Cast, started: Started
) -> None:
    staff = reader(browser, base_url=started.base_url)
    ben = staff.new_page()
    sign_in(ben, "ben")
    expect(ben.get_by_role("heading", level=1)).to_have_text("Heute")
    sign_in(page, "oskar")
    page.get_by_role("link", name="Bürgeramt Musterstadt").click()
    page.get_by_role("button", name="Sperren").click()
    asked = page.get_by_role("dialog")
    asked.get_by_label("Grund").select_option("payment")
    asked.get_by_label("Zur Bestätigung").fill("Bürgeramt Musterstadt")
    asked.get_by_role("button", name="Sperren").click()
    expect(page.get_by_role("status").filter(has_text="gesperrt")).to_be_visible()
    ben.get_by_role("link", name="Woche").first.click()
    expect(ben.locator("main")).to_contain_text("Ihre Organisation ist zurzeit gesperrt")
    staff.close()
    visit(page, f"{TOWN}/buchen")
    expect(page.locator("main")).to_contain_text("zurzeit nicht möglich")
    visit(page, f"{TOWN}/meine-daten")
    expect(page.get_by_role("link", name="Meine Daten ansehen")).to_be_visible()
    visit(page, f"{TOWN}/datenschutz")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
