"""The list's filters as they stand in its address; what somebody searched for never does."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from smartcx_portal.bookings.finding import LAST_PAGE, SORTS, Wanted
from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.models.booking import BookingStatus, Origin

WORDS = {
    "first": ("von", "from"),
    "last": ("bis", "until"),
    "location": ("ort", "place"),
    "service": ("leistung", "service"),
    "resource": ("mit", "with"),
    "state": ("stand", "state"),
    "origin": ("herkunft", "origin"),
    "overbooked": ("ueberbucht", "overbooked"),
    "sort": ("sortierung", "sort"),
    "page": ("seite", "page"),
}
"""Names of the query parameters, German and English; both work in both languages, since links switch them."""
ANY = "-"
"""From the first day on: without a first day the list begins with the present one."""
YES = "1"
DESCENDING = "-"


def bookings_address(lang: str, wanted: Wanted, today: date) -> str:
    """The address of the list with these filters; what is usual is left out."""
    values = {
        "first": _first_word(wanted, today),
        "last": wanted.last.isoformat() if wanted.last else "",
        "location": str(wanted.location or ""),
        "service": str(wanted.service or ""),
        "resource": str(wanted.resource or ""),
        "state": wanted.state or "",
        "origin": wanted.origin or "",
        "overbooked": YES if wanted.overbooked else "",
        "sort": _sort_word(wanted),
        "page": str(wanted.page) if wanted.page > 1 else "",
    }
    column = 1 if lang == "en" else 0
    query = urlencode({WORDS[name][column]: value for name, value in values.items() if value})
    return room_address(lang, "bookings") + (f"?{query}" if query else "")


def wanted_in(parameters: Mapping[str, str], words: str, today: date) -> Wanted:
    """What an address asks for; what is not understood does not narrow the list."""
    said = {name: next((parameters[word] for word in both if parameters.get(word)), "") for name, both in WORDS.items()}
    sort = said["sort"].removeprefix(DESCENDING)
    known = sort in SORTS
    return Wanted(
        first=read_day(said["first"]) if said["first"] else usual_first(words, today),
        last=read_day(said["last"]),
        location=_id(said["location"]),
        service=_id(said["service"]),
        resource=_id(said["resource"]),
        state=BookingStatus(said["state"]) if said["state"] in set(BookingStatus) else None,
        origin=Origin(said["origin"]) if said["origin"] in set(Origin) else None,
        overbooked=said["overbooked"] == YES,
        sort=sort if known else "time",
        descending=said["sort"].startswith(DESCENDING) if known else bool(words),
        page=_page(said["page"]),
        words=words,
    )


def usual_first(words: str, today: date) -> date | None:
    """The list begins with the present day; a search looks everywhere, the latest first."""
    return None if words else today


def read_day(text: str) -> date | None:
    """An ISO day; None for anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _first_word(wanted: Wanted, today: date) -> str:
    if wanted.first == usual_first(wanted.words, today):
        return ""
    return wanted.first.isoformat() if wanted.first else ANY


def _sort_word(wanted: Wanted) -> str:
    if wanted.sort == "time" and wanted.descending == bool(wanted.words):
        return ""
    return (DESCENDING if wanted.descending else "") + wanted.sort


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _page(text: str) -> int:
    return min(int(text), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
