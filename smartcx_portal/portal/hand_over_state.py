"""Handing one's data over: look the provider up, prove oneself freshly, and see what becomes of it (Art. 20(2))."""

from typing import Any

import reflex as rx

from smartcx_portal.gate import Form, event, say
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.portal.correct_state import PROOF_OVER
from smartcx_portal.portal.portal_state import is_person
from smartcx_portal.portal.step_up_state import StepUpState
from smartcx_portal.privacy.handing_over import Receiver, TransferView, find_receiver, hand_over, own_transfers
from smartcx_portal.tenancy import Permission, Work

ON_ITS_WAY = N_("Your data is on its way. Below you see what becomes of it.")


class ProviderForm(Form):
    """An address, or the word in it."""

    provider: str = ""


class HandOverState(rx.State):
    """`found` is the provider that was looked up; `times` counts the look-ups, for the focus."""

    loaded: bool = False
    found: Receiver = Receiver()
    times: int = 0
    problem: str = ""
    transfers: list[TransferView] = []

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`."""
        self.found, self.problem = Receiver(), ""
        if is_person(work):
            self.transfers, self.loaded = own_transfers(work), True

    @event(Permission.PERSON)
    def find(self, work: Work, form: ProviderForm) -> None:
        """Show whom the data would go to; nothing goes yet."""
        self.problem, self.times = "", self.times + 1
        self.found = find_receiver(work, form.provider)

    @event(Permission.PERSON)
    def choose_another(self) -> None:
        """Back to the field."""
        self.found, self.problem = Receiver(), ""

    @event(Permission.PERSON)
    def send(self, work: Work) -> Any:
        """Hand it over."""
        if not work.actor.fresh:
            self.problem = translate(work.lang, PROOF_OVER)
            return StepUpState.load
        hand_over(work, self.found.slug)
        self.found, self.problem, self.transfers = Receiver(), "", own_transfers(work)
        say(ON_ITS_WAY)
        return None
