"""The answers that Art. 15(1)(a) to (h) and (2) ask for, as they are true for one person; for people and programs."""

import functools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from smartcx_portal.kit.language import LANGUAGES, N_, translate
from smartcx_portal.models.declaring import Category, Source
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.models.tenant import SubProcessor
from smartcx_portal.privacy.access import NO_AUTOMATION, OF_MEMBERS
from smartcx_portal.privacy.data_map import Column, Entry
from smartcx_portal.privacy.disclosures import standing_recipients
from smartcx_portal.privacy.reading import Reading
from smartcx_portal.privacy.words import CATEGORIES, PURPOSES, RIGHTS, SOURCES, ground_text, period_text

PURPOSE_FOR = N_("{purpose}. Allowed by: {ground}.")
KEPT_FOR = N_("{purpose}: {period}.")
INSIDE = N_("Your data stays within the European Union.")
QUESTIONS = {
    "a": N_("What your data is used for"),
    "b": N_("Which kinds of data these are"),
    "c": N_("Who receives them"),
    "d": N_("How long they stay"),
    "e": N_("Your rights"),
    "f": N_("Where you can complain"),
    "g": N_("Where they come from"),
    "h": N_("Decisions by machines"),
    "2": N_("Data that leaves the European Union"),
}
"""By the letter of Art. 15(1); `2` is Art. 15(2)."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is said; `key` names it for programs."""

    key: str
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to one letter."""

    letter: str
    points: list[Point]

    def heading(self, lang: str) -> str:
        """The question in words."""
        return translate(lang, QUESTIONS[self.letter])


def answers(reading: Reading) -> list[Answer]:
    """All answers, in the order of the law."""
    makers = {
        "a": _purposes,
        "b": _categories,
        "c": _recipients,
        "d": _periods,
        "e": _rights,
        "f": _complaint,
        "g": _sources,
        "h": _decisions,
        "2": _transfers,
    }
    return [Answer(letter, list(maker(reading))) for letter, maker in makers.items()]


def art15_json(reading: Reading) -> bytes:
    """The answers for programs, each text in every language."""
    made = [
        {
            "paragraph": "15(2)" if one.letter == "2" else f"15(1)({one.letter})",
            "question": {lang: one.heading(lang) for lang in LANGUAGES},
            "answers": [{"key": point.key, "text": point.texts} for point in one.points],
        }
        for one in answers(reading)
    ]
    tenant = reading.tenant
    document: dict[str, Any] = {
        "at": reading.work.now.isoformat(),
        "controller": tenant.name,
        "subject": str(reading.customer_id),
        "answers": made,
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def _filled(reading: Reading) -> Iterator[tuple[Entry, Column, Any]]:
    """Each column that holds something, with one row in which it does."""
    for entry, rows in reading.found:
        for column in entry.columns:
            row = next((row for row in rows if getattr(row, column.name) not in (None, "", {})), None)
            if row is not None:
                yield entry, column, row


def _used(reading: Reading) -> list[ProcessingActivity]:
    """The activities that something of this person is held for."""
    wanted = {purpose for _, column, _ in _filled(reading) for purpose in column.data.purposes}
    return [activity for purpose, activity in reading.periods.activities.items() if purpose in wanted]


def _purposes(reading: Reading) -> Iterator[Point]:
    for one in _used(reading):
        ground = functools.partial(ground_text, one)
        yield _said(one.purpose.value, PURPOSE_FOR, purpose=_words(PURPOSES[one.purpose]), ground=ground)


def _categories(reading: Reading) -> Iterator[Point]:
    found = {column.data.category for _, column, _ in _filled(reading)}
    return (_said(one.value, CATEGORIES[one]) for one in Category if one in found)


def _recipients(reading: Reading) -> Iterator[Point]:
    yield _said("staff", OF_MEMBERS, name=lambda lang: reading.tenant.name)
    for key, company in _companies(reading):
        yield Point(key, {lang: f"{company.name}: {company.service.get(lang, '')}" for lang in LANGUAGES})
    for name in dict.fromkeys(name for activity in _used(reading) for name in activity.own_recipients):
        yield Point("own", dict.fromkeys(LANGUAGES, name))
    standing = [standing_recipients(reading.work, lang) for lang in LANGUAGES]
    for said in zip(*standing, strict=True):
        yield Point("standing", dict(zip(LANGUAGES, said, strict=True)))


def _companies(reading: Reading) -> list[tuple[str, SubProcessor]]:
    """The sub-processors of the purposes that something of this person is held for, by key."""
    keys = {key for activity in _used(reading) for key in activity.recipients}
    return [(key, company) for key, company in reading.facts.processors.items() if key in keys]


def _periods(reading: Reading) -> Iterator[Point]:
    for one in _used(reading):
        period = functools.partial(period_text, one)
        yield _said(one.purpose.value, KEPT_FOR, purpose=_words(PURPOSES[one.purpose]), period=period)


def _rights(reading: Reading) -> Iterator[Point]:
    return (_said(right.value, words) for right, words in RIGHTS.items())


def _complaint(reading: Reading) -> Iterator[Point]:
    place = reading.facts.authority
    text = ", ".join(filter(None, (*place.lines, place.phone, place.email, place.website)))
    yield Point("authority", dict.fromkeys(LANGUAGES, text))


def _sources(reading: Reading) -> Iterator[Point]:
    found = {reading.origins.source_of(column, row) for _, column, row in _filled(reading)}
    return (_said(one.value, SOURCES[one]) for one in Source if one in found)


def _decisions(reading: Reading) -> Iterator[Point]:
    yield _said("none", NO_AUTOMATION)


def _transfers(reading: Reading) -> Iterator[Point]:
    abroad = [(key, company) for key, company in _companies(reading) if company.transfer]
    for key, company in abroad:
        yield Point(key, {lang: f"{company.name}: {company.transfer.get(lang, '')}" for lang in LANGUAGES})
    if not abroad:
        yield _said("none", INSIDE)


def _said(key: str, words: str, **parts: Callable[[str], str]) -> Point:
    """`words` in every language; each of its parts is made for the language, too."""
    texts = {
        lang: translate(lang, words).format(**{name: part(lang) for name, part in parts.items()}) for lang in LANGUAGES
    }
    return Point(key, texts)


def _words(msgid: str) -> Callable[[str], str]:
    return lambda lang: translate(lang, msgid)
