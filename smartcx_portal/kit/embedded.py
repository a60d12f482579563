"""PostgreSQL 18 that the app starts for itself.

Several processes may use one server: the first starts it, the last one stops it, and the kernel frees the locks of a
process that was killed. The server listens on no network, only on a Unix socket, and asks everybody for a password.
"""

import fcntl
import json
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

import psycopg

from smartcx_portal.kit.cluster import PORT, SUPERUSER, Cluster, binaries
from smartcx_portal.kit.refusal import CannotRun
from smartcx_portal.kit.roles import APP, DATABASE, OWNER, right_statements, role_statements
from smartcx_portal.kit.unprivileged import let_through, server_account


@dataclass(frozen=True)
class Urls:
    """How the two roles reach the database, as SQLAlchemy URLs with their passwords."""

    app: str
    owner: str


class Embedded:
    """One server in one folder. Raises `CannotRun` where the folder or the server does not do its part.

    With `durable=False` a power cut may lose everything: for tests.
    """

    def __init__(self, folder: Path, *, durable: bool = True, say: Callable[[str], None] = print) -> None:
        self.folder = folder.resolve()
        self.say = say
        self.account = server_account()
        self.cluster = Cluster(self.folder, self.account, durable=durable)
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
                if not self.cluster.data.exists():
                    self.cluster.create(self._passwords()[SUPERUSER])
                if not self.answers():
                    self.cluster.launch(self.answers)
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
                if self.answers():
                    self.cluster.halt()
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
        if not self.cluster.socket_folder():
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
        password, folder = quote(self._passwords()[role]), quote(self.cluster.socket_folder(), safe="")
        return f"postgresql+psycopg://{role}:{password}@/{database}?host={folder}&port={PORT}"

    @contextmanager
    def _superuser(self) -> Iterator[psycopg.Connection]:
        url = self.superuser_url().replace("+psycopg", "", 1)
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            yield connection

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


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
