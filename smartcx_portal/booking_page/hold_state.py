"""The time that is held while somebody types and checks."""

from datetime import datetime
from typing import Any

import reflex as rx

from smartcx_portal.booking_page.addresses import step
from smartcx_portal.booking_page.time_state import hold_chosen
from smartcx_portal.booking_page.times import near_slots
from smartcx_portal.bookings.drafts import Chosen, DraftView, HoldView, load_draft
from smartcx_portal.bookings.holding import extend_hold, hold_again
from smartcx_portal.bookings.refusals import HoldLapsed, NothingHeld, SlotTaken
from smartcx_portal.gate import event
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.month import TimeSlot

ELSEWHERE = {"pending": "confirming", "booked": "booked", "over": "time"}
"""Where a draft's stage belongs that has no held time any more."""
WARNING = 120
"""Seconds before its end at which the page says that the hold ends."""


class HoldState(rx.State):
    """`until` is a clock time; `seconds` are those left when it was read, `warn_in` those until the warning.

    Once `lapsed`, the time is offered again; `near` holds others if it has gone meanwhile. `series` are the other
    appointments that are held with it, `missed` those that could not be, each with its reason.
    """

    stamp: str = ""
    until: str = ""
    seconds: int = 0
    warn_in: int = 0
    lapsed: bool = False
    when: str = ""
    service: str = ""
    place: str = ""
    series: list[str] = []
    missed: list[str] = []
    gone: bool = False
    near: list[TimeSlot] = []

    @event(Permission.VISITOR)
    def load(self, work: Work) -> Any:
        """The held time; who holds none is led to where their booking stands."""
        draft = load_draft(work)
        if draft is None or draft.hold is None:
            return rx.redirect(_where(work, draft), replace=True)
        self._show(work, draft.hold)
        return None

    @event(Permission.VISITOR)
    def more_time(self, work: Work) -> None:
        """Ten minutes more. A hold that has lapsed meanwhile says so."""
        try:
            self._show(work, extend_hold(work))
        except HoldLapsed:
            self.lapsed = True

    @event(Permission.VISITOR)
    def again(self, work: Work) -> None:
        """Hold the same time once more."""
        self._hold(work, "")

    @event(Permission.VISITOR)
    def take(self, work: Work, starts_at: str) -> None:
        """Hold another one instead."""
        self._hold(work, starts_at)

    def _hold(self, work: Work, starts_at: str) -> None:
        try:
            with work.attempt():
                held = _hold_other(work, starts_at) if starts_at else hold_again(work)
        except SlotTaken as taken:
            self.gone, self.near = True, near_slots(taken.nearest)
            return
        self._show(work, held)

    def _show(self, work: Work, held: HoldView) -> None:
        left = int((datetime.fromisoformat(held.until_iso) - work.now).total_seconds())
        self.lapsed, self.gone, self.near = held.lapsed, False, []
        self.until = "" if held.lapsed else held.until
        self.seconds, self.warn_in = max(left, 0) + 1, max(left - WARNING, 0)
        self.stamp = "" if held.lapsed else f"{held.booking_id} {held.until_iso}"
        self.when, self.service, self.place = held.when.text, held.service, held.place
        self.series, self.missed = list(held.series), list(held.missed)


def _hold_other(work: Work, starts_at: str) -> HoldView:
    """Another time for what was chosen. Raises as `hold`, and `NothingHeld`."""
    draft = load_draft(work)
    if draft is None:
        raise NothingHeld
    return hold_chosen(work, draft.chosen, starts_at)


def _where(work: Work, draft: DraftView | None) -> str:
    chosen = draft.chosen if draft else Chosen()
    sub = ELSEWHERE.get(draft.stage, "") if draft else ""
    if sub in ("", "time"):
        return step(work, "time" if chosen.services else "service", chosen=chosen)
    return step(work, sub)
