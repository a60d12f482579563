"""The staff calendar; the page follows what happens by itself."""

from datetime import date
from typing import Any

import reflex as rx

from smartcx_portal.bookings.calendar_options import Options, calendar_options
from smartcx_portal.dashboard.calendar_address import Shown, calendar_address, read_query, read_shown
from smartcx_portal.dashboard.calendar_view import CalendarView, calendar_view, span_of
from smartcx_portal.dashboard.following import show
from smartcx_portal.gate import Form, event, follow, live
from smartcx_portal.kit.language import known
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice


class FilterForm(Form):
    """What to narrow the calendar to; empty for everything."""

    day: str = ""
    location: str = ""
    service: str = ""
    resource: str = ""
    state: str = ""


class CalendarState(rx.State):
    """`waits`: the page is paused, and something has changed since."""

    ready: bool = False
    view: CalendarView = CalendarView()
    shown: Shown = Shown()
    paused: bool = False
    waits: bool = False
    locations: list[Choice] = []
    services: list[Choice] = []
    resources: list[Choice] = []
    states: list[Choice] = []

    @event(Permission.BOOKINGS_READ)
    def load(self, work: Work) -> None:
        """What the address asks for."""
        self.shown = read_shown(self.router.url.query_parameters)
        self.view, self.waits, self.ready = calendar_view(work, self.shown), False, True
        self._offer(calendar_options(work))
        follow(CalendarState, followed(work, self.shown))

    @event(Permission.BOOKINGS_READ)
    def pause(self) -> None:
        """Leave the calendar as it is."""
        self.paused = True

    @event(Permission.BOOKINGS_READ)
    def go_on(self, work: Work) -> None:
        """Show what has changed meanwhile, and follow again."""
        self.paused, self.waits = False, False
        self.view = calendar_view(work, self.shown)

    @event(Permission.BOOKINGS_READ)
    def refresh(self, work: Work) -> None:
        """Show what the reader has just done, also while the page is paused."""
        self.view = calendar_view(work, self.shown)

    @event(Permission.BOOKINGS_READ)
    def filter(self, work: Work, form: FilterForm) -> Any:
        """Lead to the calendar that is narrowed so."""
        wanted = read_shown(form.model_dump())
        shown = wanted.but(view=self.shown.view, table=self.shown.table)
        return rx.redirect(calendar_address(work.lang, shown))

    def _offer(self, options: Options) -> None:
        self.locations = [Choice(*one) for one in options.locations]
        self.services = [Choice(*one) for one in options.services]
        self.resources = [Choice(*one) for one in options.resources]
        self.states = [Choice(*one) for one in options.states]


def followed(work: Work, shown: Shown) -> str:
    """The word by which the gate knows what a tab shows: its language and query."""
    return calendar_address(work.lang, shown)


def read_followed(work: Work, what: str) -> Shown:
    """What such a word says; the work speaks its language from here on."""
    path, _, query = what.partition("?")
    work.lang = known(path.split("/")[1])
    return read_query(query)


def touches(what: str, day: str) -> bool:
    """Whether a change on `day` lies in what a tab shows; the present day is looked at in any case."""
    shown = read_query(what.partition("?")[2])
    if not shown.day:
        return True
    first, last = span_of(shown.view, date.fromisoformat(shown.day))
    return first <= date.fromisoformat(day) <= last


def _read(work: Work, what: str) -> CalendarView:
    return calendar_view(work, read_followed(work, what))


live.register(CalendarState, _read, show, touches=touches)
