"""The pages of this surface."""

import functools

import reflex as rx

from smartcx_portal.kit.language import LANGUAGES, N_, translator


def start_page(lang: str) -> rx.Component:
    """What Smart CX is, in two sentences."""
    t = translator(lang)
    return rx.el.main(
        rx.el.h1("Smart CX", class_name="kern-heading-x-large"),
        rx.el.p(t(INTRODUCTION), class_name="kern-body"),
        class_name="kern-container",
    )


INTRODUCTION = N_(
    "Book appointments at offices, shops and practices without an account. "
    "You keep command of your data: see it, correct it, take it with you, delete it."
)


def add_pages(app: rx.App) -> None:
    """Register this surface's pages, once per language."""
    for lang in LANGUAGES:
        app.add_page(functools.partial(start_page, lang), route=f"/{lang}", title="Smart CX")
