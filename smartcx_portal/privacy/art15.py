"""The answers that Art. 15(1)(a) to (h) and (2) ask for, as they are true for one person; for people and programs."""

import functools
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from smartcx_portal.kit.language import LANGUAGES, N_, translate
from smartcx_portal.models.declaring import Category, Source
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.models.tenant import SubProcessor
from smartcx_portal.privacy.access import NO_AUTOMATION, OF_MEMBERS
from smartcx_portal.privacy.data_map import Column, Entry
from smartcx_portal.privacy.disclosures import WHO_HAS_THE_LINK, standing_recipients
from smartcx_portal.privacy.reading import Reading
from smartcx_portal.privacy.summaries import Summaries
from smartcx_portal.privacy.words import CATEGORIES, PURPOSES, RIGHTS, SOURCES, ground_text, period_text

PURPOSE_FOR = N_("{purpose}. Allowed by: {ground}.")
PROCESSOR = N_("{name} (processor)")
KEPT_FOR = N_("{purpose}: {period}.")
OTHER_AUTHORITIES = N_(
    "You may also turn to the authority for where you live, where you work or where it happened, in other states of "
    "the EU and the EEA too. The portal names them under “Complain to the authority”."
)
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
    held = _Held(reading)
    return [Answer(letter, list(maker(held))) for letter, maker in makers.items()]


def art15_json(reading: Reading, said: Sequence[Answer]) -> bytes:
    """The answers for programs, each text in every language."""
    made = [
        {
            "paragraph": "15(2)" if one.letter == "2" else f"15(1)({one.letter})",
            "question": {lang: one.heading(lang) for lang in LANGUAGES},
            "answers": [{"key": point.key, "text": point.texts} for point in one.points],
        }
        for one in said
    ]
    tenant = reading.tenant
    document: dict[str, Any] = {
        "at": reading.work.now.isoformat(),
        "controller": tenant.name,
        "subject": str(reading.customer_id),
        "answers": made,
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


@dataclass
class _Held:
    """What is held on the person; looked through once for all answers."""

    reading: Reading

    @cached_property
    def filled(self) -> list[tuple[Entry, Column, Any]]:
        """Every value, as its column and row."""
        return [
            (entry, column, row)
            for entry, rows in self.reading.found
            for column in entry.columns
            for row in rows
            if getattr(row, column.name) not in (None, "", {})
        ]

    @cached_property
    def used(self) -> list[ProcessingActivity]:
        """The activities that something is held for."""
        wanted = {a.purpose for _, column, row in self.filled for a in self.reading.activities_of(column, row)}
        return [activity for purpose, activity in self.reading.periods.activities.items() if purpose in wanted]

    @cached_property
    def companies(self) -> list[tuple[str, SubProcessor]]:
        """The sub-processors of these activities, and those that carried messages, by key."""
        roads = [activity for row in self.reading.rows("message") for activity in self.reading.carriers_of(row)]
        keys = {key for activity in (*self.used, *roads) for key in activity.recipients}
        return [(key, company) for key, company in self.reading.facts.processors.items() if key in keys]


def _purposes(held: _Held) -> Iterator[Point]:
    for one in held.used:
        ground = functools.partial(ground_text, one)
        yield _said(one.purpose.value, PURPOSE_FOR, purpose=_words(PURPOSES[one.purpose]), ground=ground)


def _categories(held: _Held) -> Iterator[Point]:
    found = {held.reading.category_of(*each) for each in held.filled}
    return (_said(one.value, CATEGORIES[one]) for one in Category if one in found)


def _recipients(held: _Held) -> Iterator[Point]:
    yield _said("staff", OF_MEMBERS, name=lambda lang: held.reading.tenant.name)
    yield _said("operator", PROCESSOR, name=lambda lang: held.reading.facts.operator.name)
    for key, company in held.companies:
        yield Point(key, {lang: f"{company.name}: {company.service.get(lang, '')}" for lang in LANGUAGES})
    for name in dict.fromkeys(name for activity in held.used for name in activity.own_recipients):
        yield Point("own", dict.fromkeys(LANGUAGES, name))
    yield from _handed(held)
    standing = [standing_recipients(held.reading.work, lang) for lang in LANGUAGES]
    for said in zip(*standing, strict=True):
        yield Point("standing", dict(zip(LANGUAGES, said, strict=True)))


def _handed(held: _Held) -> Iterator[Point]:
    """Who got it at the person's own wish."""
    tellers = {lang: Summaries(held.reading.work, held.reading.tenant, lang) for lang in LANGUAGES}
    for row in held.reading.rows("transfer"):
        yield Point("transfer", {lang: teller.title("transfer", row) for lang, teller in tellers.items()})
    for row in held.reading.rows("pull_link"):
        if row.used_at:
            whom = {lang: row.label or translate(lang, WHO_HAS_THE_LINK) for lang in LANGUAGES}
            told = {lang: teller.title("pull_link", row) for lang, teller in tellers.items()}
            yield Point("pull_link", {lang: f"{whom[lang]}: {told[lang]}" for lang in LANGUAGES})


def _periods(held: _Held) -> Iterator[Point]:
    for one in held.used:
        period = functools.partial(period_text, one)
        yield _said(one.purpose.value, KEPT_FOR, purpose=_words(PURPOSES[one.purpose]), period=period)


def _rights(held: _Held) -> Iterator[Point]:
    return (_said(right.value, words) for right, words in RIGHTS.items())


def _complaint(held: _Held) -> Iterator[Point]:
    place = held.reading.facts.authority
    text = ", ".join(filter(None, (*place.lines, place.phone, place.email, place.website)))
    yield Point("authority", dict.fromkeys(LANGUAGES, text))
    yield _said("others", OTHER_AUTHORITIES)


def _sources(held: _Held) -> Iterator[Point]:
    found = {held.reading.origins.source_of(column, row) for _, column, row in held.filled}
    return (_said(one.value, SOURCES[one]) for one in Source if one in found)


def _decisions(held: _Held) -> Iterator[Point]:
    yield _said("none", NO_AUTOMATION)


def _transfers(held: _Held) -> Iterator[Point]:
    abroad = [(key, company) for key, company in held.companies if company.transfer]
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
