"""Consents in figures, and the proof for one person (Art. 7(1))."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import Form, event
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.privacy.consent_papers import PAPER
from smartcx_portal.privacy.consents import ConsentLine
from smartcx_portal.privacy.consents_overview import Found, PurposeLine, Wording, find_people, overview, proof
from smartcx_portal.privacy.papers import paper_path, paper_token
from smartcx_portal.tenancy import Permission, Work

NOBODY = N_("Nobody has this address or code.")
ONE, SEVERAL = N_("1 person found."), N_("{number} persons found.")


class SearchForm(Form):
    """A whole address or a booking code."""

    words: str = ""


class ConsentsOverviewState(rx.State):
    """`result` says how many were found; `name` and what follows belong to the proof that is open."""

    ready: bool = False
    purposes: list[PurposeLine] = []
    result: str = ""
    found: list[Found] = []
    ref: str = ""
    name: str = ""
    lines: list[ConsentLine] = []
    texts: list[Wording] = []
    more: bool = False

    @event(Permission.PRIVACY_CASES)
    def load(self, work: Work) -> None:
        """The figures; nobody is looked for yet."""
        self.purposes = overview(work)
        self.result, self.found = "", []
        self._close()
        self.ready = True

    @event(Permission.PRIVACY_CASES)
    def search(self, work: Work, form: SearchForm) -> None:
        """Look for somebody by a whole address or a booking code."""
        self.found, self.result = [], ""
        self._close()
        self.found = find_people(work, form.words)
        number = len(self.found)
        sentence = ONE if number == 1 else SEVERAL if number else NOBODY
        self.result = translate(work.lang, sentence).format(number=number)

    @event(Permission.PRIVACY_CASES)
    def open(self, work: Work, ref: str) -> None:
        """Show the proof; that is written down for the person."""
        shown = proof(work, ref)
        self.ref, self.name, self.lines = shown.ref, shown.name, shown.lines
        self.texts, self.more = shown.texts, shown.more

    @event(Permission.PRIVACY_CASES)
    def download(self, work: Work) -> Any:
        """The open proof as a PDF, by a fresh link."""
        return rx.download(url=paper_path(paper_token(work, PAPER, self.ref)), filename="")

    def _close(self) -> None:
        self.ref, self.name, self.lines, self.texts, self.more = "", "", [], [], False
