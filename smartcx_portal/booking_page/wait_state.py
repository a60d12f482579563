"""Waiting for the confirmation: the link in a mail, or the code of an SMS."""

from typing import Any

import reflex as rx

from smartcx_portal.accounts.codes import Refused, redeem
from smartcx_portal.booking_page.addresses import step
from smartcx_portal.booking_page.sending import send_booking_code
from smartcx_portal.bookings.confirming import confirm_after_code, correct_address, resend_confirmation
from smartcx_portal.bookings.own import booked_here
from smartcx_portal.bookings.submitting import submit
from smartcx_portal.gate import event, say
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.models.messaging import CodeUse
from smartcx_portal.tenancy import Permission, Work

SENT_AGAIN = N_("We have written to you again.")
NOT_YET = N_("Not confirmed yet. Please open the link in the e-mail.")


class WaitState(rx.State):
    """`stage` is `pending`, `over`, or empty while nothing is known; `to` is the masked address."""

    stage: str = ""
    way: str = ""
    to: str = ""
    until: str = ""
    when: str = ""
    series: list[str] = []
    service: str = ""
    place: str = ""
    correcting: bool = False
    problems: dict[str, str] = {}

    @event(Permission.VISITOR)
    def load(self, work: Work) -> Any:
        """Where this tab's booking stands; once it is booked, on to that page."""
        self.correcting, self.problems = False, {}
        return self._look(work)

    @event(Permission.VISITOR)
    def look(self, work: Work) -> Any:
        """The reader came back, or confirmed in another tab; what is open on this page stays."""
        return self._look(work)

    @event(Permission.VISITOR)
    def ask(self, work: Work) -> Any:
        """The reader says that it is confirmed."""
        then = self._look(work)
        if self.stage == "pending":
            say(NOT_YET)
        return then

    @event(Permission.VISITOR)
    def send_again(self, work: Work) -> None:
        """The mail, or a new code."""
        if self.way == "sms":
            send_booking_code(work, submit(work))
        else:
            resend_confirmation(work)
        say(SENT_AGAIN)

    @event(Permission.VISITOR)
    def start_correcting(self) -> None:
        """Show the field for another address."""
        self.correcting, self.problems = True, {}

    @event(Permission.VISITOR)
    def correct(self, work: Work, form: dict[str, str]) -> None:
        """Send to another address; links and codes sent before are void."""
        field = "phone" if self.way == "sms" else "email"
        try:
            with work.attempt():
                correct_address(work, form.get(field, ""))
        except ProductError as wrong:
            if wrong.field != field:
                raise
            self.problems = {field: wrong.text(work.lang)}
            return
        if self.way == "sms":
            send_booking_code(work, submit(work))
        self.correcting, self.problems = False, {}
        self._look(work)
        say(SENT_AGAIN)

    @event(Permission.VISITOR)
    def enter_code(self, work: Work, form: dict[str, str]) -> Any:
        """The code of the SMS. A wrong one costs a try, so nothing is raised for it."""
        here = booked_here(work)
        answer = redeem(work, CodeUse.BOOKING, form.get("code", ""))
        if isinstance(answer, Refused):
            self.problems = {"code": answer.text(work.lang)}
            return None
        self.problems = {}
        if here is not None:
            confirm_after_code(work, here.booking_id)
        return self._look(work)

    def _look(self, work: Work) -> Any:
        here = booked_here(work)
        if here is None:
            return rx.redirect(step(work), replace=True)
        if here.state == "booked":
            return rx.redirect(step(work, "booked"), replace=True)
        self.stage, self.way, self.to, self.until = here.state, here.confirming, here.to, here.until
        self.when, self.service, self.place = here.when.text, here.service, here.place
        self.series = list(here.series)
        return None
