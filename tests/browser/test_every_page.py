"""Every page that is registered, in both languages, before somebody who may see it.

Nothing here names a page: what is registered is looked at, and a route without an address fails.
"""

from collections import defaultdict

import pytest
from playwright.sync_api import Browser, Page

from smartcx_portal.kit.addresses import other_language
from tests.browser.addresses import AREAS, MISSING, address_of, area_of, arrival, language_of, who_stand_at
from tests.browser.demo import Demo, Tab
from tests.browser.looking import look_at
from tests.browser.watching import Watched, declared, watched
from tests.registry import page_routes

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


@pytest.mark.promise("P05")
@pytest.mark.promise("P16")
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("area", AREAS)
def test_every_page_is_sound(demo: Demo, browser: Browser, area: str, lang: str) -> None:
    """No cookie, nothing stored undeclared, no other host, nothing blocked, no error, nothing serious for axe."""
    by_person = defaultdict(list)
    for route in page_routes():
        if area_of(route) == area and language_of(route) == lang:
            for person in who_stand_at(route):
                by_person[person].append(route)
    assert by_person, f"no page is registered for {area}"
    with watched(browser, demo.app.base_url, lang) as seen:
        for person, routes in by_person.items():
            tab: Tab = getattr(demo, person)()
            look_at_all(seen, seen.tab(tab), [(route, address_of(route, tab)) for route in routes], lang)
    assert seen.problems == []
    assert seen.kept == declared()


def look_at_all(seen: Watched, page: Page, pages: list[tuple[str, str]], lang: str) -> None:
    """One tab's way over its pages."""
    for route, address in pages:
        status = 404 if route == MISSING else 200
        look_at(seen, page, address, lang, arrival=arrival(route, address), status=status)
    page.close()


def test_every_page_exists_in_both_languages() -> None:
    routes = set(page_routes()) - {MISSING}
    without = [one for one in routes if other_language(f"/{one}").strip("/") not in routes]
    assert without == []
