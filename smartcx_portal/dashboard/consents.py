"""The page on consents: how many stand, by which words, and the proof for one person."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.consents_state import ConsentsOverviewState
from smartcx_portal.dashboard.frame import room
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.ui.actions import button, button_row, link
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.forms import error_summary, search_form
from smartcx_portal.ui.messages import badge, count
from smartcx_portal.ui.parts import accordion, paragraph, section, stack
from smartcx_portal.ui.tables import lines, row, table
from smartcx_portal.ui.text import Text, joined, when

TITLE = N_("Consents")
HEAD = (N_("When"), N_("Consent"), N_("State"), N_("How"), N_("Text"), N_("Notice"))


def consents_overview_page(lang: str) -> rx.Component:
    """Figures first; a person only by a whole address or a code."""
    t, state = translator(lang), ConsentsOverviewState
    return room(
        lang,
        t(TITLE),
        paragraph(link(t("Privacy"), room_address(lang, "privacy_cases"))),
        paragraph(t("Whoever relies on a consent must be able to show it (Art. 7(1) GDPR).")),
        _figures(lang),
        section(t("Texts"), rx.foreach(state.purposes, lambda one: _texts(lang, one))),
        _looking(lang),
        when(state.ref != "", _proof(lang)),
        sub="consents_overview",
        current="privacy_cases",
        ready=state.ready,
    )


def _figures(lang: str) -> rx.Component:
    t = translator(lang)
    return table(
        t("People by their last word"),
        [t("Consent"), t("holds"), t("withdrawn")],
        rx.foreach(ConsentsOverviewState.purposes, lambda one: row(one.title, one.given, one.withdrawn)),
        name="figures",
    )


def _texts(lang: str, purpose: Any) -> rx.Component:
    t = translator(lang)
    return when(
        purpose.texts.length() > 0,
        accordion(purpose.title, rx.foreach(purpose.texts, lambda text: _text(t, text))),
    )


def _text(t: Any, text: Any) -> rx.Component:
    times = joined(t("Text"), " ", text.version, ": ", text.since, " – ", text.last, ", ", text.times, " ×")
    return rx.el.div(paragraph(times, muted=True), _quote(text))


def _quote(text: Any) -> rx.Component:
    return rx.el.blockquote(text.text, lang=text.language, class_name="kern-body cx-consent")


def _looking(lang: str) -> rx.Component:
    t, state = translator(lang), ConsentsOverviewState
    return section(
        t("Proof for one person"),
        paragraph(
            t(
                "Enter the whole e-mail address, the telephone number or a booking code. That you open the proof is "
                "written down, and the person sees it under “Who saw your data”."
            )
        ),
        error_summary(lang, Notice.problems),
        search_form(lang, "words", t("E-mail, telephone number or booking code"), on_submit=state.search),
        count(state.result),
        rx.el.ul(rx.foreach(state.found, lambda one: _found(lang, one)), class_name="kern-list cx-stack"),
    )


def _found(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    return rx.el.li(
        rx.el.span(joined(one.name, when(one.address != "", joined(" · ", one.address))), class_name="kern-body"),
        " ",
        button(
            lang,
            t("Show proof"),
            ConsentsOverviewState.open(one.ref),
            spoken=joined(t("Show proof"), ": ", one.name, " ", one.address),
            small=True,
        ),
    )


def _proof(lang: str) -> rx.Component:
    t, state = translator(lang), ConsentsOverviewState
    return rx.el.section(
        FocusHeading.create(
            joined(t("Proof of consents"), ": ", state.name), stamp=state.ref, class_name="kern-heading-medium"
        ),
        lines(
            t("What was given and withdrawn"),
            [t(one) for one in HEAD],
            state.lines,
            lambda one: _line(lang, one),
            name="proof",
            hidden_caption=False,
        ),
        when(state.more, paragraph(t("Only the newest events are listed."))),
        rx.foreach(state.texts, lambda text: stack(paragraph(t("Text"), " ", text.version, muted=True), _quote(text))),
        button_row(button(lang, t("Download as PDF"), state.download)),
        class_name="cx-section",
    )


def _line(lang: str, one: Any) -> list[Text | rx.Component]:
    t = translator(lang)
    before, after = t("Version {number}").split("{number}")
    state = when(one.given, badge(t("given"), kind="success"), badge(t("withdrawn"), kind="info"))
    notice = when(one.notice_number != "", joined(before, one.notice_number, after))
    return [one["at"], one.title, state, one["where"], one.version, notice]
