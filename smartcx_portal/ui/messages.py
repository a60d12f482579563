"""What the page says back: alerts, the status line, badges, and the notes about time running out."""

from typing import Any, Literal

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, icon
from smartcx_portal.ui.text import Text, joined, when

Kind = Literal["info", "success", "warning", "danger"]


def alert(title: Text, *body: Text | rx.Component, kind: Kind = "info", level: int = 2) -> rx.Component:
    """A message in the page's flow; not announced by itself. `level` is the heading's level, 0 for no heading."""
    heading = {2: rx.el.h2, 3: rx.el.h3}.get(level, rx.el.p)
    rows = [rx.el.div(icon(kind), heading(title, class_name="kern-title"), class_name="kern-alert__header")]
    if body:
        paragraphs = [
            part if isinstance(part, rx.Component) else rx.el.p(part, class_name="kern-body") for part in body
        ]
        rows.append(rx.el.div(*paragraphs, class_name="kern-alert__body"))
    return rx.el.div(*rows, class_name=f"kern-alert kern-alert--{kind}")


def _line(text: Text, kind: Kind) -> rx.Component:
    return rx.el.div(
        icon(kind), rx.el.span(text, class_name="kern-body"), class_name=f"kern-alert kern-alert--{kind} cx-line"
    )


def status_line(text: Text, *, kind: Kind = "success") -> rx.Component:
    """One line that is read out politely when it appears, and stays; an empty text shows nothing."""
    return rx.el.div(when(text, _line(text, kind)), role="status", class_name="cx-status")


def problem_line(text: Text) -> rx.Component:
    """One line about something that went wrong outside a field; read out at once."""
    return rx.el.div(when(text, _line(text, "danger")), role="alert", class_name="cx-status")


def badge(label: Text, *, kind: Kind | rx.Var[str] = "info", small: bool = True) -> rx.Component:
    """A state as a word, with its colour in addition."""
    size = " kern-badge--small" if small else ""
    return rx.el.span(
        rx.el.span(label, class_name="kern-label kern-label--small"),
        class_name=joined("kern-badge kern-badge--", kind, size),
    )


def count(text: Text) -> rx.Component:
    """How many results there are, read out when it changes: `128 Treffer`."""
    return rx.el.p(text, role="status", class_name="cx-status kern-body kern-body--muted")


def offline_banner(lang: str) -> rx.Component:
    """Shown while the line to the server is cut."""
    text = translator(lang)("No connection. What you typed is kept.")
    shown = rx.el.p(icon("warning"), text, class_name="cx-offline")
    return rx.el.div(rx.cond(has_connection_errors, shown), role="status", class_name="cx-offline-place")


def hold_line(lang: str, until: Text, on_more: Any) -> rx.Component:
    """`Reserviert bis 10:42 Uhr · Mehr Zeit`; `until` is a clock time, empty hides the line."""
    t = translator(lang)
    line = rx.el.div(
        rx.el.p(joined(t("Held until"), " ", until), class_name="kern-body kern-body--bold"),
        button(lang, t("More time"), on_more, weight="tertiary"),
        class_name="cx-hold",
    )
    return rx.el.div(when(until, line), role="status", class_name="cx-status")


def session_notice(lang: str, until: Text, on_stay: Any) -> rx.Component:
    """Two minutes ahead: `Sie werden um 10:42 Uhr abgemeldet` with a way to stay; empty `until` hides it."""
    t = translator(lang)
    before, after = t("You will be signed out at {time}.").split("{time}")
    line = rx.el.div(
        rx.el.p(joined(before, until, after), class_name="kern-body kern-body--bold"),
        button(lang, t("Stay signed in"), on_stay),
        class_name="kern-alert kern-alert--warning cx-line",
    )
    return rx.el.div(when(until, line), role="alert", class_name="cx-status")


def waiting(lang: str) -> rx.Component:
    """In place of what is still loading; read out."""
    return rx.el.p(translator(lang)("One moment …"), role="status", class_name="kern-body kern-body--muted")
