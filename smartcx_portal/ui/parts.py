"""Pieces of content: sections, paragraphs, lists, cards, accordions, pictures of progress in words, dialogs."""

from typing import Any

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import Weight, button, plain_button, submit
from smartcx_portal.ui.browser import Dialog
from smartcx_portal.ui.forms import bare_form
from smartcx_portal.ui.text import Text, anchor, given, when

SIZES = {2: (rx.el.h2, "kern-heading-medium"), 3: (rx.el.h3, "kern-heading-small")}


def paragraph(*text: Text | rx.Component, muted: bool = False, bold: bool = False, large: bool = False) -> rx.Component:
    """Running text."""
    css = "".join(
        word
        for word, on in ((" kern-body--muted", muted), (" kern-body--bold", bold), (" kern-body--large", large))
        if on
    )
    return rx.el.p(*text, class_name=f"kern-body{css}")


def in_language(lang: Text, *children: Text | rx.Component) -> rx.Component:
    """Text of a tenant in a language that may differ from the page's."""
    return rx.el.div(*children, lang=lang)


def section(title: Text, *children: rx.Component, level: int = 2, name: str = "") -> rx.Component:
    """A part of the page under its own heading; `name` makes it a target for links."""
    tag, size = SIZES[level]
    mark: dict[str, Any] = {"custom_attrs": anchor(name)} if name else {}
    return rx.el.section(tag(title, class_name=size), *children, class_name="cx-section", **mark)


def stack(*children: rx.Component, **props: Any) -> rx.Component:
    """Things below each other with even distance."""
    return rx.el.div(*children, class_name="cx-stack", **props)


def bullets(*items: Text | rx.Component) -> rx.Component:
    """A short list with dots."""
    return rx.el.ul(*[rx.el.li(item) for item in items], class_name="kern-list kern-list--bullet cx-bullets")


def divider() -> rx.Component:
    """A thin line between parts that belong apart."""
    return rx.el.hr(class_name="kern-divider", aria_hidden="true")


def card(title: Text, *body: Text | rx.Component, to: Text = "", level: int = 2, above: Text = "") -> rx.Component:
    """A card; with `to` the whole card leads there. `above` is a small line over the title."""
    tag = SIZES[level][0]
    leads = given(to)
    inner: Any = title
    if leads:
        inner = ReactRouterLink.create(
            title, to=to, class_name="kern-link kern-link--stretched kern-link--no-visited-state"
        )
    rows = [part if isinstance(part, rx.Component) else rx.el.p(part, class_name="kern-body") for part in body]
    return rx.el.article(
        rx.el.div(
            rx.el.header(
                when(above, rx.el.p(above, class_name="kern-preline")),
                tag(inner, class_name="kern-title"),
                class_name="kern-card__header",
            ),
            *([rx.el.div(*rows, class_name="kern-card__body")] if rows else []),
            class_name="kern-card__container",
        ),
        class_name="kern-card kern-card--small" + (" kern-card--interactive" if leads else ""),
    )


def cards(*items: rx.Component) -> rx.Component:
    """Cards in as many columns as fit; a `rx.foreach` of cards may be among them."""
    return rx.el.div(*items, class_name="cx-cards")


def accordion(title: Text, *body: rx.Component, open: bool = False) -> rx.Component:
    """Something that opens below its title; searching in the page finds its title only."""
    more: dict[str, Any] = {"open": True} if open else {}
    return rx.el.details(
        rx.el.summary(rx.el.span(title, class_name="kern-title"), class_name="kern-accordion__header"),
        rx.el.div(*body, class_name="kern-accordion__body cx-stack"),
        class_name="kern-accordion",
        **more,
    )


def code(text: Text) -> rx.Component:
    """A booking's code, to be read out or copied."""
    return rx.el.span(text, class_name="cx-code")


def confirm_dialog(
    lang: str,
    title: Text,
    *body: rx.Component,
    open: rx.Var[bool],
    deed: Text,
    on_deed: Any,
    on_close: Any,
    weight: Weight = "primary",
    form: bool = False,
    name: str = "confirm",
) -> rx.Component:
    """A question to staff before something that cannot be undone; focus goes in and comes back by itself.

    With `form`, body and buttons are one form and `on_deed` gets its data. People who book get a page instead.
    `name` tells several dialogs of one page apart.
    """
    t = translator(lang)
    act = submit(lang, deed, weight=weight) if form else button(lang, deed, on_deed, weight=weight)
    inside = [
        rx.el.header(
            rx.el.h2(title, class_name="kern-title", custom_attrs=anchor(f"{name}-title")),
            class_name="kern-dialog__header",
        ),
        rx.el.section(*body, class_name="kern-dialog__body"),
        rx.el.footer(plain_button(t("Back"), on_close, weight="secondary"), act, class_name="kern-dialog__footer"),
    ]
    if form:
        inside = [bare_form(*inside, on_submit=on_deed)]
    return Dialog.create(
        *inside,
        open=open,
        on_close=on_close,
        class_name="kern-dialog",
        custom_attrs={"aria-labelledby": f"{name}-title"},
    )
