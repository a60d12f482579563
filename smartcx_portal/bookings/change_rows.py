"""The rows of the calendar tables in JSON's types, as a change is noted, and back again."""

from datetime import date, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from smartcx_portal.models.base import TenantOwned
from smartcx_portal.models.calendar import (
    Closure,
    FormField,
    Location,
    OpeningHours,
    Resource,
    Service,
    ServiceResource,
)
from smartcx_portal.tenancy import Work

TABLES: dict[str, type[TenantOwned]] = {
    str(model.__tablename__): model
    for model in (Location, Resource, Service, ServiceResource, OpeningHours, Closure, FormField)
}
"""What a change may touch, by name; those that others point at come first."""

Plain = dict[str, Any]
Key = tuple[str, UUID]


def snapshot(work: Work) -> dict[Key, Plain]:
    """All rows that a change may touch, read anew: another change may have come before our lock."""
    return {
        (table, row.id): _plain(row)
        for table, model in TABLES.items()
        for row in work.all(work.select(model).execution_options(populate_existing=True))
    }


def same(noted: Plain | None, present: Plain | None) -> bool:
    """Whether a row is as it was noted; columns that have come up since do not count."""
    if noted is None or present is None:
        return noted is present
    return all(present.get(name) == value for name, value in noted.items())


def write(work: Work, model: type[TenantOwned], row_id: UUID, noted: Plain) -> None:
    """Bring a row back to what was noted of it, made anew if it is gone."""
    columns = model.__table__.columns  # type: ignore[attr-defined]
    values = {name: _read(columns[name].type, value) for name, value in noted.items() if name in columns}
    row = work.find(model, row_id)
    if row is None:
        work.new(model, id=row_id, **values)
        return
    for name, value in values.items():
        setattr(row, name, value)
    work.flush()


def _plain(row: TenantOwned) -> Plain:
    """The row in JSON's types, without its key."""
    columns = type(row).__table__.columns  # type: ignore[attr-defined]
    return {c.key: _as_json(getattr(row, c.key)) for c in columns if c.key not in ("tenant_id", "id")}


def _as_json(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date | time) else value


def _read(kind: Any, value: Any) -> Any:
    """The value of a column of this type from its JSON."""
    if value is None:
        return None
    python = kind.python_type
    if issubclass(python, UUID | StrEnum):
        return python(value)
    return python.fromisoformat(value) if issubclass(python, date | time) else value
