"""What changed between two versions of the notice: each section's sentences and cells, before and after."""

from typing import Any

import reflex as rx

from smartcx_portal.booking_page.notice_state import BESIDE, PARAMETER, NoticeState
from smartcx_portal.kit.language import translator
from smartcx_portal.ui.actions import button_row, link, link_button
from smartcx_portal.ui.documents import changed_section
from smartcx_portal.ui.parts import paragraph, section, stack
from smartcx_portal.ui.text import Text, joined, when


def comparing_address(here: Text, version: Any) -> Text:
    """Where a version is compared with the one before it."""
    return joined(here, f"?{PARAMETER}=", version.id, f"&{BESIDE}=", version.before)


def since_address(here: Text) -> Text:
    """Where the version in force is compared with the one that is shown."""
    current, shown = NoticeState.versions[0].id, NoticeState.shown_id
    return joined(here, f"?{PARAMETER}=", current, f"&{BESIDE}=", shown)


def change_line(lang: str, here: Text) -> rx.Component:
    """Above the notice: which version last changed something that matters, and the way to see what."""
    t, changed = translator(lang), NoticeState.changed
    words = joined(t("Last change that matters: version"), " ", changed.number.to(str), ", ", changed.published)
    leads = link(t("See what changed"), comparing_address(here, changed))
    return when(changed.number > 0, rx.el.p(words, ". ", leads, class_name="kern-body"))


def comparison_part(lang: str, here: Text) -> rx.Component:
    """Two versions, the older one first."""
    t, state = translator(lang), NoticeState
    title = joined(
        t("What changed from version"),
        " ",
        state.old.number.to(str),
        " ",
        t("to version"),
        " ",
        state.new.number.to(str),
    )
    dates = joined(state.old.published, " – ", state.new.published)
    said = rx.cond(
        state.material,
        t("Something changed that matters: who is responsible, what for, to whom, or how long."),
        t("Purposes, grounds, recipients and periods are the same."),
    )
    return stack(
        section(
            title,
            paragraph(dates, muted=True),
            paragraph(said),
            rx.cond(
                state.differences.length() > 0,
                rx.fragment(rx.foreach(state.differences, lambda one: changed_section(lang, one))),
                paragraph(t("In this language the two say the same.")),
            ),
        ),
        button_row(
            link_button(t("Read the version in force"), here),
            link_button(t("Read the older version"), joined(here, f"?{PARAMETER}=", state.old.id), weight="secondary"),
        ),
    )
