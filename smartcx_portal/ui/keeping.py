"""Keeps what people would lose on a way over several pages, as components; their code is `keeping.jsx`."""

from typing import Any

import reflex as rx

from smartcx_portal.ui.text import Text

LIBRARY = rx.asset("keeping.jsx", shared=True).importable_path


def _nothing() -> tuple[()]:
    return ()


def _fields(fields: rx.Var[dict[str, str]]) -> tuple[rx.Var[dict[str, str]]]:
    return (fields,)


def _secret(secret: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (secret,)


class Kept(rx.Component):
    """Children that appear with the first `stamp` and are made anew only for another one.

    A form in it outlives the moment in which a reconnecting page's state is empty.
    """

    library = LIBRARY
    tag = "Kept"
    stamp: rx.Var[str]


class Keeper(rx.Component):
    """Calls `on_keep` with all fields of the form inside while somebody types and when they leave it.

    With `longest`, texts leave the browser cut behind so many signs (UTF-16), here and when the form is sent: more than
    the server takes, so that it says so; the field keeps the whole text. A date that is none is sent as `?`.
    """

    library = LIBRARY
    tag = "Keeper"
    longest: rx.Var[int]
    on_keep: rx.EventHandler[_fields]  # type: ignore[type-arg, valid-type]


class FragmentSecret(rx.Component):
    """Calls `on_secret` with the fragment of the address, anew when `asked` changes; `strip` then removes it there."""

    library = LIBRARY
    tag = "FragmentSecret"
    asked: rx.Var[bool]
    strip: rx.Var[bool]
    on_secret: rx.EventHandler[_secret]  # type: ignore[type-arg, valid-type]


class AfterTime(rx.Component):
    """Children that appear `seconds` after a new `stamp` came; then `on_reached` is called once."""

    library = LIBRARY
    tag = "AfterTime"
    seconds: rx.Var[int]
    stamp: rx.Var[str]
    on_reached: rx.EventHandler[_nothing]  # type: ignore[type-arg, valid-type]


class OnReturn(rx.Component):
    """Calls `on_return` when the reader comes back to the tab, or another tab of this browser tells on `channel`."""

    library = LIBRARY
    tag = "OnReturn"
    channel: rx.Var[str]
    on_return: rx.EventHandler[_nothing]  # type: ignore[type-arg, valid-type]


class TellTabs(rx.Component):
    """Tells the other tabs of this browser on `channel` when `stamp` comes; nothing is stored and nothing said."""

    library = LIBRARY
    tag = "TellTabs"
    channel: rx.Var[str]
    stamp: rx.Var[str]


class _PrintButton(rx.Component):
    library = LIBRARY
    tag = "PrintButton"


def print_button(label: Text) -> rx.Component:
    """Prints the page."""
    inside = rx.el.span(label, class_name="kern-label")
    return _PrintButton.create(inside, class_name="kern-btn kern-btn--secondary")


def secret_from_address(on_secret: Any, *, asked: rx.Var[bool], strip: bool = False) -> rx.Component:
    """Once the page is connected, hand its address's fragment to `on_secret`, a handler that takes the secret."""
    return rx.cond(
        rx.State.is_hydrated,
        FragmentSecret.create(asked=asked, strip=strip, on_secret=on_secret),
    )
