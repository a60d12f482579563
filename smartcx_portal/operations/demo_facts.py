"""The demo's made-up tenants, read from `facts/demo.toml`."""

import functools
import tomllib
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from smartcx_portal.operations.tenant_form import TenantForm

FILE = Path(__file__).parent / "facts" / "demo.toml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PEOPLE = {
    "anna": "Anna",
    "ben": "Ben",
    "dora": "Dora",
    "praxis": "Praxisleitung",
    "oskar": "Oskar",
}
"""Who may sign in, by the key that `demo.toml` uses."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One weekly rule in local time; Monday is 0."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class DemoFacts:
    """One tenant. `services` and `resources` hold columns as the file names them; `members` are keys and roles."""

    form: TenantForm
    sms: bool
    occupancy: float
    """The share of the open time that is booked, 0 to 1."""
    members: tuple[tuple[str, str], ...]
    directions: str
    accessibility: str
    notice: dict[str, Any]
    """What the tenant adds to its privacy notice: columns of its row."""
    hours: tuple[Hours, ...]
    quotas: dict[int, int]
    """By weekday: how many appointments at a time people book themselves."""
    rules: tuple[dict[str, Any], ...]
    """Hours of single resources, by their place in `resources`."""
    closures: tuple[dict[str, Any], ...]
    """Days from today."""
    embed_sites: tuple[str, ...]
    """Websites that show the booking."""
    feeds: tuple[dict[str, Any], ...]
    """Calendars that follow a resource, by its place in `resources`; `ago` in days."""
    resources: tuple[dict[str, Any], ...]
    services: tuple[dict[str, Any], ...]


@functools.cache
def demo_tenants() -> tuple[DemoFacts, ...]:
    """All of them, in the order in which the start page lists them."""
    return tuple(_facts(raw) for raw in tomllib.loads(FILE.read_text())["tenant"])


def email_of(person: str) -> str:
    """The address a demo person signs in with."""
    return f"{PEOPLE[person].lower()}@example.org"


def _facts(raw: dict[str, Any]) -> DemoFacts:
    return DemoFacts(
        form=TenantForm(**raw["facts"]),
        sms=raw["sms"],
        occupancy=raw["occupancy"],
        members=tuple((member["key"], member["role"]) for member in raw["members"]),
        directions=raw["directions"],
        accessibility=raw["accessibility"],
        notice=raw.get("notice", {}),
        hours=tuple(_hours(raw["hours"])),
        quotas={WEEKDAYS.index(word): most for word, most in raw.get("quotas", {}).items()},
        rules=tuple(raw.get("rule", ())),
        closures=tuple(raw.get("closure", ())),
        embed_sites=tuple(raw.get("embed_sites", ())),
        feeds=tuple(raw.get("feed", ())),
        resources=tuple(raw["resource"]),
        services=tuple(raw["service"]),
    )


def _hours(raw: dict[str, list[list[str]]]) -> list[Hours]:
    return [
        Hours(WEEKDAYS.index(word), time.fromisoformat(opens), time.fromisoformat(closes))
        for word, spans in raw.items()
        for opens, closes in spans
    ]
