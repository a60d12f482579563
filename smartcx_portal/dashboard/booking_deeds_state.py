"""What staff do to one booking on its page: move it, cancel it, and undo that for a minute."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import reflex as rx

from smartcx_portal.bookings.calendar_card import calendar_card, read_minutes, read_moment
from smartcx_portal.bookings.cancelling import cancel_booking
from smartcx_portal.bookings.moving import move_booking
from smartcx_portal.bookings.offering import free_times_for_staff
from smartcx_portal.bookings.refusals import NotOffered, SlotTaken
from smartcx_portal.bookings.undoing import undo, undo_until
from smartcx_portal.dashboard.addresses import last_word
from smartcx_portal.dashboard.booking_state import BookingState
from smartcx_portal.dashboard.day_view import today_of
from smartcx_portal.gate import Form, event, say
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.models.calendar import Location
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

DAY_MISSING = N_("Enter a day, such as 24.12.2026.")
TIME_MISSING = N_("Choose a free time, or enter another one.")
MOVED, CANCELLED = N_("The appointment is moved."), N_("The appointment is cancelled, and its time is free again.")
NOT_FREE = N_("Nothing is free there at this time, or it is closed.")
SAME = N_("Nothing has changed: the appointment is at this time already.")
UNDONE = N_("Undone. The appointment is as it was, and nobody is told.")


class LookForm(Form):
    """Where to look for another time; no resource means whoever is free."""

    day: str = ""
    resource: str = ""
    minutes: str = ""


class MoveForm(Form):
    """The new time, whether the person is told, and whether it may go where nothing is free."""

    time: str = ""
    notify: str = ""
    overbook: str = ""


class CancelForm(Form):
    """Why, in words that the person reads, and whether they are told."""

    reason: str = ""
    notify: str = ""


@dataclass(frozen=True)
class Target:
    """What is looked at for a new time: ISO day, resource, minutes, and the day in words."""

    day: str = ""
    resource: str = ""
    minutes: str = ""
    text: str = ""


@dataclass(frozen=True)
class Time:
    """A free time: `10:15`, and as the language writes it."""

    value: str
    text: str


class BookingDeeds(rx.State):
    """`mode`: `move` or `cancel` while that is open. `undo_text`: until when the last deed can be undone."""

    mode: str = ""
    target: Target = Target()
    resources: list[Choice] = []
    times: list[Time] = []
    chosen: str = ""
    refused: str = ""
    stamp: int = 0
    undo_what: str = ""
    undo_text: str = ""
    undo_left: int = 0

    @event(Permission.BOOKINGS_READ)
    def load(self, work: Work) -> None:
        """Nothing is open; what was done within the last minute can still be undone."""
        self._close()
        self._offer_undo(work, last_word(self.router.url.path))

    @event(Permission.BOOKINGS_CANCEL)
    def ask_cancel(self) -> None:
        """Before cancelling."""
        self.mode, self.stamp = "cancel", self.stamp + 1

    @event(Permission.BOOKINGS_READ)
    def close(self) -> None:
        """It stays as it is."""
        self._close()

    @event(Permission.BOOKINGS_CANCEL)
    def cancel(self, work: Work, form: CancelForm) -> Any:
        """Cancel it with a reason."""
        booking_id = last_word(self.router.url.path)
        cancel_booking(work, as_id(booking_id), form.reason, notify=form.notify == "yes")
        return self._done(work, booking_id)

    @event(Permission.BOOKINGS_CANCEL)
    def start_moving(self, work: Work) -> None:
        """Offer other times, first those of the same day."""
        card = calendar_card(work, last_word(self.router.url.path), alone=True)
        self.resources = [Choice(*one) for one in card.resources]
        day = date.fromisoformat(card.when.day) if card.when else today_of(work)
        self._offer(work, max(day, today_of(work)), "", card.minutes)
        self.mode = "move"

    @event(Permission.BOOKINGS_CANCEL)
    def look(self, work: Work, form: LookForm) -> None:
        """Offer the free times of another day, for another resource or length."""
        try:
            day = date.fromisoformat(form.day)
        except ValueError:
            raise InvalidForm({"day": DAY_MISSING}) from None
        self._offer(work, day, form.resource, read_minutes(form.minutes))

    @event(Permission.BOOKINGS_CANCEL)
    def choose(self, time: str) -> None:
        """Take one of the free times into the form."""
        self.chosen, self.refused = time[:5], ""

    @event(Permission.BOOKINGS_CANCEL)
    def move(self, work: Work, form: MoveForm) -> Any:
        """Move it; where nothing is free, say so and offer to put it there all the same."""
        booking_id, target = last_word(self.router.url.path), self.target
        if not form.time:
            raise InvalidForm({"time": TIME_MISSING})
        moment, minutes = read_moment(work, booking_id, target.day, form.time), read_minutes(target.minutes)
        told, beyond = form.notify == "yes", form.overbook == "yes"
        self.chosen = form.time
        try:
            move_booking(
                work, as_id(booking_id), moment, target.resource or None, minutes=minutes, overbook=beyond, notify=told
            )
        except (SlotTaken, NotOffered):
            self.refused = translate(work.lang, NOT_FREE)
            return None
        return self._done(work, booking_id)

    @event(Permission.BOOKINGS_CANCEL)
    def undo(self, work: Work) -> Any:
        """Put it back to where it was."""
        self.undo_text = ""
        undo(work, as_id(last_word(self.router.url.path)))
        say(UNDONE)
        return BookingState.refresh

    @event(Permission.BOOKINGS_READ)
    def undo_over(self) -> Any:
        """The minute is over, and the message leaves."""
        self.undo_text = ""
        return BookingState.refresh

    def _done(self, work: Work, booking_id: str) -> Any:
        self._close()
        self._offer_undo(work, booking_id)
        if not self.undo_text:
            say(SAME)
        return BookingState.refresh

    def _close(self) -> None:
        self.mode, self.refused, self.chosen = "", "", ""

    def _offer(self, work: Work, day: date, resource: str, minutes: int) -> None:
        booking_id = as_id(last_word(self.router.url.path))
        found = free_times_for_staff(work, booking_id, day, resource or None, minutes=minutes)
        self.times = [Time(one.time, one.time_text) for one in found]
        self.target = Target(day.isoformat(), resource, str(minutes), day_text(day, work.lang))
        self.chosen, self.refused, self.stamp = "", "", self.stamp + 1

    def _offer_undo(self, work: Work, booking_id: str) -> None:
        until = undo_until(work, as_id(booking_id))
        booking = work.get(Booking, as_id(booking_id))
        cancelled = booking.status is BookingStatus.CANCELLED
        self.undo_what = translate(work.lang, CANCELLED if cancelled else MOVED)
        self.undo_text = _clock(until, work.get(Location, booking.location_id).zone) if until else ""
        self.undo_left = max(1, int((until - work.now).total_seconds())) if until else 0


def _clock(moment: datetime, zone: str) -> str:
    """`10:43:20`: the message leaves at this second, so it is told as a clock time that does not tick."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M:%S}"
