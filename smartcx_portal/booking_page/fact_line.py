"""Lines of what binds and of dates, as the pages show them."""

from typing import Any

import reflex as rx

from smartcx_portal.booking_page.frame import own_words
from smartcx_portal.ui.tables import fact


def text_lines(texts: Any) -> rx.Component:
    """Texts below each other, such as the dates of a series."""
    return rx.el.ul(rx.foreach(texts, lambda text: rx.el.li(text)), class_name="kern-list kern-list--bullet cx-bullets")


def fact_line(one: Any) -> rx.Component:
    """A fact of `facts.Fact`; the tenant's own words carry their language."""
    own = rx.foreach(one.lines, lambda text: rx.el.div(own_words(text)))
    ours = rx.foreach(one.lines, lambda text: rx.el.div(text))
    return fact(one.key, rx.cond(one.own, own, ours))
