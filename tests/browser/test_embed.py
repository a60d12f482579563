"""The booking within another website: the whole way in the frame, its height, its colours, and who may frame it."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import JOB, open_work
from tests.browser.demo import Demo
from tests.browser.looking import PAINTED
from tests.browser.walking import awake
from tests.browser.watching import declared, reader
from tests.cast import CLARA
from tests.strangers import Web, send

pytestmark = pytest.mark.browser

SALON = "salon-haarlekin"
PLAIN = "Farbe oder Strähnen"
"""There is nothing to choose about it but the time."""
COLOUR = "#7a1f5c"
FAR, NEAR = "127.0.0.1", "localhost"
"""Another site than Smart CX's, for which a private window keeps nothing; and another origin of the same site."""
HOST = """<!doctype html><html lang="de"><head><title>Haarlekin</title>
<meta name="viewport" content="width=device-width"></head><body>
<h1>Salon Haarlekin</h1><p><a href="#x">Davor</a></p>
%s
<p><a href="#y">Danach</a></p></body></html>"""
REFUSING = """for (const name of ["sessionStorage", "localStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });"""
HIGH = """() => {
  const needed = document.body.getBoundingClientRect().height, shown = window.innerHeight;
  return Math.abs(needed - shown) <= 1 && { shown, wide: document.documentElement.scrollWidth - window.innerWidth };
}"""
"""The height that the frame has, once it is that of what is in it."""
AXE = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations.map((one) => one.id)"""


@pytest.fixture
def listed(demo: Demo, web: Web) -> Iterator[Web]:
    """The salon's website, which the salon has listed; its policy is as strict as one can be."""
    change(demo, embed_sites=[site(web), site(web, NEAR)], colour=COLOUR)
    serve(web, demo, script(demo))
    yield web
    change(demo, embed_sites=[], colour="")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone in German."""
    opened = reader(browser, viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    yield opened
    assert opened.cookies() == []
    opened.close()


def change(demo: Demo, **values: Any) -> None:
    """What the salon has chosen."""
    with open_work(JOB, demo.tenants[SALON], engine=demo.engine) as work:
        tenant = work.get(Tenant, work.tenant)
        for name, value in values.items():
            setattr(tenant, name, value)


def site(web: Web, host: str = FAR) -> str:
    """The origin of the website: another one than that of Smart CX."""
    return web.url.rpartition("/")[0].replace(FAR, host)


def script(demo: Demo, more: str = "") -> str:
    """What the salon puts into its page."""
    return f'<script async src="{demo.app.base_url}/embed.js" data-tenant="{SALON}" data-lang="de"{more}></script>'


def serve(web: Web, demo: Demo, snippet: str) -> None:
    """Let the website be a page with this in it."""
    ours = demo.app.base_url
    policy = f"default-src 'none'; script-src {ours}; frame-src {ours}; base-uri 'none'"

    def answer(request: BaseHTTPRequestHandler) -> None:
        page = (HOST % snippet).encode()
        send(request, page, Content_Type="text/html; charset=utf-8", Content_Security_Policy=policy)

    web.handle = answer


def visit(context: BrowserContext, web: Web, host: str = FAR) -> tuple[Page, FrameLocator, list[str]]:
    """Open the website; what it complains of is gathered."""
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(site(web, host) + "/")
    return page, page.frame_locator("iframe[title='Termin buchen']"), complaints


def inner(page: Page) -> Any:
    """The document in the frame."""
    return page.frames[1]


def book_within(frame: FrameLocator) -> None:
    """From the services to the booked appointment."""
    expect(frame.get_by_role("heading", level=1)).to_have_text("Worum geht es?")
    frame.get_by_label("Waschen, schneiden, föhnen").check()
    frame.get_by_role("button", name="Weiter").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("Wie soll der Termin sein?")
    frame.get_by_role("button", name="Weiter").click()
    frame.get_by_role("button", name=re.compile("^Nächster freier Termin:")).click()
    frame.get_by_label("Vor- und Nachname", exact=True).fill(CLARA["name"])
    frame.get_by_label("Bis zum Kinn").check()
    frame.get_by_label("Keine Nachricht").check()
    frame.get_by_role("button", name="Weiter").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("Stimmt alles?")
    frame.get_by_role("button", name=re.compile("buchen$")).click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("Ihr Termin ist gebucht")


@pytest.mark.parametrize("host", [FAR, NEAR])
def test_a_whole_booking_in_the_frame(demo: Demo, context: BrowserContext, listed: Web, host: str) -> None:
    page, frame, complaints = visit(context, listed, host)
    book_within(frame)
    inner(page).wait_for_url(re.compile(r"/de/t/salon-haarlekin/widget/gebucht$"))
    refused = [one for one in complaints if "'sessionStorage'" in one]
    assert complaints == (refused if host == FAR else [])


def test_the_frame_is_as_high_as_what_is_in_it(demo: Demo, context: BrowserContext, listed: Web) -> None:
    page, frame, _ = visit(context, listed)
    expect(frame.get_by_role("radio").first).to_be_visible()
    page.wait_for_function("() => document.querySelector('iframe').style.height.endsWith('px')")
    first = inner(page).wait_for_function(HIGH).json_value()
    frame.get_by_label(PLAIN).check()
    frame.get_by_role("button", name="Weiter").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("Wann passt es Ihnen?")
    expect(frame.get_by_role("button", name=re.compile("^Nächster"))).to_be_visible()
    second = inner(page).wait_for_function(HIGH).json_value()
    assert second["wide"] <= 0
    assert second["shown"] != first["shown"]
    expect(page.locator("iframe")).to_be_in_viewport()
    page.wait_for_function("() => document.querySelector('iframe').getBoundingClientRect().top >= -1")


def test_the_keyboard_comes_in_and_out(demo: Demo, context: BrowserContext, listed: Web) -> None:
    page, frame, _ = visit(context, listed)
    expect(frame.get_by_role("radio").first).to_be_visible()
    awake(inner(page))
    page.get_by_role("link", name="Davor").focus()
    within = 0
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.tagName") == "IFRAME":
            within += 1
        elif within:
            break
    assert within > 3
    assert page.evaluate("() => document.activeElement.textContent") == "Danach"


def test_no_header_and_what_leads_out_opens_a_tab(demo: Demo, context: BrowserContext, listed: Web) -> None:
    _page, frame, _ = visit(context, listed)
    expect(frame.get_by_role("radio").first).to_be_visible()
    expect(frame.get_by_role("banner")).to_have_count(0)
    notice = frame.get_by_role("contentinfo").get_by_role("link", name="Datenschutz")
    expect(notice).to_have_attribute("target", "_blank")
    expect(notice).to_have_attribute("title", "Öffnet sich in einem neuen Tab")
    with context.expect_page() as opened:
        notice.click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Datenschutzhinweise")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Worum geht es?")
    frame.get_by_role("link", name="English").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("What is it about?")
    assert len(context.pages) == 2


def test_the_page_within_is_accessible(demo: Demo, context: BrowserContext, listed: Web) -> None:
    from axe_playwright_python.base import AXE_SCRIPT

    page, frame, _ = visit(context, listed)
    expect(frame.get_by_role("radio").first).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        inner(page).evaluate(PAINTED)
        inner(page).evaluate(AXE_SCRIPT)
        assert inner(page).evaluate(AXE) == []


def test_it_has_the_tenants_colour(demo: Demo, context: BrowserContext, listed: Web) -> None:
    _page, frame, _ = visit(context, listed)
    button = frame.get_by_role("button", name="Weiter")
    expect(button).to_be_visible()
    expect(button).to_have_css("background-color", "rgb(122, 31, 92)")
    alone = context.new_page()
    alone.goto(f"{demo.app.base_url}/de/t/{SALON}/buchen")
    expect(alone.get_by_role("link", name="Termin buchen", exact=True)).to_have_css(
        "background-color", "rgb(122, 31, 92)"
    )
    alone.goto(f"{demo.app.base_url}/de/t/buergeramt-musterstadt/buchen")
    town = alone.get_by_role("link", name="Termin buchen", exact=True)
    expect(town).to_be_visible()
    expect(town).not_to_have_css("background-color", "rgb(122, 31, 92)")


def test_one_service_alone(demo: Demo, context: BrowserContext, listed: Web) -> None:
    from smartcx_portal.bookings.catalogue import services

    with open_work(JOB, demo.tenants[SALON], engine=demo.engine) as work:
        plain = next(one for one in services(work) if one.name == PLAIN)
    serve(listed, demo, script(demo, f' data-service="{plain.id}"'))
    _, frame, _ = visit(context, listed)
    expect(frame.get_by_role("heading", level=1)).to_have_text("Wann passt es Ihnen?")


def test_where_nothing_can_be_kept_it_says_so(demo: Demo, context: BrowserContext, listed: Web) -> None:
    context.add_init_script(f"if (window.parent !== window) {{ {REFUSING} }}")
    _, frame, _ = visit(context, listed)
    expect(frame.get_by_text("Ihr Browser speichert für diesen Teil der Website nichts.")).to_be_visible()
    link = frame.get_by_role("link", name="Die Buchung als eigene Seite öffnen")
    expect(link).to_have_attribute("href", f"/de/t/{SALON}/buchen")
    expect(link).to_have_attribute("target", "_blank")
    book_within(frame)


def test_where_something_can_be_kept_it_says_nothing(demo: Demo, context: BrowserContext, listed: Web) -> None:
    page, frame, _ = visit(context, listed, NEAR)
    expect(frame.get_by_role("radio").first).to_be_visible()
    awake(inner(page))
    expect(frame.get_by_text("Ihr Browser speichert")).to_have_count(0)
    assert set(inner(page).evaluate("() => Object.keys(sessionStorage)")) <= declared()


def test_another_website_gets_nothing(demo: Demo, context: BrowserContext, listed: Web) -> None:
    change(demo, embed_sites=["https://www.haarlekin.example"])
    with context.expect_console_message(lambda said: "frame-ancestors" in said.text):
        _page, frame, _ = visit(context, listed)
    expect(frame.get_by_role("heading")).to_have_count(0)
