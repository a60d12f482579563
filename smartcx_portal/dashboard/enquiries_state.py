"""Questions, also on privacy, and reported barriers that wait for an answer."""

from dataclasses import dataclass

import reflex as rx

from smartcx_portal.gate import event, say
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.privacy.enquiries import (
    WaitingEnquiry,
    close_enquiry,
    delete_enquiry,
    look_at_enquiry,
    open_enquiries,
)
from smartcx_portal.tenancy import Permission, Work

TOPICS = {
    "question": N_("Question"),
    "privacy": N_("Question about privacy"),
    "representative": N_("For somebody else: please check by hand whether they may act, without a copy of an ID"),
    "barrier": N_("Reported barrier"),
    "operator": N_("Question about privacy to the operator, who has it by e-mail"),
}


@dataclass(frozen=True)
class Asked:
    """One enquiry; its address is masked, and empty where nobody can be answered."""

    id: str
    topic: str
    name: str
    email: str
    created: str


class EnquiriesState(rx.State):
    """Those that wait, the oldest first; `opened` with `email` and `text` is the one that is being answered.

    `asking`: whether to delete it is being asked.
    """

    ready: bool = False
    waiting: list[Asked] = []
    opened: str = ""
    email: str = ""
    text: str = ""
    asking: bool = False

    @event(Permission.STAFF)
    def load(self, work: Work) -> None:
        """All that wait; none is open yet."""
        self._show(work)
        self.ready = True

    @event(Permission.STAFF)
    def open(self, work: Work, enquiry_id: str) -> None:
        """Show question and address of one; that is written down for the person."""
        shown = look_at_enquiry(work, enquiry_id)
        self.opened, self.email, self.text = shown.id, shown.email, shown.text

    @event(Permission.STAFF)
    def close(self, work: Work, enquiry_id: str) -> None:
        """It is answered."""
        close_enquiry(work, str(as_id(enquiry_id)))
        self._show(work)
        say(N_("Marked as answered."))

    @event(Permission.STAFF)
    def ask_to_delete(self) -> None:
        """Ask once more before the opened one is deleted."""
        self.asking = self.opened != ""

    @event(Permission.STAFF)
    def keep(self) -> None:
        """It stays."""
        self.asking = False

    @event(Permission.STAFF)
    def delete(self, work: Work) -> None:
        """Delete the opened one, as whoever asked wished."""
        delete_enquiry(work, self.opened)
        self._show(work)
        say(N_("The question is deleted."))

    def _show(self, work: Work) -> None:
        self.waiting = [asked(one, work.lang) for one in open_enquiries(work)]
        self.opened, self.email, self.text, self.asking = "", "", "", False


def asked(one: WaitingEnquiry, lang: str) -> Asked:
    """An enquiry in the reader's language."""
    return Asked(one.id, translate(lang, TOPICS[one.topic]), one.name, one.email, one.created)
