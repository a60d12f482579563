"""What is stored about the person who reads, as the page lays it out."""

from dataclasses import asdict, dataclass

import reflex as rx

from smartcx_portal.gate import Form, event
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.portal.portal_state import is_person
from smartcx_portal.privacy.access import Group, Record, Value, person_view
from smartcx_portal.tenancy import Permission, Work

UNTITLED = ("customer", "one_time_code", "session", "export_package", "draft", "enquiry")
"""Their rows have no other title than the moment when they arose."""
STORED_ON = N_("Stored on {moment}")
COUNT, ONE, NONE = N_("{number} entries found"), N_("1 entry found"), N_("Nothing found")


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
    """All rows of one kind."""

    id: str
    title: str
    records: list[ShownRecord]


class SeeState(rx.State):
    """`groups` are those that fit the search."""

    loaded: bool = False
    groups: list[ShownGroup] = []
    found: str = ""
    words: str = ""
    deleted_by: str = ""
    automated: str = ""
    technical: str = ""
    all_open: bool = False

    @event(Permission.VISITOR)
    def load(self, work: Work) -> None:
        """The pages' second `on_load`; without a signed-in person there is nothing to load."""
        if is_person(work):
            self._read(work, "")

    @event(Permission.PERSON)
    def search(self, work: Work, form: SearchForm) -> None:
        """Keep what contains the words; an empty field shows everything again."""
        self._read(work, form.words)

    @event(Permission.PERSON)
    def open_all(self) -> None:
        """Open the particulars of every value, or close them all."""
        self.all_open = not self.all_open

    def _read(self, work: Work, words: str) -> None:
        view = person_view(work)
        self.loaded, self.words = True, words
        self.groups = shown(view.groups, words, work.lang)
        self.found = _count(self.groups, work.lang) if words else ""
        self.deleted_by, self.automated, self.technical = view.deleted_by, view.automated, str(view.technical)


def shown(groups: list[Group], words: str, lang: str) -> list[ShownGroup]:
    """The groups, or of them only what contains `words` in a title, a label or anything said about a value."""
    wanted = words.casefold().split()
    found = []
    for group in groups:
        records = [
            ShownRecord(_title(group.id, record.title, lang), lines)
            for record in group.records
            if (lines := _fitting(f"{group.title} {record.title}", record.values, wanted)) or _bare(record, wanted)
        ]
        if records:
            found.append(ShownGroup(group.id, group.title, records))
    return found


def _bare(record: Record, wanted: list[str]) -> bool:
    """Whether there is nothing to show but the title; rows of technical keys alone are only counted."""
    return bool(record.title) and not wanted


def _title(table: str, title: str, lang: str) -> str:
    return translate(lang, STORED_ON).format(moment=title) if title and table in UNTITLED else title


def _fitting(above: str, values: list[Value], wanted: list[str]) -> list[Value]:
    def fits(text: str) -> bool:
        return all(word in text.casefold() for word in wanted)

    return [value for value in values if fits(" ".join([above, *map(str, asdict(value).values())]))]


def _count(groups: list[ShownGroup], lang: str) -> str:
    number = sum(len(record.lines) for group in groups for record in group.records)
    sentence = ONE if number == 1 else COUNT if number else NONE
    return translate(lang, sentence).format(number=number)
