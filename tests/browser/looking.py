"""One page, looked at from all sides that a machine can judge."""

import re
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, Response

from smartcx_portal.kit.language import translate
from tests.browser.watching import PATIENCE, Watched

SERIOUS = ("serious", "critical")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
TITLE = re.compile(r".+ – .+")
SETTLED = """(waiting) => new Promise((done) => {
  const began = performance.now();
  let changed = began;
  const watch = new MutationObserver(() => { changed = performance.now(); });
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const look = () => {
    const now = performance.now();
    const loads = [...document.querySelectorAll("main [role=status]")].some((one) => one.textContent === waiting);
    const late = now - began > PATIENCE;
    if (!late && (window.loaded !== location.pathname || loads || now - changed < 250)) return setTimeout(look, 50);
    watch.disconnect();
    return done(late);
  };
  look();
})""".replace("PATIENCE", str(PATIENCE))
"""Resolves to whether a page did not come to rest."""
SHAPE = """() => ({
  lang: document.documentElement.lang,
  title: document.title,
  path: location.pathname.replace(/(.)\\/$/, "$1"),
  headings: [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility()).map((one) => one.textContent),
})"""
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const scrolls = (one) => one && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > room + 0.5 && !scrolls(one.parentElement))
    .slice(0, 3)
    .map((one) => `${one.tagName} ${one.className} "${one.textContent.slice(0, 40)}"`);
}"""
AXE = """async (rules) => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"], ...rules });
  return violations.map((one) => ({
    rule: one.id, impact: one.impact, where: one.nodes.map((node) => node.target.join(" ")).slice(0, 3),
  }));
}"""
CONTRAST = {"runOnly": ["color-contrast"]}
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Colours change with the next frame; before it, half of a page may still have the old ones."""


def look_at(seen: Watched, page: Page, address: str, lang: str, *, arrival: str, status: int = 200) -> None:
    """Open an address and note everything that is wrong with the page at which it arrives.

    German pages are looked at in dark colours too.
    """
    seen.at = address.partition("#")[0]
    if status != 200:
        seen.missing.add(seen.base_url + seen.at)
    answer = _open(seen, page, address, lang, scripted=status == 200)
    if answer is None or answer.status != status:
        seen.note(f"answered {answer and answer.status} instead of {status}")
    _look_at_shape(seen, page, arrival, lang)
    seen.look_at_storage(page)
    page.evaluate(AXE_SCRIPT)
    _run_axe(seen, page, {}, "")
    if lang == "de":
        page.emulate_media(color_scheme="dark")
        page.evaluate(PAINTED)
        _run_axe(seen, page, CONTRAST, "in dark colours: ")
        page.emulate_media(color_scheme="light")
    _look_at_narrow(seen, page)


def _open(seen: Watched, page: Page, address: str, lang: str, *, scripted: bool) -> Response | None:
    """Go there and wait until everything is loaded and stands still."""
    page.set_viewport_size(WIDE)
    answer = page.goto(address)
    if scripted and page.evaluate(SETTLED, translate(lang, "One moment …")):
        seen.note(f"still loading after {PATIENCE // 1000} s")
    return answer


def _look_at_shape(seen: Watched, page: Page, path: str, lang: str) -> None:
    found = page.evaluate(SHAPE)
    if found["path"] != path:
        seen.note(f"led to {found['path']}")
    if found["lang"] != lang:
        seen.note(f"lang is {found['lang']!r}")
    if len(found["headings"]) != 1 or not found["headings"][0].strip():
        seen.note(f"h1: {found['headings']}")
    if not TITLE.fullmatch(found["title"]):
        seen.note(f"title: {found['title']!r}")


def _run_axe(seen: Watched, page: Page, rules: dict[str, Any], when: str) -> None:
    for one in page.evaluate(AXE, rules):
        if one["impact"] in SERIOUS:
            seen.note(f"{when}axe {one['rule']} ({one['impact']}) at {one['where']}")


def _look_at_narrow(seen: Watched, page: Page) -> None:
    page.set_viewport_size(NARROW)
    for sticking_out in page.evaluate(TOO_WIDE):
        seen.note(f"scrolls sideways at 320 px: {sticking_out}")
