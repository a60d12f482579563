"""Choosing a day and a time, for a new appointment and for one that moves."""

from datetime import timedelta
from typing import Any

import reflex as rx

from smartcx_portal.booking_page.addresses import chosen_in, in_address, query_of, step
from smartcx_portal.booking_page.facts import Fact, facts_of, names_of
from smartcx_portal.booking_page.options_state import has_options
from smartcx_portal.booking_page.times import Search, day_in, month_from, near_slots
from smartcx_portal.bookings.basket import basket_of, read_basket
from smartcx_portal.bookings.catalogue import view_of
from smartcx_portal.bookings.drafts import Chosen, HoldView, load_draft
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.moments import as_calendar_day, as_day
from smartcx_portal.bookings.moving import move_by_link
from smartcx_portal.bookings.own import appointment, own_booking
from smartcx_portal.bookings.refusals import NoLongerOffered, SlotTaken
from smartcx_portal.bookings.submitting import check_details
from smartcx_portal.gate import event
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import InvalidForm, NotFound, ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text, month_text
from smartcx_portal.models.calendar import Location
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.month import DayCell, FreeDay, TimeGroup, TimeSlot

ALL_TAKEN = N_("Everything is taken until {day}.")
TIMES_ON = N_("Times on {day}")
DAY_FULL = N_("Nothing is free on {day} any more.")


