"""The privacy notice in two layers: at a glance, then every detail; dated, with all earlier versions (promise P22)."""

from typing import Any

import reflex as rx

from smartcx_portal.booking_page.notice_compare import (
    change_line,
    comparing_address,
    comparison_part,
    since_address,
)
from smartcx_portal.booking_page.notice_state import PARAMETER, NoticeState
from smartcx_portal.booking_page.place_state import PlaceState
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.ui.actions import button_row, download_button, jump_link, link, link_button
from smartcx_portal.ui.browser import tenant_slug
from smartcx_portal.ui.documents import document_content, document_section
from smartcx_portal.ui.keeping import print_button
from smartcx_portal.ui.layout import page, tenant_address
from smartcx_portal.ui.messages import alert, badge, waiting
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.text import Text, joined, when

TITLE = N_("Privacy notice")


def notice_page(lang: str) -> rx.Component:
    """What happens to one's data at this tenant."""
    t, slug = translator(lang), tenant_slug()
    return page(
        lang,
        t(TITLE),
        when(
            NoticeState.loaded,
            when(NoticeState.number > 0, _found(lang), paragraph(t("No privacy notice has been published yet."))),
            waiting(lang),
        ),
        name=PlaceState.name,
        tenant=slug,
        other=tenant_address("en" if lang == "de" else "de", "privacy", slug),
        problem=Notice.text,
        focus_key=joined(NoticeState.number.to(str), rx.cond(NoticeState.comparing, "-compared", "")),
    )


def _found(lang: str) -> rx.Component:
    here = tenant_address(lang, "privacy", tenant_slug())
    return rx.cond(NoticeState.comparing, comparison_part(lang, here), _notice(lang, here))


def _notice(lang: str, here: Text) -> rx.Component:
    t, slug = translator(lang), tenant_slug()
    dated = joined(t("Version"), " ", NoticeState.number.to(str), ", ", NoticeState.published)
    earlier = alert(
        t("This is an earlier version"),
        rx.el.p(link(t("Read the version in force"), here), class_name="kern-body"),
        rx.el.p(link(t("See what changed since"), since_address(here)), class_name="kern-body"),
        kind="warning",
    )
    return stack(
        paragraph(dated, muted=True),
        when(~NoticeState.current, earlier),
        change_line(lang, here),
        button_row(
            link_button(t("See my data"), tenant_address(lang, "my_data", slug), weight="secondary"),
            link_button(
                t("What happens to your data, as a picture"), tenant_address(lang, "data_map", slug), weight="secondary"
            ),
            download_button(t("Save as PDF"), _file(lang, slug), weight="secondary"),
            print_button(t("Print")),
        ),
        section(t("At a glance"), rx.foreach(NoticeState.glance, lambda one: rx.fragment(*document_content(one)))),
        section(
            t("All details"),
            rx.el.nav(
                rx.el.ul(rx.foreach(NoticeState.details, _jump), class_name="kern-list kern-list--bullet cx-bullets"),
                aria_label=t("All details"),
            ),
            rx.foreach(NoticeState.details, document_section),
        ),
        section(
            t("All versions"),
            rx.el.ul(
                rx.foreach(NoticeState.versions, lambda one: _version(lang, one, here)),
                class_name="kern-list kern-list--bullet cx-bullets",
            ),
            paragraph(t("Check value of this version (SHA-256):"), " ", rx.el.code(NoticeState.digest)),
            when(
                ~NoticeState.sound,
                alert(t("The stored text of this version no longer has its check value"), kind="danger", level=3),
            ),
        ),
    )


def _file(lang: str, slug: Text) -> Text:
    return joined("/downloads/notice/", slug, "/", NoticeState.number.to(str), f"/{lang}.pdf")


def _jump(one: Any) -> rx.Component:
    return rx.el.li(jump_link(one.heading, one.id))


def _version(lang: str, one: Any, here: Any) -> rx.Component:
    t = translator(lang)
    words = joined(t("Version"), " ", one.number.to(str), ", ", one.published)
    return rx.el.li(
        link(words, joined(here, f"?{PARAMETER}=", one.id)),
        when(one.current, rx.fragment(" ", badge(t("in force")))),
        when(
            one.before != "",
            rx.fragment(
                " · ",
                link(
                    t("what changed"),
                    comparing_address(here, one),
                    aria_label=joined(t("what changed"), ": ", t("Version"), " ", one.number.to(str)),
                ),
            ),
        ),
    )
