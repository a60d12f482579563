"""`smartcx run` as a person starts it: a process of its own, with its own data folder, demo, web and worker."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from smartcx_portal.settings import settings
from tests.started import free_port

LONGEST_START = 240
"""Seconds; the first start may build the pages."""
SETTINGS = ("SMARTCX_DATABASE_URL", "SMARTCX_OWNER_DATABASE_URL")


class Portal:
    """A running portal. `logins` are the demo's, by e-mail; `said()` is all that its processes wrote."""

    def __init__(self, folder: Path) -> None:
        self.data, self.port = folder / "data", free_port()
        self.base_url = f"http://localhost:{self.port}"
        self.log = folder / "run.log"
        environment = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        command = [
            sys.executable,
            "-m",
            "smartcx_portal.cli",
            "run",
            "--port",
            str(self.port),
            "--data",
            str(self.data),
        ]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, env=environment | {"SMARTCX_DEMO": "1"}, stdout=log, stderr=log, start_new_session=True
            )

    def wait(self) -> None:
        """Until it answers; fails with what it said if it does not."""
        until = time.monotonic() + LONGEST_START
        while f"Smart CX is at {self.base_url}/" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, f"not started in time:\n{self.said()}"
            time.sleep(0.2)
        with urllib.request.urlopen(f"{self.base_url}/ping", timeout=5) as answer:
            assert answer.status == 200

    def said(self) -> str:
        """The output of all its processes."""
        return self.log.read_text(errors="replace")

    @property
    def logins(self) -> dict[str, str]:
        """The demo's passwords, by e-mail."""
        text = (self.data / "demo-logins.txt").read_text()
        return dict(re.findall(r"(\S+@\S+)\s+(\S+)", text))

    def family(self) -> list[psutil.Process]:
        """It and every process it started, the database's server included."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        server = int((self.data / "database" / "pg" / "postmaster.pid").read_text().split()[0])
        return [*children, psutil.Process(self.process.pid), psutil.Process(server)]

    def end(self) -> None:
        """Ctrl-C, as in a terminal."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)


@contextmanager
def running(name: str) -> Iterator[Portal]:
    """Start a portal in a folder of this name and this test process, beside its own, and end it afterwards."""
    folder = settings().data.with_name(f"{name}-{settings().data.name}")
    folder.mkdir(exist_ok=True)
    portal = Portal(folder)
    try:
        portal.wait()
        yield portal
    finally:
        portal.end()
