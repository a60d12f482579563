"""Requests with their due dates, and the form for restricting or objecting."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.ask import questions_part
from smartcx_portal.portal.ask_state import AskState
from smartcx_portal.portal.cases_state import CasesState
from smartcx_portal.portal.frame import here, portal_page
from smartcx_portal.portal.kept_form import kept_form, typed
from smartcx_portal.portal.request import request_address
from smartcx_portal.privacy.wishing import WISHES
from smartcx_portal.ui.actions import button, link
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.choices import Choice, radio_group
from smartcx_portal.ui.fields import text_area
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.messages import badge, waiting
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.text import joined, when

CASES = N_("Your requests")
RESTRICT = N_("Restrict or object")


def cases_page(lang: str) -> rx.Component:
    """What was asked for, newest first."""
    t = translator(lang)
    known = when(
        CasesState.cases.length() > 0,
        stack(
            rx.foreach(CasesState.cases, lambda one: _case(lang, one)),
            when(CasesState.more, button(lang, t("Show earlier requests"), CasesState.show_more)),
        ),
        stack(
            paragraph(t("You have not asked for anything yet.")),
            rx.el.p(link(t(RESTRICT), here(lang, "restrict")), class_name="kern-body"),
        ),
    )
    asked = when(AskState.questions.length() > 0, section(t("Your questions"), questions_part(lang)))
    ask = rx.el.p(link(t("Ask a question"), here(lang, "ask")), class_name="kern-body")
    return portal_page(lang, "cases", t(CASES), when(CasesState.loaded, stack(known, asked, ask), waiting(lang)))


def restrict_page(lang: str) -> rx.Component:
    """The four grounds and the objection in everyday words."""
    t = translator(lang)
    before, after = t("You get an answer by {day}.").split("{day}")
    done = rx.el.section(
        FocusHeading.create(t("Your request has arrived"), stamp=CasesState.due, class_name="kern-heading-medium"),
        paragraph(joined(before, CasesState.due, after)),
        rx.el.p(link(t("Your requests"), here(lang, "cases")), class_name="kern-body"),
        role="status",
        class_name="cx-section",
    )
    body = when(CasesState.due != "", done, _wish(lang))
    return portal_page(lang, "restrict", t("Restrict the use or object"), body, document_title=t(RESTRICT))


def _wish(lang: str) -> rx.Component:
    t = translator(lang)
    return stack(
        paragraph(
            t("Somebody looks at your request and answers within a month. Until then your data is used as before.")
        ),
        paragraph(t("Nothing here is used for advertising. To stop messages, withdraw your consent to them.")),
        kept_form(lang, "restrict", _wish_form(lang)),
    )


def _wish_form(lang: str) -> rx.Component:
    t = translator(lang)
    return form(
        lang,
        radio_group(
            lang,
            "wish",
            t("What do you want?"),
            [Choice(key, t(words)) for key, (_, words) in WISHES.items()],
            default=typed("wish"),
            problems=Notice.problems,
        ),
        text_area(
            lang,
            "text",
            t("Your reasons"),
            hint=t("Needed if you object; else only if you want to explain."),
            optional=True,
            default=typed("text"),
            problems=Notice.problems,
        ),
        on_submit=CasesState.send,
        deed=t("Send request"),
        problems=Notice.problems,
    )


def _case(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    before, after = t("Answer by {day}").split("{day}")
    open_it = t("Open")
    spoken = joined(open_it, ": ", one.right, ", ", one.received)
    return rx.el.section(
        rx.el.h2(one.right, class_name="kern-heading-small"),
        rx.el.p(
            badge(one.state, kind=when(one.due != "", "warning", "success")),
            " ",
            joined(t("Received on"), " ", one.received),
            class_name="kern-body",
        ),
        when(one.due != "", rx.el.p(joined(before, one.due, after), class_name="kern-body kern-body--bold")),
        when(one.closed != "", rx.el.p(joined(t("Settled on"), " ", one.closed), class_name="kern-body")),
        rx.el.p(
            link(open_it, request_address(lang, one.id), aria_label=spoken),
            class_name="kern-body",
        ),
        class_name="cx-section",
    )
