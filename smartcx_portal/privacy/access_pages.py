"""Access (Art. 15) a page at a time: what the portal shows costs the same, however much is stored about a person."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from uuid import UUID

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import translate
from smartcx_portal.models.declaring import Who
from smartcx_portal.privacy.access import NO_AUTOMATION, Record, Value, Wording, in_order, own_id
from smartcx_portal.privacy.data_map import Entry, entries_of, ids_of, rows_with
from smartcx_portal.privacy.reading import Reading
from smartcx_portal.tenancy import Permission, Work

MOST = 10
"""Records of one group that one answer holds."""
AT_ONCE = 500
"""Rows that a search reads at a time."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some records of one kind, the newest first. `id` is the table's name; `total` counts those that fit."""

    id: str
    title: str
    start: int
    total: int
    records: list[Record]


class OwnReport:
    """What is stored about the signed-in person, in the reader's language. Raises `NotFound` for everybody else."""

    def __init__(self, work: Work, lang: str = "") -> None:
        work.need(Permission.PERSON)
        self.work, self.lang = work, lang or work.lang
        self.reading = Reading.of(work, own_id(work))
        self.wording = Wording(self.reading, self.lang)

    @property
    def deleted_by(self) -> str:
        """The day on which all of it goes by itself."""
        return self.wording.last_day()

    @property
    def automated(self) -> str:
        """Whether anything is decided automatically (Art. 15(1)(h))."""
        return translate(self.lang, NO_AUTOMATION)

    def groups(self, words: str = "") -> list[Part]:
        """The beginning of each kind, or of what contains all `words`; kinds without any left out."""
        found = (self._part(entry, 0, words.casefold().split(), MOST) for entry in self._entries.values())
        return [part for part in found if part.records]

    def group(self, table: str, start: int = 0, words: str = "", most: int = MOST) -> Part:
        """One kind's records from the `start`-th on. Raises `NotFound` for a kind that there is not."""
        entry = self._entries.get(table)
        if entry is None:
            raise NotFound
        return self._part(entry, max(start, 0), words.casefold().split(), most)

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        found = in_order([(entry, ()) for entry in entries_of(Who.CUSTOMER, Who.TAB)])
        return {entry.table: entry for entry, _ in found}

    def _part(self, entry: Entry, start: int, wanted: Sequence[str], most: int) -> Part:
        ids = ids_of(self.work, entry, self.reading.who)
        if wanted:
            fitting = list(self._fitting(entry, ids, wanted))
            records, total = fitting[start : start + most], len(fitting)
        else:
            found = self._records(entry, ids[start : start + most])
            records, total = [one for one in found if one.title or one.values], len(ids)
        return Part(entry.table, self.wording.heading(entry), start, total, records)

    def _fitting(self, entry: Entry, ids: Sequence[UUID], wanted: Sequence[str]) -> Iterator[Record]:
        heading = self.wording.heading(entry)
        for begin in range(0, len(ids), AT_ONCE):
            for record in self._records(entry, ids[begin : begin + AT_ONCE]):
                above = f"{heading} {record.title}"
                values = [one for one in record.values if _fits(wanted, f"{above} {_said(one)}")]
                if values or _fits(wanted, above):
                    yield Record(record.id, record.title, values)

    def _records(self, entry: Entry, ids: Sequence[UUID]) -> Iterator[Record]:
        for row in rows_with(self.work, entry, ids):
            yield self.wording.record(entry, row)


def _said(value: Value) -> str:
    """Everything said about a value, as one text."""
    return " ".join(map(str, astuple(value)))


def _fits(wanted: Sequence[str], text: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted)
