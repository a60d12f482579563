"""Correcting one's name at once, and an address by a code that is read at the new one (Art. 16)."""

from typing import Any

import reflex as rx

from smartcx_portal.accounts.codes import Refused
from smartcx_portal.gate import Form, event, say
from smartcx_portal.kit.contact import NotAnEmail, NotAPhone
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.messaging import Channel
from smartcx_portal.portal.portal_state import CodeForm, PortalState, is_person
from smartcx_portal.portal.step_up_state import StepUpState
from smartcx_portal.privacy.access import person_view
from smartcx_portal.privacy.keeping_entries import forget
from smartcx_portal.privacy.rectify import AskedNew, ask_new_email, ask_new_phone, confirm_new_address, correct_name
from smartcx_portal.standing.offers import sms_possible
from smartcx_portal.tenancy import Permission, Work

PROOF_OVER = N_("That took longer than ten minutes. Please get a new code.")


class NameForm(Form):
    """The name as it should be."""

    name: str = ""


class EmailForm(Form):
    """The new e-mail address."""

    email: str = ""


class PhoneForm(Form):
    """The new telephone number."""

    phone: str = ""


class CorrectState(rx.State):
    """`waiting`: the channel at whose new address a code was sent, `email` or `sms`, until it is entered.

    `told`: who else was told of the correction that was just made.
    """

    loaded: bool = False
    phones: bool = False
    name: str = ""
    email: str = ""
    phone: str = ""
    answer: str = ""
    told: list[str] = []
    waiting: str = ""
    sent_to: str = ""
    until: str = ""
    problems: dict[str, str] = {}

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`."""
        self.waiting, self.answer, self.problems, self.told = "", "", {}, []
        if is_person(work):
            self._read(work)

    @event(Permission.PERSON)
    def save_name(self, work: Work, form: NameForm) -> Any:
        """Save the name, or say who decides about it."""
        corrected = correct_name(work, form.name)
        self.answer, self.told = corrected.says, list(corrected.told)
        self._read(work)
        forget(work, "correct")
        return PortalState.enter("correct")

    @event(Permission.PERSON)
    def new_email(self, work: Work, form: EmailForm) -> Any:
        """Send a code to the new e-mail address."""
        if not work.actor.fresh:
            return self._stale(work)
        try:
            self._wait(Channel.EMAIL, ask_new_email(work, form.email))
        except NotAnEmail as problem:
            self.problems = {"email": problem.text(work.lang)}
        return None

    @event(Permission.PERSON)
    def new_phone(self, work: Work, form: PhoneForm) -> Any:
        """Send a code to the new number."""
        if not work.actor.fresh:
            return self._stale(work)
        try:
            self._wait(Channel.SMS, ask_new_phone(work, form.phone))
        except NotAPhone as problem:
            self.problems = {"phone": problem.text(work.lang)}
        return None

    @event(Permission.PERSON)
    def confirm(self, work: Work, form: CodeForm) -> None:
        """With the code from the new address, it takes the old one's place."""
        answer = confirm_new_address(work, Channel(self.waiting), form.code)
        if isinstance(answer, Refused):
            self.problems = {"code": answer.text(work.lang)}
            return
        self.waiting, self.problems, self.answer, self.told = "", {}, answer.says, list(answer.told)
        self._read(work)

    @event(Permission.PERSON)
    def keep(self) -> None:
        """Leave the address as it is."""
        self.waiting, self.problems = "", {}
        say(N_("Nothing was changed."))

    def _wait(self, channel: Channel, asked: AskedNew) -> None:
        self.waiting, self.sent_to, self.until = channel.value, asked.sent_to, asked.until
        self.problems, self.answer, self.told = {}, "", []

    def _stale(self, work: Work) -> Any:
        self.answer = translate(work.lang, PROOF_OVER)
        return StepUpState.load

    def _read(self, work: Work) -> None:
        values = {
            value.change: value.value
            for group in person_view(work).groups
            for record in group.records
            for value in record.values
            if value.change
        }
        self.name, self.email, self.phone = (values.get(key, "") for key in ("name", "email", "phone"))
        self.loaded, self.phones = True, sms_possible()
