"""A person's data as one JSON document: everything for access (Art. 15), what they gave for portability (Art. 20)."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.models.declaring import Personal, Source
from smartcx_portal.models.privacy import Right
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.data_map import Column, Entry, everything, person
from smartcx_portal.privacy.keeping import Periods, last_end_of
from smartcx_portal.privacy.notice_facts import gather
from smartcx_portal.privacy.origins import source_of
from smartcx_portal.privacy.outside import places_for
from smartcx_portal.privacy.words import period_text
from smartcx_portal.tenancy import Work

SCHEMA_VERSION = "1.0"
SCHEMA = Path(__file__).with_name("subject.schema.json")
ACCESS, PORTABILITY = "access", "portability"
PORTABLE_GROUNDS = ("6(1)(a)", "6(1)(b)")
"""Art. 20(1)(a): consent or contract."""
Document = dict[str, Any]


def subject_document(work: Work, customer_id: UUID, profile: str = ACCESS) -> Document:
    """The document that `subject.schema.json` describes; the caller has made sure of the right."""
    facts, writing = gather(work), _Writing(work, customer_id, profile)
    found = everything(work, person(work, customer_id))
    tenant, runs = facts.tenant, facts.operator
    return {
        "schemaVersion": SCHEMA_VERSION,
        "profile": profile,
        "controller": _party(tenant.name, f"{tenant.street}, {tenant.postal_code} {tenant.city}", tenant.email),
        "processor": _party(runs.name, runs.address, runs.email),
        "dpo": [
            {"of": tenant.name, "name": tenant.dpo_name, "email": tenant.dpo_email},
            {"of": runs.name, "name": runs.dpo.name, "email": runs.dpo.email},
        ],
        "request": {"right": profile, "at": work.now.isoformat()},
        "subject": {"id": str(customer_id)},
        "records": [r for entry, rows in found for r in writing.records(entry, rows)],
        "consents": [r for entry, rows in found for r in _consents(entry, rows)],
        "disclosures": _disclosures(found) if profile == ACCESS else [],
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
    def __init__(self, work: Work, customer_id: UUID, profile: str) -> None:
        self.periods, self.profile = Periods(work), profile
        self.last_end = last_end_of(work, customer_id)

    def records(self, entry: Entry, rows: Sequence[Any]) -> list[Document]:
        columns = [c for c in entry.columns if self.profile == ACCESS or self._portable(c)]
        made = [self._record(entry, columns, row) for row in rows] if columns else []
        return [record for record in made if record["fields"] or self.profile == ACCESS]

    def _record(self, entry: Entry, columns: list[Column], row: Any) -> Document:
        filled = [c for c in columns if getattr(row, c.name) is not None]
        return {
            "type": entry.table,
            "id": str(row.id),
            "createdAt": plain(getattr(row, "created_at", None) or getattr(row, "at", None)),
            "about": about(row),
            "fields": {c.name: self._field(entry, c, row) for c in filled},
        }

    def _field(self, entry: Entry, column: Column, row: Any) -> Document:
        mine = [self.periods.activities[p] for p in column.data.purposes if p in self.periods.activities]
        end = self.periods.until(entry, column, row, self.last_end)
        rule = "; ".join(dict.fromkeys(period_text(a, "en") for a in mine))
        return {
            "value": plain(getattr(row, column.name)),
            "category": column.data.category.value,
            "source": source_of(self.periods.work, column, row).value,
            "purposes": [p.value for p in column.data.purposes],
            "legalBasis": list(dict.fromkeys(g for a in mine for g in (a.legal_basis, a.special_basis) if g)),
            "retention": {"rule": rule, "until": plain(end)},
            "holds": [],
            "recipients": list(dict.fromkeys(key for a in mine for key in a.recipients)),
        }

    def _portable(self, column: Column) -> bool:
        grounds = {self.periods.activities[p].legal_basis for p in column.data.purposes if p in self.periods.activities}
        return column.data.source is Source.PERSON and bool(grounds & set(PORTABLE_GROUNDS))


def about(row: Any) -> Document:
    """What else the row says: its columns that are not personal by themselves."""
    columns = row.__table__.columns
    return {
        c.name: plain(getattr(row, c.name))
        for c in columns
        if not isinstance(c.info["data"], Personal) and c.name not in ("tenant_id", "id")
    }


def plain(value: Any) -> Any:
    """The value in JSON's types; moments in ISO 8601 with their zone."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, UUID) else value


def as_json(document: Document) -> bytes:
    """Readable UTF-8."""
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def created_text(work: Work, lang: str) -> str:
    """The present as the package's cover says it."""
    return moment_text(work.now, work.get(Tenant, work.tenant).zone, lang)


def _party(name: str, address: str, email: str) -> Document:
    return {"name": name, "address": address, "email": email}


def _consents(entry: Entry, rows: Sequence[Any]) -> list[Document]:
    if entry.table != "consent_event":
        return []
    names = ("purpose", "kind", "text", "text_version", "language", "channel", "at")
    return [{name: plain(getattr(row, name)) for name in names} for row in rows]


def _disclosures(found: Sequence[tuple[Entry, Sequence[Any]]]) -> list[Document]:
    """Who got something (messages to providers) and who looked (Art. 15(1)(c))."""
    made = []
    for entry, rows in found:
        if entry.table == "message":
            made += [{"to": row.channel.value, "what": row.kind, "at": plain(row.sent_at)} for row in rows]
        if entry.table == "access_record":
            made += [{"to": row.role, "what": row.what, "at": plain(row.at)} for row in rows]
    return made
