"""The shell of the dashboard and the back office: side navigation, wide content, sign-out, session notice."""

from collections.abc import Mapping, Sequence
from typing import Any

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button
from smartcx_portal.ui.layout import PRODUCT, Links, footer, header, heading, shell
from smartcx_portal.ui.messages import problem_line, session_notice, status_line
from smartcx_portal.ui.text import Flag, Text, joined, when


def _entry(label: Text, to: Text, current: str, shown: Flag) -> rx.Component:
    here: dict[str, Any] = {"aria_current": "page"} if to == current else {}
    return when(shown, rx.el.li(ReactRouterLink.create(label, to=to, class_name="cx-nav__link", **here)))


def side_navigation(lang: str, links: Links, current: str, offered: Mapping[str, Flag] | None = None) -> rx.Component:
    """The rooms of a surface; on a phone behind a `details` that names the present one.

    `offered` tells by address whether a room is listed, where that depends on the reader.
    """
    there = offered or {}
    t = translator(lang)
    here = next((label for label, to in links if to == current), t("Menu"))

    def entries() -> rx.Component:
        return rx.el.ul(
            *[_entry(label, to, current, there.get(str(to), True)) for label, to in links], class_name="cx-nav__list"
        )

    small = rx.el.details(
        rx.el.summary(rx.el.span(t("Menu")), rx.el.span(here, class_name="cx-nav__here"), class_name="cx-nav__summary"),
        rx.el.nav(entries(), aria_label=t("Menu")),
        class_name="cx-nav cx-nav--small",
        key=current,
    )
    wide = rx.el.nav(entries(), aria_label=t("Menu"), class_name="cx-nav cx-nav--wide")
    return rx.fragment(small, wide)


def staff_page(
    lang: str,
    title: Text,
    *children: rx.Component,
    nav: Links,
    current: str,
    offered: Mapping[str, Flag] | None = None,
    other: Text,
    on_sign_out: Any,
    name: Text = PRODUCT,
    person: Text = "",
    actions: Sequence[rx.Component] = (),
    ends_at: Text = "",
    on_stay: Any = None,
    status: Text = "",
    problem: Text = "",
    focus_key: Text = "",
    links: Links = (),
    document_title: Text = "",
    extra: Sequence[rx.Component] = (),
) -> rx.Component:
    """One page of staff or operator. `nav` lists the rooms, `current` is the address of the present one.

    `offered` says by address which rooms depend on the reader. `actions` stand beside the heading; `ends_at` is the
    clock time at which the session ends, given two minutes ahead and empty before; `on_stay` renews it. `extra` stands
    in the header.
    """
    t = translator(lang)
    who = when(person, rx.el.span(person, class_name="kern-body kern-body--small cx-person"))
    leave = button(lang, t("Sign out"), on_sign_out, weight="tertiary")
    body = rx.el.main(
        session_notice(lang, ends_at, on_stay) if on_stay is not None else rx.fragment(),
        rx.el.div(heading(title), *actions, class_name="cx-titlebar"),
        status_line(status),
        problem_line(problem),
        *children,
        class_name="cx-main cx-main--wide",
    )
    return shell(
        lang,
        header(lang, name, home=nav[0][1] if nav else "/", other=other, extra=(*extra, who, leave)),
        rx.el.div(side_navigation(lang, nav, current, offered), body, class_name="cx-staff"),
        footer(lang, links) if links else rx.fragment(),
        title=joined(document_title or title, " – ", name),
        focus_key=focus_key,
    )
