"""A question to the tenant or to the operator of the pages, and the questions asked before (promise P14)."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.ask_state import AskState
from smartcx_portal.portal.frame import portal_page
from smartcx_portal.portal.kept_form import kept_form, typed
from smartcx_portal.ui.actions import button, link
from smartcx_portal.ui.browser import FocusHeading, tenant_slug
from smartcx_portal.ui.choices import Choice, radio_group
from smartcx_portal.ui.fields import email_field, text_area
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.layout import tenant_address
from smartcx_portal.ui.messages import badge, waiting
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.text import joined, when

ASK = N_("Ask a question")


def ask_page(lang: str) -> rx.Component:
    """The form, and below it what was asked before."""
    t, state = translator(lang), AskState
    before = section(t("Your questions"), questions_part(lang))
    body = stack(
        rx.cond(state.sent != "", _done(lang), kept_form(lang, "ask", _form(lang))),
        when(state.questions.length() > 0, before),
    )
    return portal_page(lang, "ask", t(ASK), when(state.loaded, body, waiting(lang)))


def questions_part(lang: str) -> rx.Component:
    """The person's questions, the newest first, with what became of each."""
    t, state = translator(lang), AskState
    return stack(
        rx.foreach(state.questions, lambda one: _question(lang, one)),
        when(state.more, button(lang, t("Show earlier questions"), state.show_more)),
    )


def _done(lang: str) -> rx.Component:
    t = translator(lang)
    return rx.el.section(
        FocusHeading.create(t("Your question has arrived"), stamp=AskState.sent, class_name="kern-heading-medium"),
        paragraph(t("You get an answer by e-mail. You need do nothing more.")),
        button(lang, t("Ask another question"), AskState.ask_another),
        class_name="cx-section",
        role="status",
    )


def _form(lang: str) -> rx.Component:
    t, problems = translator(lang), Notice.problems
    return form(
        lang,
        radio_group(
            lang,
            "about",
            t("What is it about?"),
            [
                Choice("privacy", t("A question about my data")),
                Choice("question", t("A question about appointments")),
                Choice(
                    "operator",
                    t("A question about my data, straight to the operator of the pages"),
                    hint=t("The operator runs these pages on behalf of the provider, who sees the question too."),
                ),
            ],
            default=typed("about"),
            problems=problems,
        ),
        text_area(lang, "text", t("Your question"), rows=6, default=typed("text"), problems=problems),
        email_field(
            lang,
            "email",
            t("E-mail"),
            hint=t("The answer goes to this address."),
            default=typed("email", AskState.email),
            problems=problems,
        ),
        paragraph(
            t("We use what you enter only to answer you."),
            " ",
            link(t("Privacy notice"), tenant_address(lang, "privacy", tenant_slug())),
            muted=True,
        ),
        when(AskState.period != "", paragraph(joined(t("It is deleted by itself:"), " ", AskState.period), muted=True)),
        on_submit=AskState.ask,
        deed=t("Send question"),
        problems=problems,
    )


def _question(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    return rx.el.section(
        rx.el.h3(one.about, class_name="kern-heading-small"),
        rx.el.p(
            badge(one.state, kind=when(one.closed != "", "success", "warning")),
            " ",
            joined(t("Asked on"), " ", one.asked),
            class_name="kern-body",
        ),
        when(one.closed != "", rx.el.p(joined(t("Answered on"), " ", one.closed), class_name="kern-body")),
        rx.el.blockquote(one.text, class_name="kern-body cx-written"),
        class_name="cx-section",
    )