class TimeState(rx.State):
    """What is free for what was chosen. `day` and `month` are ISO; the day stands in the address of the time page.

    `near` is filled when a chosen time was just taken, `full` names a day of the address that has nothing any more.
    """

    loaded: bool = False
    query: str = ""
    service: str = ""
    facts: list[Fact] = []
    options: bool = False
    waitlist: bool = False
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
    full: str = ""
    times: list[TimeGroup] = []
    taken: bool = False
    near: list[TimeSlot] = []
    asked: bool = True
    moving_from: str = ""
    back: str = ""
    refused: str = ""
    moved_to: str = ""
    _secret: str = ""
    _chosen: Chosen = Chosen()
    _moving: bool = False

    @event(Permission.VISITOR)
    def load(self, work: Work) -> Any:
        """For a new appointment; without a service in the address or in the draft it leads to the choice of one."""
        parameters = self.router.url.query_parameters
        wanted, draft = chosen_in(parameters), load_draft(work)
        if not wanted.services:
            kept = draft.chosen if draft else wanted
            return rx.redirect(step(work, "time" if kept.services else "service", chosen=kept), replace=True)
        if wanted != self._chosen or self._moving:
            self._forget_choice()
        self._chosen, self._moving = wanted, False
        self.day = day_in(in_address(parameters, "day"))
        try:
            self._show(work)
        except (NotFound, NoLongerOffered):
            return rx.redirect(step(work, "service"), replace=True)
        except InvalidForm:
            return rx.redirect(step(work, "options", chosen=wanted), replace=True)
        return None

    @event(Permission.VISITOR)
    def open_move(self, work: Work, secret: str) -> None:
        """For the appointment that `secret` opens."""
        self.asked, self.refused = False, ""
        if not self._moving or secret not in ("", self._secret):
            self._forget_choice()
        self._secret, self._moving = secret or self._secret, True
        try:
            own = appointment(work, self._secret)
            self._chosen = Chosen(own.services, own.way, own.places)
            self._show(work)
        except ProductError as problem:
            self.moving_from, self.back, self.refused = "", "", problem.text(work.lang)
        else:
            self.moving_from = own.when.text if own.changeable else ""
            self.back = step(work, page="appointment", fragment=self._secret)

    @event(Permission.VISITOR)
    def choose_day(self, work: Work, day: str) -> Any:
        """Show the times of a day; on the time page by its address, so that back, forward and reload keep it."""
        wanted = as_calendar_day(day).isoformat()
        if not self._moving:
            return rx.redirect(step(work, "time", chosen=self._chosen, day=wanted))
        self.day = wanted
        self._show(work)
        return None

    @event(Permission.VISITOR)
    def other_day(self, work: Work) -> Any:
        """Back to the days."""
        if not self._moving:
            return rx.redirect(step(work, "time", chosen=self._chosen))
        self.day = ""
        self._show(work)
        return None

    @event(Permission.VISITOR)
    def switch_view(self, work: Work) -> None:
        """From the list to the month of the chosen day or of the first free time, and back."""
        if self.month:
            self.month = ""
            return
        self.month = (self.day or (self.days[0].day if self.days else work.now.date().isoformat()))[:7]
        self._show_month(work, self._search(work))

    @event(Permission.VISITOR)
    def turn(self, work: Work, months: int) -> None:
        """Some months on, or back."""
        self.month = month_from(self.month, months=max(-12, min(months, 12))).isoformat()[:7]
        self._show_month(work, self._search(work))

    @event(Permission.VISITOR)
    def choose(self, work: Work, starts_at: str) -> Any:
        """Hold a time and go on: to the details, or to the check page when all of them are there."""
        try:
            with work.attempt():
                hold_chosen(work, self._chosen, starts_at)
        except SlotTaken as taken:
            self._show_taken(work, taken)
            return None
        except InvalidForm:
            return rx.redirect(step(work, "options", chosen=self._chosen))
        self.taken, self.near = False, []
        return rx.redirect(step(work, "check" if filled_in(work) else "details"))

    @event(Permission.VISITOR)
    def move(self, work: Work, starts_at: str) -> Any:
        """Move the appointment, and go back to it."""
        try:
            with work.attempt():
                own = move_by_link(work, self._secret, starts_at)
        except SlotTaken as taken:
            self._show_taken(work, taken)
            return None
        self._forget_choice()
        self.moved_to = own.when.text
        return rx.redirect(step(work, page="appointment", fragment=own.secret))

    def _search(self, work: Work) -> Search:
        """What is looked for. Raises `NotFound`, `NoLongerOffered`, `InvalidForm`."""
        chosen = self._chosen
        if self._moving:
            basket = basket_of(work, own_booking(work, self._secret))
        else:
            basket = read_basket(work, chosen.services, way=chosen.way, places=chosen.places)
        return Search(basket, chosen.resource, work.get(Location, basket.service.location_id).zone)

    def _show(self, work: Work) -> None:
        """The lists are read anew each time, because time has passed."""
        search = self._search(work)
        basket, lang = search.basket, work.lang
        self.query, self.service = query_of(lang, self._chosen), names_of(basket)
        self.facts = facts_of(work, basket, self._chosen)
        self.options = has_options(work, view_of(work, basket.service))
        self.waitlist = any(one.waitlist for one in basket.services)
        first = search.next_one(work)
        self.next_text = f"{first.short_day}, {first.time_text}" if first else ""
        self.next_at = first.starts_at if first else ""
        until = local_day(work.now, search.zone) + timedelta(days=basket.horizon_days)
        self.nothing = "" if first else translate(lang, ALL_TAKEN).format(day=day_text(until, lang))
        self._show_days(work, search)
        self.loaded = True

    def _show_days(self, work: Work, search: Search) -> None:
        day = day_text(as_day(self.day), work.lang) if self.day else ""
        self.times = search.times_of(work, self.day) if self.day else []
        self.full = translate(work.lang, DAY_FULL).format(day=day) if day and not self.times else ""
        self.day_heading = translate(work.lang, TIMES_ON).format(day=day) if self.times else ""
        self.day = self.day if self.times else ""
        self.days = search.first_days(work, self.day)
        if self.month:
            self._show_month(work, search)

    def _show_month(self, work: Work, search: Search) -> None:
        first = month_from(self.month)
        self.weeks, self.later = search.weeks_of(work, first, self.day)
        self.month_name = month_text(first, work.lang)
        self.earlier = self.month > local_day(work.now, search.zone).isoformat()[:7]

    def _show_taken(self, work: Work, problem: SlotTaken) -> None:
        self._show(work)
        self.taken, self.near = True, near_slots(problem.nearest)

    def _forget_choice(self) -> None:
        self.day = self.month = ""
        self.taken, self.near = False, []


def hold_chosen(work: Work, chosen: Chosen, starts_at: str) -> HoldView:
    """Hold a time for all that was chosen. Raises as `hold`."""
    return hold(
        work,
        chosen.services,
        starts_at,
        chosen.resource or None,
        way=chosen.way,
        places=chosen.places,
        repeats=chosen.repeats,
        every_weeks=chosen.every_weeks,
    )


def filled_in(work: Work) -> bool:
    """Whether the draft says all that a booking needs."""
    try:
        check_details(work, {})
    except ProductError:
        return False
    return True
