"""Texts that come as data: sections with paragraphs, lists and tables, and what changed between two of them."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.inline import A  # `rx.el.a` is the router's own link

from smartcx_portal.kit.language import translator
from smartcx_portal.ui.messages import badge
from smartcx_portal.ui.text import Text, anchor, joined, when

WEB_ADDRESS = r"/(https?:\/\/\S+?)(?=[.,;:)]*(?:\s|$))/"
"""As JavaScript writes it: what splits a text into words and addresses by turns."""
LIST = "kern-list kern-list--bullet cx-bullets"


def document_section(one: Any) -> rx.Component:
    """A section under its heading, which is a target for links by the section's `id`."""
    heading = rx.el.h3(one.heading, class_name="kern-heading-small", tab_index=-1, custom_attrs=anchor(one.id))
    return rx.el.section(heading, *document_content(one), class_name="cx-section")


def document_content(one: Any) -> list[rx.Component]:
    """What stands below a section's heading: `paragraphs`, `points`, `tables`."""
    return [
        rx.foreach(one.paragraphs, lambda text: rx.el.p(linked(text), class_name="kern-body")),
        when(
            one.points.length() > 0,
            rx.el.ul(rx.foreach(one.points, lambda item: rx.el.li(linked(item))), class_name=LIST),
        ),
        rx.foreach(one.tables, lambda table, at: _table(one.id, table, at)),
    ]


def linked(text: rx.Var[str]) -> rx.Component:
    """A text whose web addresses lead there; the full stop or comma after one is not part of it."""
    pieces: rx.Var[list[str]] = rx.Var(
        f"{text!s}.split({WEB_ADDRESS})", _var_type=list[str], _var_data=text._get_all_var_data()
    )
    return rx.fragment(rx.foreach(pieces, lambda piece: rx.cond(piece.startswith("http"), _address(piece), piece)))


def _address(to: rx.Var[str]) -> rx.Component:
    css = "kern-link kern-link--no-visited-state cx-address"
    return A.create(to, href=to, class_name=css, rel="noreferrer")


def changed_section(lang: str, one: Any) -> rx.Component:
    """The `changes` of one section under its heading; `kind` says whether all of it is `new` or `gone`."""
    t = translator(lang)
    whole = rx.match(
        one.kind,
        ("new", rx.fragment(" ", badge(t("New section"), kind="success"))),
        ("gone", rx.fragment(" ", badge(t("Left out"), kind="warning"))),
        rx.fragment(),
    )
    return rx.el.section(
        rx.el.h3(one.heading, whole, class_name="kern-heading-small"),
        rx.el.ul(rx.foreach(one.changes, lambda change: _change(lang, change)), class_name="cx-changes"),
        class_name="cx-section",
    )


def _change(lang: str, one: Any) -> rx.Component:
    """Never by colour or line alone: each side has its word."""
    t = translator(lang)
    return rx.el.li(
        when(one.about != "", rx.el.p(one.about, class_name="kern-body kern-body--bold")),
        when(one.before != "", _side(rx.cond(one.after != "", t("Before:"), t("Left out:")), rx.el.del_(one.before))),
        when(one.after != "", _side(rx.cond(one.before != "", t("Now:"), t("New:")), rx.el.ins(one.after))),
    )


def _side(word: Text, text: rx.Component) -> rx.Component:
    return rx.el.p(rx.el.span(word, class_name="cx-changes__word"), " ", text, class_name="kern-body")


def _table(section_id: Any, table: Any, at: Any) -> rx.Component:
    """Built here, not by `ui.tables`: its columns are data."""
    name = joined(section_id, "-", at.to(str))
    return rx.el.div(
        rx.el.table(
            rx.el.caption(table.caption, class_name="kern-title", custom_attrs=anchor(name)),
            rx.el.thead(
                rx.el.tr(
                    rx.foreach(table.head, lambda text: rx.el.th(text, scope="col", class_name="kern-table__header")),
                    class_name="kern-table__row",
                ),
                class_name="kern-table__head",
            ),
            rx.el.tbody(rx.foreach(table.rows, _row), class_name="kern-table__body"),
            class_name="kern-table kern-table--small",
        ),
        class_name="kern-table-responsive cx-table",
        tab_index=0,
        role="region",
        custom_attrs={"aria-labelledby": name},
    )


def _row(cells: Any) -> rx.Component:
    def cell(text: Any, at: Any) -> rx.Component:
        return rx.cond(
            at == 0,
            rx.el.th(text, scope="row", class_name="kern-table__header"),
            rx.el.td(text, class_name="kern-table__cell"),
        )

    return rx.el.tr(rx.foreach(cells, cell), class_name="kern-table__row")
