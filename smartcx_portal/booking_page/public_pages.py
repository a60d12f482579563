"""The pages beside the booking: the start page and each tenant's legal pages."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from smartcx_portal.booking_page.contact_page import BARRIER, CONTACT, barrier_page, contact_page
from smartcx_portal.booking_page.data_map_page import TITLE as DATA_MAP
from smartcx_portal.booking_page.data_map_page import data_map_page
from smartcx_portal.booking_page.enquiry_state import EnquiryState
from smartcx_portal.booking_page.legal import ACCESSIBILITY, IMPRINT, accessibility_page, imprint_page
from smartcx_portal.booking_page.legal_state import LegalState
from smartcx_portal.booking_page.notice_page import TITLE, notice_page
from smartcx_portal.booking_page.notice_state import NoticeState
from smartcx_portal.booking_page.place_state import PlaceState
from smartcx_portal.booking_page.start import start_page
from smartcx_portal.booking_page.start_state import StartState
from smartcx_portal.booking_page.withdraw_page import TITLE as WITHDRAW
from smartcx_portal.booking_page.withdraw_page import withdraw_page
from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.language import LANGUAGES, translate
from smartcx_portal.ui.pages import in_language

Page = Callable[[str], rx.Component]
OF_TENANTS: tuple[tuple[str, str, Page, list[Any]], ...] = (
    ("privacy", TITLE, notice_page, [NoticeState.load]),
    ("data_map", DATA_MAP, data_map_page, [NoticeState.load_map]),
    ("withdraw", WITHDRAW, withdraw_page, []),
    ("accessibility", ACCESSIBILITY, accessibility_page, [LegalState.load_accessibility]),
    ("barrier", BARRIER, barrier_page, [EnquiryState.open]),
    ("contact", CONTACT, contact_page, [LegalState.load_contact, EnquiryState.open]),
    ("imprint", IMPRINT, imprint_page, [LegalState.load_imprint]),
)
"""Name of the address, title, page, and what it loads beside the tenant's facts."""


def add_public_pages(app: rx.App) -> None:
    """Register them, once per language."""
    for lang in LANGUAGES:
        app.add_page(in_language(start_page, lang), route=f"/{lang}", title="Smart CX", on_load=StartState.load)
        for name, title, page, loads in OF_TENANTS:
            app.add_page(
                in_language(page, lang),
                route=address(lang, name, "[tenant]"),
                title=f"{translate(lang, title)} – Smart CX",
                on_load=[PlaceState.load, *loads],
            )
