"""Takes a picture of every page, in `docs/pictures`, as a visitor, a person in the portal, staff and the operator.

Start a demo with data of its own, then run this against it:

    make run PORT=8500 DATA=/tmp/pictures
    .venv/bin/python docs/take_pictures.py http://localhost:8500 /tmp/pictures

It books appointments, so it wants a demo that nobody else uses. A third word takes only the pictures whose name begins
with it: `… portal` for those of the portal. German pages are taken as on a desk (1280 px) and on a phone (390 px),
English ones as on a phone. Needs Playwright's Chromium, or one at /usr/bin/chromium.
"""

import argparse
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright
from small_png import Shrinking

from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.language import translator

FOLDER = Path(__file__).parent / "pictures"
WIDTHS = {"de": (1280, 390), "en": (390,)}
"""CSS pixels."""
TALLEST = 1800
"""CSS pixels; what is below is cut off."""
TOWN = "buergeramt-musterstadt"
CODE = re.compile(r"\b(\d{4}) ?(\d{4})\b")
STILL = """() => new Promise((done) => {
  let changed = performance.now();
  const began = changed;
  new MutationObserver(() => { changed = performance.now(); }).observe(document, { subtree: true, childList: true });
  const look = () => {
    const now = performance.now();
    return now - changed > 400 || now - began > 8000 ? done() : setTimeout(look, 50);
  };
  look();
})"""


class Walk:
    """One person's way through one language, in a tab of their own."""

    def __init__(self, browser: Browser, base: str, data: Path, lang: str, only: str) -> None:
        self.lang, self.data, self.only = lang, data, only
        self.t, self.shrinking = translator(lang), Shrinking(browser)
        context = browser.new_context(base_url=base, locale="de-DE" if lang == "de" else "en-GB")
        context.set_default_timeout(15_000)
        self.page: Page = context.new_page()
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def go(self, page: str, sub: str = "", tenant: str = TOWN, after: str = "") -> None:
        """Open a page of `kit.addresses`."""
        self.page.goto(address(self.lang, page, tenant, sub) + after)
        self.rest()

    def rest(self) -> None:
        """Wait until the page stands still."""
        self.page.wait_for_function("() => window.loaded !== false")
        self.page.evaluate(STILL)

    def press(self, name: str) -> None:
        """Press a button or link, named by the English words of the program."""
        words = re.compile("^" + re.escape(self.t(name)))
        self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words)).first.click()
        self.rest()

    def take(self, name: str) -> None:
        """Take the picture in every width of the language."""
        for width in WIDTHS[self.lang] if name.startswith(self.only) else ():
            self.page.set_viewport_size({"width": width, "height": 844 if width < 600 else 800})
            self.page.evaluate(STILL)
            height = min(TALLEST, self.page.evaluate("() => document.documentElement.scrollHeight"))
            self.page.set_viewport_size({"width": width, "height": max(height, 600)})
            self.page.evaluate("() => { document.activeElement?.blur(); scrollTo({ top: 0, behavior: 'instant' }); }")
            picture = self.shrinking.small(self.page.screenshot(animations="disabled"))
            (FOLDER / f"{name}-{self.lang}-{width}.png").write_bytes(picture)
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def look(self, name: str, page: str, sub: str = "", after: str = "") -> None:
        """Open a page and take its picture."""
        self.go(page, sub, after=after)
        self.take(name)

    def on_paper(self, name: str, room: str) -> None:
        """A room of the dashboard as it is printed."""
        self.go("dashboard", room)
        self.page.emulate_media(media="print")
        self.take(name)
        self.page.emulate_media(media="screen")

    def letter(self, to: str, holding: re.Pattern[str]) -> str:
        """What the newest letter to somebody holds, from the demo's mailbox."""
        for _ in range(80):
            found = [json.loads(file.read_text()) for file in self.data.glob("mailbox/*/*.json")]
            ours = [one for one in found if one["to"] == to and holding.search(one["text"])]
            if ours:
                hit = holding.search(max(ours, key=lambda one: one["at"])["text"])
                assert hit
                return hit[0]
            self.page.wait_for_timeout(250)
        raise RuntimeError(f"no letter to {to} holds {holding.pattern}")


