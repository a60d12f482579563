"""The day's appointments; the page follows them by itself."""

from typing import Any

import reflex as rx

from smartcx_portal.dashboard.addresses import day_address, day_in
from smartcx_portal.dashboard.day_view import DayView, day_view
from smartcx_portal.dashboard.following import PRESENT, followed, read_followed, show
from smartcx_portal.gate import Form, event, follow, live
from smartcx_portal.tenancy import Permission, Work


class DayForm(Form):
    """The day to go to."""

    day: str = ""


class TodayState(rx.State):
    """`waits`: the page is paused, and something has changed since."""

    ready: bool = False
    view: DayView = DayView()
    paused: bool = False
    waits: bool = False

    @event(Permission.BOOKINGS_READ)
    def load(self, work: Work) -> None:
        """The day that the address names, else the present one."""
        day = day_in(self.router.url.query_parameters)
        self.view, self.waits, self.ready = day_view(work, day), False, True
        follow(TodayState, followed(work, day))

    @event(Permission.BOOKINGS_READ)
    def pause(self) -> None:
        """Leave the list as it is."""
        self.paused = True

    @event(Permission.BOOKINGS_READ)
    def go_on(self, work: Work) -> None:
        """Show what has changed meanwhile, and follow again."""
        self.paused, self.waits = False, False
        self.view = day_view(work, day_in(self.router.url.query_parameters))

    @event(Permission.BOOKINGS_READ)
    def go_to(self, work: Work, form: DayForm) -> Any:
        """Show another day; an empty field leads to the present one."""
        day = day_in({"day": form.day})
        return rx.redirect(day_address(work.lang, "today", day.isoformat() if day else ""))


def touches(what: str, day: str) -> bool:
    """Whether a change on `day` concerns a tab that shows `what`; the present day is looked at in any case."""
    return what.endswith((day, PRESENT))


live.register(TodayState, lambda work, what: day_view(work, read_followed(work, what)), show, touches=touches)
