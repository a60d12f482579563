"""What a person enters when booking: the form's names, and what makes an entry right. No session, no clock."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.answering import answer_name, check_answers
from smartcx_portal.kit.contact import NotAnEmail, NotAPhone, email_key, phone_key
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_
from smartcx_portal.models.booking import Confirming
from smartcx_portal.models.calendar import FormField
from smartcx_portal.models.privacy import ConsentPurpose

LONGEST_NAME = 200
LONGEST_ANSWER = 2000
LONGEST_CONTACT = 254
LONGEST = {"name": LONGEST_NAME, "attendee": LONGEST_NAME, "email": LONGEST_CONTACT, "phone": 40}
FOR_OTHER = "other"
"""The value of `for_whom` that says that somebody else comes; everything else is the person who books."""
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that turn the direction of what follows them, beyond the text in which they stand."""
TICKED = "yes"
TEXT_TOO_LONG = N_("Use at most 2000 characters.")
TOO_LONG = {
    "name": N_("Use at most 200 characters."),
    "attendee": N_("Use at most 200 characters."),
    "email": NotAnEmail.says,
    "phone": NotAPhone.says,
}
NAME_MISSING = N_("Enter your name.")
ATTENDEE_MISSING = N_("Enter the name of the person who comes.")
NOT_FOR_OTHERS = N_("This can only be booked for oneself.")
NO_CHOICE = N_("Choose how we should confirm.")
NOT_WITHOUT_MESSAGE = N_("This service needs a confirmation: choose e-mail or SMS.")
PHONE_MISSING = N_("Enter the number at which we call you.")
NO_SMS = N_("SMS is not offered here. Choose another way.")
TRANSFER_MISSING = N_("Without this consent we cannot send SMS. Tick it, or choose another way.")
HEALTH_MISSING = N_("Without this consent it is only possible by telephone.")


def consent_name(purpose: ConsentPurpose) -> str:
    """The form name of a consent's box."""
    return f"consent-{purpose.value}"


HEALTH_CONSENT = consent_name(ConsentPurpose.HEALTH)
BOXES = (ConsentPurpose.SMS_TRANSFER, ConsentPurpose.HEALTH, ConsentPurpose.TRACKING)
"""Consents with a box of their own; mail and SMS are consented to by choosing them."""
OF_FORM = frozenset({"name", "for_whom", "attendee", "email", "phone", "confirming", *map(consent_name, BOXES)})


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked: by the services that are booked, by the way, by the tenant."""

    asked: Sequence[FormField] = ()
    without_message: bool = True
    sms_offered: bool = False
    for_others: bool = True
    by_phone: bool = False
    """The appointment takes place on the telephone, so a number is needed in any case."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries that are right, normalised. Only addresses that are used are kept, and only consents that are used."""

    name: str
    confirming: Confirming
    attendee: str | None = None
    """Who comes, if it is another person than the one who books."""
    email: str | None = None
    phone: str | None = None
    consents: tuple[ConsentPurpose, ...] = ()
    answers: dict[UUID, str] = field(default_factory=dict)


def known_names(asked: Iterable[FormField]) -> frozenset[str]:
    """All names that the form has."""
    return OF_FORM | {answer_name(each.id) for each in asked}


def is_ticked(value: object) -> bool:
    """Whether a box's value means yes."""
    return value is True or value in (TICKED, "on", "true")


def clean_entry(name: str, value: object) -> str:
    """An entry as it may be stored, at any stage of typing. Raises `InvalidForm` when it is too long."""
    if isinstance(value, bool) or value is None:
        return TICKED if value else ""
    text = clean(str(value), lines=name.startswith("answer-"))
    if len(text) > LONGEST.get(name, LONGEST_ANSWER):
        raise InvalidForm({name: TOO_LONG.get(name, TEXT_TOO_LONG)})
    return text


def clean(text: str, *, lines: bool = False) -> str:
    """The text without control characters and outer space; in one line unless `lines`.

    A line break in a name could become a header of a mail; a NUL can't be stored; a sign that turns the direction
    of writing would turn what stands beside the name. Names that are written from right to left need none of those.
    """
    text = text.encode("utf-8", "ignore").decode().translate(dict.fromkeys(map(ord, TURNING)))
    kept = "".join(c if unicodedata.category(c) != "Cc" or (lines and c == "\n") else " " for c in text)
    return kept.strip() if lines else " ".join(kept.split())


