"""Alembic's entry: the connection is handed over by `smartcx_portal.kit.migrating`.

`alembic revision --autogenerate` from the shell uses the owning role of this installation.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from sqlalchemy import Connection, text

from smartcx_portal.kit.engine import make_single_use_engine, owner_url

LOCK_TIMEOUT = "3s"
"""A migration that must wait longer for a table gives up, instead of queueing everybody behind it."""


def target_metadata() -> Any:
    from smartcx_portal.models import metadata

    return metadata


def include_object(thing: Any, name: str | None, kind: str, *_: Any) -> bool:
    """The job queue's tables come from its own schema files."""
    return not (kind == "table" and (name or "").startswith("procrastinate_"))


@contextmanager
def connection() -> Iterator[Connection]:
    given = context.config.attributes.get("connection")
    if given is not None:
        yield given
        return
    with make_single_use_engine(owner_url()).connect() as opened:
        yield opened


def migrate() -> None:
    with connection() as used:
        used.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
        used.commit()
        context.configure(
            connection=used,
            target_metadata=target_metadata(),
            include_object=include_object,
            compare_type=True,
            compare_server_default=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        used.commit()


def write_sql() -> None:
    context.configure(
        dialect_name="postgresql",
        target_metadata=target_metadata(),
        include_object=include_object,
        literal_binds=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    write_sql()
else:
    migrate()
