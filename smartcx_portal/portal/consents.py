"""The consents page: what was read and agreed to, with a button for each way, and all that happened before."""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.consents_state import ConsentsState
from smartcx_portal.portal.frame import portal_page
from smartcx_portal.privacy.receipts import KEYS_PATH
from smartcx_portal.ui.actions import button, button_row, link, outside_link, plain_button
from smartcx_portal.ui.browser import FocusHeading, tenant_slug
from smartcx_portal.ui.layout import tenant_address
from smartcx_portal.ui.messages import badge, waiting
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.tables import lines
from smartcx_portal.ui.text import Text, joined, when

CONSENTS = N_("Your consents")
HEAD = (N_("When"), N_("Consent"), N_("State"), N_("How"), N_("Text"), N_("Notice"), N_("Receipt"))


def consents_page(lang: str) -> rx.Component:
    """Every purpose that the person was asked about, what else they can agree to, and the history."""
    t = translator(lang)
    known = stack(
        when(ConsentsState.stamp != "", _done(lang)),
        when(
            ConsentsState.consents.length() > 0,
            rx.el.div(rx.foreach(ConsentsState.consents, lambda one: _consent(lang, one)), class_name="cx-stack"),
            paragraph(t("You were not asked for any consent.")),
        ),
        when(ConsentsState.offers.length() > 0, _offers(lang)),
        when(ConsentsState.lines.length() > 0, _history(lang)),
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
    withdraw = button(
        lang, t("Withdraw"), ConsentsState.withdraw(one.purpose), spoken=joined(t("Withdraw"), ": ", one.title)
    )
    return rx.el.section(
        rx.el.h2(one.title, class_name="kern-heading-medium"),
        rx.el.p(
            when(one.given, badge(t("holds"), kind="success"), badge(t("withdrawn"), kind="info")),
            " ",
            when(one.given, given, over),
            class_name="kern-body",
        ),
        rx.el.blockquote(one.text, lang=one.language, class_name="kern-body cx-consent"),
        paragraph(joined(t("Version of the text:"), " ", one.version), muted=True),
        when(one.notice != "", paragraph(t("It goes with these privacy notices:"), " ", _notice(lang, one))),
        button_row(
            rx.cond(one.given, withdraw, rx.fragment()),
            _receipt(lang, one.event, joined(one.title, ", ", one.at)),
        ),
        class_name="cx-section",
    )


def _offers(lang: str) -> rx.Component:
    t = translator(lang)
    return section(
        t("What you can agree to"),
        paragraph(t("Nothing of this is needed for an appointment. You can withdraw it here at any time.")),
        rx.foreach(ConsentsState.offers, lambda one: _offer(lang, one)),
    )


def _offer(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    return rx.el.section(
        rx.el.h3(one.title, class_name="kern-heading-small"),
        rx.el.blockquote(one.text, class_name="kern-body cx-consent"),
        button(lang, t("Agree"), ConsentsState.give(one.purpose), spoken=joined(t("Agree"), ": ", one.title)),
        class_name="cx-section",
    )


def _history(lang: str) -> rx.Component:
    t, state = translator(lang), ConsentsState
    newest = button(lang, t("Back to the newest"), state.look_back(""))
    older = button(lang, t("Show older ones"), state.look_back(state.lines[-1].event))
    return section(
        t("All that was given and withdrawn"),
        paragraph(
            t(
                "A receipt shows what was agreed to and when. It is signed: anybody can check that nothing in it was "
                "changed, without asking us. The PDF says the same to read and to print."
            ),
            " ",
            outside_link(t("The key for checking it"), KEYS_PATH),
        ),
        lines(
            t("All that was given and withdrawn"),
            [t(one) for one in HEAD],
            state.lines,
            lambda line: _line(lang, line),
            name="history",
        ),
        button_row(rx.cond(state.earlier, newest, rx.fragment()), rx.cond(state.more, older, rx.fragment())),
    )


def _line(lang: str, one: Any) -> list[Text | rx.Component]:
    t = translator(lang)
    return [
        one["at"],
        one.title,
        when(one.given, t("given"), t("withdrawn")),
        one["where"],
        one.version,
        when(one.notice != "", _notice(lang, one), "–"),
        _receipt(lang, one.event, joined(one.title, ", ", one["at"])),
    ]


def _notice(lang: str, one: Any) -> rx.Component:
    """The version of the notice that was in force then."""
    address = joined(tenant_address(lang, "privacy", tenant_slug()), "?version=", one.notice)
    before, after = translator(lang)("Version {number}").split("{number}")
    return link(joined(before, one.notice_number, after), address)


def _receipt(lang: str, event: Any, of: Any) -> rx.Component:
    t = translator(lang)
    return rx.fragment(
        plain_button(t("Receipt"), ConsentsState.receipt(event), aria_label=joined(t("Receipt"), ": ", of)),
        " ",
        plain_button("PDF", ConsentsState.receipt_pdf(event), aria_label=joined(t("Receipt"), ", PDF: ", of)),
    )
