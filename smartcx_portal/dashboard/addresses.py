"""Where the dashboard's pages are, and what their addresses ask for."""

from collections.abc import Mapping
from datetime import date

from smartcx_portal.bookings.moments import as_calendar_day
from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import N_

ROOMS = (
    ("today", N_("Today")),
    ("week", N_("Week")),
    ("calendar", N_("Calendar")),
    ("bookings", N_("Bookings")),
    ("waiting_list", N_("Waiting list")),
    ("hours", N_("Opening hours")),
    ("closures", N_("Closures")),
    ("services", N_("Services")),
    ("resources", N_("Resources")),
    ("locations", N_("Locations")),
    ("enquiries", N_("Enquiries")),
    ("privacy_cases", N_("Privacy")),
    ("feeds", N_("Calendar feeds")),
    ("embed", N_("Embed")),
    ("account", N_("Your own data")),
)
"""The rooms in the side navigation, in order: name in `kit.addresses`, label."""
DAY_WORDS = ("tag", "day")
"""Names of the query parameter that holds a day; both work in both languages, since links switch them."""


def room_address(lang: str, room: str) -> str:
    """The path of a room."""
    return address(lang, "dashboard", sub=room)


def day_address(lang: str, room: str, day: str) -> str:
    """The path of the day or week that `day` (ISO) lies in."""
    return f"{room_address(lang, room)}?{DAY_WORDS[1 if lang == 'en' else 0]}={day}"


def day_in(parameters: Mapping[str, str]) -> date | None:
    """The day that an address asks for; None when it names none, something else, or one beyond every calendar."""
    named = next((parameters[word] for word in DAY_WORDS if parameters.get(word)), "")
    try:
        return as_calendar_day(named) if named else None
    except NotFound:
        return None


def last_word(path: str) -> str:
    """The id at the end of a page's path. Raises `NotFound` for an empty one."""
    word = path.rstrip("/").rpartition("/")[2]
    if not word:
        raise NotFound
    return word
