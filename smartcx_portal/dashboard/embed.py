"""The page on which a tenant prepares the booking for its own website."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.embed_state import LANGUAGES, EmbedState
from smartcx_portal.dashboard.frame import room
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import outside_link, submit
from smartcx_portal.ui.choices import Choice, select_field
from smartcx_portal.ui.colours import TenantColours
from smartcx_portal.ui.copying import copy_box
from smartcx_portal.ui.fields import text_area, text_field
from smartcx_portal.ui.forms import bare_form, form
from smartcx_portal.ui.messages import alert
from smartcx_portal.ui.parts import paragraph, section
from smartcx_portal.ui.text import joined


def embed_page(lang: str) -> rx.Component:
    """Where, in which colour, what to put there."""
    t, state = translator(lang), EmbedState
    return room(
        lang,
        t("Embed"),
        paragraph(t("People book without leaving your website: the booking stands in one of its pages.")),
        section(t("1. Which websites may show it"), _sites(lang)),
        section(t("2. Your colour"), _colour(lang)),
        section(t("3. Put it into your website"), _snippet(lang)),
        sub="embed",
        ready=state.ready,
    )


def _sites(lang: str) -> rx.Component:
    t, state = translator(lang), EmbedState
    problems = _problems("sites")
    return rx.fragment(
        rx.cond(
            state.listed == 0,
            alert(t("No website is listed, so none can show the booking."), kind="info", level=3),
        ),
        form(
            lang,
            text_area(
                lang,
                "sites",
                t("Websites"),
                default=state.sites,
                hint=t("One a line, such as https://www.example.org. With and without “www” are two websites."),
                optional=True,
                spell_check=False,
                problems=problems,
            ),
            on_submit=state.save_sites,
            deed=t("Save websites"),
            problems=problems,
            key=joined("sites-", state.sites),
        ),
    )


def _colour(lang: str) -> rx.Component:
    t, state = translator(lang), EmbedState
    problems = _problems("colour")
    return rx.fragment(
        paragraph(
            t("Links and buttons of all your booking pages get it. Where it could not be read, it is made darker or "
              "lighter."),
        ),
        form(
            lang,
            text_field(
                lang,
                "colour",
                t("Colour"),
                default=state.colour,
                hint=t("Six figures and letters, such as #1a5fb4. Left empty, it is the blue of Smart CX."),
                optional=True,
                width="8",
                spell_check=False,
                autocomplete="off",
                problems=problems,
            ),
            on_submit=state.save_colour,
            deed=t("Save colour"),
            problems=problems,
            key=joined("colour-", state.colour),
        ),
        rx.cond(state.colour != "", _samples(lang)),
    )  # fmt: skip


def _samples(lang: str) -> rx.Component:
    t, state = translator(lang), EmbedState

    def one(name: str, title: str, sample: Any) -> rx.Component:
        shown = rx.el.div(
            rx.el.span(t("Book an appointment"), class_name="cx-sample__button"),
            rx.el.span(t("Contact and help"), class_name="cx-sample__link"),
            class_name=f"cx-sample cx-sample--{name}",
            aria_hidden="true",
        )
        made = t("It was changed so that it can be read.")
        words = paragraph(joined(title, ": ", sample.words, rx.cond(sample.changed, joined(". ", made), "")))
        return rx.el.div(shown, words, class_name="cx-stack")

    return rx.el.div(
        TenantColours.create(near=state.sheet, full=state.sheet),
        one("light", t("In light surroundings"), state.by_day),
        one("dark", t("In dark surroundings"), state.by_night),
        class_name="cx-samples",
    )


def _snippet(lang: str) -> rx.Component:
    t, state = translator(lang), EmbedState
    languages = [Choice(code, name) for code, name in LANGUAGES.items()]
    return rx.fragment(
        bare_form(
            rx.el.div(
                select_field(lang, "service_id", t("Service"), state.services, empty=t("All services"), optional=True),
                select_field(lang, "spoken", t("Language"), languages, empty=t("Yours"), optional=True),
                submit(lang, t("Show"), weight="secondary"),
                class_name="cx-filters",
            ),
            on_submit=state.choose,
        ),
        copy_box(lang, t("As a script: the height follows the content"), state.script, name="script"),
        copy_box(lang, t("As a frame, where scripts are not allowed: the height is fixed"), state.frame, name="frame"),
        paragraph(t("If your website has a content security policy, allow this host in script-src and frame-src.")),
        paragraph(
            outside_link(t("Look at it alone (opens in a new tab)"), state.page, target="_blank"),
        ),
    )


def _problems(which: str) -> Any:
    """The problems of one form; the others have none."""
    return rx.cond(EmbedState.sent == which, Notice.problems, rx.Var.create({})).to(dict[str, str])
