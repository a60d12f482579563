"""What the calendar shows stands in its address: view, day, filters, a table or not; in words of both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from smartcx_portal.bookings.calendar_rows import SHOWN_STATES, Wanted
from smartcx_portal.dashboard.addresses import day_in, room_address
from smartcx_portal.models.booking import BookingStatus

VIEWS = ("day", "week", "month")
WORDS = {
    "view": ("ansicht", "view"),
    "day": ("tag", "day"),
    "location": ("standort", "location"),
    "service": ("leistung", "service"),
    "resource": ("mit", "with"),
    "state": ("status", "state"),
    "table": ("tabelle", "table"),
}
"""Names of the query's parameters, German and English."""
VIEW_WORDS = {"day": ("tag", "day"), "week": ("woche", "week"), "month": ("monat", "month")}
YES = ("ja", "yes")


@dataclass(frozen=True)
class Shown:
    """What a reader looks at. `day` is an ISO day, empty for the present one; ids and state are empty for all."""

    view: str = "day"
    day: str = ""
    location: str = ""
    service: str = ""
    resource: str = ""
    state: str = ""
    table: bool = False

    @property
    def wanted(self) -> Wanted:
        """The filters as the queries take them."""
        location, service, resource = (
            UUID(one) if one else None for one in (self.location, self.service, self.resource)
        )
        return Wanted(location, service, resource, BookingStatus(self.state) if self.state else None)

    @property
    def filtered(self) -> bool:
        """Whether anything is left out."""
        return bool(self.location or self.service or self.resource or self.state)

    def but(self, **changes: Any) -> "Shown":
        """The same with some of it changed."""
        return replace(self, **changes)


def read_shown(parameters: Mapping[str, str]) -> Shown:
    """What an address asks for; what it says wrongly counts as not said."""
    said = {name: next((parameters[w] for w in words if parameters.get(w)), "") for name, words in WORDS.items()}
    day = day_in(parameters)
    return Shown(
        view=next((view for view, words in VIEW_WORDS.items() if said["view"] in words), "day"),
        day=day.isoformat() if day else "",
        location=_id(said["location"]),
        service=_id(said["service"]),
        resource=_id(said["resource"]),
        state=said["state"] if said["state"] in {one.value for one in SHOWN_STATES} else "",
        table=said["table"] in YES,
    )


def calendar_address(lang: str, shown: Shown) -> str:
    """The path and query of the calendar that shows this."""
    query = query_of(lang, shown)
    return room_address(lang, "calendar") + (f"?{query}" if query else "")


def query_of(lang: str, shown: Shown) -> str:
    """The query that `read_shown` reads; what is usual is left out."""
    column = 1 if lang == "en" else 0
    said = {
        "view": VIEW_WORDS[shown.view][column] if shown.view != "day" else "",
        "day": shown.day,
        "location": shown.location,
        "service": shown.service,
        "resource": shown.resource,
        "state": shown.state,
        "table": YES[column] if shown.table else "",
    }
    return urlencode({WORDS[name][column]: value for name, value in said.items() if value})


def read_query(query: str) -> Shown:
    """The same from the text of a query."""
    return read_shown(dict(parse_qsl(query)))


def _id(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""
