"""What all tables share: naming, the tenant's key, references that cannot leave the tenant."""

from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

from smartcx_portal.kit.ids import new_id
from smartcx_portal.models.declaring import Subject, impersonal

metadata = SQLModel.metadata
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Global(SQLModel):
    """A table that belongs to no tenant; each stands on the reviewed list in `tests/house/test_walls.py`."""

    __subject__: ClassVar[Subject | None] = None

    id: UUID = impersonal(default_factory=new_id, primary_key=True)


class TenantOwned(SQLModel):
    """A table whose every row belongs to one tenant: key `(tenant_id, id)`, row-level security on (design D2)."""

    __subject__: ClassVar[Subject | None] = None

    tenant_id: UUID = impersonal(primary_key=True, foreign_key="tenant.id")
    id: UUID = impersonal(default_factory=new_id, primary_key=True)


def refers(column: str, table: str) -> sa.ForeignKeyConstraint:
    """A reference that carries the tenant, so that a row cannot point at a neighbour's."""
    return sa.ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"])


def choice(kind: type[StrEnum]) -> Any:
    """A column type for a closed list: text with a check constraint, refused on the client too."""
    return sa.Enum(
        kind,
        name=kind.__name__.lower(),
        native_enum=False,
        validate_strings=True,
        create_constraint=True,
        length=24,
        values_callable=lambda values: [v.value for v in values],
    )
