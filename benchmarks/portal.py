"""A whole portal for measurements: `smartcx run` with a demo and a port of its own, thrown away afterwards."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

import psutil

from smartcx_portal.kit.toolchain import ROOT

LONGEST_START = 600.0
"""Seconds; the first start may install and build everything."""
PASSWORD = "Messen-ohne-Geheimnis"
OWN = ("SMARTCX_", "PYTHON", "VIRTUAL_ENV", "REFLEX_", "__REFLEX", "MAKE", "MFLAGS")
"""Beginnings of variables that must not reach a portal that is measured."""


class Portal:
    """One portal's processes, from `command` to its last child."""

    def __init__(self, command: Sequence[str], folder: Path, port: int, **environment: str) -> None:
        self.command, self.folder, self.port = command, folder, port
        self.base_url = f"http://localhost:{port}"
        clean = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
        own = {"SMARTCX_DEMO": "1", "SMARTCX_DEMO_PASSWORD": PASSWORD}
        self.environment = clean | own | environment
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it; seconds until it answers. Raises `RuntimeError` with what it said if it does not."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        while time.monotonic() - began < LONGEST_START and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.base_url}/ping", timeout=5):
                    return time.monotonic() - began
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        self.stop()
        raise RuntimeError(f"The portal did not start:\n{self.log.read_text()[-3000:]}")

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
            self.process.wait(60)

    @property
    def log(self) -> Path:
        """All that it said."""
        return self.folder.parent / f"portal-{self.port}.log"

    def web_processes(self) -> list[psutil.Process]:
        """The process that serves and what it started."""
        assert self.process is not None
        below = psutil.Process(self.process.pid).children(recursive=True)
        web = next(one for one in below if one.cmdline()[-1:] == ["web"])
        return [web, *web.children(recursive=True)]


def installed(folder: Path) -> Portal:
    """A portal of this work tree, with its data below `folder`."""
    port = free_port()
    command = [sys.executable, "-m", "smartcx_portal.cli", "run", "--port", str(port), "--data", str(folder / "data")]
    workdir = os.environ.get("REFLEX_WEB_WORKDIR")
    return Portal(command, ROOT, port, **({"REFLEX_WEB_WORKDIR": workdir} if workdir else {}))


def free_port() -> int:
    """A port that nobody listens on; `SMARTCX_TEST_PORTS=8200-8249` keeps to a range."""
    first, _, last = os.environ.get("SMARTCX_TEST_PORTS", "0-0").partition("-")
    for port in range(int(first), int(last) + 1):
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(tried.getsockname()[1])
    raise RuntimeError("no free port")
