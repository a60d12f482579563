"""The page of enquiries that wait for an answer."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.enquiries_state import EnquiriesState
from smartcx_portal.dashboard.frame import room
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button, outside_link
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.parts import confirm_dialog, paragraph, section, stack
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined, when


def enquiries_page(lang: str) -> rx.Component:
    """The oldest first; answered by e-mail, then marked."""
    t, state = translator(lang), EnquiriesState
    return room(
        lang,
        t("Enquiries"),
        paragraph(t("Answer by e-mail, then mark the enquiry as answered: it is deleted when its period ends.")),
        paragraph(
            t(
                "Addresses are shortened here. That you open a question is written down, and whoever asked sees it "
                "under “Who saw your data”."
            ),
            muted=True,
        ),
        rx.cond(
            state.waiting.length() > 0,
            rx.fragment(rx.foreach(state.waiting, lambda one: _enquiry(lang, one))),
            paragraph(t("No enquiry waits for an answer."), bold=True),
        ),
        _question(lang),
        sub="enquiries",
        ready=state.ready,
    )


def _enquiry(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    return section(
        joined(one.topic, when(one.name != "", joined(" · ", one.name))),
        facts(
            fact(t("E-mail"), rx.cond(one.email != "", one.email, t("none given"))), fact(t("Received on"), one.created)
        ),
        rx.cond(EnquiriesState.opened == one.id, _opened(lang, one), _to_open(lang, one)),
    )


def _to_open(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    spoken = joined(t("Show question and address"), ": ", one.topic, ", ", one.created)
    return button(lang, t("Show question and address"), EnquiriesState.open(one.id), spoken=spoken)


def _opened(lang: str, one: Any) -> rx.Component:
    t, state = translator(lang), EnquiriesState
    link = outside_link(state.email, joined("mailto:", state.email))
    return stack(
        FocusHeading.create(t("The question"), stamp=state.opened, class_name="kern-heading-small"),
        rx.el.p(state.text, class_name="kern-body cx-written"),
        when(state.email != "", facts(fact(t("Answer to"), link))),
        button(
            lang,
            t("Mark as answered"),
            state.close(one.id),
            spoken=joined(t("Mark as answered"), ": ", one.topic, ", ", one.created),
        ),
        button(lang, t("Delete at their wish"), state.ask_to_delete, weight="tertiary"),
    )


def _question(lang: str) -> rx.Component:
    """Before a question is deleted for good."""
    t, state = translator(lang), EnquiriesState
    return confirm_dialog(
        lang,
        t("Delete this question for good?"),
        paragraph(t("Do so when whoever asked wishes it. An answered question goes by itself; mark it instead.")),
        open=state.asking,
        deed=t("Delete at their wish"),
        on_deed=state.delete,
        on_close=state.keep,
    )
