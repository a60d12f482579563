"""The page of the sub-processors."""

from typing import Any

import reflex as rx

from smartcx_portal.backoffice.frame import office
from smartcx_portal.backoffice.processors_state import ProcessorsState
from smartcx_portal.kit.language import translator
from smartcx_portal.privacy.record_papers import WHOM
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.parts import paragraph, section
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined, when


def processors_page(lang: str) -> rx.Component:
    """What each does, keeps and rests on."""
    t, state = translator(lang), ProcessorsState
    return office(
        lang,
        t("Sub-processors"),
        paragraph(t("These companies process data for the operator. Each tenant's notice names those that it uses.")),
        paragraph(t(WHOM)),
        rx.foreach(state.rows, lambda one: _company(lang, one)),
        sub="processors",
        ready=state.ready,
    )


def _company(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    return section(
        one.name,
        when(one.transfer != "", alert(t("Data may leave the EU"), one.transfer, kind="warning", level=3)),
        facts(
            fact(t("What for"), one.service),
            fact(t("Keeps"), one.keeps),
            fact(t("Address"), when(one.address != "", joined(one.address, ", "), ""), one.country),
            fact(t("Legal ground (GDPR)"), joined("Art. ", one.legal_basis)),
            fact(t("Agreement (Art. 28)"), rx.cond(one.agreed, t("in place"), t("missing"))),
        ),
    )
