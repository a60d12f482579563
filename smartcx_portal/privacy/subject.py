"""A person's data as one JSON document: everything for access (Art. 15), what they gave for portability (Art. 20)."""

import functools
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.calendar import FormField, Location, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import OnErasure, Personal, Purpose, Source
from smartcx_portal.models.messaging import Message
from smartcx_portal.models.privacy import Right
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.data_map import Column, Entry
from smartcx_portal.privacy.disclosures import all_disclosures
from smartcx_portal.privacy.keeping import first_of
from smartcx_portal.privacy.outside import places_for
from smartcx_portal.privacy.reading import Reading, sent_as
from smartcx_portal.privacy.words import period_text
from smartcx_portal.tenancy import Work

SCHEMA_VERSION = "1.1"
ACCESS, PORTABILITY = PROFILES = "access", "portability"
PORTABLE_GROUNDS = ("6(1)(a)", "6(1)(b)")
"""Art. 20(1)(a): consent or contract."""
IDENTIFYING = "name"
"""Goes along whatever the ground: it is the person's own wish."""
_VISIT = ("service_id", "status", "way", "places", "language", "created_at")
CHOSEN = {
    "booking": (*_VISIT, "location_id", "starts_at", "ends_at"),
    "waitlist_entry": (*_VISIT, "first_day", "last_day", "from_time", "until_time", "weekdays"),
}
"""What a person chose is given by them, though no column of it is personal alone: an appointment, a wish for one."""
NAMED: dict[str, type[Location | Service | FormField]] = {
    "location_id": Location,
    "service_id": Service,
    "field_id": FormField,
}
"""Columns with a number for which the document gives the words, too."""
CONSENT_FIELDS = ("purpose", "kind", "text", "text_version", "language", "channel", "at")
Document = dict[str, Any]
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def subject_document(work: Work, customer_id: UUID, profile: str = ACCESS) -> Document:
    """The document that `subject_schema` describes; the caller has made sure of the right."""
    return document_of(Reading.of(work, customer_id), profile)


def portable_document(work: Work, customer_id: UUID) -> Document:
    """What the person gave, on consent or contract, for another controller to take in (Art. 20)."""
    return subject_document(work, customer_id, PORTABILITY)


def document_of(reading: Reading, profile: str) -> Document:
    """What was read, as a document."""
    facts, writing = reading.facts, _Writing(reading, profile)
    tenant, runs = facts.tenant, facts.operator
    records = [r for entry, rows in reading.found for r in writing.records(entry, rows)]
    return {
        "schemaVersion": SCHEMA_VERSION,
        "profile": profile,
        "controller": _party(tenant.name, f"{tenant.street}, {tenant.postal_code} {tenant.city}", tenant.email),
        "processor": _party(runs.name, runs.address, runs.email),
        "dpo": [
            {"of": tenant.name, "name": tenant.dpo_name, "email": tenant.dpo_email},
            {"of": runs.name, "name": runs.dpo.name, "email": runs.dpo.email},
        ],
        "request": {"right": profile, "at": reading.work.now.isoformat()},
        "subject": {"id": str(reading.customer_id)},
        "names": names_in(reading, records),
        "records": records,
        "consents": [
            {name: plain(getattr(row, name)) for name in CONSENT_FIELDS} for row in reading.rows("consent_event")
        ],
        "disclosures": _disclosures(reading) if profile == ACCESS else [],
        "rights": [right.value for right in Right] + ["complaint"],
        "supervisoryAuthority": asdict(facts.authority),
        "transfers": [
            {"recipient": p.name, "basis": p.transfer.get("en", "")} for p in facts.processors.values() if p.transfer
        ],
        "elsewhere": [
            {"what": p.what, "kept": p.kept} for p in places_for(set(facts.processors), feeds=facts.named_feeds)
        ],
        "automatedDecisions": False,
    }


