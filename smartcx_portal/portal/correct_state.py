"""Correcting name and statements at once, and an address by a code that is read at the new one (Art. 16)."""

from typing import Any

import reflex as rx

from smartcx_portal.accounts.codes import Refused
from smartcx_portal.gate import Form, event, say
from smartcx_portal.kit.contact import NotAnEmail, NotAPhone
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.messaging import Channel
from smartcx_portal.portal.portal_state import CodeForm, PortalState, is_person
from smartcx_portal.portal.step_up_state import StepUpState
from smartcx_portal.privacy.keeping_entries import forget, kept
from smartcx_portal.privacy.own_statements import Matter, own_contact, own_matters
from smartcx_portal.privacy.rectify import (
    AskedNew,
    Corrected,
    ask_new_email,
    ask_new_phone,
    confirm_new_address,
    correct_language,
    correct_name,
)
from smartcx_portal.privacy.restate import Overtaken, restate
from smartcx_portal.privacy.wishing import ask_correction
from smartcx_portal.standing.offers import sms_carried
from smartcx_portal.tenancy import Permission, Work

PROOF_OVER = N_("That took longer than ten minutes. Please get a new code.")


class NameForm(Form):
    """The name as it should be."""

    name: str = ""


class LanguageForm(Form):
    """The language of messages."""

    language: str = ""


class EmailForm(Form):
    """The new e-mail address."""

    email: str = ""


class PhoneForm(Form):
    """The new telephone number."""

    phone: str = ""


class WrongForm(Form):
    """What is wrong beside what can be corrected at once."""

    wrong: str = ""


class CorrectState(rx.State):
    """`waiting`: the channel at whose new address a code was sent, `email` or `sms`, until it is entered.

    `told`: who else was told of the correction that was just made. `opened` is the key of the matter whose form is
    shown, `left` of the one whose form was closed last. `due`: by when a request for a correction is answered. `late`:
    what came between a form and its sending.
    """

    loaded: bool = False
    phones: bool = False
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    answer: str = ""
    told: list[str] = []
    waiting: str = ""
    sent_to: str = ""
    until: str = ""
    problems: dict[str, str] = {}
    matters: list[Matter] = []
    opened: str = ""
    left: str = ""
    stated_problems: dict[str, str] = {}
    wrong_problems: dict[str, str] = {}
    due: str = ""
    late: str = ""

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's `on_load`; a form in which something was typed before is open again."""
        self.waiting, self.answer, self.problems, self.told = "", "", {}, []
        self.opened, self.left, self.due = "", "", ""
        self.stated_problems, self.wrong_problems = {}, {}
        if is_person(work):
            self._read(work)
            typed = set(kept(work, "correct"))
            begun = (one.key for one in self.matters if typed & {each.name for each in one.statements})
            self.opened = next(begun, "")

    @event(Permission.PERSON)
    def save_name(self, work: Work, form: NameForm) -> Any:
        """Save the name, or say who decides about it."""
        corrected = correct_name(work, form.name)
        self.answer, self.told = corrected.says, list(corrected.told)
        self._read(work)
        forget(work, "correct")
        return PortalState.enter("correct")

    @event(Permission.PERSON)
    def save_language(self, work: Work, form: LanguageForm) -> None:
        """Save the language of messages."""
        corrected = correct_language(work, form.language)
        self.answer, self.told = corrected.says, list(corrected.told)
        self._read(work)

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

    @event(Permission.PERSON)
    def open(self, key: str) -> None:
        """Show the form of one appointment or question."""
        self.opened, self.left, self.stated_problems = key, "", {}

    @event(Permission.PERSON)
    def close(self, work: Work) -> Any:
        """Leave it as it is; what was typed is not wanted any more."""
        self._leave()
        forget(work, "correct")
        return PortalState.enter("correct")

    @event(Permission.PERSON)
    def save(self, work: Work, form: dict[str, str]) -> Any:
        """Correct what was changed in the open form; when something came between, the page shows what there is."""
        try:
            corrected = restate(work, self.opened, form)
        except InvalidForm as wrong:
            labels = {each.name: _before(each.label) for one in self.matters for each in one.statements}
            self.stated_problems = {name: labels.get(name, "") + says for name, says in _told(wrong, work).items()}
            return None
        except Overtaken as overtaken:
            late, corrected = overtaken.text(work.lang), Corrected(False, "", "")
        else:
            late = ""
        self.answer, self.told = corrected.says, list(corrected.told)
        self._read(work)
        self.late = late
        self._leave()
        forget(work, "correct")
        return PortalState.enter("correct")

    @event(Permission.PERSON)
    def ask(self, work: Work, form: WrongForm) -> Any:
        """Ask for a correction that somebody has to look at."""
        try:
            self.due = ask_correction(work, form.wrong).due
        except InvalidForm as wrong:
            self.wrong_problems = _told(wrong, work)
            return None
        self.wrong_problems = {}
        forget(work, "correct")
        return PortalState.enter("correct")

    def _leave(self) -> None:
        self.opened, self.left, self.stated_problems = "", self.opened, {}

    def _wait(self, channel: Channel, asked: AskedNew) -> None:
        self.waiting, self.sent_to, self.until = channel.value, asked.sent_to, asked.until
        self.problems, self.answer, self.told = {}, "", []

    def _stale(self, work: Work) -> Any:
        self.answer = translate(work.lang, PROOF_OVER)
        return StepUpState.load

    def _read(self, work: Work) -> None:
        contact = own_contact(work)
        self.name, self.email, self.phone = contact.name, contact.email, contact.phone
        self.language = contact.language
        self.matters, self.late = own_matters(work), ""
        self.loaded, self.phones = True, sms_carried(work)


def _told(wrong: InvalidForm, work: Work) -> dict[str, str]:
    return {name: translate(work.lang, says) for name, says in wrong.problems.items()}


def _before(label: str) -> str:
    """A question's words before what is wrong with its answer."""
    return f"{label} " if label.endswith(("?", "!", ".")) else f"{label}: "
