"""The few things that need a script in the browser, as components; their code is `browser.jsx`.

They hold no product words: texts come in as props.
"""

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars import VarData

LIBRARY = rx.asset("browser.jsx", shared=True).importable_path


class PageHead(rx.Component):
    """Sets the document's title; focuses the `h1` after navigation and when `focus_key` changes."""

    library = LIBRARY
    tag = "PageHead"
    title: rx.Var[str]
    focus_key: rx.Var[str]


class SkipLink(rx.Component):
    """A link to the `h1` that leaves the fragment alone."""

    library = LIBRARY
    tag = "SkipLink"


class SamePageLink(rx.Component):
    """A link that takes the search and the fragment of the present address along."""

    library = LIBRARY
    tag = "SamePageLink"
    to: rx.Var[str]
    lang: rx.Var[str]
    href_lang: rx.Var[str]


class Deed(rx.Component):
    """A button that acts once until the server has answered, and speaks when that takes long."""

    library = LIBRARY
    tag = "Deed"
    type: rx.Var[str]
    soon: rx.Var[str]
    long: rx.Var[str]
    again: rx.Var[str]


class ErrorSummary(rx.Component):
    """What is wrong, as links to the fields; takes focus on every answer that has problems."""

    library = LIBRARY
    tag = "ErrorSummary"
    problems: rx.Var[dict[str, str]]
    heading: rx.Var[str]
    word: rx.Var[str]


def _no_arguments() -> tuple[()]:
    return ()


class Dialog(rx.Component):
    """A modal `<dialog>` that is open while `open` holds; Escape fires `on_close`."""

    library = LIBRARY
    tag = "Dialog"
    open: rx.Var[bool]
    on_close: rx.EventHandler[_no_arguments]  # type: ignore[type-arg, valid-type]


class MonthKeys(rx.Component):
    """Arrow keys between bookable days, Page Up and Page Down between months."""

    library = LIBRARY
    tag = "MonthKeys"
    month: rx.Var[str]


class FocusHeading(rx.Component):
    """An `h2` that takes focus when `stamp` changes, and when it appears after a click."""

    library = LIBRARY
    tag = "FocusHeading"
    stamp: rx.Var[str]


def tenant_slug() -> rx.Var[str]:
    """The tenant in the page's address, right at once and without the server."""
    return rx.Var(
        "cxTenant",
        _var_type=str,
        _var_data=VarData(
            hooks={"const cxTenant = useTenantSlug();": None},
            imports={LIBRARY: [ImportVar(tag="useTenantSlug")]},
        ),
    ).to(str)
