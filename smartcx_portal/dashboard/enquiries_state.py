"""Questions, also on privacy, and reported barriers that wait for an answer."""

from dataclasses import dataclass

import reflex as rx

from smartcx_portal.gate import event, say
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.privacy.enquiries import EnquiryView, close_enquiry, open_enquiries
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
    """One enquiry; without an address nobody can be answered."""

    id: str
    topic: str
    name: str
    email: str
    text: str
    created: str


class EnquiriesState(rx.State):
    """Those that wait, the oldest first."""

    ready: bool = False
    waiting: list[Asked] = []

    @event(Permission.STAFF)
    def load(self, work: Work) -> None:
        """All that wait."""
        self._show(work)
        self.ready = True

    @event(Permission.STAFF)
    def close(self, work: Work, enquiry_id: str) -> None:
        """It is answered."""
        close_enquiry(work, str(as_id(enquiry_id)))
        self._show(work)
        say(N_("Marked as answered."))

    def _show(self, work: Work) -> None:
        self.waiting = [asked(one, work.lang) for one in open_enquiries(work)]


def asked(one: EnquiryView, lang: str) -> Asked:
    """An enquiry in the reader's language; what was written stays as it is."""
    return Asked(one.id, translate(lang, TOPICS[one.topic]), one.name, one.email, one.text, one.created)
