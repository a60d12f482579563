"""Facts in order: data tables, lists of facts, answers to check, and task lists."""

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import link
from smartcx_portal.ui.text import Text, anchor, joined, when


def table(
    caption: Text,
    columns: Sequence[Text | rx.Component],
    *rows: rx.Component,
    name: str = "table",
    hidden_caption: bool = False,
) -> rx.Component:
    """A table in a box that scrolls sideways by itself; `rows` are `row(...)` or a `rx.foreach` of them.

    `name` is an id of its own for each table of a page.
    """
    heads = [
        part if isinstance(part, rx.Component) else rx.el.th(part, scope="col", class_name="kern-table__header")
        for part in columns
    ]
    css = "kern-sr-only" if hidden_caption else "kern-title"
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name=css, custom_attrs=anchor(f"{name}-caption")),
            rx.el.thead(rx.el.tr(*heads, class_name="kern-table__row"), class_name="kern-table__head"),
            rx.el.tbody(*rows, class_name="kern-table__body"),
            class_name="kern-table kern-table--small",
        ),
        class_name="kern-table-responsive cx-table",
        tab_index=0,
        role="region",
        custom_attrs={"aria-labelledby": f"{name}-caption"},
    )


def row(head: Text | rx.Component, *cells: Text | rx.Component, **props: Any) -> rx.Component:
    """A row; its first cell names it."""
    return rx.el.tr(
        rx.el.th(head, scope="row", class_name="kern-table__header"),
        *[rx.el.td(cell, class_name="kern-table__cell") for cell in cells],
        class_name="kern-table__row",
        **props,
    )


def lines(
    caption: Text,
    heads: Sequence[Text],
    rows: Any,
    cells: Callable[[Any], Sequence[Text | rx.Component]],
    *,
    name: str,
    hidden_caption: bool = True,
) -> rx.Component:
    """Things with several facts each: a table, or on a phone, where it has no room, each with its facts below it.

    `rows` is a Var or a plain list; of each, `cells` gives what stands under the heads, and the first cell names it. An
    empty one is a dash in the table, and is left out on a phone.
    """

    def across(one: Any) -> rx.Component:
        return row(*[cell if isinstance(cell, rx.Component) else when(cell != "", cell, "–") for cell in cells(one)])

    def below(one: Any) -> rx.Component:
        first, *others = cells(one)
        found = [(cell, fact(head, cell)) for head, cell in zip(heads[1:], others, strict=True)]
        return rx.el.li(
            rx.el.p(first, class_name="kern-heading-small"),
            facts(*[line if isinstance(cell, rx.Component) else when(cell != "", line) for cell, line in found]),
        )

    title = [] if hidden_caption else [rx.el.p(caption, class_name="kern-title", aria_hidden="true")]
    wide = table(caption, heads, *_each(rows, across), name=name, hidden_caption=hidden_caption)
    return rx.fragment(
        rx.el.div(wide, class_name="cx-lines--wide"),
        rx.el.div(
            *title,
            rx.el.ol(*_each(rows, below), class_name="cx-setup", aria_label=caption),
            class_name="cx-lines--narrow",
        ),
    )


def _each(rows: Any, shown: Callable[[Any], rx.Component]) -> list[rx.Component]:
    return [rx.foreach(rows, shown)] if isinstance(rows, rx.Var) else [shown(one) for one in rows]


def sort_head(text: Text, order: rx.Var[str], on_sort: Any) -> rx.Component:
    """A column's head that sorts; `order` is `ascending`, `descending` or empty."""
    sign = rx.match(order, ("ascending", "▲"), ("descending", "▼"), "↕")
    return rx.el.th(
        rx.el.button(
            text, " ", rx.el.span(sign, aria_hidden="true"), type="button", class_name="cx-sort", on_click=on_sort
        ),
        scope="col",
        class_name="kern-table__header",
        custom_attrs={"aria-sort": when(order != "", order, "none")},
    )


def page_links(lang: str, previous: Text, following: Text, words: Text) -> rx.Component:
    """`Zurück · 26–50 von 128 · Weiter`; an empty address hides its link."""
    t = translator(lang)
    return rx.el.nav(
        when(previous, link(t("Previous page"), previous)),
        rx.el.span(words, class_name="kern-body"),
        when(following, link(t("Next page"), following)),
        aria_label=t("Pages"),
        class_name="cx-pages",
    )


def fact(key: Text, *value: Text | rx.Component) -> rx.Component:
    """One line of a list of facts."""
    return rx.el.div(
        rx.el.dt(key, class_name="kern-description-list-item__key"),
        rx.el.dd(*value, class_name="kern-description-list-item__value"),
        class_name="kern-description-list-item",
    )


def facts(*items: rx.Component, column: bool = False) -> rx.Component:
    """Facts as key and value; `items` are `fact(...)` or a `rx.foreach` of them."""
    css = " kern-description-list--col" if column else ""
    return rx.el.dl(*items, class_name=f"kern-description-list{css}")


def answer(lang: str, key: Text, *value: Text | rx.Component, change: Text = "", spoken: Text = "") -> rx.Component:
    """A fact that may be changed: `change` is the address, `spoken` names the link (`Namen ändern`)."""
    label = translator(lang)("Change")
    way = link(label, change, aria_label=spoken or joined(label, ": ", key))
    return rx.el.div(
        rx.el.dt(key, class_name="kern-description-list-item__key"),
        rx.el.dd(rx.el.div(*value), when(change, way), class_name="kern-description-list-item__value cx-answer"),
        class_name="kern-description-list-item",
    )


def summary(title: Text, *items: rx.Component, action: rx.Component | None = None, level: int = 2) -> rx.Component:
    """A titled box of facts or answers."""
    tag = rx.el.h2 if level == 2 else rx.el.h3
    return rx.el.div(
        rx.el.div(tag(title, class_name="kern-title cx-summary__title"), class_name="kern-summary__header"),
        rx.el.div(facts(*items), *([action] if action else []), class_name="kern-summary__body"),
        class_name="kern-summary",
    )


def task(text: Text, to: Text, state: rx.Component) -> rx.Component:
    """One step of a set-up with its state as a badge."""
    return rx.el.li(
        rx.el.div(
            ReactRouterLink.create(
                text, to=to, class_name="kern-link kern-link--stretched kern-link--no-visited-state"
            ),
            class_name="kern-task-list__title",
        ),
        rx.el.div(state, class_name="kern-task-list__status"),
        class_name="kern-task-list__item",
    )


def task_list(*tasks: rx.Component) -> rx.Component:
    """Steps that may be taken in any order."""
    return rx.el.ul(*tasks, class_name="kern-task-list__list")
