"""Complain to a supervisory authority: which ones, why each, with all ways to reach it (promise P12)."""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.complain_places import laender, other_states
from smartcx_portal.portal.complain_state import ComplainState
from smartcx_portal.portal.frame import portal_page
from smartcx_portal.ui.actions import outside_link
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import Choice, select_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.parts import paragraph, section
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined, when

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
            t("Which authority?"),
            paragraph(
                t(
                    "You may choose among those for where you live, where you work and where it happened. "
                    "They pass it on among themselves if another one is in charge."
                )
            ),
            when(ComplainState.here != "", _places(lang)),
        ),
        rx.el.section(
            FocusHeading.create(t("You can turn to"), stamp=ComplainState.asked, class_name="kern-heading-medium"),
            rx.foreach(ComplainState.found, lambda one: _authority(lang, one)),
            class_name="cx-section",
        ),
        section(
            t("How to complain"),
            paragraph(
                t(
                    "Say in your own words who did what with your data, when, and what you want. You need no lawyer. "
                    "Add copies of letters if you have some."
                )
            ),
            paragraph(
                t(
                    "The authority tells you what becomes of it. If you hear nothing for three months, or do not "
                    "accept its decision, you can go to court (Art. 77(2), 78 GDPR)."
                )
            ),
        ),
        private=False,
    )


def _places(lang: str) -> rx.Component:
    t = translator(lang)
    return form(
        lang,
        _place(lang, "home", t("Where do you live?")),
        _place(lang, "workplace", t("Where do you work?")),
        _place(lang, "place", t("Where did it happen?"), default=ComplainState.here),
        paragraph(
            t(
                "What you choose serves only to show the authorities: it is not added to your data and passed on to "
                "nobody. Leave empty what lies outside the European Union."
            )
        ),
        on_submit=ComplainState.show,
        deed=t("Show authorities"),
        problems=ComplainState.problems,
    )


def _place(lang: str, name: str, label: str, default: Any = "") -> rx.Component:
    t = translator(lang)
    return select_field(
        lang,
        name,
        label,
        [],
        default=default,
        empty=t("No answer"),
        optional=True,
        problems=ComplainState.problems,
        groups=[
            (t("Germany"), [Choice(*each) for each in laender()]),
            (t("Other countries of the EU and the EEA"), [Choice(*each) for each in other_states(lang)]),
        ],
    )


def _authority(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    return rx.el.section(
        rx.el.h3(one.name, lang=one.lang, class_name="kern-heading-small"),
        rx.foreach(one.because, lambda why: paragraph(why)),
        facts(
            fact(
                t("Address"),
                rx.el.span(joined(one.street, ", ", one.place), lang=one.lang),
                when(one.country != "", joined(", ", one.country)),
            ),
            fact(t("Telephone"), outside_link(one.phone, joined("tel:", one.phone.replace(" ", "")))),
            when(one.email != "", fact(t("E-mail"), outside_link(one.email, joined("mailto:", one.email)))),
            fact(t("Website"), outside_link(one.website, one.website)),
        ),
        paragraph(one.how),
        class_name="cx-section",
    )
