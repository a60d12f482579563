"""The page of open privacy cases."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.privacy_links import privacy_links
from smartcx_portal.dashboard.privacy_state import CasesState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, outside_link
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.messages import badge
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined, when


def privacy_page(lang: str) -> rx.Component:
    """First due first."""
    t, state = translator(lang), CasesState
    return room(
        lang,
        t("Privacy"),
        paragraph(
            t(
                "Most requests carry themselves out in the portal at once. Here you find those that people decide. "
                "The law gives you one month for an answer (Art. 12(3) GDPR)."
            )
        ),
        paragraph(
            t("That you open a request is written down, and the person sees it under “Who saw your data”."), muted=True
        ),
        rx.cond(
            state.cases.length() > 0,
            rx.fragment(rx.foreach(state.cases, lambda case: _case(lang, case))),
            paragraph(t("No request is open."), bold=True),
        ),
        section(t("More on privacy"), privacy_links(lang)),
        sub="privacy_cases",
        ready=state.ready,
    )


def _case(lang: str, case: Any) -> rx.Component:
    t = translator(lang)
    return section(
        case.right,
        rx.el.p(badge(case.left, kind=rx.cond(case.urgent, "warning", "info"))),
        facts(fact(t("Answer by"), case.due), fact(t("Received on"), case.received)),
        rx.cond(CasesState.seen.id == case.id, _seen(lang, case), _to_open(lang, case)),
    )


def _to_open(lang: str, case: Any) -> rx.Component:
    t = translator(lang)
    spoken = joined(t("Show request and person"), ": ", case.right, ", ", case.received)
    return button(lang, t("Show request and person"), CasesState.open(case.id), spoken=spoken)


def _seen(lang: str, case: Any) -> rx.Component:
    t, seen = translator(lang), CasesState.seen
    return stack(
        FocusHeading.create(t("Who asks for what"), stamp=seen.id, class_name="kern-heading-small"),
        facts(
            when(seen.name != "", fact(t("Name"), seen.name)),
            when(seen.email != "", fact(t("E-mail"), outside_link(seen.email, joined("mailto:", seen.email)))),
            when(seen.phone != "", fact(t("Telephone"), outside_link(seen.phone, joined("tel:", seen.phone)))),
            when(seen.request != "", fact(rx.cond(case.grantable, t("Wished name"), t("Request")), seen.request)),
        ),
        when(
            case.grantable,
            button(
                lang,
                t("Correct the name"),
                CasesState.grant(case.id),
                spoken=joined(t("Correct the name"), ": ", seen.request),
            ),
        ),
    )
