"""The pages below the room "Privacy", on which a tenant answers for what it does with data."""

from collections.abc import Callable
from typing import Any

import reflex as rx

PRIVACY_PAGES: tuple[tuple[str, Callable[[str], rx.Component], Any, str, str], ...] = ()
"""As in `pages.ROOM_PAGES`. Each is led to from `privacy_links.LINKS`."""
