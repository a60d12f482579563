"""Every page of the privacy portal by keyboard alone: everything is reached, and seen while it has the focus."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from smartcx_portal.kit.language import translate
from tests.browser.addresses import address_of, area_of, language_of, who_stand_at
from tests.browser.demo import TOWN, Demo, Tab
from tests.browser.looking import SETTLED
from tests.browser.test_portal_return import newest_code
from tests.browser.walking import arrived, press, reach, visit, write
from tests.browser.watching import Watched, watched
from tests.cast import CLARA
from tests.registry import page_routes

pytestmark = pytest.mark.browser
PORTAL = f"/de/t/{TOWN}/meine-daten"
STOPS = """() => {
  const focusable = "a[href], button, input, select, textarea, summary, [tabindex]";
  const group = (one) => (one.type === "radio" ? one.form?.querySelector(`[name="${one.name}"]`) : one);
  const found = [...document.querySelectorAll(focusable)]
    .filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0 && one.type !== "hidden");
  window.stops = [...new Set(found.map(group))];
  window.stopOf = (one) => window.stops.indexOf(group(one));
  const named = (one) => one.getAttribute("aria-label") || one.textContent || one.name || one.tagName;
  return window.stops.map((one) => named(one).trim());
}"""
LOOK = """() => {
  const of = (one, part) => {
    const css = getComputedStyle(one, part);
    return [css.outline, css.boxShadow, css.border, css.backgroundColor, css.textDecoration].join();
  };
  const parts = (one) => [one, one.parentElement, ...(one.labels ?? [])];
  const around = (one) => parts(one).flatMap((each) => [of(each), of(each, "::before")]);
  const it = document.activeElement;
  const box = it.getBoundingClientRect();
  const stop = it === document.body ? -1 : window.stopOf(it);
  const before = window.last;
  window.last = { it, style: around(it).join("|") };
  return {
    stop,
    shown: box.bottom > 0 && box.top < innerHeight,
    marked: !before || before.it === it || around(before.it).join("|") !== before.style,
  };
}"""
"""`marked`: whether what had the focus before looks otherwise without it."""
TOP = """() => {
  const top = document.createElement("span");
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  top.remove();
  window.last = null;
}"""
"""So that the next Tab leads to the first stop, wherever the focus was."""
MOST = 200


@pytest.fixture
def german(demo: Demo, browser: Browser) -> Iterator[Watched]:
    with watched(browser, demo.app.base_url, "de") as seen:
        yield seen


def portal_pages() -> list[str]:
    """The routes of the portal in German; the other language has the same pages."""
    return [one for one in page_routes() if area_of(one) == "portal" and language_of(one) == "de"]


@pytest.mark.promise("P05")
def test_every_page_of_the_portal_can_be_walked_with_the_tab_key(demo: Demo, german: Watched) -> None:
    tabs: dict[str, tuple[Tab, Page]] = {}
    problems: list[str] = []
    for route in portal_pages():
        for person in who_stand_at(route):
            if person not in tabs:
                tab: Tab = getattr(demo, person)()
                tabs[person] = tab, german.tab(tab)
            tab, page = tabs[person]
            visit(page, address_of(route, tab))
            page.evaluate(SETTLED, translate("de", "One moment …"))
            problems += [f"{route}: {problem}" for problem in walk(page)]
    assert problems == []


def walk(page: Page) -> list[str]:
    """Press Tab from the top of the page until everything has had the focus; what is wrong with the way."""
    names = page.evaluate(STOPS)
    page.evaluate(TOP)
    seen: list[int] = []
    problems = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        at = page.evaluate(LOOK)
        if not at["marked"]:
            problems.append(f"nothing shows the focus at {names[seen[-1]]!r}")
        if at["stop"] == -1 or (seen and at["stop"] == seen[0]):
            break
        if not at["shown"]:
            problems.append(f"the focus is out of sight at {names[at['stop']]!r}")
        seen.append(at["stop"])
    missed = [name for number, name in enumerate(names) if number not in seen]
    return problems + ([f"never reached: {missed}"] if missed else [])


@pytest.mark.promise("P03")
def test_signing_in_needs_no_mouse(demo: Demo, german: Watched) -> None:
    page = german.tab(demo.visitor())
    demo.person()  # somebody with a confirmed address
    visit(page, f"{PORTAL}/ansehen")
    arrived(page, "Code anfordern")
    write(page, "E-Mail-Adresse", CLARA["email"])
    page.keyboard.press("Enter")
    arrived(page, "Code eingeben")
    write(page, "Code", newest_code(demo))
    page.keyboard.press("Enter")
    arrived(page, "Das ist über Sie gespeichert")


@pytest.mark.promise("P04")
def test_a_name_is_corrected_without_a_mouse(demo: Demo, german: Watched) -> None:
    page = german.tab(demo.person())
    visit(page, f"{PORTAL}/berichtigen")
    reach(page, "Richtiger Name")
    page.keyboard.press("Control+a")
    page.keyboard.type(CLARA["name"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Genau dieser Name ist bei uns gespeichert.")).to_be_visible()


def test_a_restriction_is_asked_for_without_a_mouse(demo: Demo, german: Watched) -> None:
    page = german.tab(demo.person())
    visit(page, f"{PORTAL}/einschraenken")
    press(page, "Antrag senden")
    press(page, "Wählen Sie, was Sie möchten.")
    page.keyboard.press("Space")
    write(page, "Ihre Gründe", "Der Straßenname stimmt noch immer nicht.")
    press(page, "Antrag senden")
    expect(page.get_by_role("heading", name="Ihr Antrag ist eingegangen")).to_be_focused()
