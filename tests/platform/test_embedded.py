"""The embedded PostgreSQL: shared by processes, recovering after a crash, open to nobody without a password."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from smartcx_portal.kit.embedded import Embedded
from smartcx_portal.kit.engine import as_libpq

USER = """
import sys
from pathlib import Path
from smartcx_portal.kit.embedded import Embedded
server = Embedded(Path(sys.argv[1]), durable=False, say=lambda _: None)
server.start()
print("ready", flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Embedded]:
    """A server of this test's own."""
    with Embedded(tmp_path / "database", durable=False, say=lambda _: None) as server:
        yield server


def other_process(folder: Path) -> "subprocess.Popen[str]":
    """Another process that uses the server until its standard input closes."""
    process = subprocess.Popen(
        [sys.executable, "-c", USER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def ask(url: str, question: str) -> object:
    """The single value that the database answers."""
    with psycopg.connect(as_libpq(url)) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def postmaster(server: Embedded) -> int:
    """The server's process id by its own note."""
    return int((server.folder / "pg" / "postmaster.pid").read_text().splitlines()[0])


def test_data_outlives_a_restart(started: Embedded) -> None:
    with psycopg.connect(as_libpq(started.owner_url())) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 7 AS number")
    started.stop()
    assert not started.answers()
    started.start()
    assert ask(started.owner_url(), "SELECT number FROM kept") == 7


def test_the_last_of_two_processes_stops_it(started: Embedded) -> None:
    other = other_process(started.folder)
    started.stop()
    assert started.answers()
    other.communicate("")
    assert other.returncode == 0
    assert not started.answers()


def test_a_killed_process_does_not_keep_it_running(started: Embedded) -> None:
    other = other_process(started.folder)
    other.kill()
    other.communicate()
    started.stop()
    assert not started.answers()


def test_it_comes_back_after_the_server_was_killed(started: Embedded) -> None:
    with psycopg.connect(as_libpq(started.owner_url())) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(postmaster(started), signal.SIGKILL)
    started.start()
    assert ask(started.owner_url(), "SELECT number FROM kept") == 7


def test_nobody_gets_in_without_a_password(server: Embedded) -> None:
    for role in ("postgres", "smartcx_owner", "smartcx_app"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(as_libpq(server.superuser_url()), user=role, password="", passfile="/dev/null").close()


def test_it_listens_on_no_network(server: Embedded) -> None:
    assert ask(server.superuser_url(), "SHOW listen_addresses") == ""


def test_passwords_are_for_the_owner_of_the_folder_only(server: Embedded) -> None:
    mode = stat.S_IMODE((server.folder / "passwords.json").stat().st_mode)
    assert mode == 0o600


def test_the_app_may_neither_create_nor_become_the_owner(server: Embedded) -> None:
    for attempt in ("CREATE TABLE mine (a int)", "SET ROLE smartcx_owner", "CREATE TEMP TABLE mine (a int)"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(server.app_url(), attempt)


def test_a_copied_database_keeps_strangers_out(server: Embedded) -> None:
    copy, stranger = f"copy_{os.getpid()}", f"stranger_{os.getpid()}"
    server.create_database(copy, template="smartcx")
    with psycopg.connect(as_libpq(server.superuser_url()), autocommit=True) as superuser:
        superuser.execute(f"CREATE ROLE {stranger} LOGIN PASSWORD 'strange'")
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(as_libpq(server.superuser_url(copy)), user=stranger, password="strange").close()
        superuser.execute(f"DROP ROLE {stranger}")
    server.drop_database(copy)


def test_a_long_path_gets_a_socket_elsewhere_that_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    with Embedded(folder, durable=False, say=lambda _: None) as server:
        socket = Path(server.cluster.socket_folder())
        assert folder not in socket.parents
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    assert not socket.exists()
