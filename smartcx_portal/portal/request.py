"""One request: what was asked, by when it is answered, what has happened."""

import reflex as rx

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.frame import here, portal_page
from smartcx_portal.portal.request_state import RequestState
from smartcx_portal.ui.actions import link
from smartcx_portal.ui.keeping import print_button
from smartcx_portal.ui.messages import badge, waiting
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.tables import fact, facts, row, table
from smartcx_portal.ui.text import Text, joined, when

REQUEST = N_("Your request")


def request_page(lang: str) -> rx.Component:
    """State and dates first, then the words of the request, then its history."""
    t, state = translator(lang), RequestState
    there = stack(
        paragraph(t("There is no such request of yours here."), bold=True),
        rx.el.p(link(t("Your requests"), here(lang, "cases")), class_name="kern-body"),
    )
    body = rx.cond(state.missing, there, rx.cond(state.story, _story(lang), waiting(lang)))
    return portal_page(
        lang,
        "request",
        t(REQUEST),
        when(state.loaded, body, waiting(lang)),
        back=(t("Your requests"), here(lang, "cases")),
        other=request_address("en" if lang == "de" else "de", state.id),
        below=2,
    )


def request_address(lang: str, case_id: Text) -> Text:
    """Where one request stands."""
    return joined(here(lang, "request"), "/", case_id)


def _story(lang: str) -> rx.Component:
    t, story = translator(lang), RequestState.story
    case = story.case
    return stack(
        facts(
            fact(t("What it is about"), case.right),
            fact(t("State"), badge(case.state, kind=when(case.due != "", "warning", "success"))),
            fact(t("Received on"), case.received),
            when(case.due != "", fact(t("You get an answer by"), case.due)),
            when(case.closed != "", fact(t("Settled on"), case.closed)),
            when(case.proof != "", fact(t("How you showed that it is you"), case.proof)),
        ),
        when(
            case.request != "",
            section(t("In your words"), rx.el.blockquote(case.request, class_name="kern-body cx-written")),
        ),
        section(t("What has happened"), _steps(lang)),
        print_button(t("Print")),
    )


def _steps(lang: str) -> rx.Component:
    t = translator(lang)
    lines = rx.foreach(RequestState.story.steps, lambda step: row(step.moment, step.what))
    return table(t("What has happened"), [t("When"), t("What")], lines, name="steps", hidden_caption=True)
