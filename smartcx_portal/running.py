"""What the commands do: serve the pages, work off jobs, and both together with all they need."""

import errno
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from smartcx_portal.kit.building import build
from smartcx_portal.kit.children import Asked, die_with_parent, end_all, listen_for_the_end, start_child
from smartcx_portal.kit.engine import database_urls, owner_url
from smartcx_portal.kit.migrating import SchemaState, is_current, upgrade
from smartcx_portal.kit.refusal import CannotRun
from smartcx_portal.kit.toolchain import ROOT, reflex_environment
from smartcx_portal.settings import settings

LONGEST_START = 60.0
"""Seconds until the web process must answer."""


def run_all() -> None:
    """Database, migrations, demo data, pages, then web and worker until somebody ends it."""
    refuse_taken_port()
    listen_for_the_end()
    children: list[subprocess.Popen[bytes]] = []
    try:
        upgrade(owner_url())
        renew_facts()
        build()
        if settings().demo:
            make_demo_data()
        children += [start_child("web"), start_child("worker")]
        wait_until_it_answers(children)
        print(f"\nSmart CX is at {settings().base_url}/ (Ctrl-C ends it)", flush=True)
        watch(children)
    except Asked:
        print("\nEnding …", flush=True)
    finally:
        end_all(children)


def renew_facts() -> None:
    """What stands in files about the operator's sub-processors reaches the database."""
    from smartcx_portal.operations import renewing

    renewing.renew_facts()


def make_demo_data() -> None:
    """In demo mode: everything at the first start, later only the sign-ins are said."""
    from smartcx_portal.operations.demo import make_demo

    make_demo(print)


def wait_until_it_answers(children: "list[subprocess.Popen[bytes]]") -> None:
    """Wait for the web process's `/ping`. Raises `CannotRun` when a child ends or it takes too long."""
    address = f"http://{_own_host()}:{settings().port}/ping"
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        refuse_dead(children)
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise CannotRun(f"The web process did not answer within {LONGEST_START:.0f} s.")


def watch(children: "list[subprocess.Popen[bytes]]") -> None:
    """Wait for as long as all children live."""
    while True:
        refuse_dead(children)
        time.sleep(0.5)


def refuse_dead(children: "list[subprocess.Popen[bytes]]") -> None:
    """Raises `CannotRun` when one of the processes has ended by itself."""
    for child in children:
        if child.poll() is not None:
            raise CannotRun("A process of Smart CX ended by itself; what it said stands above.")


def serve_web() -> None:
    """Serve on one port until SIGTERM or Ctrl-C; in this process's place, one granian worker."""
    die_with_parent()
    refuse_taken_port()
    refuse_unfit_database(database_urls().app)
    build()
    os.environ.update(reflex_environment())
    os.environ.update(
        GRANIAN_WORKERS="1",
        __REFLEX_SKIP_COMPILE="true",
        __REFLEX_MOUNT_FRONTEND_COMPILED_APP="true",
        REFLEX_SOCKET_INTERVAL="10",
        REFLEX_SOCKET_TIMEOUT="10",
    )
    os.chdir(ROOT)
    from reflex.utils.exec import run_backend_prod
    from reflex_base.constants import LogLevel

    run_backend_prod(settings().host, settings().port, LogLevel.WARNING, mount_frontend_compiled_app=True)


def serve_api(workers: int, threads: int) -> None:
    """Serve the public HTTP API alone, by so many processes on one port, until SIGTERM or Ctrl-C.

    `threads` is how many bookings each works on at a time; more than a few only get into each other's way.

    Raises `CannotRun` unless it is said where the pages are, since answers link to them.
    """
    die_with_parent()
    if not os.environ.get("SMARTCX_BASE_URL"):
        raise CannotRun("Say where the pages of this installation are: set SMARTCX_BASE_URL.")
    refuse_taken_port()
    refuse_unfit_database(database_urls().app)
    os.chdir(ROOT)
    os.environ["SMARTCX_DATABASE_POOL"] = str(threads)
    settings().database_pool = threads
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "smartcx_portal.api_process:app",
        address=settings().host,
        port=settings().port,
        interface=Interfaces.ASGI,
        workers=workers,
        log_level=LogLevels.warning,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()


def serve_jobs() -> None:
    """Work off jobs until SIGTERM or Ctrl-C."""
    die_with_parent()
    refuse_unfit_database(database_urls().app)
    from smartcx_portal.worker import main

    main()


def verify_audit(say: Callable[[str], None]) -> int:
    """Check every tenant's chain; the exit code is 0 when all are whole."""
    from smartcx_portal.tenancy.chains import check_chains

    refuse_unfit_database(database_urls().app)
    code = 0
    for slug, verdict in check_chains():
        if verdict.sound:
            say(f"✓ {slug}: {verdict.entries} entries, unbroken.")
        else:
            say(f"✗ {slug}: broken at entry {verdict.broken_at}.")
            code = 1
    return code


def refuse_taken_port() -> None:
    """Raises `CannotRun` when somebody else listens where we want to."""
    host, port = settings().host, settings().port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                raise CannotRun(f"Port {port} is taken by another program: choose one with PORT=…") from None
            raise CannotRun(f"Cannot serve on {host}, port {port}: {problem.strerror}.") from None


def refuse_unfit_database(url: str) -> None:
    """Raises `CannotRun` unless the schema is this program's."""
    state = is_current(url)
    if state is SchemaState.NEWER:
        raise CannotRun("The database was made by a newer version of Smart CX: install that version.")
    if state is not SchemaState.CURRENT:
        raise CannotRun("The database needs migrating first: run `smartcx migrate`.")


def _own_host() -> str:
    host = settings().host
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
