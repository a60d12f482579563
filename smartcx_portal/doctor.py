"""`smartcx doctor`: everything that could keep Smart CX from running, looked at one by one."""

import platform
from collections.abc import Callable

from smartcx_portal.kit.building import is_built
from smartcx_portal.kit.engine import database_urls
from smartcx_portal.kit.migrating import SchemaState, is_current
from smartcx_portal.kit.refusal import CannotRun
from smartcx_portal.kit.toolchain import node_folder
from smartcx_portal.running import refuse_taken_port
from smartcx_portal.settings import settings

SCHEMA = {
    SchemaState.EMPTY: "The database answers and is empty; `smartcx migrate` or `smartcx run` sets it up.",
    SchemaState.BEHIND: "The database answers; `smartcx migrate` brings it to this version.",
    SchemaState.CURRENT: "The database answers and is current.",
}


def examine(say: Callable[[str], None]) -> int:
    """Say each finding in a line; the exit code is 1 when one of them keeps Smart CX from running."""
    code = 0
    for look in (python, chosen, data_folder, port, node, pages, database):
        try:
            say(f"✓ {look()}")
        except CannotRun as reason:
            say(f"✗ {reason}")
            code = 1
    return code


def python() -> str:
    """An older one was refused before it came here."""
    return f"Python {platform.python_version()}."


def chosen() -> str:
    """Wrong settings were refused before they came here."""
    mode = "demo mode" if settings().demo else "no demo mode"
    return f"The settings are valid: {settings().base_url}, {mode}."


def data_folder() -> str:
    """Raises `CannotRun` when the folder cannot be written."""
    folder = settings().data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".doctor").touch()
        (folder / ".doctor").unlink()
    except OSError as problem:
        raise CannotRun(f"The folder {folder} cannot be written: {problem.strerror}.") from None
    return f"The folder {folder} can be written."


def port() -> str:
    """Raises `CannotRun` when the port is taken."""
    refuse_taken_port()
    return f"Port {settings().port} is free."


def node() -> str:
    """Raises `CannotRun` when it is missing."""
    return f"Node is in {node_folder()}."


def pages() -> str:
    """Pages that are out of date are built at the next start."""
    return "The pages are built." if is_built() else "The pages will be built at the next start."


def database() -> str:
    """Raises `CannotRun` when it does not answer or is newer than this program."""
    state = is_current(database_urls().app)
    if state not in SCHEMA:
        raise CannotRun("The database was made by a newer version of Smart CX: install that version.")
    return SCHEMA[state]
