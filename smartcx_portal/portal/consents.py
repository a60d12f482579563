"""The consents page: the text that was read, when, a state in words, and a button that withdraws at once."""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.consents_state import ConsentsState
from smartcx_portal.portal.frame import portal_page
from smartcx_portal.ui.actions import button
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.messages import badge, waiting
from smartcx_portal.ui.parts import paragraph, stack
from smartcx_portal.ui.text import joined, when

CONSENTS = N_("Your consents")


def consents_page(lang: str) -> rx.Component:
    """Every purpose that the person was asked about."""
    t = translator(lang)
    known = stack(
        when(ConsentsState.stamp != "", _done(lang)),
        when(
            ConsentsState.consents.length() > 0,
            rx.el.div(rx.foreach(ConsentsState.consents, lambda one: _consent(lang, one)), class_name="cx-stack"),
            paragraph(t("You were not asked for any consent.")),
        ),
    )
    return portal_page(lang, "consents", t(CONSENTS), when(ConsentsState.loaded, known, waiting(lang)))


def _done(lang: str) -> rx.Component:
    t = translator(lang)
    return rx.el.section(
        FocusHeading.create(t("That is done"), stamp=ConsentsState.stamp, class_name="kern-heading-medium"),
        rx.foreach(ConsentsState.says, lambda line: rx.el.p(line, class_name="kern-body")),
        role="status",
        class_name="cx-section",
    )


def _consent(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    given = joined(t("You agreed"), " ", one["where"], ", ", one["at"], ".")
    over = joined(t("You withdrew it"), " ", one["where"], ", ", one["at"], ".")
    return rx.el.section(
        rx.el.h2(one.title, class_name="kern-heading-medium"),
        rx.el.p(
            when(one.given, badge(t("holds"), kind="success"), badge(t("withdrawn"), kind="info")),
            " ",
            when(one.given, given, over),
            class_name="kern-body",
        ),
        rx.el.blockquote(one.text, lang=one.language, class_name="kern-body cx-consent"),
        when(
            one.given,
            button(
                lang,
                t("Withdraw"),
                ConsentsState.withdraw(one.purpose),
                spoken=joined(t("Withdraw"), ": ", one.title),
            ),
        ),
        class_name="cx-section",
    )
