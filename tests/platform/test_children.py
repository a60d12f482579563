"""Processes end with the command that started them."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from smartcx_portal.kit import children

CHILD = """
import signal
from smartcx_portal.kit.children import die_with_parent
die_with_parent()
print("up", flush=True)
signal.pause()
"""
PARENT = """
import os, subprocess, sys
os.environ["SMARTCX_PARENT"] = str(os.getpid())
process = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=subprocess.PIPE)
process.stdout.readline()
print(process.pid, flush=True)
sys.stdin.read()
"""
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); signal.pause()"


def gone(pid: int) -> bool:
    """Whether the process has ended (a zombie has), within five seconds."""
    try:
        process = psutil.Process(pid)
        until = time.monotonic() + 5
        while process.status() != psutil.STATUS_ZOMBIE and time.monotonic() < until:
            os.sched_yield()
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_child_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    assert gone(child)


def test_a_child_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "PATIENCE", 0.2)
    child = subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE, start_new_session=True)
    assert child.stdout is not None
    child.stdout.readline()
    children.end_all([child])
    child.stdout.close()
    assert child.returncode == -signal.SIGKILL
