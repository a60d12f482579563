"""Complain to a supervisory authority: which one, with all ways to reach it (promise P12)."""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.operations.tenant_form import LAND_NAMES
from smartcx_portal.portal.complain_state import ComplainState
from smartcx_portal.portal.frame import portal_page
from smartcx_portal.ui.actions import outside_link
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import Choice, select_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.parts import paragraph, section
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined

COMPLAIN = N_("Complain to the authority")


def complain_page(lang: str) -> rx.Component:
    """Readable by everybody, free of charge."""
    t = translator(lang)
    return portal_page(
        lang,
        "complain",
        t(COMPLAIN),
        paragraph(
            t("If you think your data is not treated rightly, a supervisory authority helps you, free of charge.")
        ),
        section(
            t("The authority for this provider"),
            rx.foreach(ComplainState.own, lambda one: _authority(lang, one)),
        ),
        section(
            t("The authority where you live or work"),
            paragraph(t("You may turn to that one too, or to the one of the place where it happened.")),
            form(
                lang,
                select_field(
                    lang,
                    "land",
                    t("Land"),
                    [Choice(key, name) for key, name in LAND_NAMES.items()],
                    empty=t("Please choose"),
                    problems=ComplainState.problems,
                ),
                on_submit=ComplainState.show,
                deed=t("Show authority"),
                problems=ComplainState.problems,
            ),
            rx.foreach(ComplainState.chosen, lambda one: _chosen(lang, one)),
            paragraph(t("You live in another country of the EU? Then the authority of that country helps you too.")),
        ),
        private=False,
    )


def _chosen(lang: str, one: Any) -> rx.Component:
    return rx.el.div(
        FocusHeading.create(one.name, stamp=one.name, class_name="kern-heading-small", lang="de"),
        _authority(lang, one),
        class_name="cx-stack",
        role="status",
    )


def _authority(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    return facts(
        fact(t("Name"), rx.el.span(one.name, lang="de")),
        fact(t("Address"), rx.el.span(joined(one.street, ", ", one.place), lang="de")),
        fact(t("Telephone"), outside_link(one.phone, joined("tel:", one.phone.replace(" ", "")))),
        fact(t("E-mail"), outside_link(one.email, joined("mailto:", one.email))),
        fact(t("Website"), outside_link(one.website, one.website)),
    )
