"""Who sends a form before the page works, on a slow line or without JavaScript, leaves nothing in an address."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demo import ANNA, Demo

PASSWORD = "Im Bürgeramt ist viel los"


@pytest.mark.browser
def test_a_password_sent_too_early_stays_out_of_the_address(demo: Demo, browser: Browser) -> None:
    context = browser.new_context(base_url=demo.app.base_url, java_script_enabled=False)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto("/de/anmelden")
    page.locator("[name=email]").fill(ANNA)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page).to_have_url(re.compile("/de/anmelden$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")
    assert len(asked) > 2
    assert not [url for url in asked if "password" in url or "anna" in url]
    context.close()
