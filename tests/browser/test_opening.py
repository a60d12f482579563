"""What the staff open of a person is masked before, and the person sees afterwards who opened it (promise P03)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from smartcx_portal.accounts import sessions
from smartcx_portal.gate.proving import hash_of
from smartcx_portal.kit import clock
from smartcx_portal.models.privacy import AccessRecord
from smartcx_portal.models.staff import SessionKind
from smartcx_portal.privacy.wishing import wish
from tests.browser.demo import Tab
from tests.browser.walking import fits, visit
from tests.browser.watching import watched
from tests.cast import CLARA, Cast, make_cast
from tests.privacy.scenes import clara_books, open_house
from tests.started import Started

pytestmark = [pytest.mark.browser, pytest.mark.promise("P03")]
PORTAL = "/de/t/buergeramt-musterstadt/meine-daten"
QUESTION = "Wer bekommt meine Telefonnummer?"
NAME, EMAIL = CLARA["name"], CLARA["email"]
NARROW = {"width": 320, "height": 700}


@pytest.fixture
def cast(engine: Engine) -> Cast:
    """In real time, as the started app lives in it."""
    made = make_cast()
    open_house(made)
    return made


@pytest.fixture
def tab_of(browser: Browser, started: Started) -> Iterator[Callable[[Tab], Page]]:
    """Opens signed-in tabs of one browser; no page does what it should not."""
    with watched(browser, started.base_url, "de") as seen:
        yield seen.tab
    assert seen.problems == []


@pytest.fixture
def clara(cast: Cast, tab_of: Callable[[Tab], Page]) -> Page:
    """Clara in her portal, who has just asked for a correction that somebody has to look at."""
    person, tab = clara_books(cast, starts_at=clock.now() + timedelta(days=3)), Tab()
    with cast.as_person(person, fresh=True, tab=hash_of(tab.key)) as work:
        wish(work, "incorrect", "Der Straßenname ist falsch geschrieben.")
        begun = {"tenant_id": work.tenant, "customer_id": person, "fresh": True}
        sessions.begin(work, hash_of(tab.key), SessionKind.PERSON, **begun)
    return tab_of(tab)


@pytest.fixture
def anna(cast: Cast, tab_of: Callable[[Tab], Page]) -> Page:
    """Anna at work."""
    tab = Tab()
    with cast.as_visitor() as work:
        sessions.begin(work, hash_of(tab.key), SessionKind.STAFF, identity_id=cast.anna, tenant_id=cast.town.id)
    return tab_of(tab)


def seen_by(clara: Page) -> None:
    """The page on which Clara reads who looked."""
    visit(clara, PORTAL)
    clara.get_by_role("link", name="Wer Ihre Daten gesehen hat").click()
    expect(clara.get_by_role("heading", level=1)).to_have_text("Wer Ihre Daten gesehen hat")


def test_a_question_is_opened_and_whoever_asked_sees_it(clara: Page, anna: Page, cast: Cast) -> None:
    visit(clara, f"{PORTAL}/fragen")
    clara.get_by_label("Eine Frage zu meinen Daten", exact=True).check()
    clara.get_by_label("Ihre Frage").fill(QUESTION)
    clara.get_by_role("button", name="Frage senden").click()
    expect(clara.get_by_role("heading", name="Ihre Frage ist angekommen")).to_be_focused()

    visit(anna, "/de/verwaltung/anfragen")
    expect(anna.locator("main")).to_contain_text("c…@example.org")
    for hidden in (EMAIL, QUESTION):
        expect(anna.locator("main")).not_to_contain_text(hidden)
    anna.get_by_role("button", name="Frage und Adresse zeigen").click()
    expect(anna.get_by_role("heading", name="Die Frage")).to_be_focused()
    for shown in (EMAIL, QUESTION):
        expect(anna.locator("main")).to_contain_text(shown)

    seen_by(clara)
    expect(clara.get_by_role("row").filter(has_text="Um Ihre Frage zu")).to_contain_text("Leitung")
    clara.set_viewport_size(NARROW)
    assert fits(clara)
    with cast.as_job() as work:
        assert work.all(work.select(AccessRecord.what)) == ["enquiry"]


def test_a_request_is_opened_and_whoever_made_it_sees_it(clara: Page, anna: Page, cast: Cast) -> None:
    visit(anna, "/de/verwaltung/datenschutz")
    for hidden in (NAME, EMAIL, "Straßenname"):
        expect(anna.locator("main")).not_to_contain_text(hidden)
    anna.get_by_role("button", name="Antrag und Person zeigen").click()
    expect(anna.get_by_role("heading", name="Wer was beantragt")).to_be_focused()
    for shown in (NAME, EMAIL, "Straßenname"):
        expect(anna.locator("main")).to_contain_text(shown)

    seen_by(clara)
    expect(clara.get_by_role("row").filter(has_text="Um über Ihren Antrag zu")).to_contain_text("Leitung")
    with cast.as_job() as work:
        assert work.all(work.select(AccessRecord.what)) == ["privacy_case"]
