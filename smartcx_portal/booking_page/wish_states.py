"""The waiting list as people see it: ask for a place, and what became of it."""

from typing import Any

import reflex as rx

from smartcx_portal.booking_page.addresses import chosen_in, step
from smartcx_portal.bookings.basket import read_basket
from smartcx_portal.bookings.promoting import OfferOver, decline_offer, leave_line, take_offer
from smartcx_portal.bookings.refusals import LinkExpired
from smartcx_portal.bookings.waiting import WishView, confirm_wish, join_line, look_at_wish
from smartcx_portal.gate import event
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.contact import masked
from smartcx_portal.kit.errors import InvalidForm, NotFound, ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.messaging.links import LinkInvalid
from smartcx_portal.models.calendar import Location
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.standing.consents import text_of
from smartcx_portal.tenancy import Permission, Work

MINUTES, HOURS = N_("{number} minutes"), N_("{number} hours")
PLACE_IN_LINE = N_("You are number {number} in the line.")


class JoinState(rx.State):
    """The form for a place in the line. `sent_to` is the masked address once a mail is on its way."""

    service: str = ""
    service_id: str = ""
    held: str = ""
    """How long an offer is held, in words."""
    first_day: str = ""
    consent: str = ""
    none: bool = False
    ready: bool = False
    sent_to: str = ""

    @event(Permission.VISITOR)
    def load(self, work: Work) -> Any:
        """The service that the address names; without one it leads to the choice of services."""
        self.ready, self.sent_to = False, ""
        chosen = chosen_in(self.router.url.query_parameters)
        try:
            basket = read_basket(work, chosen.services)
        except (InvalidForm, NotFound):
            return rx.redirect(step(work, "service"), replace=True)
        service = basket.service
        self.service, self.service_id = service.name, str(service.id)
        self.none = not service.waitlist or basket.combined
        self.held = span_text(service.waitlist_hold_min, work.lang)
        self.first_day = local_day(work.now, work.get(Location, service.location_id).zone).isoformat()
        self.consent = text_of(work, ConsentPurpose.MAIL, work.lang)
        self.ready = True
        return None

    @event(Permission.VISITOR)
    def join(self, work: Work, form: dict[str, str]) -> None:
        """Ask for a place; the mail's link then takes it."""
        weekdays = ",".join(str(n) for n in range(7) if form.get(f"weekday-{n}"))
        join_line(work, self.service_id, {**form, "weekdays": weekdays})
        self.sent_to = masked(form.get("email", ""))


class WishState(rx.State):
    """One's wish, opened by its link. `asked` until it is known; `refused` says why nothing is shown."""

    asked: bool = True
    refused: str = ""
    state: str = ""
    service: str = ""
    place: str = ""
    days: str = ""
    times: str = ""
    line: str = ""
    until: str = ""
    offered: str = ""
    asks: bool = False
    _secret: str = ""

    @event(Permission.VISITOR)
    def open(self, work: Work, secret: str) -> None:
        """Look, change nothing: mail scanners open links too."""
        self.asked, self._secret = False, secret or self._secret
        self._try(work, look_at_wish)

    @event(Permission.VISITOR)
    def confirm(self, work: Work) -> None:
        """Take one's place in the line."""
        self._try(work, confirm_wish)

    @event(Permission.VISITOR)
    def take(self, work: Work) -> Any:
        """Book what is offered, or go on to what must be answered first."""
        try:
            with work.attempt():
                done = take_offer(work, self._secret)
        except OfferOver as over:
            self._try(work, look_at_wish)
            self.refused = over.text(work.lang)
            return None
        self._forget()
        if done is None:
            return rx.redirect(step(work, "details"))
        return rx.redirect(step(work, page="appointment", fragment=done.secret))

    @event(Permission.VISITOR)
    def decline(self, work: Work) -> None:
        """Leave the offered time to others, and wait on."""
        decline_offer(work, self._secret)
        self._try(work, look_at_wish)

    @event(Permission.VISITOR)
    def leave(self, work: Work) -> None:
        """Take the wish back."""
        leave_line(work, self._secret)
        self._try(work, look_at_wish)

    def _try(self, work: Work, use_case: Any) -> None:
        self.refused = ""
        try:
            with work.attempt():
                self._show(use_case(work, self._secret), work.lang)
        except (LinkInvalid, LinkExpired) as problem:
            self._refuse(problem, work.lang)

    def _show(self, seen: WishView, lang: str) -> None:
        self.state, self.service, self.place = seen.state, seen.service, seen.place
        self.days, self.times, self.until, self.asks = seen.days, seen.times, seen.until, seen.asks
        self.offered = seen.offered.text if seen.offered else ""
        self.line = translate(lang, PLACE_IN_LINE).format(number=seen.ahead + 1)

    def _refuse(self, problem: ProductError, lang: str) -> None:
        self.state, self.refused = "refused", problem.text(lang)

    def _forget(self) -> None:
        self.asked, self.state = True, ""


def span_text(minutes: int, lang: str) -> str:
    """`2 Stunden`, or `90 Minuten` where hours do not come out even."""
    hours = minutes % 60 == 0 and minutes > 60
    return translate(lang, HOURS if hours else MINUTES).format(number=minutes // 60 if hours else minutes)
