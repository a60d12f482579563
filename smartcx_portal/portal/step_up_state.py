"""Proving oneself once more, just now: before an address changes and before anything is deleted (tier T3)."""

import reflex as rx

from smartcx_portal.accounts.codes import Refused
from smartcx_portal.accounts.person_sign_in import (
    NeedBookingCode,
    NoWayToProve,
    SignedIn,
    request_step_up,
    step_up,
    step_up_by_booking,
    without_mailbox,
)
from smartcx_portal.gate import event, limit
from smartcx_portal.gate import step_up as mark_fresh
from smartcx_portal.kit.language import translate
from smartcx_portal.kit.localtime import time_text
from smartcx_portal.operations.tenants import tenant_view
from smartcx_portal.portal.portal_state import PER_NETWORK, BookingForm, CodeForm, is_person, secret_of
from smartcx_portal.tenancy import Permission, Work


class StepUpState(rx.State):
    """`fresh` holds for ten minutes after a proof. `by_booking`: no address is known, so link and code count.

    `lost_mailbox` says what stands in for one: `phone`, `office` (by hand), or nothing to say.
    """

    fresh: bool = False
    sent_to: str = ""
    until: str = ""
    asks_booking_code: bool = False
    by_booking: bool = False
    lost_mailbox: str = ""
    problems: dict[str, str] = {}
    _by_phone: bool = False

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """`on_load` of pages that need a fresh proof."""
        self.fresh, self.problems, self.until = work.actor.fresh, {}, ""
        self.lost_mailbox, self._by_phone = without_mailbox(work) if is_person(work) else "", False

    @event(Permission.PERSON)
    def request(self, work: Work) -> None:
        """Send a code to one's own address, or offer the other way where there is none."""
        self._request(work)

    @event(Permission.PERSON)
    def request_by_phone(self, work: Work) -> None:
        """Send a code to one's own number, since the mailbox can no longer be read."""
        self.lost_mailbox, self._by_phone = "", True
        self._request(work)

    @event(Permission.PERSON)
    def prove(self, work: Work, form: CodeForm) -> None:
        """With the fresh code."""
        answer = step_up(work, form.code, form.booking_code)
        if isinstance(answer, Refused):
            self.problems = {"code": answer.text(work.lang)}
        elif isinstance(answer, NeedBookingCode):
            self.problems = {"booking_code": translate(work.lang, answer.says)} if self.asks_booking_code else {}
            self.asks_booking_code = True
        else:
            self._proven(work, answer)

    @event(Permission.PERSON)
    def prove_by_booking(self, work: Work, form: BookingForm) -> None:
        """With an appointment's link and its booking code."""
        limit("booking-proof", f"{work.tenant}:{work.network}", PER_NETWORK)
        self._proven(work, step_up_by_booking(work, secret_of(form.link), form.booking_code))

    def _request(self, work: Work) -> None:
        try:
            asked = request_step_up(work, other_way=self._by_phone)
        except NoWayToProve:
            self.by_booking = True
            return
        self.sent_to, self.until = asked.sent_to, time_text(asked.lapses_at, tenant_view(work).zone, work.lang)
        self.asks_booking_code, self.problems = False, {}

    def _proven(self, work: Work, proven: SignedIn) -> None:
        mark_fresh(work, proof=proven.proof)
        self.fresh, self.problems, self.until, self.by_booking = True, {}, "", False
