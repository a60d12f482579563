"""A page function runs once per language."""

import functools
from collections.abc import Callable

import reflex as rx


def in_language(page: Callable[[str], rx.Component], lang: str) -> Callable[[], rx.Component]:
    """`page` in one language, for `app.add_page`.

    Reflex gathers a page's parts in one file per Python module and reads its name off the function. A name per module
    and language keeps the parts of all other pages out of what a page loads; `functools.partial` would gather them all.
    """

    @functools.wraps(page)
    def shown() -> rx.Component:
        return page(lang)

    shown.__module__ = f"{page.__module__}_{lang}"
    del shown.__wrapped__  # type: ignore[attr-defined]
    return shown
