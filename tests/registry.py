"""All handlers, routes and pages of the app, from their registries, read in a process of their own."""

import functools
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
READER = """
import inspect, json, sys
for extra in sys.argv[1:]:
    __import__(extra)
import smartcx_portal.smartcx_portal as door
from reflex_base.registry import RegistrationContext
from smartcx_portal.endpoints.outer import make_outer

def facts(name, fn):
    permission = getattr(fn, "__permission__", None)
    return {"name": name, "module": fn.__module__, "function": fn.__name__,
            "permission": getattr(permission, "value", None), "parameters": list(inspect.signature(fn).parameters)[1:]}

handlers = [facts(n, h.handler.fn) for n, h in RegistrationContext.get().event_handlers.items()]
def flat(routes):
    for route in routes:
        if hasattr(route, "original_router"):
            yield from flat(route.original_router.routes)
        elif hasattr(route, "app") and not hasattr(route, "endpoint"):
            yield from flat(route.app.routes)
        else:
            yield route

routes = [facts(getattr(r, "path", "?"), getattr(r, "endpoint", flat)) for r in flat(make_outer().routes)]
pages = list(door.app._unevaluated_pages)
print(json.dumps({"handlers": handlers, "routes": routes, "pages": pages}))
"""


@dataclass(frozen=True)
class Registered:
    """One handler or route; `permission` is None where none is named."""

    name: str
    module: str
    function: str
    permission: str | None
    parameters: tuple[str, ...]


def registered(*extra: str) -> list[Registered]:
    """Every handler of the app's States, Reflex's own excluded; `extra` modules are imported before."""
    return [each for each in _read(*extra)["handlers"] if each.module != "reflex.state"]


def reflex_own() -> list[Registered]:
    """The handlers that Reflex brings along."""
    return [each for each in _read()["handlers"] if each.module == "reflex.state"]


def routes() -> list[Registered]:
    """Every HTTP route beside the pages."""
    return list(_read()["routes"])


def page_routes() -> list[str]:
    """The route of every page, as it is registered: `de/t/[tenant]/buchen`."""
    return list(_facts()["pages"])


@functools.cache
def _read(*extra: str) -> dict[str, list[Registered]]:
    return {
        kind: [Registered(**{**each, "parameters": tuple(each["parameters"])}) for each in _facts(*extra)[kind]]
        for kind in ("handlers", "routes")
    }


@functools.cache
def _facts(*extra: str) -> dict[str, list[Any]]:
    done = subprocess.run([sys.executable, "-c", READER, *extra], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))
