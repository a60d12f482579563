"""Take your data along: create the package, then fetch it as often as needed while it lies ready."""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.frame import here, portal_page
from smartcx_portal.portal.packages_state import PackagesState
from smartcx_portal.ui.actions import button, button_row, link
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.messages import waiting
from smartcx_portal.ui.parts import bullets, paragraph, section, stack
from smartcx_portal.ui.text import joined, when

TAKE_ALONG = N_("Take your data along")


def packages_page(lang: str) -> rx.Component:
    """What is in a package, the button, and what lies ready."""
    t = translator(lang)
    ready = rx.el.section(
        FocusHeading.create(t("Ready to download"), stamp=PackagesState.made, class_name="kern-heading-medium"),
        rx.foreach(PackagesState.packages, lambda one: _package(lang, one)),
        class_name="cx-section",
    )
    body = stack(
        paragraph(t("You get one ZIP file with everything that is stored about you.")),
        button_row(button(lang, t("Create package"), PackagesState.make("access"), weight="primary")),
        rx.el.p(PackagesState.progress, role="status", class_name="kern-body cx-status"),
        when(PackagesState.packages.length() > 0, ready),
        _contents(lang),
        _portable(lang),
        _checking(lang),
    )
    return portal_page(lang, "take_along", t(TAKE_ALONG), when(PackagesState.loaded, body, waiting(lang)))


def _contents(lang: str) -> rx.Component:
    t = translator(lang)
    return section(
        t("What is inside"),
        bullets(
            t("index.html: readable pages, German and English"),
            t("auskunft.pdf: the same to print or to file"),
            t("data: the same as JSON and CSV, for other programs"),
            t("consents: a receipt for each consent, signed"),
            t("calendar and contact: your appointments and your entry for an address book"),
        ),
    )


def _portable(lang: str) -> rx.Component:
    """Art. 20: for programs, and only what the person gave."""
    t = translator(lang)
    return section(
        t("For another provider"),
        paragraph(t("What you entered yourself, with your consent or for a contract, in a form that programs read.")),
        button_row(button(lang, t("Create file for another provider"), PackagesState.make("portability"))),
        rx.el.p(link(t("Have it fetched from here instead"), here(lang, "hand_over")), class_name="kern-body"),
    )


def _checking(lang: str) -> rx.Component:
    t = translator(lang)
    return section(
        t("Signed"),
        paragraph(
            t(
                "Each package is signed. Whether a file in it was changed later can be checked without the internet; "
                "LIESMICH.txt in the package says how."
            )
        ),
    )


def _package(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    before, after = t("Ready, {size}, until {day}.").split("{size}")
    middle, end = after.split("{day}")
    whole, portable = t("Everything that is stored about you"), t("For another provider")
    return rx.el.div(
        paragraph(rx.cond(one.profile == "access", whole, portable), bold=True),
        paragraph(joined(before, one.size_text, middle, one.until, end)),
        button_row(
            button(
                lang,
                t("Download"),
                PackagesState.fetch(one.id),
                sign="download",
                spoken=joined(t("Download"), ": ", one.name),
            )
        ),
        class_name="cx-stack",
    )