class _Writing:
    def __init__(self, reading: Reading, profile: str) -> None:
        self.reading, self.periods, self.profile = reading, reading.periods, profile
        self._facts: dict[tuple[str, ...], Document] = {}

    def records(self, entry: Entry, rows: Sequence[Any]) -> list[Document]:
        columns = [c for c in entry.columns if self.profile == ACCESS or self._portable(entry, c)]
        chosen = self.profile == PORTABILITY and entry.table in CHOSEN and self._on_contract()
        made = [self._record(entry, columns, row) for row in rows] if columns or chosen else []
        return [record for record in made if record["fields"] or chosen or self.profile == ACCESS]

    def _record(self, entry: Entry, columns: list[Column], row: Any) -> Document:
        filled = [c for c in columns if getattr(row, c.name) is not None]
        given = CHOSEN.get(entry.table) if self.profile == PORTABILITY else None
        record = {
            "type": entry.table,
            "id": str(row.id),
            "createdAt": plain(first_of(row, ("created_at", "at"))),
            "about": {name: value for name, value in about(row).items() if given is None or name in given},
            "fields": {c.name: self._field(entry, c, row) for c in filled},
        }
        return record | self._parts(row)

    def _parts(self, row: Any) -> Document:
        """The services of one visit, and how many of each; nothing for rows that are no appointment."""
        if not isinstance(row, Booking):
            return {}
        parts = self.reading.visits.of(row).parts
        return {"services": [{"service_id": str(one.id), "quantity": number} for one, number in parts]}

    def _field(self, entry: Entry, column: Column, row: Any) -> Document:
        facts = self._facts_of(entry, column, row)
        start, end = map(plain, self.reading.span_of(entry, column, row))
        held = column.data.on_erasure is OnErasure.HOLD
        return {
            "value": plain(getattr(row, column.name)),
            "category": self.reading.category_of(entry, column, row).value,
            "source": self.reading.origins.source_of(column, row).value,
            "purposes": facts["purposes"],
            "legalBasis": facts["legalBasis"],
            "retention": {"rule": facts["rule"], "startsAt": start, "until": end},
            "holds": [{"basis": basis, "until": end} for basis in facts["legalBasis"]] if held else [],
            "recipients": facts["recipients"],
        }

    def _facts_of(self, entry: Entry, column: Column, row: Any) -> Document:
        """What is the same for every row, or for all that went the same way."""
        key = (entry.table, column.name, *sent_as(row))
        if key not in self._facts:
            mine, given = self.reading.activities_of(column, row), self.reading.recipients_of(column, row)
            self._facts[key] = {
                "purposes": [a.purpose.value for a in mine] or [p.value for p in column.data.purposes],
                "legalBasis": list(dict.fromkeys(g for a in mine for g in (a.legal_basis, a.special_basis) if g)),
                "rule": "; ".join(dict.fromkeys(period_text(a, "en") for a in self.periods.activities_of(column))),
                "recipients": list(dict.fromkeys(name for a in given for name in (*a.recipients, *a.own_recipients))),
            }
        return self._facts[key]

    def _portable(self, entry: Entry, column: Column) -> bool:
        """What the person gave, on consent or contract, and their name: nobody could take over what bears none.

        A message's address is the copy that its delivery needed.
        """
        if (entry.model, column.name) == (Customer, IDENTIFYING):
            return True
        if entry.model is Message or column.data.source is not Source.PERSON:
            return False
        return any(activity.legal_basis in PORTABLE_GROUNDS for activity in self.periods.activities_of(column))

    def _on_contract(self) -> bool:
        activity = self.periods.activities.get(Purpose.APPOINTMENT)
        return activity is not None and activity.legal_basis in PORTABLE_GROUNDS


def names_in(reading: Reading, records: Sequence[Document]) -> dict[str, str]:
    """What services, places and questions are called, by the numbers that stand in `records`."""
    wanted = {(kind, record["about"].get(column)) for record in records for column, kind in NAMED.items()}
    wanted |= {(Service, part["service_id"]) for record in records for part in record.get("services", ())}
    found = {key: reading.work.find(kind, UUID(key)) for kind, key in wanted if key}
    return {key: row.label if isinstance(row, FormField) else row.name for key, row in sorted(found.items()) if row}


def about(row: Any) -> Document:
    """What else the row says: its columns that are not personal by themselves."""
    return {name: plain(getattr(row, name)) for name in _impersonal(row.__table__)}


@functools.cache
def _impersonal(table: sa.Table) -> tuple[str, ...]:
    """The columns that are not personal, but for the keys."""
    found = (c.name for c in table.columns if not isinstance(c.info["data"], Personal))
    return tuple(name for name in found if name not in ("tenant_id", "id"))


def plain(value: Any) -> Any:
    """The value in JSON's types; moments in ISO 8601 with their zone."""
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, UUID) else value


def as_json(document: Document) -> bytes:
    """UTF-8, every entry of a list on a line of its own."""
    parts = [f"{json.dumps(name)}: {_lines(value)}" for name, value in document.items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _lines(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _encoded(value)
    return "[\n" + ",\n".join(map(_encoded, value)) + "\n]"


def created_text(work: Work, lang: str) -> str:
    """The present as the package's cover says it."""
    return moment_text(work.now, work.get(Tenant, work.tenant).zone, lang)


def _party(name: str, address: str, email: str) -> Document:
    return {"name": name, "address": address, "email": email}


def _disclosures(reading: Reading) -> list[Document]:
    """Who got something and who looked (Art. 15(1)(c)); what never left is none."""
    told = all_disclosures(reading.work, {entry.model: rows for entry, rows in reading.found}, "en")
    names = {"type": "kind", "to": "who", "what": "what", "why": "why", "outcome": "outcome", "at": "at"}
    return [{name: getattr(one, of) for name, of in names.items()} for one in told if one.given]
