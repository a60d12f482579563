"""What changed between two versions of a notice, sentence by sentence and cell by cell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from smartcx_portal.privacy.notice_parts import Section, Table

MATERIAL = frozenset({"controller", "processor", "purposes", "choice", "sources", "recipients", "transfers", "keeping"})
"""Sections whose change touches people (Art. 13(1), (2)): who, what for, on which ground, to whom, how long."""
SENTENCE_END = re.compile(r"(?<=[.!?:]) +(?=[A-ZÄÖÜ0-9„“])")
ALIKE = 0.5
"""From this share of common signs on, two sentences are one that was rewritten."""


class Kind(StrEnum):
    """What became of a sentence, an entry of a list or a cell."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `about` names row and column where it lies in a table; what is new has no `before`."""

    kind: Kind
    before: str = ""
    after: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """The differences of one section, in its order; its `kind` says whether it is there as a whole only once."""

    id: str
    heading: str
    kind: Kind
    changes: list[Change] = field(default_factory=list)


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[ChangedSection]:
    """The sections that differ between two versions' stored content of one language, in the new one's order."""
    before = {section.id: section for section in sections_of(old)}
    after = {section.id: section for section in sections_of(new)}
    found = [_changed(section, before.get(name), section) for name, section in after.items()]
    gone = [_changed(section, section, None) for name, section in before.items() if name not in after]
    return [section for section in [*found, *gone] if section.changes]


def is_material(changed: Sequence[ChangedSection]) -> bool:
    """Whether something changed that a person has to know of."""
    return any(section.id in MATERIAL for section in changed)


def differ_materially(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """The same for two stored contents, without looking at each sentence."""
    before, after = ({s["id"]: s for s in content["sections"] if s["id"] in MATERIAL} for content in (old, new))
    return before != after


def sections_of(content: dict[str, Any]) -> list[Section]:
    """A stored notice of one language, as it was made."""
    return [Section(**stored | {"tables": [Table(**t) for t in stored["tables"]]}) for stored in content["sections"]]


def _changed(shown: Section, before: Section | None, after: Section | None) -> ChangedSection:
    kind = Kind.GONE if after is None else Kind.CHANGED if before else Kind.NEW
    changes = [*_texts(_lines(before), _lines(after)), *_tables(before, after)]
    return ChangedSection(shown.id, shown.heading, kind, changes)


def _lines(section: Section | None) -> list[str]:
    if section is None:
        return []
    return [*(one for text in section.paragraphs for one in SENTENCE_END.split(text)), *section.points]


def _texts(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for step, i, j, k, m in steps:
        if step != "equal":
            yield from _rewritten(list(before[i:j]), list(after[k:m]))


def _rewritten(before: list[str], after: list[str]) -> Iterator[Change]:
    """Each old sentence beside the new one it became, if there is one; what is left over came or went."""
    for old in before:
        nearest = max(after, key=lambda new: _alike(old, new), default="")
        if nearest and _alike(old, nearest) >= ALIKE:
            after.remove(nearest)
            yield Change(Kind.CHANGED, old, nearest)
        else:
            yield Change(Kind.GONE, before=old)
    yield from (Change(Kind.NEW, after=new) for new in after)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _tables(before: Section | None, after: Section | None) -> Iterator[Change]:
    old, new = (dict(enumerate(section.tables if section else ())) for section in (before, after))
    for place in range(max(len(old), len(new))):
        yield from _rows(old.get(place), new.get(place))


def _rows(before: Table | None, after: Table | None) -> Iterator[Change]:
    old, new = _by_name(before), _by_name(after)
    for name, row in old.items():
        if name not in new:
            yield Change(Kind.GONE, before=_told(before, row), about=name)
    for name, row in new.items():
        if name not in old:
            yield Change(Kind.NEW, after=_told(after, row), about=name)
        else:
            yield from _cells(after, old[name], row)


def _by_name(table: Table | None) -> dict[str, list[str]]:
    """Rows by what stands in their first cell, which names them."""
    return {row[0]: row for row in table.rows} if table else {}


def _cells(table: Table | None, before: list[str], after: list[str]) -> Iterator[Change]:
    heads = table.head if table else []
    if len(before) != len(after):
        yield Change(Kind.CHANGED, " · ".join(before[1:]), " · ".join(after[1:]), after[0])
        return
    for head, old, new in zip(heads[1:], before[1:], after[1:], strict=True):
        if old != new:
            yield Change(Kind.CHANGED, old, new, f"{after[0]}, {head}")


def _told(table: Table | None, row: list[str]) -> str:
    """A row in one line: what each column says."""
    heads = table.head if table else []
    return " · ".join(f"{head}: {cell}" for head, cell in zip(heads[1:], row[1:], strict=False) if cell)
