"""How much does the API carry? Free times of a month, bookings of 50 clients at once, and a rush for 500 places.

A whole portal on a database of its own, asked over HTTP by another process; each client comes from a network of its
own, which a trusted proxy would tell. The bookings of 50 clients are measured twice: by the web process, which has one
interpreter, and by two processes of `smartcx api`.
"""

import json
import sys
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from benchmarks.booking import furnish
from benchmarks.calling import Answer, drive
from benchmarks.portal import Portal, free_port, installed
from smartcx_portal.kit import clock
from smartcx_portal.kit.embedded import Embedded
from smartcx_portal.kit.engine import make_engine
from smartcx_portal.kit.migrating import upgrade
from smartcx_portal.kit.toolchain import ROOT
from smartcx_portal.models.calendar import OpeningHours, Resource, Service
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import JOB, Work, open_work

CLIENTS = 50
BOOKINGS = 1500
WARM_UP = 100
RUSHING = 2000
PLACES = 500
SEARCHES = 100
MONTH = timedelta(days=30)
TOWN, FAIR = "buergeramt-musterstadt", "buergeramt-andrang"
NAME = "Clara Lindqvist"


@dataclass(frozen=True)
class Place:
    """A tenant's only service, as callers know it."""

    slug: str
    service: str

    def search(self, first: date, last: date) -> str:
        """The address of its free times."""
        return f"/api/v1/tenants/{self.slug}/availability?services={self.service}&from={first}&to={last}"

    def booking(self, starts_at: str, number: int) -> dict[str, Any]:
        """A request that books at once."""
        body = {
            "book": {"services": self.service, "starts_at": starts_at},
            "person": {"name": NAME},
            "confirm_by": "none",
        }
        path = f"/api/v1/tenants/{self.slug}/bookings"
        return {"method": "POST", "path": path, "body": body, "network": _network(number), "key": str(uuid4())}


def measure() -> list[dict[str, Any]]:
    """Over HTTP, against a started portal."""
    with tempfile.TemporaryDirectory(prefix="smartcx-bench-") as folder, _started(Path(folder)) as (portal, town, fair):
        found = [*_searching(portal, town), *_booking(portal, town, "web.")]
        with _api_processes(portal, Path(folder) / "data") as port:
            found += _booking(portal, town, port=port)
        return [*found, *_rush(portal, fair)]


def _searching(portal: Portal, town: Place) -> list[dict[str, Any]]:
    today = clock.now().date()
    wanted = {"method": "GET", "path": town.search(today, today + MONTH)}
    answers = drive(portal.port, [wanted | {"network": _network(n)} for n in range(SEARCHES + 10)], 1)[10:]
    spent = [seconds * 1000 for _, seconds, _ in answers]
    return [_row("availability.month.p95", "ms", quantiles(spent, n=20)[-1], "<= 80")]


def _booking(portal: Portal, town: Place, who: str = "", port: int = 0) -> list[dict[str, Any]]:
    """By the web process, or by those that listen on `port`: these are held to the goal, that one to a bound."""
    starts = _free_starts(portal, town)
    port = port or portal.port
    wanted = [town.booking(at, n) for n, at in enumerate(islice(cycle(starts), WARM_UP + BOOKINGS))]
    drive(port, wanted[:WARM_UP], CLIENTS)
    began = perf_counter()
    answers = drive(port, wanted[WARM_UP:], CLIENTS)
    took = perf_counter() - began
    counted = _counted(answers)
    fast, soon = (">= 40", "<= 2") if who else (">= 100", "<= 1")
    return [
        _row(f"{who}bookings.per_second", "1/s", counted[(201, "")] / took, fast),
        _row(f"{who}bookings.p99", "s", quantiles([seconds for _, seconds, _ in answers], n=100)[-1], soon),
        _row(f"{who}bookings.errors", "", sum(counted.values()) - counted[(201, "")] - counted[(409, "taken")], "<= 0"),
    ]


