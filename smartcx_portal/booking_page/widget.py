"""The booking as it stands within another website: the same pages, at addresses of their own, without our header.

Only those addresses may be framed, and only by the sites that the tenant lists (`gate.headers`). A page function runs
once for each of its places; `framed` tells it which one it is in. Handlers ask the address that the event comes from.
"""

from collections.abc import Callable
from contextvars import ContextVar

import reflex as rx

from smartcx_portal.gate import shown_path
from smartcx_portal.kit.addresses import TENANT_PAGES

BOOK, WIDGET = "book", "widget"
_in_frame: ContextVar[bool] = ContextVar("in_frame", default=False)


def framed(show: Callable[[str], rx.Component]) -> Callable[[str], rx.Component]:
    """The same page for its place within another website."""

    def show_framed(lang: str) -> rx.Component:
        token = _in_frame.set(True)
        try:
            return show(lang)
        finally:
            _in_frame.reset(token)

    return show_framed


def in_frame() -> bool:
    """Whether the page that is being made is the one for another website."""
    return _in_frame.get()


def word_here(word: str) -> str:
    """Pages of the booking stay among themselves while a page is made."""
    return WIDGET if word == BOOK and in_frame() else word


def word_there(word: str) -> str:
    """The same for a handler: where the page is that its event comes from."""
    return WIDGET if word == BOOK and is_widget(shown_path()) else word


def is_widget(path: str) -> bool:
    """Whether a path is that of a page for other websites."""
    words = path.strip("/").split("/")
    return len(words) >= 4 and words[1] == "t" and words[3] in TENANT_PAGES[WIDGET]
