"""The pages of this surface: signing in and the dashboard."""

import functools
from collections.abc import Callable
from typing import Any

import reflex as rx

from smartcx_portal.dashboard.account import account_page
from smartcx_portal.dashboard.account_state import OwnDataState
from smartcx_portal.dashboard.addresses import room_address
from smartcx_portal.dashboard.booking import booking_page
from smartcx_portal.dashboard.booking_deeds_state import BookingDeeds
from smartcx_portal.dashboard.booking_new import booking_new_page
from smartcx_portal.dashboard.booking_new_state import BookingNewState
from smartcx_portal.dashboard.booking_state import BookingState
from smartcx_portal.dashboard.bookings import bookings_page
from smartcx_portal.dashboard.bookings_state import BookingsState
from smartcx_portal.dashboard.calendar import calendar_page
from smartcx_portal.dashboard.calendar_deeds_state import CalendarDeeds
from smartcx_portal.dashboard.calendar_state import CalendarState
from smartcx_portal.dashboard.closures import closures_page
from smartcx_portal.dashboard.closures_state import ClosuresState
from smartcx_portal.dashboard.embed import embed_page
from smartcx_portal.dashboard.embed_state import EmbedState
from smartcx_portal.dashboard.enquiries import enquiries_page
from smartcx_portal.dashboard.enquiries_state import EnquiriesState
from smartcx_portal.dashboard.entry_state import EntryState
from smartcx_portal.dashboard.feeds import feeds_page
from smartcx_portal.dashboard.feeds_state import FeedsState
from smartcx_portal.dashboard.frame import room
from smartcx_portal.dashboard.hours import hours_page
from smartcx_portal.dashboard.hours_state import HoursState
from smartcx_portal.dashboard.invitation import invitation_page
from smartcx_portal.dashboard.privacy import privacy_page
from smartcx_portal.dashboard.privacy_pages import PRIVACY_PAGES
from smartcx_portal.dashboard.privacy_state import CasesState
from smartcx_portal.dashboard.setup_pages import SETUP_PAGES
from smartcx_portal.dashboard.sign_in import sign_in_page
from smartcx_portal.dashboard.today import today_page
from smartcx_portal.dashboard.today_state import TodayState
from smartcx_portal.dashboard.waiting_list import waiting_list_page
from smartcx_portal.dashboard.waiting_list_state import WaitingListState
from smartcx_portal.dashboard.week import week_page
from smartcx_portal.dashboard.week_state import WeekState
from smartcx_portal.gate import AccountState
from smartcx_portal.kit.addresses import address
from smartcx_portal.kit.language import LANGUAGES, N_, translate
from smartcx_portal.ui.pages import in_language

Page = Callable[[str], rx.Component]
ROOM_PAGES: tuple[tuple[str, Page, Any, str, str], ...] = (
    ("today", today_page, TodayState.load, "", N_("Today")),
    ("week", week_page, WeekState.load, "", N_("Week")),
    ("calendar", calendar_page, [CalendarState.load, CalendarDeeds.begin], "", N_("Calendar")),
    ("booking_new", booking_new_page, BookingNewState.load, "", N_("New appointment")),
    ("bookings", bookings_page, BookingsState.load, "", N_("Bookings")),
    ("booking", booking_page, [BookingState.load, BookingDeeds.load], "/[entry]", N_("Appointment")),
    ("hours", hours_page, HoursState.load, "", N_("Opening hours")),
    ("closures", closures_page, ClosuresState.load, "", N_("Closures")),
    *SETUP_PAGES,
    ("waiting_list", waiting_list_page, WaitingListState.load, "", N_("Waiting list")),
    ("enquiries", enquiries_page, EnquiriesState.load, "", N_("Enquiries")),
    ("feeds", feeds_page, FeedsState.load, "", N_("Calendar feeds")),
    ("embed", embed_page, EmbedState.load, "", N_("Embed")),
    ("privacy_cases", privacy_page, CasesState.load, "", N_("Privacy")),
    *PRIVACY_PAGES,
    ("account", account_page, OwnDataState.load, "", N_("Your own data")),
)
"""Name in `kit.addresses`, page, what it loads, what follows in the address, title."""


def add_pages(app: rx.App) -> None:
    """Register this surface's pages, once per language."""
    for lang in LANGUAGES:
        add = functools.partial(_add, app, lang)
        add(address(lang, "sign_in"), sign_in_page, AccountState.open_sign_in, N_("Sign in"))
        add(address(lang, "invitation"), invitation_page, None, N_("Accept the invitation"))
        add(address(lang, "dashboard"), entry_page, EntryState.go, N_("Today"))
        for name, page, load, below, title in ROOM_PAGES:
            add(room_address(lang, name) + below, page, load, title)


def entry_page(lang: str) -> rx.Component:
    """Seen for a moment only, or while the tenant is suspended."""
    return room(lang, translate(lang, N_("Today")), sub="today", ready=False)


def _add(app: rx.App, lang: str, route: str, page: Page, load: Any, title: str) -> None:
    shown = f"{translate(lang, title)} – Smart CX"
    app.add_page(in_language(page, lang), route=route, title=shown, on_load=load)
