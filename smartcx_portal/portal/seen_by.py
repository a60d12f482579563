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
from smartcx_portal.ui.tables import fact, facts, row, table
from smartcx_portal.ui.text import when

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
    """A table, or on a phone, where five columns have no room, the same lines one below the other."""
    narrow = rx.foreach(SeenByState.lines, lambda line: _below_each_other(lang, line))
    return rx.fragment(
        rx.el.div(_table(lang), class_name="cx-lines--wide"),
        rx.el.div(narrow, class_name="cx-lines--narrow"),
    )


def _table(lang: str) -> rx.Component:
    t = translator(lang)
    heads = [t("When"), t("Who"), t("What"), t("What for"), t("What became of it")]
    return table(t(SEEN_BY), heads, rx.foreach(SeenByState.lines, _line), name="seen-by", hidden_caption=True)


def _line(line: Any) -> rx.Component:
    return row(line.moment, line.who, line.what, line.why, line.outcome)


def _below_each_other(lang: str, line: Any) -> rx.Component:
    t = translator(lang)
    return rx.el.section(
        rx.el.h2(line.moment, class_name="kern-heading-small"),
        facts(
            fact(t("Who"), line.who),
            fact(t("What"), line.what),
            when(line.why != "", fact(t("What for"), line.why)),
            when(line.outcome != "", fact(t("What became of it"), line.outcome)),
        ),
        class_name="cx-section",
    )
