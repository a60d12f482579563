"""From a registered route to somebody who stands before it: which tab looks, and at which address."""

import re

from smartcx_portal.kit.addresses import PAGES, SUBPAGES, TENANT_PAGES, Words
from smartcx_portal.kit.addresses import address as kit_address
from tests.browser.demo import TOWN, Tab

MISSING = "404"
AREAS = ("public", "booking", "portal", "dashboard", "operations")
"""Every route belongs to exactly one."""
BOOKING = ("book", "widget", "confirm", "appointment", "waiting")
WHO: dict[tuple[str, str], tuple[str, ...]] = {
    ("book", "options"): ("choosing",),
    ("book", "time"): ("holding",),
    ("book", "details"): ("holding", "patient"),
    ("book", "check"): ("holding", "patient"),
    ("book", "confirming"): ("waiting",),
    ("book", "booked"): ("booked",),
    ("confirm", ""): ("waiting",),
    ("appointment", ""): ("booked",),
    ("appointment", "move"): ("booked",),
    ("appointment", "cancel"): ("booked",),
    ("waiting", ""): ("joining",),
    ("withdraw", ""): ("withdrawing", "visitor"),
    ("waiting", "wish"): ("wishing", "visitor"),
    ("invitation", ""): ("invited",),
    ("my_data", ""): ("visitor", "person"),
    ("my_data", "sign_in"): ("visitor",),
    ("my_data", "code"): ("visitor",),
    ("my_data", "without_address"): ("visitor",),
    ("my_data", "deleted"): ("visitor",),
    ("my_data", "correct"): ("person", "returning"),
    ("my_data", "delete"): ("person", "returning"),
    ("my_data", "hand_over"): ("person", "returning"),
}
WHO |= {("widget", sub): who for (page, sub), who in WHO.items() if page == "book"}
"""By the names in `kit.addresses`: methods of `Demo` that make the tabs. What is not named goes by its area."""
OF_A_DAY = {("dashboard", room): {"de": "tag", "en": "day"} for room in ("today", "week", "calendar")}
"""Pages of which a day with appointments is looked at; the parameter's name by language."""
LEADS_ON = {("dashboard", ""): ("dashboard", "today"), ("operations", ""): ("operations", "tenants")}
"""Pages that only lead to the first room of their area."""
OF_AREA = {
    "public": "visitor",
    "booking": "visitor",
    "portal": "person",
    "dashboard": "anna",
    "operations": "oskar",
}
PARAMETER = re.compile(r"\[(\w+)\]")


def language_of(route: str) -> str:
    """The language of a page; the missing one is German first."""
    return "en" if route.split("/")[0] == "en" else "de"


def area_of(route: str) -> str:
    """The area of a page."""
    page, _ = named(route)
    if page in ("dashboard", "operations"):
        return page
    return "portal" if page == "my_data" else "booking" if page in BOOKING else "public"


def who_stand_at(route: str) -> tuple[str, ...]:
    """The methods of `Demo` that make the tabs for a page."""
    return WHO.get(named(route), (OF_AREA[area_of(route)],))


def address_of(route: str, tab: Tab) -> str:
    """Where the tab looks at the page. Raises `KeyError` for a parameter that the tab knows nothing of."""
    if route == MISSING:
        return "/de/nirgendwo"
    values = {"tenant": TOWN, **tab.values}
    path = "/" + PARAMETER.sub(lambda found: values[found[1]], route)
    day = OF_A_DAY.get(named(route))
    query = f"?{day[language_of(route)]}={tab.values['day']}" if day else tab.query
    return path + query + (f"#{tab.fragment}" if tab.fragment else "")


def arrival(route: str, address: str) -> str:
    """The path at which the tab ends up."""
    page, sub = LEADS_ON.get(named(route), ("", ""))
    return kit_address(language_of(route), page, sub=sub) if page else re.split("[?#]", address)[0]


def named(route: str) -> tuple[str, str]:
    """The names in `kit.addresses` of the page and of what follows it. Raises `LookupError` for unknown words."""
    if route == MISSING:
        return MISSING, ""
    lang, *words = route.split("/")
    tenant = words[:1] == ["t"]
    words = words[2:] if tenant else words
    page, rest = (words or [""])[0], "/".join(words[1:])
    column = 1 if lang == "en" else 0
    return _name(TENANT_PAGES if tenant else PAGES, page, column), _name_of_rest(rest, column)


def _name_of_rest(rest: str, column: int) -> str:
    """What follows a page, without an id at its end."""
    bare = PARAMETER.sub("", rest).strip("/")
    return _name(SUBPAGES, bare, column) if bare else ""


def _name(table: Words, word: str, column: int) -> str:
    return next(name for name, pair in table.items() if pair[column] == word)
