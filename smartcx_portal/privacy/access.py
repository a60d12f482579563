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
from smartcx_portal.models.tenant import SubProcessor, Tenant
from smartcx_portal.privacy.data_map import Column, Entry, everything, person
from smartcx_portal.privacy.keeping import Periods, last_end_of
from smartcx_portal.privacy.origins import source_of
from smartcx_portal.privacy.summaries import Summaries
from smartcx_portal.privacy.words import PURPOSES, SOURCES, TABLES, field_label, ground_text, period_text
from smartcx_portal.tenancy import Permission, Work

TECHNICAL = (Category.PSEUDONYM,)
"""Keyed hashes and internal numbers: counted in the view, given in full in the package."""
CHANGEABLE = {"customer.name": "name", "customer.email": "email", "customer.phone": "phone"}
OF_MEMBERS = N_("staff of {name}")
STAYS_NOTE = N_("until {day}")


@dataclass(frozen=True, slots=True)
class Value:
    """One stored value. `change`: `name`, `email`, `phone`, or empty where the person cannot change it here."""

    label: str
    value: str
    purpose: str
    ground: str
    origin: str
    recipients: str
    until: str
    change: str


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
    """The same for a package. The caller has made sure of the right."""
    reading = _Reading(work, customer_id, lang)
    found = everything(work, person(work, customer_id))
    order = {name: place for place, name in enumerate(TABLES)}
    groups = [reading.group(entry, rows) for entry, rows in sorted(found, key=lambda f: order.get(f[0].table, 99))]
    technical = sum(
        1
        for entry, rows in found
        for row in rows
        for c in entry.columns
        if c.data.category in TECHNICAL and getattr(row, c.name) is not None
    )
    name = next(row.name for entry, rows in found if entry.table == "customer" for row in rows)
    return PersonView(
        name=name,
        groups=[g for g in groups if g.records],
        technical=technical,
        deleted_by=reading.last_day(),
        automated=translate(lang, NO_AUTOMATION),
    )


class _Reading:
    """Turns rows into words for one reader."""

    def __init__(self, work: Work, customer_id: UUID, lang: str) -> None:
        self.lang = lang
        self.periods = Periods(work)
        self.last_end = last_end_of(work, customer_id)
        self.tenant = work.get(Tenant, work.tenant)
        self.summaries = Summaries(work, self.tenant, lang)
        self.names = {p.key: p.name for p in work.all(work.shared(SubProcessor))}

    def group(self, entry: Entry, rows: Sequence[Any]) -> Group:
        title = translate(self.lang, TABLES.get(entry.table, entry.table))
        return Group(entry.table, title, [self._record(entry, row) for row in rows])

    def last_day(self) -> str:
        cutoff = self.periods.person_cutoff()
        return self._day(self.last_end + (self.periods.work.now - cutoff)) if cutoff else ""

    def _record(self, entry: Entry, row: Any) -> Record:
        shown = [c for c in entry.columns if c.data.category not in TECHNICAL]
        shown = [c for c in shown if getattr(row, c.name) not in (None, "", {}) and not c.name.endswith("_key")]
        title = self.summaries.title(entry.table, row)
        return Record(str(row.id), title, [self._value(entry, column, row) for column in shown])

    def _value(self, entry: Entry, column: Column, row: Any) -> Value:
        activity = self.periods.activity(column)
        purposes = [translate(self.lang, PURPOSES[p]) for p in column.data.purposes if p in self.periods.activities]
        return Value(
            label=self.summaries.label(entry.table, row)
            or translate(self.lang, field_label(entry.table, column.name, column.data.category)),
            value=self.summaries.value(entry.table, row, column.name),
            purpose="; ".join(purposes),
            ground="; ".join(dict.fromkeys(ground_text(a, self.lang) for a in self._activities(column))),
            origin=translate(self.lang, SOURCES[source_of(self.periods.work, column, row)]),
            recipients=self._recipients(column),
            until=self._until(entry, column, row, activity),
            change=CHANGEABLE.get(f"{entry.table}.{column.name}", ""),
        )

    def _activities(self, column: Column) -> list[ProcessingActivity]:
        return [self.periods.activities[p] for p in column.data.purposes if p in self.periods.activities]

    def _recipients(self, column: Column) -> str:
        keys = dict.fromkeys(key for a in self._activities(column) for key in a.recipients)
        staff = translate(self.lang, OF_MEMBERS).format(name=self.tenant.name)
        return ", ".join([staff, *(self.names.get(key, key) for key in keys)])

    def _until(self, entry: Entry, column: Column, row: Any, activity: ProcessingActivity | None) -> str:
        end = self.periods.until(entry, column, row, self.last_end)
        if end:
            return translate(self.lang, STAYS_NOTE).format(day=self._day(end))
        return period_text(activity, self.lang) if activity else ""

    def _day(self, moment: datetime) -> str:
        return day_text(local_day(moment, self.tenant.zone), self.lang)