def name_key(name: str) -> str:
    """The form in which two names are compared: case, spaces and ways of encoding do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def check_entries(entered: Mapping[str, Any], form: Form) -> Entries:
    """All entries of a form, checked together. Raises `InvalidForm` with one sentence for each wrong field."""
    problems: dict[str, str] = {}
    values = {name: cleaned for name, value in entered.items() if (cleaned := checked_entry(name, value, problems))}
    if not values.get("name"):
        problems.setdefault("name", NAME_MISSING)
    attendee = _attendee(values, form, problems)
    confirming = _confirming(values, form, problems)
    email, phone = _contact(values, confirming, form, problems)
    answers = check_answers(values, form.asked, problems)
    special = any(each.special and each.id in answers for each in form.asked)
    consents = _consents(values, confirming, special, problems)
    if problems or confirming is None:
        raise InvalidForm(problems)
    return Entries(values["name"], confirming, attendee, email, phone, consents, answers)


def checked_entry(name: str, value: object, problems: dict[str, str]) -> str:
    """`clean_entry`, with what is wrong in `problems` and then no text."""
    try:
        return clean_entry(name, value)
    except InvalidForm as wrong:
        problems.update(wrong.problems)
        return ""


def _attendee(values: Mapping[str, str], form: Form, problems: dict[str, str]) -> str | None:
    if values.get("for_whom") != FOR_OTHER:
        return None
    if not form.for_others:
        problems["for_whom"] = NOT_FOR_OTHERS
    elif not values.get("attendee"):
        problems.setdefault("attendee", ATTENDEE_MISSING)
    return values.get("attendee")


def _confirming(values: Mapping[str, str], form: Form, problems: dict[str, str]) -> Confirming | None:
    try:
        chosen = Confirming(values.get("confirming", ""))
    except ValueError:
        problems["confirming"] = NO_CHOICE
        return None
    if chosen is Confirming.NONE and not form.without_message:
        problems["confirming"] = NOT_WITHOUT_MESSAGE
    if chosen is Confirming.SMS and not form.sms_offered:
        problems["confirming"] = NO_SMS
    return chosen


def _contact(
    values: Mapping[str, str], confirming: Confirming | None, form: Form, problems: dict[str, str]
) -> tuple[str | None, str | None]:
    """The mail address and the number as far as they are needed."""
    email = phone = None
    if confirming is Confirming.EMAIL:
        email = values.get("email", "")
        _right(email_key, email, problems)
    if confirming is Confirming.SMS or form.by_phone:
        phone = values.get("phone", "")
        if phone or not form.by_phone:
            phone = _right(phone_key, phone, problems)
        else:
            problems.setdefault("phone", PHONE_MISSING)
    return email, phone


def _right(key: Callable[[str], str], entered: str, problems: dict[str, str]) -> str:
    try:
        return key(entered)
    except (NotAnEmail, NotAPhone) as problem:
        problems.setdefault(problem.field, problem.sentence)
        return ""


def _consents(
    values: Mapping[str, str], confirming: Confirming | None, special: bool, problems: dict[str, str]
) -> tuple[ConsentPurpose, ...]:
    """What is consented to: by the choice, and by boxes for what is really used."""
    ticked = {purpose for purpose in BOXES if is_ticked(values.get(consent_name(purpose)))}
    wanted: list[ConsentPurpose] = []
    if confirming is Confirming.EMAIL:
        wanted += [ConsentPurpose.MAIL, *({ConsentPurpose.TRACKING} & ticked)]
    if confirming is Confirming.SMS:
        wanted += [ConsentPurpose.SMS, ConsentPurpose.SMS_TRANSFER]
        if ConsentPurpose.SMS_TRANSFER not in ticked:
            problems[consent_name(ConsentPurpose.SMS_TRANSFER)] = TRANSFER_MISSING
    if special:
        wanted.append(ConsentPurpose.HEALTH)
        if ConsentPurpose.HEALTH not in ticked:
            problems[HEALTH_CONSENT] = HEALTH_MISSING
    return tuple(wanted)
