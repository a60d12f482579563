"""Asking a question while signed in: name and address are known, and what became of it stays visible (P14)."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import Form, event
from smartcx_portal.portal.portal_state import PortalState, is_person
from smartcx_portal.privacy.enquiries import ask_about
from smartcx_portal.privacy.keeping_entries import forget
from smartcx_portal.privacy.own_enquiries import Question, own_questions, question_period, writer
from smartcx_portal.tenancy import Permission, Work


class AskForm(Form):
    """What is asked; `about` is a key of `privacy.enquiries.ABOUT`."""

    about: str = ""
    email: str = ""
    text: str = ""


class AskState(rx.State):
    """`period` says how long a question is kept; `sent` changes with each that has arrived.

    `questions` are the person's own, the newest first.
    """

    loaded: bool = False
    email: str = ""
    period: str = ""
    sent: str = ""
    questions: list[Question] = []
    more: bool = False

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`."""
        self.sent, self.questions = "", []
        if is_person(work):
            self.email, self.period, self.loaded = writer(work).email, question_period(work), True
            self._add(work)

    @event(Permission.PERSON)
    def ask(self, work: Work, form: AskForm) -> Any:
        """Store the question; the answer goes to the address that was given."""
        self.sent = str(ask_about(work, form.about, writer(work).name, form.email, form.text))
        forget(work, "ask")
        self.questions = []
        self._add(work)
        return PortalState.enter("ask")

    @event(Permission.PERSON)
    def ask_another(self) -> None:
        """The empty form again."""
        self.sent = ""

    @event(Permission.PERSON)
    def show_more(self, work: Work) -> None:
        """The next ones."""
        self._add(work)

    def _add(self, work: Work) -> None:
        found = own_questions(work, start=len(self.questions))
        self.questions, self.more = [*self.questions, *found.lines], found.more