def visitor(walk: Walk) -> None:
    """Everything that is open to all, then a whole booking by e-mail."""
    walk.look("start", "start")
    for page in ("privacy", "data_map", "accessibility", "barrier", "contact", "imprint"):
        walk.look(f"open-{page.replace('_', '-')}", page)
    walk.look("open-without-script", "contact", "plain")
    walk.page.goto(f"/{walk.lang}/nirgendwo")
    walk.take("open-missing")
    walk.page.goto("/dev/mailbox")
    walk.take("open-mailbox")
    walk.look("staff-sign-in", "sign_in")
    own = books(walk, f"clara.{walk.lang}@example.org")
    walk.page.goto(own)
    walk.rest()
    walk.take("own-appointment")
    walk.press("Move")
    walk.take("own-move")
    walk.page.goto(own)
    walk.rest()
    walk.press("Cancel the appointment")
    walk.take("own-cancel")


def books(walk: Walk, email: str) -> str:
    """From the first page to the confirmed appointment; gives the link to it."""
    page = walk.page
    walk.look("booking-start", "book")
    walk.press("Book an appointment")
    walk.take("booking-service")
    walk.press("Continue")
    walk.take("booking-service-error")
    page.get_by_role("radio").nth(1).check()
    walk.press("Continue")
    walk.take("booking-options")
    if "auswahl" in page.url or "options" in page.url:
        page.locator("main .kern-btn--primary").click()
        walk.rest()
    walk.take("booking-time")
    walk.press("Show month")
    walk.take("booking-month")
    walk.press("Show list")
    page.locator(".cx-freeday").nth(1).click()
    walk.rest()
    walk.take("booking-times-of-a-day")
    page.locator(".cx-time").first.click()
    expect(page.locator("input[name=name]")).to_be_visible()
    walk.rest()
    walk.take("booking-details")
    fill_in(page, email)
    walk.take("booking-details-filled")
    walk.press("Continue")
    walk.take("booking-check")
    page.locator("main .kern-btn--primary").click()
    walk.rest()
    walk.take("booking-confirm")
    page.goto(walk.letter(email, re.compile(r"http://\S+/(?:bestaetigen|confirm)#\S+")))
    walk.rest()
    walk.take("booking-link")
    walk.press("Confirm the appointment")
    walk.take("booking-booked")
    return walk.letter(email, re.compile(r"http://\S+/(?:termin|appointment)#\S+"))


