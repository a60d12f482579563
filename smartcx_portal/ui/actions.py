"""Buttons and links. A button names its deed; a link leads somewhere and does nothing else."""

from typing import Any, Literal

import reflex as rx
from reflex_components_core.el.elements.inline import A  # `rx.el.a` is the router's own link
from reflex_components_core.react_router.dom import ReactRouterLink

from smartcx_portal.kit.language import translator
from smartcx_portal.ui.browser import Deed
from smartcx_portal.ui.text import Text, given, joined, when

Weight = Literal["primary", "secondary", "tertiary"]


def icon(name: str) -> rx.Component:
    """One of KERN's icons, never the only bearer of a meaning."""
    return rx.el.span(class_name=f"kern-icon kern-icon--{name}", aria_hidden="true")


def _inside(label: Text, sign: str) -> list[rx.Component]:
    return [*([icon(sign)] if sign else []), rx.el.span(label, class_name="kern-label")]


def _deed(lang: str, label: Text, weight: Weight, sign: str, small: bool = False, **props: Any) -> rx.Component:
    t = translator(lang)
    return Deed.create(
        *_inside(label, sign),
        class_name=f"kern-btn kern-btn--{weight}" + (" kern-btn--x-small" if small else ""),
        soon=t("One moment …"),
        long=t("This takes longer than usual."),
        again=t("Try again"),
        **props,
    )


def button(
    lang: str,
    label: Text,
    on_click: Any,
    *,
    weight: Weight = "secondary",
    sign: str = "",
    spoken: Text = "",
    small: bool = False,
    **props: Any,
) -> rx.Component:
    """A button that acts once per answer of the server; `spoken` names it more fully for screen readers.

    `spoken` begins with the label. `small` is for rows of a staff table.
    """
    if given(spoken):
        props["aria_label"] = spoken
    return _deed(lang, label, weight, sign, small=small, type="button", on_click=on_click, **props)


def submit(lang: str, label: Text, *, weight: Weight = "primary", sign: str = "") -> rx.Component:
    """The button that sends the form around it; a second click waits for the first one's answer."""
    return _deed(lang, label, weight, sign, type="submit")


def plain_button(label: Text, on_click: Any, *, weight: Weight = "tertiary", **props: Any) -> rx.Component:
    """A button for what the browser does alone (opening, closing), or for many alike in a list."""
    return rx.el.button(
        rx.el.span(label, class_name="kern-label"),
        type="button",
        class_name=f"kern-btn kern-btn--{weight}",
        on_click=on_click,
        **props,
    )


def link(label: Text | rx.Component, to: Text, *, small: bool = False, **props: Any) -> rx.Component:
    """A link to a page of this app, without a reload."""
    size = " kern-link--small" if small else ""
    return ReactRouterLink.create(label, to=to, class_name=f"kern-link kern-link--no-visited-state{size}", **props)


def outside_link(label: Text, href: Text, *, lang: str = "", **props: Any) -> rx.Component:
    """A link out of the app: another site, `mailto:`, `tel:`, or a file of ours."""
    if lang:
        props["lang"] = lang
    return A.create(label, href=href, class_name="kern-link kern-link--no-visited-state", rel="noreferrer", **props)


def jump_link(label: Text, name: Text) -> rx.Component:
    """A link to the part of this page whose `anchor` is `name`."""
    return A.create(label, href=joined("#", name), class_name="kern-link kern-link--no-visited-state")


def link_button(label: Text, to: Text, *, weight: Weight = "primary", sign: str = "", **props: Any) -> rx.Component:
    """A link to a page of this app that looks like a button: the way on."""
    return ReactRouterLink.create(*_inside(label, sign), to=to, class_name=f"kern-btn kern-btn--{weight}", **props)


def download_button(label: Text, href: Text, *, weight: Weight = "primary", **props: Any) -> rx.Component:
    """A link to a file of ours that looks like a button."""
    return rx.el.a(
        *_inside(label, "download"),
        href=href,
        class_name=f"kern-btn kern-btn--{weight}",
        download=True,
        reload_document=True,  # else the router takes the address for a page of its own
        **props,
    )


def button_row(*actions: rx.Component) -> rx.Component:
    """Actions beside each other, the main one first; on a phone below each other and full width."""
    return rx.el.div(*actions, class_name="kern-btn-wrapper cx-actions")


def back_link(label: Text, to: Text) -> rx.Component:
    """The way back, above the heading."""
    return rx.el.p(
        ReactRouterLink.create(
            icon("arrow-back"), label, to=to, class_name="kern-link kern-link--no-visited-state cx-back"
        )
    )


def pressed(condition: rx.Var[bool]) -> rx.Var[str]:
    """The value of `aria-pressed` or `aria-expanded` for a condition."""
    return when(condition, "true", "false")
