"""The one page for all addresses that lead nowhere, so it speaks both languages."""

import reflex as rx


def missing_page() -> rx.Component:
    """Says what happened and offers the way to the start page, German first."""
    return rx.el.main(
        rx.el.h1("Diese Seite gibt es nicht", class_name="kern-heading-x-large"),
        rx.el.p(
            "Vielleicht ist die Adresse unvollständig oder die Seite gibt es nicht mehr.",
            class_name="kern-body",
        ),
        rx.el.p(rx.el.a("Zur Startseite", href="/de/", class_name="kern-link")),
        rx.el.section(
            rx.el.h2("This page does not exist", class_name="kern-heading-large"),
            rx.el.p("The address may be incomplete, or the page may have been removed.", class_name="kern-body"),
            rx.el.p(rx.el.a("To the start page", href="/en/", class_name="kern-link")),
            lang="en",
        ),
        lang="de",
        class_name="kern-container missing",
    )
