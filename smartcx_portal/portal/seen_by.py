"""Who saw the person's data, and what became of the messages to them (Art. 15(1)(c), promise P03)."""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.frame import portal_page
from smartcx_portal.portal.seen_by_state import SeenByState
from smartcx_portal.ui.actions import button, button_row
from smartcx_portal.ui.keeping import print_button
from smartcx_portal.ui.messages import waiting
from smartcx_portal.ui.parts import paragraph, stack
from smartcx_portal.ui.tables import lines
from smartcx_portal.ui.text import Text, when

SEEN_BY = N_("Who saw your data")


def seen_by_page(lang: str) -> rx.Component:
    """One line for each time that somebody got to know something, the latest first."""
    t, state = translator(lang), SeenByState
    known = stack(
        paragraph(
            t("Each time somebody at work opens your details, it is noted here; messages and packages stand here too.")
        ),
        rx.foreach(state.others, lambda sentence: paragraph(sentence)),
        when(state.lines.length() > 0, _lines(lang), paragraph(t("Nobody so far."), bold=True)),
        when(state.more, button(lang, t("Show earlier entries"), state.show_more)),
        when(state.lines.length() > 0, button_row(print_button(t("Print")))),
    )
    return portal_page(lang, "seen_by", t(SEEN_BY), when(state.loaded, known, waiting(lang)))


def _lines(lang: str) -> rx.Component:
    t = translator(lang)
    heads = [t("When"), t("Who"), t("What"), t("What for"), t("What became of it")]
    return lines(t(SEEN_BY), heads, SeenByState.lines, _line, name="seen-by")


def _line(line: Any) -> list[Text]:
    return [line.moment, line.who, line.what, line.why, line.outcome]
