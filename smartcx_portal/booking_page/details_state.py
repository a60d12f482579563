"""The person's details: what the form shows, and what is kept while it is filled in."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import reflex as rx

from smartcx_portal.booking_page.addresses import step
from smartcx_portal.bookings.catalogue import FieldView, field_view
from smartcx_portal.bookings.drafts import DraftView, load_draft, save_entered
from smartcx_portal.bookings.entries import BOXES, TICKED, consent_name
from smartcx_portal.bookings.refusals import TooManyADay, TooManyAWeek
from smartcx_portal.bookings.submitting import check_details, held_form
from smartcx_portal.gate import event
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.standing.consents import text_of
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.ui.choices import Choice

FIRST = ("name", "for_whom", "attendee")
OF_WAYS = ("confirming", "email", "phone", consent_name(ConsentPurpose.SMS_TRANSFER))
"""What belongs to the choice of how to confirm, in the order of the form."""
YES_NO = (("yes", N_("Yes")), ("no", N_("No")))


@dataclass(frozen=True)
class Question:
    """A question of the service; `kind` is `text`, `number`, `date` or `choice`."""

    name: str
    label: str
    why: str
    kind: str
    optional: bool
    choices: list[Choice]
    entered: str


class DetailsState(rx.State):
    """`form_id` is the draft's: the form appears with it. What was entered comes back as each field's beginning."""

    form_id: str = ""
    name: str = ""
    for_whom: str = "me"
    attendee: str = ""
    confirming: str = ""
    email: str = ""
    phone: str = ""
    ticked: dict[str, bool] = {}
    questions: list[Question] = []
    special: list[Question] = []
    sms: bool = False
    without_message: bool = False
    for_others: bool = False
    by_phone: bool = False
    mail_text: str = ""
    sms_text: str = ""
    transfer_text: str = ""
    health_text: str = ""
    problems: dict[str, str] = {}

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The form of the chosen services with what was entered so far; `HoldState.load` leads others away."""
        draft = load_draft(work)
        if draft is None or draft.hold is None:
            self.form_id = ""
            return
        self.mail_text, self.sms_text, self.transfer_text, self.health_text = (
            text_of(work, purpose, work.lang)
            for purpose in (
                ConsentPurpose.MAIL,
                ConsentPurpose.SMS,
                ConsentPurpose.SMS_TRANSFER,
                ConsentPurpose.HEALTH,
            )
        )
        self.problems = {}
        self._fill(work, draft)

    @event(Permission.VISITOR)
    def keep(self, work: Work, fields: dict[str, str]) -> None:
        """Keep what is typed so far, but for what is too long; that is said when the form is sent."""
        with suppress(InvalidForm):
            save_entered(work, fields)
        self._fill_again(work)

    @event(Permission.VISITOR)
    def check(self, work: Work, form: dict[str, str]) -> Any:
        """Go on to the check page, or say what is wrong; what was typed is kept either way."""
        fields = dict.fromkeys((consent_name(purpose) for purpose in BOXES), "") | form
        with suppress(InvalidForm):
            save_entered(work, fields)
        try:
            check_details(work, fields)
        except InvalidForm as wrong:
            self.problems = self._told(wrong, work.lang)
            return None
        except (TooManyADay, TooManyAWeek) as refused:
            self.problems = {refused.field: refused.text(work.lang)}
            return None
        self.problems = {}
        self._fill_again(work)
        return rx.redirect(step(work, "check"))

    def _told(self, wrong: InvalidForm, lang: str) -> dict[str, str]:
        """The problems in the order of the form; those of questions name theirs."""
        labels = {one.name: label_before(one.label) for one in [*self.questions, *self.special]}
        order = [*FIRST, *(one.name for one in self.questions), *OF_WAYS, *(one.name for one in self.special)]
        names = sorted(wrong.problems, key=lambda name: order.index(name) if name in order else len(order))
        return {name: labels.get(name, "") + translate(lang, wrong.problems[name]) for name in names}

    def _fill_again(self, work: Work) -> None:
        draft = load_draft(work)
        if draft is not None:
            self._fill(work, draft)

    def _fill(self, work: Work, draft: DraftView) -> None:
        entered = draft.entered
        self.name, self.confirming = entered.get("name", ""), entered.get("confirming", "")
        self.email, self.phone = entered.get("email", ""), entered.get("phone", "")
        self.for_whom, self.attendee = entered.get("for_whom") or "me", entered.get("attendee", "")
        self.ticked = {consent_name(purpose): entered.get(consent_name(purpose)) == TICKED for purpose in BOXES}
        form = held_form(work)
        self.sms, self.without_message = form.sms_offered, form.without_message
        self.for_others, self.by_phone = form.for_others, form.by_phone
        fields = [field_view(one) for one in form.asked]
        asked = [(one.special, question(one, entered.get(one.name, ""), work.lang)) for one in fields]
        self.questions = [one for special, one in asked if not special]
        self.special = [one for special, one in asked if special]
        self.form_id = draft.id


def label_before(label: str) -> str:
    """A question's words before what is wrong with its answer."""
    return f"{label} " if label.endswith(("?", "!", ".")) else f"{label}: "


def question(asked: FieldView, entered: str, lang: str) -> Question:
    """A question as the form shows it: yes and no are a choice too."""
    choices = [Choice(option, option) for option in asked.options]
    if asked.kind == "yes_no":
        choices = [Choice(value, translate(lang, label)) for value, label in YES_NO]
    kind = "choice" if asked.kind == "yes_no" else asked.kind
    return Question(asked.name, asked.label, asked.why, kind, not asked.required, choices, entered)