def _rush(portal: Portal, fair: Place) -> list[dict[str, Any]]:
    """All clients come at once, each for one of the places; four want the same."""
    starts = _free_starts(portal, fair)
    wanted = [fair.booking(at, 100_000 + n) for n, at in enumerate(islice(cycle(starts), RUSHING))]
    began = perf_counter()
    counted = _counted(drive(portal.port, wanted, RUSHING))
    took = perf_counter() - began
    return [
        _row("rush.confirmed", "", counted[(201, "")], f">= {PLACES}"),
        _row("rush.taken", "", counted[(409, "taken")], f">= {RUSHING - PLACES}"),
        _row("rush.seconds", "s", took, "<= 60"),
    ]


def _free_starts(portal: Portal, place: Place) -> list[str]:
    """Every free start of the next month, as the API tells it."""
    today = clock.now().date()
    with urllib.request.urlopen(portal.base_url + place.search(today, today + MONTH)) as answer:
        return [one["starts_at"] for day in json.load(answer)["days"] for one in day["starts"]]


def _counted(answers: list[Answer]) -> Counter[tuple[int, str]]:
    return Counter((status, kind) for status, _, kind in answers)


def _network(number: int) -> str:
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def _row(name: str, unit: str, value: float, goal: str) -> dict[str, Any]:
    return {"name": f"api.{name}", "unit": unit, "value": round(value, 2), "goal": goal}


@contextmanager
def _started(folder: Path) -> Iterator[tuple[Portal, Place, Place]]:
    with Embedded(folder / "database", say=lambda _: None) as server:
        upgrade(server.owner_url())
        town, fair = _furnished(server.app_url())
        portal = installed(folder)
        portal.environment |= {
            "SMARTCX_DATABASE_URL": server.app_url(),
            "SMARTCX_OWNER_DATABASE_URL": server.owner_url(),
            "SMARTCX_DEMO": "0",
            "SMARTCX_TRUSTED_PROXY_HOPS": "1",
        }
        try:
            portal.start()
            yield portal, town, fair
        finally:
            portal.stop()


@contextmanager
def _api_processes(portal: Portal, data: Path) -> Iterator[int]:
    """The API alone, beside the portal and on its database; the port that it listens on."""
    port = free_port()
    command = [sys.executable, "-m", "smartcx_portal.cli", "api", "--port", str(port), "--data", str(data)]
    beside = Portal(command, ROOT, port)
    beside.environment = portal.environment | {"SMARTCX_BASE_URL": portal.base_url}
    try:
        beside.start()
        yield port
    finally:
        beside.stop()


def _furnished(url: str) -> tuple[Place, Place]:
    """The town office with room for thousands, and one that has just opened two days with 250 places each."""
    engine = make_engine(url, pool=2)
    now = clock.now()
    try:
        with open_work(JOB, engine=engine) as work:
            _, service = furnish(work, now)
            town = Place(TOWN, str(service))
        with open_work(JOB, engine=engine) as work:
            _, service = furnish(work, now, FAIR)
            _narrow(work, service, now)
        return town, Place(FAIR, str(service))
    finally:
        engine.dispose()


def _narrow(work: Work, service_id: UUID, now: datetime) -> None:
    """Twenty-five starts a day, twenty minutes each, for ten counters, on two days."""
    row = work.get(Service, service_id)
    row.step_min = row.duration_min = 20
    work.delete_where(OpeningHours)
    today = now.astimezone(ZoneInfo(work.get(Tenant, work.tenant).zone)).date()
    for day in (today + timedelta(days=3), today + timedelta(days=4)):
        work.new(
            OpeningHours,
            location_id=row.location_id,
            weekday=day.weekday(),
            opens=time(8),
            closes=time(16, 20),
            valid_from=day,
            valid_until=day,
        )
    assert work.count(work.select(Resource)) * 50 == PLACES
