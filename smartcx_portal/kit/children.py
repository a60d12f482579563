"""Processes that a command starts and must end with itself."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

PATIENCE = 30.0
"""Seconds that a child has to end in peace before it is killed."""
PARENT = "SMARTCX_PARENT"
"""Set for children: they end when their parent is gone, even if it was killed."""
_PR_SET_PDEATHSIG = 1


class Asked(BaseException):
    """Somebody asked this process to end (Ctrl-C or SIGTERM)."""


def listen_for_the_end() -> None:
    """From now on SIGTERM and SIGINT raise `Asked` in the main thread."""

    def ask(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise Asked

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)


def start_child(*arguments: str) -> "subprocess.Popen[bytes]":
    """Start `python -m smartcx_portal.cli …`; out of the terminal's reach, so that only we end it."""
    command = [sys.executable, "-m", "smartcx_portal.cli", *arguments]
    environment = {**os.environ, PARENT: str(os.getpid())}
    return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)


def die_with_parent() -> None:
    """In a child: let the kernel send SIGTERM when the parent dies (Linux only)."""
    parent = os.environ.pop(PARENT, "")
    if not parent or sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):  # it was gone before we asked
        os.kill(os.getpid(), signal.SIGTERM)


def end_all(children: "Sequence[subprocess.Popen[bytes]]") -> None:
    """SIGTERM to all, then wait; what has not ended after `PATIENCE` is killed."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
