"""The data map for everybody: where data comes from, what it is for, who receives it, when it goes (promise P01)."""

import reflex as rx

from smartcx_portal.booking_page.notice_state import NoticeState
from smartcx_portal.booking_page.place_state import PlaceState
from smartcx_portal.gate import Notice
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.privacy.map_picture import HEADS
from smartcx_portal.ui.actions import back_link, button_row, link_button
from smartcx_portal.ui.browser import tenant_slug
from smartcx_portal.ui.flow import flow, flow_words
from smartcx_portal.ui.layout import page, tenant_address
from smartcx_portal.ui.messages import waiting
from smartcx_portal.ui.parts import paragraph, stack
from smartcx_portal.ui.text import when

TITLE = N_("What happens to your data")


def data_map_page(lang: str) -> rx.Component:
    """The picture, then the same in words."""
    t, slug = translator(lang), tenant_slug()
    return page(
        lang,
        t(TITLE),
        back_link(t("Privacy notice"), tenant_address(lang, "privacy", slug)),
        when(NoticeState.map.rows.length() > 0, _map(lang), waiting(lang)),
        name=PlaceState.name,
        tenant=slug,
        other=tenant_address("en" if lang == "de" else "de", "data_map", slug),
        problem=Notice.text,
    )


def _map(lang: str) -> rx.Component:
    t, drawn = translator(lang), NoticeState.map
    source, _, recipient, end = (t(head) for head in HEADS)
    return stack(
        paragraph(
            t(
                "Where data comes from here, what it is for, who receives it and when it goes. This is drawn from what "
                "is switched on at this moment; what is stored about you yourself stands in your data."
            )
        ),
        button_row(link_button(t("See my data"), tenant_address(lang, "my_data", tenant_slug()), weight="secondary")),
        flow(t(TITLE), t("Four columns from left to right. Below, the same stands in words."), drawn),
        flow_words(t("The same in words"), [source, recipient, end], drawn.rows),
    )
