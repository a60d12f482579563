"""What is stored about the person who reads, as the page lays it out."""

from dataclasses import dataclass

import reflex as rx

from smartcx_portal.gate import Form, event
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.portal.portal_state import is_person
from smartcx_portal.privacy.access import Record, Value
from smartcx_portal.privacy.access_pages import MOST, OwnReport, Part
from smartcx_portal.tenancy import Permission, Work

UNTITLED = ("customer", "one_time_code", "session", "export_package", "draft", "enquiry")
"""Their rows have no other title than the moment when they arose."""
STORED_ON = N_("Stored on {moment}")
COUNT, ONE, NONE = N_("{number} entries found"), N_("1 entry found"), N_("Nothing found")
RANGE = N_("{first} to {last} of {total}, the newest first")


class SearchForm(Form):
    """What is looked for."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """One row: its title and its values."""

    title: str
    lines: list[Value]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Rows of one kind. `part` says which of how many they are, and is empty where all are there; `newer` and `older`
    are the starts of the pages beside, -1 where there is none. `stamp` changes when the reader turns a page.
    """

    id: str
    title: str
    records: list[ShownRecord]
    part: str
    newer: int
    older: int
    stamp: str


class SeeState(rx.State):
    """`groups` are those that fit the search, of each the newest records or those that were turned to."""

    loaded: bool = False
    groups: list[ShownGroup] = []
    found: str = ""
    words: str = ""
    deleted_by: str = ""
    automated: str = ""
    all_open: bool = False

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The page's second `on_load`; without a signed-in person there is nothing to load."""
        if is_person(work):
            self._read(work, "")

    @event(Permission.PERSON)
    def search(self, work: Work, form: SearchForm) -> None:
        """Keep what contains the words; an empty field shows everything again."""
        self._read(work, form.words)

    @event(Permission.PERSON)
    def turn(self, work: Work, table: str, start: int) -> None:
        """Another page of one group."""
        part = OwnReport(work).group(table, start, self.words)
        turned = shown(part, work.lang, stamp=f"from-{part.start}")
        self.groups = [turned if group.id == table else group for group in self.groups]

    @event(Permission.PERSON)
    def open_all(self) -> None:
        """Open the particulars of every value, or close them all."""
        self.all_open = not self.all_open

    def _read(self, work: Work, words: str) -> None:
        report = OwnReport(work)
        parts = report.groups(words)
        self.loaded, self.words = True, words
        self.groups = [shown(part, work.lang) for part in parts]
        self.found = _count(sum(part.total for part in parts), work.lang) if words.strip() else ""
        self.deleted_by, self.automated = report.deleted_by, report.automated


def shown(part: Part, lang: str, stamp: str = "") -> ShownGroup:
    """One group as the page lays it out."""
    last = part.start + len(part.records)
    words = translate(lang, RANGE).format(first=part.start + 1, last=last, total=part.total)
    return ShownGroup(
        id=part.id,
        title=part.title,
        records=[_shown_record(part.id, record, lang) for record in part.records],
        part=words if part.total > MOST else "",
        newer=max(part.start - MOST, 0) if part.start > 0 else -1,
        older=last if last < part.total else -1,
        stamp=stamp,
    )


def _shown_record(table: str, record: Record, lang: str) -> ShownRecord:
    stored = record.title and table in UNTITLED
    title = translate(lang, STORED_ON).format(moment=record.title) if stored else record.title
    return ShownRecord(title, record.values)


def _count(number: int, lang: str) -> str:
    sentence = ONE if number == 1 else COUNT if number else NONE
    return translate(lang, sentence).format(number=number)
