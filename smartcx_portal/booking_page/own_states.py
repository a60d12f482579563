"""One's own appointment: just booked in this tab, confirmed by a mail's link, or opened by its secret link."""

from typing import Any

import reflex as rx

from smartcx_portal.booking_page.addresses import step
from smartcx_portal.booking_page.shown import Shown, shown
from smartcx_portal.bookings.cancelling import cancel_by_link
from smartcx_portal.bookings.cancelling_series import cancel_series_by_link
from smartcx_portal.bookings.confirming import confirm_by_link, look_at_confirmation
from smartcx_portal.bookings.own import appointment, booked_here
from smartcx_portal.bookings.refusals import LinkExpired, LinkUsed
from smartcx_portal.gate import event
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.messaging.links import LinkInvalid
from smartcx_portal.tenancy import Permission, Work


class BookedState(rx.State):
    """What this tab has just booked; `nothing` when it has booked nothing, or that is too long ago."""

    own: Shown = Shown()
    nothing: bool = False

    @event(Permission.VISITOR)
    def load(self, work: Work) -> Any:
        """The booking, also after a reload; one that still waits leads back to its page."""
        here = booked_here(work)
        if here is not None and here.state == "pending":
            return rx.redirect(step(work, "confirming"), replace=True)
        found = here.appointment if here else None
        self.own = shown(work, found) if found else Shown()
        self.nothing = found is None
        return None


class LinkState(rx.State):
    """The link of a confirmation mail. `stage`: `open`, `done`, `refused`, or empty while nothing is known.

    `stamp` tells other tabs that the booking is certain now.
    """

    stage: str = ""
    when: str = ""
    series: list[str] = []
    service: str = ""
    place: str = ""
    until: str = ""
    refused: str = ""
    own: Shown = Shown()
    stamp: str = ""
    _secret: str = ""

    @event(Permission.VISITOR)
    def open(self, work: Work, secret: str) -> None:
        """Look, change nothing: mail scanners open links too. What is confirmed already is shown."""
        self._secret = secret or self._secret
        try:
            found = look_at_confirmation(work, self._secret)
        except LinkInvalid as problem:
            self._refuse(problem, work)
            return
        self.when, self.service, self.place = found.when.text, found.service, found.place
        self.until, self.series = found.until, list(found.series)
        if found.state == "open":
            self.stage = "open"
        elif found.state == "confirmed":
            self._confirm(work)
        else:
            self._refuse(LinkExpired(until=found.until) if found.state == "lapsed" else LinkUsed(), work)

    @event(Permission.VISITOR)
    def confirm(self, work: Work) -> None:
        """Make the booking certain."""
        try:
            with work.attempt():
                self._confirm(work)
        except (LinkExpired, LinkUsed, LinkInvalid) as problem:
            self._refuse(problem, work)

    def _confirm(self, work: Work) -> None:
        done = confirm_by_link(work, self._secret)
        self.own = shown(work, appointment(work, done.secret))
        self.stage, self.refused, self.stamp = "done", "", done.booking_id

    def _refuse(self, problem: ProductError, work: Work) -> None:
        self.stage, self.refused = "refused", problem.text(work.lang)


class OwnState(rx.State):
    """The appointment that a secret link opens, for seeing it and calling it off."""

    own: Shown = Shown()
    asked: bool = True
    refused: str = ""
    _secret: str = ""

    @event(Permission.VISITOR)
    def open(self, work: Work, secret: str) -> None:
        """Show it; a link that opens nothing any more says so."""
        self.asked, self.refused, self._secret = False, "", secret or self._secret
        try:
            self.own = shown(work, appointment(work, self._secret))
        except LinkInvalid as problem:
            self.own, self.refused = Shown(), problem.text(work.lang)

    @event(Permission.VISITOR)
    def cancel(self, work: Work, form: dict[str, str]) -> Any:
        """Call it off, or all of its series, and show that."""
        cancel = cancel_series_by_link if form.get("which") == "all" else cancel_by_link
        self.own = shown(work, cancel(work, self._secret, form.get("reason", "")))
        return rx.redirect(self.own.manage)
