"""Whose hours or closures a page shows stands in its address; words work in both languages."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from smartcx_portal.dashboard.addresses import room_address

PLACE_WORDS = ("standort", "location")
RESOURCE_WORDS = ("ressource", "resource")


def whose_query(lang: str, location_id: str, resource_id: str = "") -> str:
    """`?standort=…&ressource=…`; empty for the tenant's first location."""
    column = 1 if lang == "en" else 0
    said = {PLACE_WORDS[column]: location_id, RESOURCE_WORDS[column]: resource_id}
    query = urlencode({word: value for word, value in said.items() if value})
    return f"?{query}" if query else ""


def whose_address(lang: str, room: str, location_id: str, resource_id: str = "") -> str:
    """The path and query of a room for one location or resource."""
    return room_address(lang, room) + whose_query(lang, location_id, resource_id)


def whose_in(parameters: Mapping[str, str]) -> tuple[str, str]:
    """The location and resource that an address asks for; empty for what it does not say, or says wrongly."""
    return _id(parameters, PLACE_WORDS), _id(parameters, RESOURCE_WORDS)


def _id(parameters: Mapping[str, str], words: tuple[str, str]) -> str:
    said = next((parameters[word] for word in words if parameters.get(word)), "")
    try:
        return str(UUID(said)) if said else ""
    except ValueError:
        return ""
