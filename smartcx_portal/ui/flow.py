"""A picture of flows from left to right, and the same in words for whoever does not see it."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from smartcx_portal.ui.parts import section
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import Text, anchor, joined


def flow(title: Text, about: Text, picture: Any) -> rx.Component:
    """Boxes and curves of a State's picture; hidden where it would be too small to read. `about` says what it shows."""
    return rx.el.figure(
        rx.el.svg(
            rx.el.svg.title(title, custom_attrs=anchor("flow-title")),
            rx.el.svg.desc(about, custom_attrs=anchor("flow-about")),
            rx.foreach(picture.curves, lambda one: rx.el.path(d=one)),
            rx.foreach(picture.boxes, _box),
            rx.foreach(picture.words, _word),
            view_box=joined("0 0 ", picture.width.to(str), " ", picture.height.to(str)),
            role="img",
            custom_attrs={"aria-labelledby": "flow-title", "aria-describedby": "flow-about"},
            class_name="cx-flow",
        ),
        class_name="cx-flow__frame",
    )


def flow_words(title: Text, heads: Sequence[Text], rows: Any) -> rx.Component:
    """The same in words, a box for each purpose: nothing scrolls sideways on a phone. `heads` name the other three."""
    source, recipient, end = heads
    return section(
        title,
        rx.foreach(
            rows,
            lambda one: section(
                one.purpose,
                facts(
                    fact(source, one.sources.join("; ")),
                    fact(recipient, one.recipients.join("; ")),
                    fact(end, one.end),
                ),
                level=3,
            ),
        ),
    )


def _box(one: Any) -> rx.Component:
    return rx.el.rect(
        x=one.x.to(str),
        y=one.y.to(str),
        width=one.width.to(str),
        height=one.height.to(str),
        rx="4",
    )


def _word(one: Any) -> rx.Component:
    css = rx.cond(one.head, "cx-flow__head", "")
    return rx.el.svg.text(one.text, x=one.x.to(str), y=one.y.to(str), class_name=css)
