"""The page of the tenant's data map."""

import reflex as rx

from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.data_map_state import DataMapState
from smartcx_portal.dashboard.frame import room
from smartcx_portal.kit.language import N_, translator
from smartcx_portal.privacy.map_picture import HEADS
from smartcx_portal.ui.actions import back_link, link
from smartcx_portal.ui.flow import flow, flow_words
from smartcx_portal.ui.parts import paragraph

TITLE = N_("Data map")
ABOUT = N_("Four columns from left to right. Below, the same stands in words.")


def data_map_page(lang: str) -> rx.Component:
    """The picture, then the same in words."""
    t, state = translator(lang), DataMapState
    source, _, recipient, end = (t(head) for head in HEADS)
    return room(
        lang,
        t(TITLE),
        back_link(t("Privacy"), room_address(lang, "privacy_cases")),
        paragraph(
            t(
                "What happens with data here: where it comes from, what it is for, who receives it, when it goes. "
                "The map is drawn anew each time from what is switched on."
            )
        ),
        paragraph(link(t("Change services and periods"), room_address(lang, "services_used"))),
        flow(t(TITLE), t(ABOUT), state.picture),
        flow_words(t("The data map in words"), [source, recipient, end], state.picture.rows),
        sub="data_map",
        current="privacy_cases",
        ready=state.ready,
    )
