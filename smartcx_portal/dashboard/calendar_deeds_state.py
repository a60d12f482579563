"""What staff do in the calendar: open an appointment, move it (by form or by dragging), cancel it, undo that."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import reflex as rx

from smartcx_portal.bookings.calendar_card import Card, calendar_card, read_minutes, read_moment, spoken_at
from smartcx_portal.bookings.cancelling import cancel_booking
from smartcx_portal.bookings.moving import move_booking
from smartcx_portal.bookings.refusals import NotOffered, SlotTaken
from smartcx_portal.bookings.undoing import undo, undo_until
from smartcx_portal.dashboard.calendar_state import CalendarState
from smartcx_portal.gate import Form, event, say
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

MOVED, CANCELLED = N_("The appointment is moved."), N_("The appointment is cancelled, and its time is free again.")
TIME_OVER = N_("This time is over. Choose another one.")
CLOSED_THERE = N_("Nothing is offered there at this time: it is closed, or appointments begin at other times.")


class Drop(Form):
    """Where an appointment was dragged to: local day, resource, minute of the day, length in minutes."""

    booking: str
    day: str
    resource: str
    minute: int
    minutes: int


class MoveForm(Form):
    """Another time for an appointment, in local time. `overbook`: put it there although nothing is free."""

    day: str = ""
    time: str = ""
    resource: str = ""
    minutes: str = ""
    notify: str = ""
    overbook: str = ""


class CancelForm(Form):
    """Why, and whether the person is told."""

    reason: str = ""
    notify: str = ""


@dataclass(frozen=True)
class Target:
    """What the form for moving begins with; `change` says old and new in words after a drop."""

    day: str = ""
    time: str = ""
    resource: str = ""
    minutes: str = ""
    change: str = ""


class CalendarDeeds(rx.State):
    """`mode` is the dialog that is open: `look`, `move`, `cancel`, or none. `undo_text` says until when."""

    mode: str = ""
    card: Card = Card()
    target: Target = Target()
    resources: list[Choice] = []
    stamp: int = 0
    refused: str = ""
    undo_id: str = ""
    undo_what: str = ""
    undo_text: str = ""
    undo_tells: bool = False

    @event(Permission.BOOKINGS_READ)
    def begin(self, work: Work) -> None:
        """With each look at the calendar: no dialog is open, and what can no longer be undone is not offered."""
        self.mode, self.refused = "", ""
        if self.undo_id and undo_until(work, as_id(self.undo_id)) is None:
            self.undo_id = ""

    @event(Permission.BOOKINGS_READ)
    def open(self, work: Work, booking: str) -> None:
        """Show an appointment, or a group with its people."""
        self._take(calendar_card(work, booking), "look")

    @event(Permission.BOOKINGS_READ)
    def close(self) -> None:
        """Leave everything as it is."""
        self.mode, self.refused = "", ""

    @event(Permission.BOOKINGS_CANCEL)
    def ask_move(self, work: Work, booking: str) -> None:
        """The form for another time, filled with the present one."""
        card = calendar_card(work, booking, alone=True)
        self._take(card, "move")
        self.target = _present(card)

    @event(Permission.BOOKINGS_CANCEL)
    def drop(self, work: Work, drop: Drop) -> None:
        """The same form, filled with where the appointment was dragged to."""
        card = calendar_card(work, drop.booking, alone=True)
        self._take(card, "move" if card.movable else "look")
        clock = f"{drop.minute // 60 % 24:02}:{drop.minute % 60:02}"
        moment = read_moment(work, drop.booking, drop.day, clock)
        names = dict(card.resources)
        change = f"{spoken_at(work, drop.booking, moment)}, {names.get(drop.resource, card.resource)}"
        self.target = Target(
            drop.day, clock, drop.resource if drop.resource in names else "", str(drop.minutes), change
        )

    @event(Permission.BOOKINGS_CANCEL)
    def move(self, work: Work, form: MoveForm) -> Any:
        """Move it; where nothing is free, say so and offer to put it there all the same."""
        moment, minutes = read_moment(work, self.card.id, form.day, form.time), read_minutes(form.minutes)
        if moment <= work.now:
            raise InvalidForm({"time": TIME_OVER})
        try:
            move_booking(
                work,
                as_id(self.card.id),
                moment,
                form.resource or None,
                minutes=minutes if minutes != self.card.minutes else None,
                overbook=form.overbook == "yes",
                notify=form.notify == "yes",
            )
        except SlotTaken as problem:
            self.refused = problem.text(work.lang)
            return None
        except NotOffered:
            self.refused = translate(work.lang, CLOSED_THERE)
            return None
        return self._done(work, MOVED, form.notify == "yes")

    @event(Permission.BOOKINGS_CANCEL)
    def ask_cancel(self, work: Work, booking: str) -> None:
        """Before cancelling."""
        self._take(calendar_card(work, booking, alone=True), "cancel")

    @event(Permission.BOOKINGS_CANCEL)
    def cancel(self, work: Work, form: CancelForm) -> Any:
        """Cancel it with a reason."""
        cancel_booking(work, as_id(self.card.id), form.reason, notify=form.notify == "yes")
        return self._done(work, CANCELLED, form.notify == "yes")

    @event(Permission.BOOKINGS_CANCEL)
    def undo(self, work: Work) -> Any:
        """Put back what was moved or cancelled last."""
        booking_id, self.undo_id = self.undo_id, ""
        undo(work, as_id(booking_id))
        say(N_("Undone. The appointment is as it was, and nobody is told."))
        return CalendarState.refresh

    @event(Permission.BOOKINGS_READ)
    def undo_over(self) -> None:
        """The minute is over."""
        self.undo_id = ""

    def _take(self, card: Card, mode: str) -> None:
        self.card, self.mode, self.refused = card, mode, ""
        self.resources = [Choice(*one) for one in card.resources]
        self.target, self.stamp = Target(), self.stamp + 1

    def _done(self, work: Work, sentence: str, told: bool) -> Any:
        self.mode, self.refused = "", ""
        until = undo_until(work, as_id(self.card.id))
        self.undo_id, self.undo_what = self.card.id if until else "", translate(work.lang, sentence)
        self.undo_text = _clock(work, until) if until else ""
        self.undo_tells = told and self.card.tells
        return CalendarState.refresh


def _present(card: Card) -> Target:
    if card.when is None:
        return Target()
    return Target(card.when.day, card.when.time, card.resource_id, str(card.minutes))


def _clock(work: Work, moment: datetime) -> str:
    """`10:43:20` where the tenant is."""
    return f"{moment.astimezone(ZoneInfo(work.get(Tenant, work.tenant).zone)):%H:%M:%S}"
