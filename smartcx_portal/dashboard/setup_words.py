"""What the pages share that set things up: sentences, and what an address names."""

from smartcx_portal.bookings.changing import LastChange, last_change
from smartcx_portal.bookings.service_setup import list_places
from smartcx_portal.dashboard.addresses import last_word, room_address
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.tenancy import Work
from smartcx_portal.ui.choices import Choice

NEW_WORDS = {"de": "neu", "en": "new"}
"""In place of an id: the form of something new. Both work in both languages, since links switch them."""
NOTHING = LastChange("", "", "", "", "")
AT_THE_END = N_("It stands at the end of the list already.")
SORTED = N_("The order is changed.")
TAKEN_BACK = N_("The last change is taken back.")
SAVED = N_("Saved. It counts from now on.")


def entry_address(lang: str, room: str, entry: str = "") -> str:
    """The path of the page of one thing; without an id, of a new one."""
    return f"{room_address(lang, room)}/{entry or NEW_WORDS[lang]}"


def entry_in(path: str) -> str:
    """The id that a page's path names; empty for something new. Raises `NotFound` for no word at all."""
    word = last_word(path)
    return "" if word in NEW_WORDS.values() else word


def last_of(work: Work) -> LastChange:
    """The last change, or `NOTHING`."""
    return last_change(work) or NOTHING


def told(wrong: InvalidForm, lang: str) -> dict[str, str]:
    """Problems in the reader's language."""
    return {name: translate(lang, sentence) for name, sentence in wrong.problems.items()}


def place_choices(work: Work) -> list[Choice]:
    """The places that something new can belong to."""
    return [Choice(place_id, name) for place_id, name in list_places(work)]
