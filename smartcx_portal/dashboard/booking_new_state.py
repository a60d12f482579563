"""A new appointment for somebody who calls or stands at the counter: what, when, who."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from smartcx_portal.bookings.basket import Basket, read_basket
from smartcx_portal.bookings.calendar_card import moment_at
from smartcx_portal.bookings.moments import as_moment, iso, when
from smartcx_portal.bookings.offering import times_to_book_for_staff
from smartcx_portal.bookings.refusals import NotOffered, SlotTaken
from smartcx_portal.bookings.staff_booking import book_for
from smartcx_portal.dashboard.addresses import day_in
from smartcx_portal.dashboard.booking_new_words import (
    NO_SERVICE,
    Asked,
    Consents,
    asked_of,
    basket_text,
    closed_text,
    consents_of,
    service_choices,
    what_text,
)
from smartcx_portal.dashboard.calendar_words import NEW_WORDS
from smartcx_portal.dashboard.day_view import today_of
from smartcx_portal.gate import Form, event
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models.calendar import Location, Resource
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

LINES = 3
"""How many services the form has room for."""


class WhatForm(Form):
    """What is to be booked: up to three services in one visit, how, with whom, on which day."""

    service: str = ""
    quantity: str = "1"
    service2: str = ""
    quantity2: str = "1"
    service3: str = ""
    quantity3: str = "1"
    way: str = ""
    places: str = "1"
    resource: str = ""
    day: str = ""


class TimeForm(Form):
    """Another time than those that are offered."""

    time: str = ""


@dataclass(frozen=True)
class Time:
    """A free time, by its button."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class Done:
    """The booking that was made."""

    id: str = ""
    code: str = ""
    when: str = ""
    day: str = ""
    overbooked: bool = False
    tells: bool = False


class BookingNewState(rx.State):
    """`what` names the basket once it is chosen, `when` the time; `refused` says why the time cannot be had."""

    ready: bool = False
    form_key: int = 0
    services: list[Choice] = []
    resources: list[Choice] = []
    day: str = ""
    asked_time: str = ""
    resource: str = ""
    what: str = ""
    day_text: str = ""
    times: list[Time] = []
    starts_at: str = ""
    when: str = ""
    walk_in: bool = False
    refused: str = ""
    questions: list[Asked] = []
    special: list[Asked] = []
    consents: Consents = Consents()
    done: Done = Done()
    _basket: str = ""
    _way: str = ""
    _places: str = "1"

    @event(Permission.BOOKINGS_EDIT)
    def load(self, work: Work) -> None:
        """A fresh form; day, time and resource may stand in the address."""
        said = self.router.url.query_parameters
        day = day_in(said)
        self.day = (day if day and day >= today_of(work) else today_of(work)).isoformat()
        self.asked_time = next((said[word] for word in NEW_WORDS["time"] if said.get(word)), "")[:5]
        self.services = service_choices(work)
        rows = work.all(
            work.select(Resource).where(Resource.active.is_(True)).order_by(Resource.position, Resource.name)
        )
        self.resources = [Choice(str(one.id), one.name) for one in rows]
        named = next((said[word] for word in NEW_WORDS["resource"] if said.get(word)), "")
        self.resource = named if named in {one.value for one in self.resources} else ""
        self.consents = consents_of(work)
        self._forget()
        self.ready = True

    @event(Permission.BOOKINGS_EDIT)
    def look(self, work: Work, form: WhatForm) -> None:
        """Offer the free times of a day for what was chosen."""
        text = basket_text(form.model_dump(), LINES)
        if not text:
            raise InvalidForm({"service": NO_SERVICE})
        basket = self._read(work, text, form.way, form.places)
        self.day, self.resource = form.day or self.day, form.resource
        self._basket, self._way, self._places = text, basket.way.value, str(basket.places)
        self.what = what_text(basket, work.lang)
        self.questions, self.special = asked_of(work, basket)
        self.starts_at, self.when, self.walk_in, self.refused = "", "", False, ""
        self._offer(work, basket)

    @event(Permission.BOOKINGS_EDIT)
    def choose(self, work: Work, starts_at: str) -> None:
        """Take this time."""
        self._choose(work, iso(as_moment(starts_at)), walk_in=False)

    @event(Permission.BOOKINGS_EDIT)
    def choose_now(self, work: Work) -> None:
        """The person is there: from this minute on."""
        self._choose(work, iso(work.now.replace(second=0, microsecond=0)), walk_in=True)

    @event(Permission.BOOKINGS_EDIT)
    def choose_other(self, work: Work, form: TimeForm) -> None:
        """Take a time that is not in the list; whether it can be had shows when it is booked."""
        place = read_basket(work, self._basket, for_staff=True).service.location_id
        self._choose(work, iso(moment_at(work, place, self.day, form.time)), walk_in=False)

    @event(Permission.BOOKINGS_EDIT)
    def book(self, work: Work, form: dict[str, Any]) -> None:
        """Book it; where nothing is free, say so and offer to enter it all the same."""
        overbook = form.get("overbook") == "yes"
        try:
            made = book_for(
                work,
                self._basket,
                self.starts_at,
                form,
                resource_id=self.resource or None,
                way=self._way,
                places=self._places,
                walk_in=self.walk_in,
                overbook=overbook,
            )
        except SlotTaken as problem:
            self.refused = problem.text(work.lang)
            return
        except NotOffered:
            self.refused = closed_text(work.lang)
            return
        self.done = Done(made.booking_id, made.code, self.when, self.day, made.overbooked, made.tells)
        self._forget(done=self.done)

    @event(Permission.BOOKINGS_EDIT)
    def again(self) -> None:
        """Another one."""
        self._forget()

    def _read(self, work: Work, text: str, way: str, places: str) -> Basket:
        """Problems of the basket are told at the fields of this form."""
        try:
            return read_basket(work, text, way=way, places=places, for_staff=True)
        except InvalidForm as wrong:
            fields = {"way": "way", "places": "places"}
            raise InvalidForm({fields.get(name, "service"): say for name, say in wrong.problems.items()}) from None

    def _offer(self, work: Work, basket: Basket) -> None:
        day = day_in({"day": self.day}) or today_of(work)
        self.day, self.day_text = day.isoformat(), day_text(day, work.lang)
        found = times_to_book_for_staff(work, basket, day, self.resource or None)
        self.times = [Time(one.starts_at, one.time_text, False) for one in found]
        wanted = next((one.starts_at for one in found if one.time == self.asked_time), "")
        if wanted:
            self._choose(work, wanted, walk_in=False)

    def _choose(self, work: Work, starts_at: str, *, walk_in: bool) -> None:
        place = read_basket(work, self._basket, for_staff=True).service.location_id
        at = when(as_moment(starts_at), work.get(Location, place).zone, work.lang)
        self.starts_at, self.when, self.walk_in, self.refused = starts_at, at.text, walk_in, ""
        self.times = [Time(one.value, one.text, one.value == starts_at) for one in self.times]

    def _forget(self, done: Done | None = None) -> None:
        """Back to an empty form."""
        self.done = done or Done()
        self.what = self.when = self.starts_at = self.refused = self._basket = ""
        self.times, self.questions, self.special, self.walk_in = [], [], [], False
        self.form_key += 1
