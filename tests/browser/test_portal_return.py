"""Work is there again after a session has ended and somebody signed in anew (ux: "the work is still there")."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from smartcx_portal.accounts import sessions
from smartcx_portal.gate.proving import hash_of
from smartcx_portal.kit.tokens import number_code
from smartcx_portal.messaging.templates import CODE_USE
from smartcx_portal.models.messaging import CodeUse, OneTimeCode
from smartcx_portal.models.privacy import PortalDraft
from smartcx_portal.models.staff import Session
from smartcx_portal.standing.addresses import address_key
from smartcx_portal.tenancy import JOB, open_work
from tests.browser.demo import TOWN, Demo, Tab
from tests.browser.walking import arrived, awake, visit
from tests.browser.watching import Watched, watched
from tests.cast import CLARA

pytestmark = pytest.mark.browser
PORTAL = f"/de/t/{TOWN}/meine-daten"
REASON = "Ich bin umgezogen, und der Straßenname ist falsch geschrieben."


@pytest.fixture
def german(demo: Demo, browser: Browser) -> Iterator[Watched]:
    with watched(browser, demo.app.base_url, "de") as seen:
        yield seen


def test_a_half_written_request_is_there_after_signing_in_again(demo: Demo, german: Watched) -> None:
    tab = demo.person()
    page = german.tab(tab)
    visit(page, f"{PORTAL}/einschraenken")
    page.get_by_label("Ihre Gründe").fill(REASON)
    page.get_by_label("Ihre Gründe").blur()
    person = until_kept(demo, page, tab)
    with open_work(JOB, engine=demo.engine) as work:
        sessions.end_all(work, customer_id=person)
    page.get_by_role("button", name="Antrag senden").click()
    expect(page.get_by_role("alert").filter(has_text="Ihre Sitzung ist beendet.")).to_be_visible()
    page.get_by_role("button", name="Code anfordern").click()
    sign_in(demo, page)
    expect(page).to_have_url(re.compile("/einschraenken$"))
    expect(page.get_by_label("Ihre Gründe")).to_have_value(REASON)
    expect(page.get_by_text("Was Sie zuvor eingegeben haben, ist noch da.")).to_be_visible()


def until_kept(demo: Demo, page: Page, tab: Tab) -> UUID:
    """Whose session the tab has, once the server keeps what was typed."""
    for _ in range(300):
        with open_work(JOB, demo.tenants[TOWN], engine=demo.engine) as work:
            person = work.first(work.shared(Session.customer_id).where(Session.key_hash == hash_of(tab.key)))
            kept = work.first(work.select(PortalDraft.entered).where(PortalDraft.customer_id == person))
        if kept and kept.get("text") == REASON:
            return person
        page.wait_for_timeout(100)
    raise AssertionError("nothing was kept")


def sign_in(demo: Demo, page: Page) -> None:
    """On the pages for it, with the code of the mail that has just been posted."""
    expect(page).to_have_url(re.compile("/anmelden$"))
    awake(page)
    page.get_by_label("E-Mail-Adresse").fill(CLARA["email"])
    page.get_by_role("button", name="Code senden").click()
    arrived(page, "Code eingeben")
    page.get_by_label("Code", exact=True).fill(newest_code(demo))
    page.get_by_role("button", name="Meine Daten ansehen").click()


def newest_code(demo: Demo) -> str:
    """What its receiver reads."""
    with open_work(JOB, demo.tenants[TOWN], engine=demo.engine) as work:
        mine = OneTimeCode.address_key == address_key(work.tenant, CLARA["email"])
        newest = work.select(OneTimeCode.id).where(mine, OneTimeCode.use == CodeUse.PORTAL)
        return number_code(CODE_USE, work.first(newest.order_by(OneTimeCode.lapses_at.desc(), OneTimeCode.id.desc())))
