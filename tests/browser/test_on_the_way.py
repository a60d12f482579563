"""What a walk through the house meets beside the usual: series, groups, the same mistake twice, paper, and feeds."""

import re
from datetime import date, timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Locator, Page, expect

from smartcx_portal.bookings.closures import add_closure
from smartcx_portal.models.calendar import Resource, Service
from tests.browser.staff import TOWN, morning, sign_in, working_day
from tests.browser.walking import arrived, fits, visit
from tests.cast import CLARA, Cast
from tests.privacy.scenes import clara_books

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")
AROUND = ".cx-nav, .cx-header__links, .cx-footer, .kern-btn, main form"
"""What is there to work with and has no sense on paper."""


def offer(cast: Cast, **values: int) -> None:
    """The town's only service, in another way."""
    with cast.as_job() as work:
        service = work.get(Service, cast.town.service)
        for name, value in values.items():
            setattr(service, name, value)


def choose_service(page: Page) -> None:
    """From the list of services to what it leaves to choose."""
    visit(page, f"{TOWN}/buchen/leistung")
    page.get_by_label("Personalausweis beantragen").check()
    go_on(page)
    arrived(page, "Wie soll der Termin sein?")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Weiter").click()


def choose_day(page: Page, day: date) -> None:
    """One of the days that have something free."""
    arrived(page, "Wann passt es Ihnen?")
    page.locator(".cx-freeday").filter(has_text=f" {day.day}. ").click()


def at_twenty_past(page: Page) -> Locator:
    """The second time of the chosen day."""
    return page.get_by_role("button", name=re.compile("^08:20 Uhr"))


def book_without_a_message(page: Page) -> None:
    """From the details to what is booked."""
    page.get_by_label("Vor- und Nachname", exact=True).fill(CLARA["name"])
    page.get_by_label("Keine Nachricht").check()
    go_on(page)
    arrived(page, "Stimmt alles?")
    page.get_by_role("button", name="Termin buchen").click()
    arrived(page, "Ihr Termin ist gebucht")


def test_a_series_says_which_of_its_dates_does_not_fit(page: Page, cast: Cast) -> None:
    offer(cast, most_repeats=4)
    first, closed, last = (working_day() + timedelta(weeks=number) for number in range(3))
    with cast.as_staff(cast.anna) as work:
        add_closure(work, closed.isoformat(), reason="Umbau")
    page.set_viewport_size(PHONE)
    choose_service(page)
    page.get_by_label("Wie viele Termine?").fill("9")
    go_on(page)
    expect(page.get_by_role("link", name="Geben Sie eine Zahl von 1 bis 4 ein.")).to_be_visible()
    page.get_by_label("Wie viele Termine?").fill("3")
    go_on(page)
    choose_day(page, first)
    expect(page.locator("main")).to_contain_text("3, jede Woche")
    at_twenty_past(page).click()
    arrived(page, "Ihre Angaben")
    refused = page.locator(".kern-alert").filter(has_text="Diese Zeiten passen nicht und werden nicht gebucht")
    expect(refused.get_by_role("listitem")).to_have_text([re.compile(f"{written(closed)}.*nicht angeboten")])
    expect(page.get_by_role("listitem").filter(has_text=written(last))).to_be_visible()
    assert fits(page)
    book_without_a_message(page)
    expect(page.locator("main")).to_contain_text(written(last))
    expect(page.locator("main")).not_to_contain_text(written(closed))


def written(day: date) -> str:
    """`Dienstag, 8. Dezember`, without the month's name."""
    return f"{DAYS[day.weekday()]}, {day.day}. "


def test_two_seats_of_a_group_are_taken_and_the_rest_is_shown(page: Page, cast: Cast) -> None:
    offer(cast, seats=5, most_at_once=2)
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[1]).active = False
    choose_service(page)
    page.get_by_label("Für wie viele Personen?").fill("3")
    go_on(page)
    page.get_by_role("link", name="Geben Sie eine Zahl von 1 bis 2 ein.").click()
    expect(page.get_by_label("Für wie viele Personen?")).to_be_focused()
    page.get_by_label("Für wie viele Personen?").fill("2")
    go_on(page)
    choose_day(page, working_day())
    expect(at_twenty_past(page)).to_contain_text("noch 5 Plätze")
    at_twenty_past(page).click()
    arrived(page, "Ihre Angaben")
    book_without_a_message(page)
    choose_service(page)
    go_on(page)
    choose_day(page, working_day())
    expect(at_twenty_past(page)).to_contain_text("noch 3 Plätze")


def test_the_same_mistake_twice_leads_to_its_summary_twice(page: Page, cast: Cast) -> None:
    offer(cast, most_repeats=4)
    choose_service(page)
    page.get_by_label("Wie viele Termine?").fill("9")
    wrong = page.get_by_role("group", name="Fehler: Bitte prüfen Sie Ihre Angaben")
    for _ in range(2):
        go_on(page)
        expect(wrong).to_be_focused()
        expect(page.locator("[aria-busy]")).to_have_count(0)


def test_on_paper_stand_the_day_and_the_appointment_without_ways_around_them(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    sign_in(page, "ben")
    visit(page, f"/de/verwaltung/heute?tag={working_day().isoformat()}")
    line = page.get_by_role("link", name=CLARA["name"])
    expect(line).to_be_visible()
    expect(page.get_by_role("button", name="Drucken")).to_be_visible()
    page.emulate_media(media="print")
    on_paper(page, page.get_by_role("heading", level=1), line, page.get_by_text("09:00"))
    page.emulate_media(media="screen")
    line.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("09:00 Uhr")
    expect(page.get_by_role("button", name="Drucken")).to_be_visible()
    page.emulate_media(media="print")
    on_paper(page, page.get_by_role("heading", level=1), page.locator("main").get_by_text(CLARA["email"]).first)


def on_paper(page: Page, *content: Locator) -> None:
    """The content is there; what leads elsewhere or changes something is not."""
    for one in content:
        expect(one.first).to_be_visible()
    expect(page.locator(AROUND).filter(visible=True)).to_have_count(0)


def test_a_feed_can_be_fetched_until_its_address_is_void(page: Page, cast: Cast) -> None:
    clara_books(cast, starts_at=morning(9))
    sign_in(page, "anna")
    visit(page, "/de/verwaltung/kalender-abos")
    page.get_by_label("Termine von").select_option(label="Schalter 1")
    page.get_by_role("button", name="Adresse anlegen").click()
    expect(page.get_by_role("heading", name="Termine im eigenen Kalenderprogramm zeigen")).to_be_focused()
    secret = page.locator("code").filter(visible=True)
    expect(secret).to_contain_text("/feeds/")
    address = here(page, secret.inner_text())
    with urlopen(address, timeout=10) as answer:
        file = answer.read().decode()
        assert answer.headers["Content-Type"].startswith("text/calendar")
    assert f"DTSTART:{morning(9):%Y%m%dT%H%M%SZ}" in file
    assert CLARA["name"] not in file
    page.get_by_role("button", name="Ungültig machen: Schalter 1").click()
    page.get_by_role("dialog").get_by_role("button", name="Ungültig machen").click()
    expect(page.get_by_role("status").filter(has_text="Die Adresse ist ungültig.")).to_be_visible()
    with pytest.raises(HTTPError, match="404"):
        urlopen(address, timeout=10)


def here(page: Page, address: str) -> str:
    """An address of this portal, at the port that the started app has."""
    return re.sub(r"^https?://[^/]+", re.sub(r"(https?://[^/]+).*", r"\1", page.url), address)
