"""Where the steps of a booking lead to; what was chosen travels in the address, so reloads and pasted links keep it."""

from collections.abc import Mapping
from urllib.parse import urlencode

from smartcx_portal.booking_page.widget import word_there
from smartcx_portal.bookings.drafts import Chosen
from smartcx_portal.kit.addresses import address
from smartcx_portal.operations.tenants import tenant_view
from smartcx_portal.tenancy import Work

WORDS = {
    "services": ("leistung", "service"),
    "way": ("art", "way"),
    "places": ("plaetze", "places"),
    "resource": ("bei", "with"),
    "repeats": ("mal", "times"),
    "every_weeks": ("wochen", "weeks"),
    "day": ("tag", "day"),
}
"""Names of query parameters in German and English; both work in both languages, since links switch them."""
LONGEST = 500
USUAL = Chosen()


def step(
    work: Work,
    sub: str = "",
    *,
    chosen: Chosen = USUAL,
    day: str = "",
    fragment: str = "",
    page: str = "book",
) -> str:
    """The path of a page of this tenant in the reader's language."""
    path = address(work.lang, word_there(page), tenant_view(work).slug, sub)
    return path + query_of(work.lang, chosen, day=day) + (f"#{fragment}" if fragment else "")


def query_of(lang: str, chosen: Chosen, *, day: str = "") -> str:
    """What was chosen, as the query of an address; empty where nothing was. What is usual is left out."""
    values = {
        "services": chosen.services,
        "way": chosen.way,
        "places": chosen.places if chosen.places != USUAL.places else "",
        "resource": chosen.resource,
        "repeats": chosen.repeats if chosen.repeats != USUAL.repeats else "",
        "every_weeks": chosen.every_weeks if chosen.every_weeks != USUAL.every_weeks else "",
        "day": day,
    }
    column = 1 if lang == "en" else 0
    said = {WORDS[name][column]: value for name, value in values.items() if value}
    return f"?{urlencode(said, safe=',*')}" if said else ""


def chosen_in(parameters: Mapping[str, str]) -> Chosen:
    """What an address asks for, unchecked but for numbers, which are 1 where they make no sense."""
    return Chosen(
        services=in_address(parameters, "services"),
        way=in_address(parameters, "way"),
        places=_number(in_address(parameters, "places")),
        resource=in_address(parameters, "resource"),
        repeats=_number(in_address(parameters, "repeats")),
        every_weeks=_number(in_address(parameters, "every_weeks")),
    )


def in_address(parameters: Mapping[str, str], name: str) -> str:
    """The value of one of `WORDS`, unchecked; empty when the address has none."""
    found = next((parameters[word] for word in WORDS[name] if parameters.get(word)), "")
    return str(found)[:LONGEST]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 and int(text) > 0 else 1
