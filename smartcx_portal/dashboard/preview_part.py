"""The preview beside a form: what people could book with what stands in it."""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import translator
from smartcx_portal.ui.choices import select_field
from smartcx_portal.ui.messages import count
from smartcx_portal.ui.parts import paragraph, section
from smartcx_portal.ui.tables import row, table
from smartcx_portal.ui.text import joined, when


def preview_part(lang: str, state: Any) -> rx.Component:
    """Two weeks of one service; it follows what is typed and never saves anything."""
    t, shown = translator(lang), state.preview
    whole = rx.fragment(
        select_field(
            lang,
            "preview_service",
            t("Service"),
            state.services,
            default=state.service_id,
            on_change=state.look_for,
        ),
        count(shown.sentence),
        when(shown.until != "", paragraph(shown.until, muted=True)),
        table(
            t("Free times by day"),
            [t("Day"), t("Free times"), t("When")],
            rx.foreach(shown.lines, lambda one: _line(lang, one)),
            name="preview",
            hidden_caption=True,
        ),
    )
    none = paragraph(t("There is no service yet that could be previewed here."))
    return section(t("Preview"), rx.cond(state.services.length() > 0, whole, none))


def _line(lang: str, one: Any) -> rx.Component:
    t = translator(lang)
    before = rx.cond(one.now != "", joined(" (", t("now"), " ", one.now, ")"), "")
    free = rx.el.span(one.free, before, class_name=rx.cond(one.now != "", "kern-body--bold", ""))
    return row(one.text, free, rx.cond(one.times != "", one.times, "–"), key=one.day)
