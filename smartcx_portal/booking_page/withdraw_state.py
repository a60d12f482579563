"""Withdrawing a consent by the link of a message: looking changes nothing, the button does (tier T0)."""

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.messaging.links import LinkInvalid
from smartcx_portal.privacy.withdrawing import look_at_withdrawal, withdraw_by_link
from smartcx_portal.tenancy import Permission, Work


class WithdrawState(rx.State):
    """`stage`: `open`, `over` (withdrawn before), `done`, `refused`, or empty while nothing is known.

    `says` tells what a withdrawal would do, then what it did.
    """

    asked: bool = True
    stage: str = ""
    title: str = ""
    text: str = ""
    language: str = "de"
    at: str = ""
    where: str = ""
    says: list[str] = []
    refused: str = ""
    _secret: str = ""

    @event(Permission.VISITOR)
    def open(self, work: Work, secret: str) -> None:
        """Show what the link would withdraw; mail scanners open links too."""
        self.asked, self._secret = False, secret or self._secret
        try:
            found = look_at_withdrawal(work, self._secret)
        except LinkInvalid as problem:
            self.stage, self.refused = "refused", problem.text(work.lang)
            return
        self.stage = "open" if found.stands else "over"
        self.title, self.text, self.language = found.title, found.text, found.language
        self.at, self.where, self.says = found.at, found.where, found.says

    @event(Permission.VISITOR)
    def withdraw(self, work: Work) -> None:
        """Withdraw it, from now on."""
        try:
            with work.attempt():
                self.says = withdraw_by_link(work, self._secret).says
            self.stage = "done"
        except LinkInvalid as problem:
            self.stage, self.refused = "refused", problem.text(work.lang)
