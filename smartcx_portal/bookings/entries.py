"""What a person enters when booking: the form's names, and what makes an entry right. No session, no clock."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from smartcx_portal.kit.contact import NotAnEmail, NotAPhone, email_key, phone_key
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_
from smartcx_portal.models.booking import Confirming
from smartcx_portal.models.calendar import FieldKind, FormField
from smartcx_portal.models.privacy import ConsentPurpose

LONGEST_NAME = 200
LONGEST_ANSWER = 2000
LONGEST_CONTACT = 254
LONGEST = {"name": LONGEST_NAME, "email": LONGEST_CONTACT, "phone": 40}
TICKED = "yes"
TEXT_TOO_LONG = N_("Use at most 2000 characters.")
TOO_LONG = {
    "name": N_("Use at most 200 characters."),
    "email": NotAnEmail.says,
    "phone": NotAPhone.says,
}
NAME_MISSING = N_("Enter your name.")
NO_CHOICE = N_("Choose how we should confirm.")
NOT_WITHOUT_MESSAGE = N_("This service needs a confirmation: choose e-mail or SMS.")
NO_SMS = N_("SMS is not offered here. Choose another way.")
TRANSFER_MISSING = N_("Without this consent we cannot send SMS. Tick it, or choose another way.")
HEALTH_MISSING = N_("Without this consent it is only possible by telephone.")
ANSWER_MISSING = N_("Answer this question.")
NOT_AN_OPTION = N_("Choose one of the answers.")
NOT_A_NUMBER = N_("Enter a number, such as 3.")
NOT_A_DATE = N_("Enter a date, such as 24.12.2026.")


def answer_name(field_id: UUID) -> str:
    """The form name of a question's answer."""
    return f"answer-{field_id}"


def consent_name(purpose: ConsentPurpose) -> str:
    """The form name of a consent's box."""
    return f"consent-{purpose.value}"


HEALTH_CONSENT = consent_name(ConsentPurpose.HEALTH)
BOXES = (ConsentPurpose.SMS_TRANSFER, ConsentPurpose.HEALTH, ConsentPurpose.TRACKING)
"""Consents with a box of their own; mail and SMS are consented to by choosing them."""
OF_FORM = frozenset({"name", "email", "phone", "confirming", *map(consent_name, BOXES)})


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries that are right, normalised. Only the chosen way's address is kept, and only consents that are used."""

    name: str
    confirming: Confirming
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

    A line break in a name could become a header of a mail; a NUL can't be stored.
    """
    text = text.encode("utf-8", "ignore").decode()
    kept = "".join(c if unicodedata.category(c) != "Cc" or (lines and c == "\n") else " " for c in text)
    return kept.strip() if lines else " ".join(kept.split())


def name_key(name: str) -> str:
    """The form in which two names are compared: case, spaces and ways of encoding do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def check_entries(
    entered: Mapping[str, Any], asked: Iterable[FormField], *, without_message: bool, sms_offered: bool
) -> Entries:
    """All entries of a form, checked together. Raises `InvalidForm` with one sentence for each wrong field."""
    problems: dict[str, str] = {}
    values = {name: clean_entry(name, value) for name, value in entered.items()}
    if not values.get("name"):
        problems["name"] = NAME_MISSING
    confirming = _confirming(values, without_message, sms_offered, problems)
    email, phone = _contact(values, confirming, problems)
    fields = list(asked)
    answers = _answers(values, fields, problems)
    consents = _consents(values, confirming, any(each.special and each.id in answers for each in fields), problems)
    if problems or confirming is None:
        raise InvalidForm(problems)
    return Entries(values["name"], confirming, email, phone, consents, answers)


def _confirming(
    values: Mapping[str, str], without_message: bool, sms_offered: bool, problems: dict[str, str]
) -> Confirming | None:
    try:
        chosen = Confirming(values.get("confirming", ""))
    except ValueError:
        problems["confirming"] = NO_CHOICE
        return None
    if chosen is Confirming.NONE and not without_message:
        problems["confirming"] = NOT_WITHOUT_MESSAGE
    if chosen is Confirming.SMS and not sms_offered:
        problems["confirming"] = NO_SMS
    return chosen


def _contact(
    values: Mapping[str, str], confirming: Confirming | None, problems: dict[str, str]
) -> tuple[str | None, str | None]:
    try:
        if confirming is Confirming.EMAIL:
            email_key(values.get("email", ""))
            return values["email"], None
        if confirming is Confirming.SMS:
            return None, phone_key(values.get("phone", ""))
    except (NotAnEmail, NotAPhone) as problem:
        problems[problem.field] = problem.sentence
    return None, None


def _answers(values: Mapping[str, str], fields: list[FormField], problems: dict[str, str]) -> dict[UUID, str]:
    answers = {}
    for each in fields:
        name = answer_name(each.id)
        text = values.get(name, "")
        if text:
            answer, problem = _answer(each, text)
            if problem:
                problems[name] = problem
            answers[each.id] = answer
        elif each.required:
            problems[name] = ANSWER_MISSING
    return answers


def _answer(asked: FormField, text: str) -> tuple[str, str]:
    """The answer in its stored form, and the problem if there is one."""
    if asked.kind is FieldKind.NUMBER:
        number = _number(text)
        return (number, "") if number else (text, NOT_A_NUMBER)
    if asked.kind is FieldKind.DATE:
        day = _day(text)
        return (day.isoformat(), "") if day else (text, NOT_A_DATE)
    options = {FieldKind.CHOICE: asked.options, FieldKind.YES_NO: ["yes", "no"]}.get(asked.kind)
    return text, NOT_AN_OPTION if options is not None and text not in options else ""


def _number(text: str) -> str:
    """The figures with a point; empty for what is no number of a sensible size."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return ""
    sensible = number.is_finite() and abs(number) < 10**15 and abs(int(number.as_tuple().exponent)) < 15
    return format(number, "f") if sensible else ""


def _day(text: str) -> date | None:
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    return None


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