def fill_in(page: Page, email: str) -> None:
    """Name, every question's first answer or 1, and the e-mail address."""
    page.locator("input[name=name]").fill("Clara Lindqvist")
    names = page.locator("input[type=radio]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
    for name in names:
        page.locator(f"input[name={name}]").first.check()
    for number in page.locator("main input[inputmode=numeric]").all():
        number.fill("1")
    page.locator("input[name=email]").fill(email)


RIGHTS = (
    "appointments", "correct", "consents", "take_along", "hand_over", "delete", "restrict", "cases", "seen_by", "ask",
    "deleted",
)  # fmt: skip


def person(walk: Walk) -> None:
    """The privacy portal, entered by a code, as the person of the demo who has years of history."""
    email = "clara@example.org"
    walk.look("portal-start", "my_data")
    walk.look("portal-complain", "my_data", "complain")
    walk.look("portal-without-address", "my_data", "without_address")
    walk.look("portal-sign-in", "my_data", "sign_in")
    walk.page.locator("input[name=contact]").fill(email)
    walk.press("Send code")
    walk.take("portal-code")
    walk.page.locator("input[name=code]").fill(walk.letter(email, CODE))
    walk.press("See my data")
    walk.go("my_data", "see")
    walk.take("portal-see")
    walk.page.locator("details").first.locator("summary").click()
    walk.take("portal-see-opened")
    for sub in RIGHTS:
        walk.look(f"portal-{sub.replace('_', '-')}", "my_data", sub)
    walk.go("my_data", "cases")
    walk.page.locator("main a[href*='/antrag'], main a[href*='/request']").first.click()
    walk.rest()
    walk.take("portal-request")
    walk.go("my_data", "take_along")
    walk.press("Create package")
    walk.take("portal-package")


def waits(walk: Walk) -> None:
    """A place in the line for a service that is full: asked for, confirmed, and offered once somebody calls off."""
    page, email = walk.page, f"clara.waits.{walk.lang}@example.org"
    walk.go("book")
    walk.press("Book an appointment")
    page.get_by_role("radio", name="Fahrzeug zulassen").check()
    walk.press("Continue")
    walk.take("waiting-full")
    page.locator("main a[href*='warteliste'], main a[href*='waiting-list']").first.click()
    walk.rest()
    walk.take("waiting-join")
    page.locator("input[name=name]").fill("Clara Lindqvist")
    page.locator("input[name=email]").fill(email)
    for day in page.locator("main input[type=date]").all():
        day.fill((datetime.now(UTC) + timedelta(days=20)).date().isoformat())
    page.get_by_role("checkbox").last.check()
    page.locator("main .kern-btn--primary").click()
    walk.rest()
    walk.take("waiting-joined")
    page.goto(walk.letter(email, re.compile(r"http://\S+/(?:wunsch|wish)#\S+")))
    walk.rest()
    walk.take("waiting-confirm")
    page.locator("main .kern-btn--primary").click()
    walk.rest()
    walk.take("waiting-in-line")


def signs_in(walk: Walk, email: str) -> None:
    """With the password that the demo wrote down."""
    logins = dict(re.findall(r"(\S+@\S+)\s+(\S+)", (walk.data / "demo-logins.txt").read_text()))
    walk.go("sign_in")
    walk.page.locator("input[name=email]").fill(email)
    walk.page.locator("input[name=password]").fill(logins[email])
    walk.press("Sign in")
    expect(walk.page).not_to_have_url(re.compile("anmelden|sign-in"))


ROOMS = (
    "week", "calendar", "bookings", "waiting_list", "booking_new", "hours", "closures", "services", "resources",
    "locations", "form_fields", "feeds", "embed", "enquiries", "privacy_cases", "services_used", "data_map", "record",
    "breach", "notice_edit", "consents_overview", "received", "account",
)  # fmt: skip


def anna(walk: Walk) -> None:
    """The dashboard of the town office."""
    signs_in(walk, "anna@example.org")
    walk.look("staff-today", "dashboard", "today")
    for room in ROOMS:
        walk.look(f"staff-{room.replace('_', '-')}", "dashboard", room)
    for room in ("services", "resources", "locations"):
        walk.go("dashboard", room)
        walk.page.locator("main a[href*='/verwaltung/'], main a[href*='/dashboard/']").first.click()
        walk.rest()
        walk.take(f"staff-{room}-one")
    walk.on_paper("staff-today-print", "today")
    walk.go("dashboard", "week")
    walk.press("Later week")
    walk.take("staff-week-to-come")
    walk.page.locator(".cx-agenda__person a").last.click()
    walk.rest()
    walk.take("staff-booking")
    walk.press("Move")
    walk.take("staff-booking-move")


def oskar(walk: Walk) -> None:
    """The back office."""
    signs_in(walk, "oskar@example.org")
    for sub in ("tenants", "tenant_new", "processors", "record", "jobs"):
        walk.look(f"operator-{sub.replace('_', '-')}", "operations", sub)
    walk.go("operations", "tenants")
    walk.page.locator("main table a").first.click()
    walk.rest()
    walk.take("operator-tenant")


def main() -> None:
    """Every walk in both languages."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("base", help="address of the running demo")
    words.add_argument("data", type=Path, help="its data folder")
    words.add_argument("only", nargs="?", default="", help="beginning of the pictures' names")
    given = words.parse_args()
    FOLDER.mkdir(exist_ok=True)
    own = Path("/usr/bin/chromium")
    with sync_playwright() as playwright:
        path = own if own.exists() else None
        ways: list[Callable[[Walk], None]] = [visitor, person, waits, anna, oskar]
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for lang in WIDTHS:
            for way in ways:
                way(Walk(browser, given.base, given.data, lang, given.only))


if __name__ == "__main__":
    main()
