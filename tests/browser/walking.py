"""Walking through pages as people do: with the keyboard, reading mails, and looking where the focus is."""

import json
import re
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Page, expect
from playwright.sync_api import TimeoutError as TooLate

LONGEST_MAIL = 60.0
"""Seconds until a mail must lie in the mailbox, also when its worker has only just been started."""
AWAKE = "() => window.loaded === location.pathname"
FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"
FOCUSED = """() => {
  const it = document.activeElement;
  if (it === document.body) return "";
  const named = it.getAttribute("aria-label") || it.labels?.[0]?.textContent || it.textContent;
  return named.trim();
}"""


def visit(page: Page, address: str) -> None:
    """Open an address and wait until one can work there: a page that is seen does not hear yet."""
    page.goto(address)
    awake(page)


def awake(page: Page | Frame) -> None:
    """Wait until the page at the present address hears keys and clicks, and has all that belongs to it.

    Needed before keys, and before fields and buttons that stand in a page from the first. What is shown from data only
    comes after this by itself. The browser has to be one of `watching.reader`.
    """
    page.wait_for_function(AWAKE)


def reach(page: Page, name: str) -> None:
    """Press Tab until what is called `name` has the focus; it must be visible then."""
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUSED))
        if re.match(name, seen[-1]):
            expect(page.locator(":focus")).to_be_in_viewport()
            return
    raise AssertionError(f"the keyboard does not lead to {name}: {seen}")


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Reach it and press it."""
    reach(page, name)
    page.keyboard.press(key)


def write(page: Page, name: str, text: str) -> None:
    """Reach a field and type."""
    reach(page, name)
    page.keyboard.type(text)


def arrived(page: Page, heading: str) -> None:
    """A new page: its heading has the focus, and the title begins with it."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.locator("#top")).to_be_focused()
    expect(page).to_have_title(re.compile(f"^{re.escape(heading)} – "))


def letter(folder: Path, kind: str, to: str) -> dict[str, Any]:
    """The newest letter of a kind to somebody, once the worker has written it."""
    until = time.monotonic() + LONGEST_MAIL
    while time.monotonic() < until:
        found = [json.loads(file.read_text()) for file in folder.glob("mailbox/*/*.json")]
        ours = [one for one in found if one["kind"] == kind and one["to"] == to]
        if ours:
            return dict(max(ours, key=lambda one: one["at"]))
        time.sleep(0.1)
    raise AssertionError(f"no {kind} came to {to}")


def link_in(mail: dict[str, Any], word: str) -> str:
    """The address in a letter that has `word` in its path."""
    found = re.search(rf"http\S+/{word}#\S+", mail["text"])
    assert found, mail["text"]
    return found[0]


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways, once the page stands still."""
    try:
        page.wait_for_function(FITS, timeout=5_000)
    except TooLate:
        return False
    return True
