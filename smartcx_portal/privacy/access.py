"""Access (Art. 15, promise P03): everything stored about the signed-in person, each value with its facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models.declaring import Category
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.privacy.data_map import Column, Entry
from smartcx_portal.privacy.reading import Found, Reading, sent_as
from smartcx_portal.privacy.summaries import Summaries
from smartcx_portal.privacy.words import PURPOSES, SOURCES, TABLES, field_label, ground_text, period_text
from smartcx_portal.tenancy import Permission, Work

TECHNICAL = (Category.PSEUDONYM,)
"""Keyed hashes and internal numbers: counted in the view, given in full in the package."""
OF_MEMBERS = N_("staff of {name}")
STAYS_NOTE = N_("until {day}")


@dataclass(frozen=True, slots=True)
class Value:
    """One stored value with its facts."""

    label: str
    value: str
    purpose: str
    ground: str
    origin: str
    recipients: str
    until: str


@dataclass(frozen=True, slots=True)
class Record:
    """One row in words, and its values."""

    id: str
    title: str
    values: list[Value]


@dataclass(frozen=True, slots=True)
class Group:
    """All records of one kind; `id` is the table's name."""

    id: str
    title: str
    records: list[Record]


@dataclass(frozen=True, slots=True)
class PersonView:
    """What is stored about one person. `deleted_by`: when all of it goes by itself; `technical` counts keyed hashes."""

    name: str
    groups: list[Group]
    technical: int
    deleted_by: str
    automated: str


NO_AUTOMATION = N_("Nothing is decided about you automatically, and no profile is made of you.")


def person_view(work: Work, lang: str = "") -> PersonView:
    """Everything stored about the signed-in person, in the reader's language."""
    work.need(Permission.PERSON)
    return view_of(work, own_id(work), lang or work.lang)


def own_id(work: Work) -> UUID:
    """The signed-in person's id. Raises `NotFound`."""
    if work.actor.customer_id is None:
        raise NotFound
    return work.actor.customer_id


def view_of(work: Work, customer_id: UUID, lang: str) -> PersonView:
    """The same for somebody whose right to it the caller has made sure of."""
    return view_in(Reading.of(work, customer_id), lang)


def view_in(reading: Reading, lang: str) -> PersonView:
    """What was read, in words."""
    wording = Wording(reading, lang)
    groups = [wording.group(entry, rows) for entry, rows in in_order(reading.found)]
    technical = sum(
        1
        for entry, rows in reading.found
        for row in rows
        for c in entry.columns
        if c.data.category in TECHNICAL and getattr(row, c.name) is not None
    )
    return PersonView(
        name=next(row.name for row in reading.rows("customer")),
        groups=[g for g in groups if g.records],
        technical=technical,
        deleted_by=wording.last_day(),
        automated=translate(lang, NO_AUTOMATION),
    )


def in_order(found: Found) -> Found:
    """The tables as people read them: themselves first, what is technical last."""
    order = {name: place for place, name in enumerate(TABLES)}
    return sorted(found, key=lambda each: order.get(each[0].table, len(order)))


class Wording:
    """Turns rows into words for one reader."""

    def __init__(self, reading: Reading, lang: str) -> None:
        self.reading, self.lang, self.tenant = reading, lang, reading.tenant
        self.periods, self.last_end = reading.periods, reading.last_end
        self.summaries = Summaries(reading.work, reading.tenant, lang, reading.visits)
        self._facts: dict[tuple[str, ...], tuple[str, str, str]] = {}
        self._days: dict[datetime, str] = {}

    def group(self, entry: Entry, rows: Sequence[Any]) -> Group:
        """All rows of one table."""
        return Group(entry.table, self.heading(entry), [self.record(entry, row) for row in rows])

    def heading(self, entry: Entry) -> str:
        """What the table holds."""
        return self._t(TABLES.get(entry.table, entry.table))

    def record(self, entry: Entry, row: Any) -> Record:
        """One row: its title, and its values with their facts."""
        shown = [c for c in entry.columns if c.data.category not in TECHNICAL]
        shown = [c for c in shown if getattr(row, c.name) not in (None, "", {}) and not c.name.endswith("_key")]
        title = self.summaries.title(entry.table, row)
        return Record(str(row.id), title, [self._value(entry, column, row) for column in shown])

    def last_day(self) -> str:
        """When all of it goes by itself."""
        cutoff = self.periods.person_cutoff()
        return self._day(self.last_end + (self.periods.work.now - cutoff)) if cutoff else ""

    def _value(self, entry: Entry, column: Column, row: Any) -> Value:
        purpose, ground, recipients = self._facts_of(entry, column, row)
        return Value(
            label=self.summaries.label(entry.table, row)
            or self._t(field_label(entry.table, column.name, column.data.category)),
            value=self.summaries.value(entry.table, row, column.name),
            purpose=purpose,
            ground=ground,
            origin=self._t(SOURCES[self.reading.origins.source_of(column, row)]),
            recipients=recipients,
            until=self._until(entry, column, row),
        )

    def _facts_of(self, entry: Entry, column: Column, row: Any) -> tuple[str, str, str]:
        """What for, why allowed, who gets it: the same for every row, or for all that went the same way."""
        key = (entry.table, column.name, *sent_as(row))
        if key not in self._facts:
            mine = self.reading.activities_of(column, row)
            purposes = "; ".join(self._t(PURPOSES[a.purpose]) for a in mine)
            grounds = "; ".join(dict.fromkeys(ground_text(a, self.lang) for a in mine))
            self._facts[key] = (purposes, grounds, self._recipients(self.reading.recipients_of(column, row)))
        return self._facts[key]

    def _recipients(self, mine: Sequence[ProcessingActivity]) -> str:
        keys = dict.fromkeys(key for a in mine for key in a.recipients)
        staff = self._t(OF_MEMBERS).format(name=self.tenant.name)
        own = dict.fromkeys(name for a in mine for name in a.own_recipients)
        return ", ".join([staff, *(self.reading.processors.get(key, key) for key in keys), *own])

    def _until(self, entry: Entry, column: Column, row: Any) -> str:
        _, end = self.reading.span_of(entry, column, row)
        if end:
            return self._until_day(end)
        activity = self.periods.activity(column)
        return period_text(activity, self.lang) if activity else ""

    def _until_day(self, moment: datetime) -> str:
        if moment not in self._days:
            self._days[moment] = self._t(STAYS_NOTE).format(day=self._day(moment))
        return self._days[moment]

    def _day(self, moment: datetime) -> str:
        return day_text(local_day(moment, self.tenant.zone), self.lang)

    def _t(self, text: str) -> str:
        return translate(self.lang, text)
