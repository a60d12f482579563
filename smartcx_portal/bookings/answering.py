"""Answers to a service's questions: what makes one right, and the form in which it is stored. No session, no clock."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from smartcx_portal.kit.language import N_
from smartcx_portal.models.calendar import FieldKind, FormField

ANSWER_MISSING = N_("Answer this question.")
NOT_AN_OPTION = N_("Choose one of the answers.")
NOT_A_NUMBER = N_("Enter a number, such as 3.")
NOT_A_DATE = N_("Enter a date, such as 24.12.2026.")
NO_SUCH_DAY = N_("This day is not in the calendar. Enter a date, such as 24.12.2026.")
PATTERNS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})"),
)


def answer_name(field_id: UUID) -> str:
    """The form name of a question's answer."""
    return f"answer-{field_id}"


def check_answers(values: Mapping[str, str], fields: Iterable[FormField], problems: dict[str, str]) -> dict[UUID, str]:
    """The answers in their stored form; what is wrong goes to `problems`, a sentence for each field."""
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
            problems.setdefault(name, ANSWER_MISSING)
    return answers


def _answer(asked: FormField, text: str) -> tuple[str, str]:
    """The answer in its stored form, and the problem if there is one."""
    if asked.kind is FieldKind.NUMBER:
        number = _number(text)
        return (number, "") if number else (text, NOT_A_NUMBER)
    if asked.kind is FieldKind.DATE:
        return _day(text)
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


def _day(text: str) -> tuple[str, str]:
    """The day as ISO text; 29 February stands in leap years only."""
    found = next((match for pattern in PATTERNS if (match := pattern.fullmatch(text))), None)
    if found is None:
        return text, NOT_A_DATE
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat(), ""
    except ValueError:
        return text, NO_SUCH_DAY
