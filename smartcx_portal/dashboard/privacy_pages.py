"""The pages below the room "Privacy", on which a tenant answers for what it does with data."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from smartcx_portal.dashboard.breach import breach_page
from smartcx_portal.dashboard.breach_state import BreachState
from smartcx_portal.dashboard.consents import consents_overview_page
from smartcx_portal.dashboard.consents_state import ConsentsOverviewState
from smartcx_portal.dashboard.data_map import data_map_page
from smartcx_portal.dashboard.data_map_state import DataMapState
from smartcx_portal.dashboard.notice_edit import notice_edit_page
from smartcx_portal.dashboard.notice_edit_state import NoticeEditState
from smartcx_portal.dashboard.received import RECEIVED, received_page
from smartcx_portal.dashboard.received_state import ReceivedState
from smartcx_portal.dashboard.record import record_page
from smartcx_portal.dashboard.record_state import RecordState
from smartcx_portal.dashboard.services_used import services_used_page
from smartcx_portal.dashboard.services_used_state import ServicesUsedState
from smartcx_portal.kit.language import N_

PRIVACY_PAGES: tuple[tuple[str, Callable[[str], rx.Component], Any, str, str], ...] = (
    ("notice_edit", notice_edit_page, NoticeEditState.load, "", N_("Privacy notice")),
    ("consents_overview", consents_overview_page, ConsentsOverviewState.load, "", N_("Consents")),
    ("services_used", services_used_page, ServicesUsedState.load, "", N_("Services and periods")),
    ("received", received_page, ReceivedState.load, "", RECEIVED),
    ("data_map", data_map_page, DataMapState.load, "", N_("Data map")),
    ("record", record_page, RecordState.load, "", N_("Record of processing activities")),
    ("breach", breach_page, BreachState.load, "", N_("Data breach")),
)
"""As in `pages.ROOM_PAGES`. Each is led to from `privacy_links.LINKS`."""
