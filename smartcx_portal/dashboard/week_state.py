"""The week's appointments; the page follows them by itself."""

from datetime import date, timedelta

import reflex as rx

from smartcx_portal.dashboard.addresses import day_in
from smartcx_portal.dashboard.day_view import WeekView, week_view
from smartcx_portal.dashboard.following import PRESENT, followed, read_followed, show
from smartcx_portal.gate import event, follow, live
from smartcx_portal.tenancy import Permission, Work


class WeekState(rx.State):
    """`waits`: the page is paused, and something has changed since."""

    ready: bool = False
    view: WeekView = WeekView()
    paused: bool = False
    waits: bool = False

    @event(Permission.BOOKINGS_READ)
    def load(self, work: Work) -> None:
        """The week of the day that the address names, else the present one."""
        day = day_in(self.router.url.query_parameters)
        self.view, self.waits, self.ready = week_view(work, day), False, True
        follow(WeekState, followed(work, day))

    @event(Permission.BOOKINGS_READ)
    def pause(self) -> None:
        """Leave the list as it is."""
        self.paused = True

    @event(Permission.BOOKINGS_READ)
    def go_on(self, work: Work) -> None:
        """Show what has changed meanwhile, and follow again."""
        self.paused, self.waits = False, False
        self.view = week_view(work, day_in(self.router.url.query_parameters))


def touches(what: str, day: str) -> bool:
    """Whether a change on `day` lies in the week of the day that a tab shows."""
    shown = what.partition(" ")[2]
    if shown == PRESENT:
        return True
    one, other = date.fromisoformat(shown), date.fromisoformat(day)
    return one - timedelta(days=one.weekday()) == other - timedelta(days=other.weekday())


live.register(WeekState, lambda work, what: week_view(work, read_followed(work, what)), show, touches=touches)
