"""One booking: everything about it, cancelling and moving."""

from dataclasses import dataclass
from datetime import date

import reflex as rx

from smartcx_portal.bookings.cancelling import cancel_booking
from smartcx_portal.bookings.moments import When
from smartcx_portal.bookings.moving import move_booking
from smartcx_portal.bookings.offering import free_times_for_staff
from smartcx_portal.bookings.queries import AnswerRow, BookingDetail, BookingRow, booking_detail
from smartcx_portal.bookings.story import ConsentRow, HistoryRow, MessageRow, booking_story
from smartcx_portal.dashboard.addresses import last_word
from smartcx_portal.dashboard.day_view import KINDS, today_of
from smartcx_portal.gate import Form, event, say
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.messaging.outbox import send_again
from smartcx_portal.tenancy import Permission, Work

DAY_MISSING = N_("Enter a day, such as 24.12.2026.")


class CancelForm(Form):
    """Why, in words that the person reads."""

    reason: str = ""


class DayForm(Form):
    """The day to look for another time."""

    day: str = ""


@dataclass(frozen=True)
class Time:
    """A time to move to."""

    value: str
    text: str


class BookingState(rx.State):
    """`asking`: the question before cancelling is open; `moving`: the form for another time is."""

    ready: bool = False
    id: str = ""
    title: str = ""
    kind: str = "info"
    row: BookingRow | None = None
    detail: BookingDetail | None = None
    when: When | None = None
    answers: list[AnswerRow] = []
    messages: list[MessageRow] = []
    consents: list[ConsentRow] = []
    history: list[HistoryRow] = []
    asking: bool = False
    moving: bool = False
    move_day: str = ""
    move_day_text: str = ""
    times: list[Time] = []

    @event(Permission.BOOKINGS_READ)
    def load(self, work: Work) -> None:
        """The booking that the address names; opening it is written down."""
        self.ready = self.asking = self.moving = False
        self.id = last_word(self.router.url.path)
        self._show(work)
        self.ready = True

    @event(Permission.BOOKINGS_CANCEL)
    def ask(self) -> None:
        """Before cancelling."""
        self.asking = True

    @event(Permission.BOOKINGS_READ)
    def keep(self) -> None:
        """It stays."""
        self.asking = False

    @event(Permission.BOOKINGS_CANCEL)
    def cancel(self, work: Work, form: CancelForm) -> None:
        """Cancel it with a reason."""
        cancel_booking(work, as_id(self.id), form.reason)
        self._show(work)
        self.asking = self.moving = False
        say(N_("The appointment is cancelled, and its time is free again."))

    @event(Permission.BOOKINGS_CANCEL)
    def start_moving(self, work: Work) -> None:
        """Offer other times, first those of the same day."""
        self.moving = True
        day = date.fromisoformat(self.when.day) if self.when else today_of(work)
        self._offer(work, max(day, today_of(work)))

    @event(Permission.BOOKINGS_READ)
    def stop_moving(self) -> None:
        """It stays where it is."""
        self.moving = False

    @event(Permission.BOOKINGS_CANCEL)
    def look_at_day(self, work: Work, form: DayForm) -> None:
        """Offer the times of another day."""
        try:
            day = date.fromisoformat(form.day)
        except ValueError:
            raise InvalidForm({"day": DAY_MISSING}) from None
        self._offer(work, day)

    @event(Permission.BOOKINGS_CANCEL)
    def move(self, work: Work, starts_at: str) -> None:
        """Move it to this time."""
        move_booking(work, as_id(self.id), starts_at)
        self._show(work)
        self.moving = False
        say(N_("The appointment is moved."))

    @event(Permission.STAFF)
    def send_again(self, work: Work, message_id: str) -> None:
        """Try a message again that was not delivered."""
        send_again(work, as_id(message_id))
        self.messages = booking_story(work, as_id(self.id)).messages

    def _offer(self, work: Work, day: date) -> None:
        found = free_times_for_staff(work, as_id(self.id), day)
        self.times = [Time(one.starts_at, one.time_text) for one in found]
        self.move_day, self.move_day_text = day.isoformat(), day_text(day, work.lang)

    def _show(self, work: Work) -> None:
        detail, story = booking_detail(work, as_id(self.id)), booking_story(work, as_id(self.id))
        self.detail, self.row, self.when, self.answers = detail, detail.row, detail.when, list(detail.answers)
        self.title, self.kind = detail.when.text, KINDS.get(detail.row.status, "info")
        self.messages, self.consents, self.history = story.messages, story.consents, story.history
