"""Hand your data over: to which provider, is it the right one, a fresh code, and what became of earlier ones."""

import reflex as rx

from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.frame import portal_page
from smartcx_portal.portal.hand_over_state import HandOverState
from smartcx_portal.portal.pull_links import pull_links_part
from smartcx_portal.portal.step_up import step_up_box
from smartcx_portal.portal.step_up_state import StepUpState
from smartcx_portal.ui.actions import button, button_row
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.fields import text_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.messages import waiting
from smartcx_portal.ui.parts import bullets, paragraph, section, stack
from smartcx_portal.ui.tables import fact, facts, lines
from smartcx_portal.ui.text import joined, when

HAND_OVER = N_("Hand your data over")


def hand_over_page(lang: str) -> rx.Component:
    """One thing after the other; what was handed over stands below."""
    t, state = translator(lang), HandOverState
    body = stack(
        paragraph(t("Another provider who uses these pages gets your data from here, if you want that.")),
        bullets(
            t(
                "Your name goes, and what you entered with your consent or for a contract. Answers that are "
                "specially protected, such as on health, and names of others stay here."
            ),
            t(
                "They look at it, and take your contact data over or refuse it. "
                "What nobody takes over is deleted there after 30 days."
            ),
            t("Here nothing is deleted by it."),
        ),
        when(state.found.slug != "", _chosen(lang), _choose(lang)),
        when(state.transfers.length() > 0, _before(lang)),
        pull_links_part(lang, asks=state.found.slug == ""),
    )
    return portal_page(
        lang,
        "hand_over",
        t(HAND_OVER),
        when(state.loaded, body, waiting(lang)),
        problem=when(state.problem != "", state.problem, Notice.text),
    )


def _choose(lang: str) -> rx.Component:
    t = translator(lang)
    return form(
        lang,
        text_field(
            lang,
            "provider",
            t("Address of the other provider's pages"),
            hint=t("For example from the address line of the page where one books there."),
            spell_check=False,
            problems=Notice.problems,
        ),
        on_submit=HandOverState.find,
        deed=t("Continue"),
        problems=Notice.problems,
    )


def _chosen(lang: str) -> rx.Component:
    t, found = translator(lang), HandOverState.found
    another = button(lang, t("Choose another provider"), HandOverState.choose_another, weight="secondary")
    deed = section(
        t("Hand over now?"),
        paragraph(t("What has been handed over cannot be taken back here; then ask the other provider.")),
        button_row(button(lang, t("Hand over now"), HandOverState.send, weight="primary"), another),
    )
    ask = stack(
        step_up_box(lang, t("Before your data leaves, we send you a fresh code.")),
        button_row(another),
    )
    return stack(
        rx.el.section(
            FocusHeading.create(
                t("Is this the right provider?"),
                stamp=joined(HandOverState.times.to(str), when(StepUpState.fresh, "fresh", "")),
                class_name="kern-heading-medium",
            ),
            facts(fact(t("Name"), found.name), fact(t("Address"), found.street, ", ", found.place)),
            class_name="cx-section",
        ),
        when(StepUpState.fresh, deed, ask),
    )


def _before(lang: str) -> rx.Component:
    t = translator(lang)
    return section(
        t("Handed over so far"),
        lines(
            t("Handed over so far"),
            [t("To"), t("Handed over on"), t("State"), t("Closed on")],
            HandOverState.transfers,
            lambda one: [one.name, one.handed, one.state, one.closed],
            name="transfers",
        ),
    )
