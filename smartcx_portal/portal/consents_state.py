"""One's own consents, and withdrawing them in one action (Art. 7(3), promise P06)."""

import reflex as rx

from smartcx_portal.gate import event
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.portal.portal_state import is_person
from smartcx_portal.privacy.consents import OwnConsent, own_consents
from smartcx_portal.privacy.withdrawing import withdraw_own
from smartcx_portal.tenancy import Permission, Work


class ConsentsState(rx.State):
    """`says` tells what the last withdrawal did."""

    loaded: bool = False
    consents: list[OwnConsent] = []
    says: list[str] = []
    stamp: str = ""

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`."""
        self.says, self.stamp = [], ""
        if is_person(work):
            self.consents, self.loaded = own_consents(work), True

    @event(Permission.PERSON)
    def withdraw(self, work: Work, purpose: str) -> None:
        """Withdraw one, from now on."""
        if purpose not in list(ConsentPurpose):
            raise NotFound
        self.says = withdraw_own(work, purpose).says
        self.stamp = purpose
        self.consents = own_consents(work)
