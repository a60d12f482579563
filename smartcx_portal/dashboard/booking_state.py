"""One booking: everything about it, and what became of it."""

from dataclasses import dataclass

import reflex as rx

from smartcx_portal.bookings.detail import AnswerRow, BookingDetail, Sibling, booking_detail
from smartcx_portal.bookings.moments import When
from smartcx_portal.bookings.queries import BookingRow
from smartcx_portal.bookings.story import ConsentRow, HistoryRow, MessageRow, booking_story
from smartcx_portal.dashboard.addresses import last_word
from smartcx_portal.dashboard.day_view import KINDS
from smartcx_portal.gate import event
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import translate
from smartcx_portal.messaging.outbox import send_again
from smartcx_portal.models.privacy import Right
from smartcx_portal.privacy.words import RIGHTS
from smartcx_portal.tenancy import Permission, Work


@dataclass(frozen=True)
class ConcernLine:
    """An open request that limits how the person's data may be used, in words."""

    right: str
    since: str


class BookingState(rx.State):
    """What the page shows; what is done to the booking is `BookingDeeds`."""

    ready: bool = False
    id: str = ""
    title: str = ""
    kind: str = "info"
    row: BookingRow | None = None
    detail: BookingDetail | None = None
    when: When | None = None
    services: list[str] = []
    siblings: list[Sibling] = []
    answers: list[AnswerRow] = []
    concerns: list[ConcernLine] = []
    messages: list[MessageRow] = []
    consents: list[ConsentRow] = []
    history: list[HistoryRow] = []

    @event(Permission.BOOKINGS_READ)
    def load(self, work: Work) -> None:
        """The booking that the address names; opening it is written down."""
        self.ready = False
        self.id = last_word(self.router.url.path)
        self._show(work)
        self.ready = True

    @event(Permission.BOOKINGS_READ)
    def refresh(self, work: Work) -> None:
        """The same booking, after something was done to it."""
        if self.id:
            self._show(work)

    @event(Permission.STAFF)
    def send_again(self, work: Work, message_id: str) -> None:
        """Try a message again that was not delivered."""
        send_again(work, as_id(message_id))
        self.messages = booking_story(work, as_id(self.id)).messages

    def _show(self, work: Work) -> None:
        detail, story = booking_detail(work, as_id(self.id)), booking_story(work, as_id(self.id))
        self.detail, self.row, self.when, self.answers = detail, detail.row, detail.when, list(detail.answers)
        self.services, self.siblings = list(detail.services), list(detail.siblings)
        self.concerns = [
            ConcernLine(translate(work.lang, RIGHTS[Right(one.right)]), one.since) for one in detail.concerns
        ]
        self.title, self.kind = detail.when.text, KINDS.get(detail.row.status, "info")
        self.messages, self.consents, self.history = story.messages, story.consents, story.history
