"""The pages of this surface."""

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from smartcx_portal.booking_page.booked import booked_page, link_page
from smartcx_portal.booking_page.booking_start import booking_start_page
from smartcx_portal.booking_page.check import check_page
from smartcx_portal.booking_page.check_state import CheckState
from smartcx_portal.booking_page.details import details_page
from smartcx_portal.booking_page.details_state import DetailsState
from smartcx_portal.booking_page.frame import route
from smartcx_portal.booking_page.hold_state import HoldState
from smartcx_portal.booking_page.options import options_page
from smartcx_portal.booking_page.options_state import OptionsState
from smartcx_portal.booking_page.own import cancel_page, own_page
from smartcx_portal.booking_page.own_states import BookedState
from smartcx_portal.booking_page.place_state import PlaceState
from smartcx_portal.booking_page.service import service_page
from smartcx_portal.booking_page.service_state import ServiceState
from smartcx_portal.booking_page.time import move_page, time_page
from smartcx_portal.booking_page.time_state import TimeState
from smartcx_portal.booking_page.wait_state import WaitState
from smartcx_portal.booking_page.waiting_page import waiting_page
from smartcx_portal.booking_page.widget import BOOK, WIDGET, framed
from smartcx_portal.booking_page.wish import join_page, wish_page
from smartcx_portal.booking_page.wish_states import JoinState
from smartcx_portal.kit.language import LANGUAGES, N_, translate
from smartcx_portal.ui.pages import in_language


@dataclass(frozen=True)
class Page:
    """A page at `word` and `sub` of the table of addresses, and what it loads after the tenant's facts."""

    show: Callable[[str], rx.Component]
    title: str
    word: str = "book"
    sub: str = ""
    loads: tuple[Any, ...] = ()


BOOKING = (
    Page(booking_start_page, N_("Book an appointment")),
    Page(service_page, N_("What is it about?"), sub="service", loads=(ServiceState.load,)),
    Page(options_page, N_("How should the appointment be?"), sub="options", loads=(OptionsState.load,)),
    Page(time_page, N_("When suits you?"), sub="time", loads=(TimeState.load,)),
    Page(details_page, N_("Your details"), sub="details", loads=(HoldState.load, DetailsState.load)),
    Page(check_page, N_("Check your booking"), sub="check", loads=(HoldState.load, CheckState.load)),
    Page(waiting_page, N_("Almost done: confirm by e-mail"), sub="confirming", loads=(WaitState.load,)),
    Page(booked_page, N_("You are booked"), sub="booked", loads=(BookedState.load,)),
    Page(link_page, N_("Confirm the appointment"), word="confirm"),
    Page(join_page, N_("Waiting list"), word="waiting", loads=(JoinState.load,)),
    Page(wish_page, N_("Waiting list"), word="waiting", sub="wish"),
    Page(own_page, N_("Your appointment"), word="appointment"),
    Page(move_page, N_("Move the appointment"), word="appointment", sub="move"),
    Page(cancel_page, N_("Cancel the appointment?"), word="appointment", sub="cancel"),
)


def add_pages(app: rx.App) -> None:
    """Register this surface's pages, once per language."""
    for lang in LANGUAGES:
        for page in BOOKING:
            _add(app, lang, page, page.show, page.word)
            if page.word == BOOK:
                _add(app, lang, page, framed(page.show), WIDGET)
    if importlib.util.find_spec("smartcx_portal.booking_page.public_pages"):
        importlib.import_module("smartcx_portal.booking_page.public_pages").add_public_pages(app)


def _add(app: rx.App, lang: str, page: Page, show: Callable[[str], rx.Component], word: str) -> None:
    app.add_page(
        in_language(show, lang),
        route=route(lang, page.sub, word),
        title=translate(lang, page.title),
        on_load=[PlaceState.load, *page.loads],
    )
