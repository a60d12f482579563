"""Does it stay quick when there is a lot? Many offices with many bookings are made, and asked for a month over HTTP."""

import json
import subprocess
import tempfile
import urllib.request
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

from benchmarks.calling import drive
from benchmarks.portal import Portal, installed
from smartcx_portal.kit import clock

MONTH = timedelta(days=30)
SEARCHES = 120
ASKED = 10
"""Offices that are asked in turn."""
FEW, SOME, MANY = (2, 10_000), (20, 100_000), (200, 1_000_000)
"""Tenants and bookings: each office has 5,000, so that a month of one of them is the same work."""


def measure() -> list[dict[str, Any]]:
    """How long the offices take to make, and free times of a month with 10,000 and with 1,000,000 bookings."""
    _, few = _made_and_asked(*FEW)
    some, _ = _made_and_asked(*SOME, ask=False)
    many, much = _made_and_asked(*MANY)
    return [
        _row("demo.100k", "s", some, "<= 30"),
        _row("demo.1m", "s", many, "<= 180"),
        _row("month.10k.p95", "ms", few, "<= 80"),
        _row("month.1m.p95", "ms", much, "<= 80"),
        _row("month.1m_to_10k", "times", much / few, "<= 1.3"),
    ]


def _made_and_asked(tenants: int, bookings: int, *, ask: bool = True) -> tuple[float, float]:
    """Seconds of `smartcx demo`, the three shown tenants included; then the 95th percentile of a search in ms."""
    with tempfile.TemporaryDirectory(prefix="smartcx-scale-") as folder:
        portal = installed(Path(folder))
        command = [*portal.command[:3], "demo", "--data", str(Path(folder) / "data")]
        counts = ["--tenants", str(tenants), "--bookings", str(bookings)]
        began = perf_counter()
        subprocess.run(
            [*command, *counts], cwd=portal.folder, env=portal.environment, check=True, stdout=subprocess.DEVNULL
        )
        made = perf_counter() - began
        if not ask:
            return made, 0.0
        try:
            portal.start()
            return made, _asked(portal, min(tenants, ASKED))
        finally:
            portal.stop()


def _asked(portal: Portal, offices: int) -> float:
    today = clock.now().date()
    paths = []
    for number in range(1, offices + 1):
        of_office = f"/api/v1/tenants/musteramt-{number:04}"
        with urllib.request.urlopen(f"{portal.base_url}{of_office}/services") as answer:
            service = json.load(answer)["services"][0]["id"]
        paths.append(f"{of_office}/availability?services={service}&from={today}&to={today + MONTH}")
    wanted = [
        {"method": "GET", "path": paths[n % offices], "body": None, "network": "127.0.0.1"} for n in range(SEARCHES)
    ]
    answers = drive(portal.port, wanted, 1)[offices:]
    refused = [status for status, _, _ in answers if status != 200]
    if refused:
        raise RuntimeError(f"not answered: {refused[:3]}")
    return quantiles([seconds * 1000 for _, seconds, _ in answers], n=20)[-1]


def _row(name: str, unit: str, value: float, goal: str) -> dict[str, Any]:
    return {"name": f"scale.{name}", "unit": unit, "value": round(value, 2), "goal": goal}
