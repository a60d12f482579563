"""Everything stored about the person who reads (Art. 15, promise P03)."""

from typing import Any

import reflex as rx

from smartcx_portal.kit.language import N_, translator
from smartcx_portal.portal.frame import here, portal_page
from smartcx_portal.portal.see_state import SeeState
from smartcx_portal.ui.actions import button, button_row, link, link_button
from smartcx_portal.ui.browser import FocusHeading, tenant_slug
from smartcx_portal.ui.forms import search_form
from smartcx_portal.ui.keeping import print_button
from smartcx_portal.ui.layout import tenant_address
from smartcx_portal.ui.messages import count, waiting
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.tables import fact, facts
from smartcx_portal.ui.text import joined, when

SEE = N_("What is stored about you")


def see_page(lang: str) -> rx.Component:
    """Groups of values, each with purpose, ground, origin, recipients and its end."""
    t = translator(lang)
    return portal_page(lang, "see", t(SEE), when(SeeState.loaded, _everything(lang), waiting(lang)))


def _everything(lang: str) -> rx.Component:
    t = translator(lang)
    toggle = when(SeeState.all_open, t("Close all particulars"), t("Open all particulars"))
    return stack(
        when(
            SeeState.deleted_by != "",
            paragraph(
                joined(t("All that leads to you is deleted by itself at the latest on:"), " ", SeeState.deleted_by)
            ),
        ),
        paragraph(SeeState.automated),
        button_row(
            link_button(t("Take along"), here(lang, "take_along")),
            link_button(t("Correct"), here(lang, "correct"), weight="secondary"),
            print_button(t("Print")),
        ),
        search_form(lang, "words", t("Search your data"), on_submit=SeeState.search),
        count(SeeState.found),
        button(lang, toggle, SeeState.open_all, weight="tertiary"),
        rx.foreach(SeeState.groups, lambda group: _group(lang, group)),
        section(
            t("Technical keys"),
            paragraph(
                t("Technical keys and check values are stored with your data."),
                " ",
                t("Nobody can read your details from them. The package to take along has them in full."),
            ),
        ),
        rx.el.p(
            link(t("Privacy notice"), tenant_address(lang, "privacy", tenant_slug())),
            " · ",
            link(t("What happens to your data, as a picture"), tenant_address(lang, "data_map", tenant_slug())),
            class_name="kern-body",
        ),
    )


def _group(lang: str, group: Any) -> rx.Component:
    return rx.el.section(
        FocusHeading.create(group.title, stamp=group.stamp, class_name="kern-heading-medium"),
        when(group.part != "", _turning(lang, group)),
        rx.foreach(group.records, lambda record: _record(lang, record)),
        class_name="cx-section",
    )


def _turning(lang: str, group: Any) -> rx.Component:
    """Which part of a long group this is, and the ways to the parts beside."""
    t = translator(lang)
    ways = [
        when(start >= 0, button(lang, word, SeeState.turn(group.id, start), spoken=joined(word, ": ", group.title)))
        for word, start in ((t("Newer entries"), group.newer), (t("Older entries"), group.older))
    ]
    return stack(paragraph(group.part, muted=True), button_row(*ways))


def _record(lang: str, record: Any) -> rx.Component:
    return rx.el.section(
        when(record.title != "", rx.el.h3(record.title, class_name="kern-heading-small")),
        rx.foreach(record.lines, lambda line: _value(lang, line)),
        class_name="cx-section",
    )


def _value(lang: str, line: Any) -> rx.Component:
    t = translator(lang)
    more = facts(
        fact(t("What for"), line.purpose),
        fact(t("Why it is allowed"), line.ground),
        fact(t("Where it comes from"), line.origin),
        fact(t("Who gets it"), line.recipients),
        fact(t("Until when"), line.until),
    )
    return rx.el.details(
        rx.el.summary(
            rx.el.span(
                rx.el.span(joined(line.label, when(line.label.endswith("?"), " ", ": ")), class_name="cx-value__label"),
                rx.el.span(line.value),
                class_name="kern-title",
            ),
            class_name="kern-accordion__header",
        ),
        rx.el.div(more, class_name="kern-accordion__body"),
        class_name="kern-accordion",
        open=SeeState.all_open,
    )
