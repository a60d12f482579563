"""The data map as a picture: where data comes from, what it is for, who receives it, when it goes (promise P01).

Drawn from the same declarations, activities and services as notice and record; positions are computed here, in the
units of the picture, so that the page needs no script for it.
"""

import functools
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.declaring import Purpose, Source, Who
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.privacy import words
from smartcx_portal.privacy.data_map import data_map
from smartcx_portal.privacy.notice_facts import Facts, gather
from smartcx_portal.privacy.record import recipients_of
from smartcx_portal.privacy.record_words import ACTIVITIES
from smartcx_portal.privacy.words import PURPOSES, period_text
from smartcx_portal.tenancy import Work

HEADS = (N_("Where data comes from"), N_("What it is for"), N_("Who receives it"), N_("When it goes"))
SOURCES = {
    Source.PERSON: N_("Entered by the person"),
    Source.VISIT: N_("Arises during a visit to the pages"),
    Source.STAFF: N_("Entered by the staff"),
    Source.SYSTEM: N_("Made by the portal"),
    Source.HANDED_OVER: N_("Sent by another provider at the person's wish"),
}
BOX, GAP, MARGIN = 246, 54, 8
"""Width of a box, between columns, around all."""
LETTERS = 26
"""How many letters of the widest text fit into a line of a box."""
LINE, PAD, BETWEEN, TOP = 20, 10, 14, 40
"""Height of a line, inside a box above and below it, between boxes, and above the first one."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the picture."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Word:
    """One line of text at its base line; a head stands above a column."""

    x: int
    y: int
    text: str
    head: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """One purpose in words: the picture's content for whoever reads it as a table."""

    purpose: str
    sources: list[str]
    recipients: list[str]
    end: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes, their words, the curves between them as SVG paths, and the same in rows."""

    width: int = 0
    height: int = 0
    boxes: list[Box] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    curves: list[str] = field(default_factory=list)
    rows: list[Flow] = field(default_factory=list)


def picture(work: Work, lang: str) -> Picture:
    """The map of what is active at the tenant now, as the tenant reads it."""
    return drawn(flows(gather(work), lang), lang)


def picture_for_people(work: Work, lang: str) -> Picture:
    """The same for everybody who books or asks, in words that speak to them; without what concerns the staff alone."""
    return drawn(flows_to_people(gather(work), lang), lang)


def drawn(rows: list[Flow], lang: str) -> Picture:
    """The picture of these rows."""
    columns = [_once(part) for part in zip(*map(_parts, rows), strict=True)]
    tall = max(map(_height, columns), default=0)
    boxes = [_column(number, texts, tall) for number, texts in enumerate(columns)]
    return Picture(
        width=4 * BOX + 3 * GAP + 2 * MARGIN,
        height=TOP + tall + MARGIN,
        boxes=[box for column in boxes for box in column.values()],
        words=[
            *_heads(lang),
            *(word for column in boxes for text, box in column.items() for word in _words(text, box)),
        ],
        curves=_once([_curves(rows, boxes)]),
        rows=rows,
    )


def flows(facts: Facts, lang: str) -> list[Flow]:
    """One row for each active purpose."""
    return [_flow(facts, one, ACTIVITIES, SOURCES, lang) for one in facts.activities]


def flows_to_people(facts: Facts, lang: str) -> list[Flow]:
    """One row for each active purpose that concerns people who book or ask, as the notice says it to them."""
    theirs = [one for one in facts.activities if one.purpose is not Purpose.STAFF]
    return [_flow(facts, one, PURPOSES, words.SOURCES, lang) for one in theirs]


def _flow(
    facts: Facts, one: ProcessingActivity, purposes: dict[Purpose, str], origins: dict[Source, str], lang: str
) -> Flow:
    sources = sources_by_purpose()[one.purpose]
    return Flow(
        purpose=translate(lang, purposes[one.purpose]),
        sources=[translate(lang, origins[source]) for source in Source if source in sources],
        recipients=recipients_of(facts, one, lang),
        end=period_text(one, lang),
    )


@functools.cache
def sources_by_purpose() -> dict[Purpose, set[Source]]:
    """Where the columns of each purpose get their values; what is only counted elsewhere arises during visits."""
    found: dict[Purpose, set[Source]] = {purpose: set() for purpose in Purpose}
    for entry in data_map():
        for column in entry.columns if entry.subject.who is not Who.OFFICIAL else ():
            for purpose in column.data.purposes:
                found[purpose].add(column.data.source)
    return {purpose: sources or {Source.VISIT} for purpose, sources in found.items()}


def _parts(row: Flow) -> tuple[Sequence[str], ...]:
    """A row's texts by column."""
    return row.sources, (row.purpose,), row.recipients, (row.end,)


def _once(groups: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(text for group in groups for text in group))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, LETTERS, max_lines=5, placeholder=" …")


def _tall(text: str) -> int:
    return LINE * len(_wrapped(text)) + 2 * PAD


def _height(texts: Sequence[str]) -> int:
    return sum(map(_tall, texts)) + BETWEEN * (len(texts) - 1)


def _column(number: int, texts: Sequence[str], tall: int) -> dict[str, Box]:
    """The boxes of one column below each other, in the middle of the picture's height."""
    x, y, boxes = MARGIN + number * (BOX + GAP), TOP + (tall - _height(texts)) // 2, {}
    for text in texts:
        boxes[text] = Box(x, y, BOX, _tall(text))
        y += _tall(text) + BETWEEN
    return boxes


def _heads(lang: str) -> list[Word]:
    return [Word(MARGIN + n * (BOX + GAP), TOP - 16, translate(lang, text), True) for n, text in enumerate(HEADS)]


def _words(text: str, box: Box) -> list[Word]:
    return [Word(box.x + PAD, box.y + PAD + LINE * n + 15, line) for n, line in enumerate(_wrapped(text))]


def _curves(rows: Sequence[Flow], boxes: Sequence[dict[str, Box]]) -> list[str]:
    """From each source to the purpose, on to each recipient, and from there to the end."""
    return [
        _curve(boxes[n][left], boxes[n + 1][right])
        for row in rows
        for n, (here, there) in enumerate(zip(_parts(row), _parts(row)[1:], strict=False))
        for left in here
        for right in there
    ]


def _curve(left: Box, right: Box) -> str:
    x1, y1, x2, y2 = left.x + left.width, left.y + left.height // 2, right.x, right.y + right.height // 2
    middle = (x1 + x2) // 2
    return f"M{x1} {y1} C{middle} {y1} {middle} {y2} {x2} {y2}"
