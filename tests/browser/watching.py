"""A browser of which everything is noted that a page should not do."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from smartcx_portal.privacy.outside import ON_DEVICE
from tests.browser.demo import Tab

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
"""The last one keeps a page that asks elsewhere from being answered; that it asked is seen all the same."""
STORED_AS = "smartcx_tab"
"""The name of a tab's key."""
NAMES = ("chromium", "chromium-browser", "google-chrome")
NOT_THERE = "Failed to load resource: the server responded with a status of 404"
PATIENCE = 30_000
"""Milliseconds that a busy machine may take for what takes a tenth of a second on another."""
LISTENING = """
window.violations = [];
window.loaded = "";
window.WebSocket = class extends WebSocket {
  constructor(...address) {
    super(...address);
    this.addEventListener("message", (ev) => {
      if (String(ev.data).includes('"is_hydrated_rx_state_":true')) window.loaded = this.asked;
    });
  }
  send(data) {
    if (/hydrate_and_load|on_load_internal/.test(data)) {
      this.asked = location.pathname;
      window.loaded = "";
    }
    super.send(data);
  }
};
document.addEventListener("securitypolicyviolation", (ev) =>
  window.violations.push(`${ev.effectiveDirective} ${ev.blockedURI} ${ev.sample}`));
"""
"""`loaded` becomes the page's path when the server says that all which belongs to the page has been sent.

The page asks for that once it is drawn and all its listeners are there.
"""
STORED = """async () => ({
  cookies: document.cookie,
  localStorage: Object.keys(localStorage),
  databases: (await indexedDB.databases()).map((one) => one.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope),
})"""


def chromium() -> str:
    """Where the system's Chromium is."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "Chromium is missing: sh tests/need-chromium.sh says how to get it"
    return found


def reader(browser: Browser, **options: Any) -> BrowserContext:
    """A reader's browser, in German unless another is asked for; `walking.awake` knows when its pages work."""
    context = browser.new_context(**{"locale": "de-DE", **options})
    context.set_default_timeout(PATIENCE)
    context.add_init_script(LISTENING)
    return context


class Watched:
    """One browser context. `problems` grows while pages are open; `kept` are the names in the tabs' storage.

    `missing` are the addresses that may answer with 404.
    """

    def __init__(self, context: BrowserContext, base_url: str) -> None:
        self.context, self.base_url, self.host = context, base_url, urlsplit(base_url).netloc
        self.problems: list[str] = []
        self.kept: set[str] = set()
        self.at = ""
        self.missing: set[str] = set()
        context.on("request", self._requested)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.note(f"uncaught: {error.error}"))

    def tab(self, tab: Tab) -> Page:
        """A new tab that stores this key, as if it had been reloaded."""
        page = self.context.new_page()
        page.add_init_script(f"if (location.origin !== 'null') sessionStorage.{STORED_AS} ||= '{tab.key}'")
        page.on("websocket", lambda socket: self._asked(socket.url))
        return page

    def note(self, problem: str) -> None:
        """Remember what is wrong with the page that is being looked at."""
        self.problems.append(f"{self.at}: {problem}")

    def look_at_storage(self, page: Page) -> None:
        """Nothing is kept on the device but what is declared, and nothing was blocked."""
        for kind, found in page.evaluate(STORED).items():
            if found:
                self.note(f"{kind}: {found}")
        for cookie in self.context.cookies():
            self.note(f"cookie {cookie['name']}")
        kept = set(page.evaluate("() => Object.keys(sessionStorage)"))
        if undeclared := kept - declared():
            self.note(f"stored, but not declared: {sorted(undeclared)}")
        self.kept |= kept
        for violation in page.evaluate("() => window.violations.splice(0)"):
            self.note(f"blocked by the content security policy: {violation}")

    def _requested(self, request: Request) -> None:
        self._asked(request.url)

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.note(f"asked another host: {url}")

    def _said(self, message: ConsoleMessage) -> None:
        expected = message.text.startswith(NOT_THERE) and message.location["url"] in self.missing
        if message.type == "error" and not expected:
            self.note(f"console: {message.text}")


def declared() -> set[str]:
    """The names under which something may be stored (promises P05, P16)."""
    return {one.name for one in ON_DEVICE}


@contextmanager
def watched(browser: Browser, base_url: str, lang: str) -> Iterator[Watched]:
    """A fresh context in this language."""
    size = {"width": 1280, "height": 900}
    context = reader(browser, base_url=base_url, locale=f"{lang}-DE", viewport=size, reduced_motion="reduce")
    try:
        yield Watched(context, base_url)
    finally:
        context.close()
