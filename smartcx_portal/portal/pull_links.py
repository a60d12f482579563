"""The part of "Hand your data over" for providers who do not use these pages: a link that works once."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.portal.pull_links_state import PullLinksState
from smartcx_portal.portal.step_up import step_up_box
from smartcx_portal.portal.step_up_state import StepUpState
from smartcx_portal.ui.browser import FocusHeading
from smartcx_portal.ui.copying import copy_box
from smartcx_portal.ui.fields import text_field
from smartcx_portal.ui.forms import form
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.tables import lines
from smartcx_portal.ui.text import when


def pull_links_part(lang: str, *, asks: Any) -> rx.Component:
    """The form, the new link, and the earlier ones. The fresh proof is asked for here where `asks` holds."""
    t, state = translator(lang), PullLinksState
    return section(
        t("A link for another place"),
        paragraph(
            t(
                "A place that does not use these pages can fetch a file of your data by a link. It works once, and for "
                "72 hours. Whoever has the link gets the file, so give it only to them."
            )
        ),
        when(
            StepUpState.fresh,
            _form(lang),
            when(asks, step_up_box(lang, t("Before a link is made, we send you a fresh code."))),
        ),
        when(state.address != "", _made(lang)),
        when(state.links.length() > 0, _links(lang)),
    )


def _form(lang: str) -> rx.Component:
    t = translator(lang)
    return form(
        lang,
        text_field(
            lang,
            "label",
            t("For whom is the link?"),
            hint=t("Only you see this, among your own data."),
            optional=True,
            max_length=200,
            problems=Notice.problems,
        ),
        on_submit=PullLinksState.make,
        deed=t("Make link"),
    )


def _made(lang: str) -> rx.Component:
    t, state = translator(lang), PullLinksState
    return stack(
        FocusHeading.create(t("Your link is ready"), stamp=state.address, class_name="kern-heading-small"),
        paragraph(t("Copy it now: it is not shown again. Opened in a browser it tells how the file is fetched.")),
        copy_box(lang, t("Link"), state.address, name="pull-link"),
    )


def _links(lang: str) -> rx.Component:
    t = translator(lang)
    return lines(
        t("Your links"),
        [t("For whom"), t("Made on"), t("Valid until"), t("State")],
        PullLinksState.links,
        lambda one: [when(one.label != "", one.label, t("not given")), one.made, one.until, one.state],
        name="pull-links",
        hidden_caption=False,
    )
