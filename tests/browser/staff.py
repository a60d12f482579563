"""Staff in the tests: how they sign in, and days on which their office is open."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from smartcx_portal.kit import clock
from tests.browser.walking import awake, visit

TOWN = "/de/t/buergeramt-musterstadt"
PASSWORD = "schalter-drei-am-markt"
BERLIN = ZoneInfo("Europe/Berlin")


def sign_in(page: Page, who: str) -> None:
    """By e-mail and password; leads on to the first room, which hears keys by then."""
    try_password(page, who, PASSWORD)
    expect(page).to_have_url(re.compile("/(heute|mandanten)$"))
    awake(page)


def try_password(page: Page, who: str, password: str) -> None:
    """What the sign-in page is for."""
    visit(page, "/de/anmelden")
    page.get_by_label("E-Mail").fill(f"{who}@example.org")
    page.get_by_label("Passwort").fill(password)
    page.get_by_role("button", name="Anmelden").click()


def working_day() -> date:
    """A day of the cast's opening hours, some days ahead."""
    day = clock.now().astimezone(BERLIN).date() + timedelta(days=3)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def morning(hour: int, minute: int = 0) -> datetime:
    """A time of that day."""
    return datetime.combine(working_day(), time(hour, minute), BERLIN).astimezone(UTC)
