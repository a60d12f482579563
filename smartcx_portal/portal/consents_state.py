"""One's own consents: giving and withdrawing each in one action, their history and receipts (Art. 7, promise P06)."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.portal.portal_state import is_person
from smartcx_portal.privacy.consents import ConsentLine, Offer, OwnConsent, givable, give_own, history, own_consents
from smartcx_portal.privacy.papers import paper_path, paper_token
from smartcx_portal.privacy.receipt_paper import AS_PDF
from smartcx_portal.privacy.receipts import PAPER
from smartcx_portal.privacy.withdrawing import withdraw_own
from smartcx_portal.tenancy import Permission, Work


class ConsentsState(rx.State):
    """`says` tells what the last action did; `lines` are one page of the history, `earlier` unless it is the newest."""

    loaded: bool = False
    consents: list[OwnConsent] = []
    offers: list[Offer] = []
    lines: list[ConsentLine] = []
    more: bool = False
    earlier: bool = False
    says: list[str] = []
    stamp: str = ""

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`."""
        self.says, self.stamp = [], ""
        if is_person(work):
            self._show(work)
            self.loaded = True

    @event(Permission.PERSON)
    def withdraw(self, work: Work, purpose: str) -> None:
        """Withdraw one, from now on."""
        self._tell(work, withdraw_own(work, _purpose(purpose)).says)

    @event(Permission.PERSON)
    def give(self, work: Work, purpose: str) -> None:
        """Agree to one, from now on."""
        self._tell(work, give_own(work, _purpose(purpose)))

    @event(Permission.PERSON)
    def look_back(self, work: Work, before: str) -> None:
        """The page of the history that follows this event; without one the newest."""
        page = history(work, before)
        self.lines, self.more, self.earlier = page.lines, page.more, before != ""

    @event(Permission.PERSON)
    def receipt(self, work: Work, consent_event: str) -> Any:
        """A fresh link to the receipt of one event, opened at once."""
        return rx.download(url=paper_path(paper_token(work, PAPER, consent_event)), filename="")

    @event(Permission.PERSON)
    def receipt_pdf(self, work: Work, consent_event: str) -> Any:
        """The same to read and to print."""
        return rx.download(url=paper_path(paper_token(work, AS_PDF, consent_event)), filename="")

    def _tell(self, work: Work, says: list[str]) -> None:
        self._show(work)
        self.says, self.stamp = says, self.lines[0].event

    def _show(self, work: Work) -> None:
        page = history(work)
        self.consents, self.offers = own_consents(work), givable(work)
        self.lines, self.more, self.earlier = page.lines, page.more, False


def _purpose(named: str) -> ConsentPurpose:
    if named not in list(ConsentPurpose):
        raise NotFound
    return ConsentPurpose(named)
