"""The started app: `smartcx web` as a process of its own, on a free port, with this run's database and data folder.

What a test puts into the database, the app serves; `Started.log` holds all that it wrote. Sharing the folder means
sharing `secret.key`, so links and codes that a test computes are the app's.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from smartcx_portal.kit.children import PARENT
from smartcx_portal.kit.embedded import Urls
from smartcx_portal.settings import settings

LONGEST_START = 180.0
"""Seconds; the first start of a run may build the pages."""


class Started:
    """One web process. `command` is what Python runs; `data` is this test process's folder unless another is named."""

    def __init__(self, urls: Urls, *command: str, data: Path | None = None, **environment: str) -> None:
        self.port = free_port()
        self.line_port = free_port(besides=self.port)
        """A second address of this server, for a `tests.proxy.Line` that a test can cut."""
        self.base_url = f"http://localhost:{self.port}"
        folder = data or settings().data
        self.log = folder / f"web-{self.port}.log"
        self.command = [sys.executable, *command, "--port", str(self.port), "--data", str(folder)]
        self.environment = {
            **os.environ,
            "SMARTCX_DATABASE_URL": urls.app,
            "SMARTCX_OWNER_DATABASE_URL": urls.owner,
            "SMARTCX_DEMO": "1",
            PARENT: str(os.getpid()),
            "SMARTCX_EXTRA_ORIGINS": f"http://127.0.0.1:{self.line_port}",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Started":
        """Start and wait until it answers."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + LONGEST_START
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.base_url}/ping", timeout=2):
                    return self
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"the app did not start:\n{self.said()[-4000:]}")

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End it and all that it started."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def said(self) -> str:
        """All that it wrote so far."""
        return self.log.read_text(errors="replace")


def free_port(besides: int = 0) -> int:
    """A port that nobody listens on; `SMARTCX_TEST_PORTS=8200-8249` keeps to a range."""
    wanted = os.environ.get("SMARTCX_TEST_PORTS", "0-0")
    first, _, last = wanted.partition("-")
    ports = range(int(first), int(last) + 1)
    for port in random.sample(ports, len(ports)):  # two test processes must not find the same one
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            if (found := int(tried.getsockname()[1])) != besides:
                return found
    raise RuntimeError(f"no free port in {wanted}")


@pytest.fixture(scope="session")
def started(database: Urls) -> Iterator[Started]:
    """The app as everybody gets it."""
    app = Started(database, "-m", "smartcx_portal.cli", "web")
    try:
        yield app.start()
    finally:
        app.stop()


@pytest.fixture(scope="session")
def attacked(database: Urls) -> Iterator[Started]:
    """The app with one more State, `tests.gate.states.DeskState`, whose handlers need each kind of permission."""
    app = Started(database, str(Path(__file__).parent / "attacks" / "serve.py"))
    try:
        yield app.start()
    finally:
        app.stop()
