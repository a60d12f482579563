"""One's own appointments in the portal, so that nobody has to look for an old message."""

import reflex as rx

from smartcx_portal.bookings.own_list import OwnLine, own_appointments
from smartcx_portal.gate import event
from smartcx_portal.portal.portal_state import is_person
from smartcx_portal.tenancy import Permission, Work


class AppointmentsState(rx.State):
    """Those to come and the earlier ones; of each list the first ones, until more are asked for."""

    loaded: bool = False
    coming: list[OwnLine] = []
    earlier: list[OwnLine] = []
    more_coming: bool = False
    more_earlier: bool = False

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`."""
        self.coming, self.earlier = [], []
        if is_person(work):
            self._add_coming(work)
            self._add_earlier(work)
            self.loaded = True

    @event(Permission.PERSON)
    def show_more_coming(self, work: Work) -> None:
        """The next ones of those to come."""
        self._add_coming(work)

    @event(Permission.PERSON)
    def show_more_earlier(self, work: Work) -> None:
        """The next ones of those that are over or cancelled."""
        self._add_earlier(work)

    def _add_coming(self, work: Work) -> None:
        found = own_appointments(work, coming=True, start=len(self.coming))
        self.coming, self.more_coming = [*self.coming, *found.lines], found.more

    def _add_earlier(self, work: Work) -> None:
        found = own_appointments(work, coming=False, start=len(self.earlier))
        self.earlier, self.more_earlier = [*self.earlier, *found.lines], found.more
