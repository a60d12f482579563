"""The JSON Schema of a person's document, made from the data map: a new column is in it by its own declaration.

It also carries what each field is: `x-category` (fideslang), `x-dpv` (W3C), `x-purposes` and `x-source`.
"""

import functools
import json
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.models.declaring import DPV, Category, Personal, Purpose, Source, Who
from smartcx_portal.models.privacy import ConsentKind, ConsentPurpose, Right
from smartcx_portal.privacy.data_map import Entry, entries_of
from smartcx_portal.privacy.subject import CONSENT_FIELDS, PROFILES, SCHEMA_VERSION

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
DAY = r"\d{4}-\d\d-\d\d"
CLOCK = r"\d\d:\d\d:\d\d(\.\d+)?"
MOMENT: Schema = {"type": "string", "format": "date-time", "pattern": f"^{DAY}T{CLOCK}(Z|[+-]\\d\\d:\\d\\d)$"}
TYPES: dict[type, Schema] = {
    str: TEXT,
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    datetime: MOMENT,
    date: {"type": "string", "format": "date", "pattern": f"^{DAY}$"},
    time: {"type": "string", "format": "time", "pattern": f"^{CLOCK}$"},
    UUID: {"type": "string", "format": "uuid", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
}


@functools.cache
def schema() -> Schema:
    """What `subject_document` and `portable_document` give (JSON Schema 2020-12)."""
    entries = entries_of(Who.CUSTOMER, Who.TAB)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A person's data at one tenant of Smart CX",
        **_object(_parts(entries), required=tuple(name for name in _parts(entries) if name != "names")),
        "$defs": {"field": _field(), **{e.table: _of_table(e) for e in entries}},
    }


def schema_bytes() -> bytes:
    """The schema as a file."""
    return json.dumps(schema(), indent=2).encode()


def _parts(entries: list[Entry]) -> Schema:
    """The document's own properties."""
    party = _object({"name": TEXT, "address": TEXT, "email": TEXT})
    authority = _object(dict.fromkeys(("name", "street", "place", "phone", "email", "website"), TEXT))
    disclosure = _object({**dict.fromkeys(("type", "to", "what", "why", "outcome"), TEXT), "at": MOMENT})
    rights = [right.value for right in Right] + ["complaint"]
    return {
        "schemaVersion": {"const": SCHEMA_VERSION},
        "profile": {"enum": list(PROFILES)},
        "controller": party,
        "processor": party,
        "dpo": _list(_object({"of": TEXT, "name": TEXT, "email": TEXT})),
        "request": _object({"right": {"enum": list(PROFILES)}, "at": MOMENT}),
        "subject": _object({"id": TYPES[UUID]}),
        "names": {"type": "object", "additionalProperties": TEXT, "propertyNames": TYPES[UUID]},
        "records": _list(_record(entries)),
        "consents": _list(_consent()),
        "disclosures": _list(disclosure),
        "rights": _list({"enum": rights}),
        "supervisoryAuthority": authority,
        "transfers": _list(_object({"recipient": TEXT, "basis": TEXT})),
        "elsewhere": _list(_object({"what": TEXT, "kept": TEXT})),
        "automatedDecisions": {"const": False},
    }


def _record(entries: list[Entry]) -> Schema:
    """A row of any table; its own definition holds what is in it."""
    always: Schema = {
        "type": {"enum": [e.table for e in entries]},
        "id": TYPES[UUID],
        "createdAt": _or_null(MOMENT),
        "about": {"type": "object"},
        "fields": {"type": "object"},
    }
    parts = _list(_object({"service_id": TYPES[UUID], "quantity": TYPES[int]}))
    record = _object({**always, "services": parts}, required=tuple(always))
    of_type = [
        {
            "if": {"properties": {"type": {"const": e.table}}, "required": ["type"]},
            "then": {"$ref": f"#/$defs/{e.table}"},
        }
        for e in entries
    ]
    return {**record, "allOf": of_type}


def _of_table(entry: Entry) -> Schema:
    """Its personal columns as fields, the others as what else the row says."""
    own = {c.name for c in entry.columns}
    columns = entry.model.__table__.columns
    beside = {c.name: _value(c) for c in columns if c.name not in own and c.name not in ("tenant_id", "id")}
    return {
        "properties": {
            "about": _object(beside, required=()),
            "fields": _object({c.name: _declared(c) for c in columns if c.name in own}, required=()),
        }
    }


def _declared(column: sa.Column[Any]) -> Schema:
    """A personal column: its value's type, and what the declaration says of it."""
    data: Personal = column.info["data"]
    return {
        "$ref": "#/$defs/field",
        "properties": {"value": _value(column, nullable=False)},
        "x-category": data.category.value,
        "x-dpv": DPV[data.category],
        "x-purposes": [purpose.value for purpose in data.purposes],
        "x-source": data.source.value,
    }


def _value(column: sa.Column[Any], *, nullable: bool = True) -> Schema:
    """The JSON type of a column."""
    return _or_null(_type_of(column)) if nullable and column.nullable else _type_of(column)


def _type_of(column: sa.Column[Any]) -> Schema:
    kind = column.type.impl_instance if isinstance(column.type, sa.TypeDecorator) else column.type
    if isinstance(kind, sa.Enum):
        return {"enum": list(kind.enums)}
    if isinstance(kind, sa.JSON):
        return {"type": ["object", "array"]}
    if isinstance(kind, sa.String) and kind.length:
        return {**TEXT, "maxLength": kind.length}
    return TYPES[kind.python_type]


def _field() -> Schema:
    """One value with what it is for, why allowed, where from, for how long and who gets it."""
    end = _object({"basis": TEXT, "until": _or_null(MOMENT)})
    period = _object({"rule": TEXT, "startsAt": _or_null(MOMENT), "until": _or_null(MOMENT)})
    return _object(
        {
            "value": {},
            "category": {"enum": [category.value for category in Category]},
            "source": {"enum": [source.value for source in Source]},
            "purposes": {"type": "array", "items": {"enum": [p.value for p in Purpose]}, "minItems": 1},
            "legalBasis": TEXTS,
            "retention": period,
            "holds": _list(end),
            "recipients": TEXTS,
        }
    )


def _consent() -> Schema:
    closed: Schema = {
        "purpose": {"enum": [p.value for p in ConsentPurpose]},
        "kind": {"enum": [k.value for k in ConsentKind]},
        "at": MOMENT,
    }
    return _object({name: closed.get(name, TEXT) for name in CONSENT_FIELDS})


def _object(properties: Schema, required: tuple[str, ...] | None = None) -> Schema:
    """An object with these properties and no others; all of them required unless said otherwise."""
    needed = list(properties) if required is None else list(required)
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": needed}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(kind: Schema) -> Schema:
    if "enum" in kind:
        return {**kind, "enum": [*kind["enum"], None]}
    known = kind["type"]
    return {**kind, "type": [*([known] if isinstance(known, str) else known), "null"]}
