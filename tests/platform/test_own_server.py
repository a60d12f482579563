"""A PostgreSQL server of one's own: the printed set-up, run once by its administrator, is all that it takes."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from smartcx_portal.kit.embedded import Embedded
from smartcx_portal.kit.engine import as_libpq
from smartcx_portal.kit.migrating import SchemaState, is_current, upgrade
from smartcx_portal.kit.roles import APP, OWNER, first_setup


class Bare(Embedded):
    """A server as a hosting company hands it over: with its administrator, and nothing of ours."""

    def _ensure_roles(self) -> None:
        """None yet."""


@pytest.fixture
def bare() -> Iterator[Bare]:
    with tempfile.TemporaryDirectory(prefix="smartcx-own-") as folder, started(Path(folder)) as server:
        yield server


def started(folder: Path) -> Bare:
    return Bare(folder / "database", durable=False, say=lambda _: None)


def as_role(server: Bare, role: str, password: str) -> str:
    query = urlsplit(server.superuser_url("smartcx")).query
    return f"postgresql://{role}:{password}@/smartcx?{query}"


def test_the_printed_setup_makes_a_server_ready(bare: Bare) -> None:
    with psycopg.connect(as_libpq(bare.superuser_url()), autocommit=True) as administrator:
        for statement in first_setup("owner-password", "app-password").split(";\n"):
            if statement.strip():
                administrator.execute(statement)
    upgrade(as_role(bare, OWNER, "owner-password"))
    serving = as_role(bare, APP, "app-password")
    assert is_current(serving) is SchemaState.CURRENT
    with psycopg.connect(serving) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DROP POLICY tenant_wall ON booking")
