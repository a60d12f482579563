"""Choosing a day and a time, for a new appointment and for one that moves."""

from datetime import timedelta
from typing import Any

import reflex as rx

from smartcx_portal.booking_page.addresses import service_in, step
from smartcx_portal.booking_page.service_state import Fact, facts_of
from smartcx_portal.booking_page.times import first_days, month_from, near_slots, times_of, weeks_of
from smartcx_portal.bookings.catalogue import service
from smartcx_portal.bookings.drafts import load_draft
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.moments import as_day
from smartcx_portal.bookings.moving import move_by_link
from smartcx_portal.bookings.offering import next_free
from smartcx_portal.bookings.own import appointment
from smartcx_portal.bookings.refusals import SlotTaken
from smartcx_portal.bookings.submitting import check_details
from smartcx_portal.gate import event
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import InvalidForm, NotFound, ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text, month_text
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.month import DayCell, FreeDay, TimeGroup, TimeSlot

ALL_TAKEN = N_("Everything is taken until {day}.")
TIMES_ON = N_("Times on {day}")


class TimeState(rx.State):
    """What is free for one service. `day` and `month` are ISO; `near` is filled when a chosen time was just taken."""

    service_id: str = ""
    service: str = ""
    facts: list[Fact] = []
    nothing: str = ""
    next_text: str = ""
    next_at: str = ""
    days: list[FreeDay] = []
    month: str = ""
    month_name: str = ""
    weeks: list[list[DayCell]] = []
    earlier: bool = False
    later: bool = False
    day: str = ""
    day_heading: str = ""
    times: list[TimeGroup] = []
    taken: bool = False
    near: list[TimeSlot] = []
    asked: bool = True
    moving_from: str = ""
    back: str = ""
    refused: str = ""
    moved_to: str = ""
    _secret: str = ""
    _zone: str = ""

    @event(Permission.VISITOR)
    def load(self, work: Work) -> Any:
        """For a new appointment; without a service in the address or in the draft it leads to the choice of one."""
        draft = load_draft(work)
        wanted = service_in(self.router.url.query_parameters)
        if not wanted and draft and draft.service_id:
            return rx.redirect(step(work, "time", service_id=draft.service_id), replace=True)
        try:
            self._show(work, wanted)
        except NotFound:
            return rx.redirect(step(work, "service"), replace=True)
        return None

    @event(Permission.VISITOR)
    def open_move(self, work: Work, secret: str) -> None:
        """For the appointment that `secret` opens."""
        self.asked, self.refused, self._secret = False, "", secret or self._secret
        try:
            own = appointment(work, self._secret)
            self._show(work, own.service_id)
        except ProductError as problem:
            self.moving_from, self.back, self.refused = "", "", problem.text(work.lang)
        else:
            self.moving_from = own.when.text if own.changeable else ""
            self.back = step(work, page="appointment", fragment=self._secret)

    @event(Permission.VISITOR)
    def choose_day(self, work: Work, day: str) -> None:
        """Show the times of a day; the lists are read anew, because time has passed."""
        self.day = as_day(day).isoformat()
        self._show(work, self.service_id)

    @event(Permission.VISITOR)
    def other_day(self, work: Work) -> None:
        """Back to the days."""
        self.day = ""
        self._show(work, self.service_id)

    @event(Permission.VISITOR)
    def switch_view(self, work: Work) -> None:
        """From the list to the month of the chosen day or of the first free time, and back."""
        if self.month:
            self.month = ""
            return
        self.month = (self.day or (self.days[0].day if self.days else work.now.date().isoformat()))[:7]
        self._show_month(work)

    @event(Permission.VISITOR)
    def turn(self, work: Work, months: int) -> None:
        """Some months on, or back."""
        self.month = month_from(self.month, months=max(-12, min(months, 12))).isoformat()[:7]
        self._show_month(work)

    @event(Permission.VISITOR)
    def choose(self, work: Work, starts_at: str) -> Any:
        """Hold a time and go on: to the details, or to the check page when all of them are there."""
        try:
            with work.attempt():
                hold(work, self.service_id, starts_at)
        except SlotTaken as taken:
            self._show_taken(work, taken)
            return None
        self.taken, self.near = False, []
        return rx.redirect(step(work, "check" if filled_in(work) else "details"))

    @event(Permission.VISITOR)
    def move(self, work: Work, starts_at: str) -> Any:
        """Move one's own appointment to a time, and show it."""
        try:
            with work.attempt():
                own = move_by_link(work, self._secret, starts_at)
        except SlotTaken as taken:
            self._show_taken(work, taken)
            return None
        self._forget_choice()
        self.moved_to = own.when.text
        return rx.redirect(step(work, page="appointment", fragment=own.secret))

    def _show(self, work: Work, service_id: str) -> None:
        view = service(work, service_id)
        if view.id != self.service_id:
            self._forget_choice()
        self.service_id, self.service, self._zone = view.id, view.name, view.zone
        self.facts = facts_of(view, work.lang)
        first = next_free(work, view.id)
        self.next_text = f"{first[0].short_day}, {first[0].time_text}" if first else ""
        self.next_at = first[0].starts_at if first else ""
        until = local_day(work.now, view.zone) + timedelta(days=view.horizon_days)
        self.nothing = "" if first else translate(work.lang, ALL_TAKEN).format(day=day_text(until, work.lang))
        self._show_days(work)

    def _show_days(self, work: Work) -> None:
        self.times = times_of(work, self.service_id, self._zone, self.day) if self.day else []
        if not self.times:
            self.day = self.day_heading = ""
        else:
            self.day_heading = translate(work.lang, TIMES_ON).format(day=day_text(as_day(self.day), work.lang))
        self.days = first_days(work, self.service_id, self._zone, self.day)
        if self.month:
            self._show_month(work)

    def _show_month(self, work: Work) -> None:
        first = month_from(self.month)
        self.weeks, self.later = weeks_of(work, self.service_id, first, self.day)
        self.month_name = month_text(first, work.lang)
        self.earlier = self.month > local_day(work.now, self._zone).isoformat()[:7]

    def _show_taken(self, work: Work, problem: SlotTaken) -> None:
        self._show(work, self.service_id)
        self.taken, self.near = True, near_slots(problem.nearest)

    def _forget_choice(self) -> None:
        self.day = self.month = ""
        self.taken, self.near = False, []


def filled_in(work: Work) -> bool:
    """Whether the draft says all that a booking needs."""
    try:
        check_details(work, {})
    except InvalidForm:
        return False
    return True
