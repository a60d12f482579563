"""How much processor time does the availability engine need? Scenes are drawn from a fixed seed."""

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from statistics import median, quantiles
from time import process_time
from typing import Any, NamedTuple
from uuid import UUID

from smartcx_portal.bookings.availability import Group, Lanes, Rule, Taken, Wish, days_with_free, free_starts

ZONE = "Europe/Berlin"
FIRST_DAY = date(2026, 10, 5)
RUNS = 40


class Scene(NamedTuple):
    """All that the engine is given."""

    rules: list[Rule]
    lanes: list[Lanes]
    taken: list[Taken]
    wish: Wish
    last_day: date
    groups: tuple[Group, ...] = ()

    def starts(self) -> list[Any]:
        return free_starts(*self._question())

    def days(self) -> dict[date, int]:
        return days_with_free(*self._question())

    def _question(self) -> tuple[Any, ...]:
        days = (FIRST_DAY, self.last_day)
        return (self.rules, [], self.lanes, self.taken, self.wish, ZONE, *days, self.groups)

    def with_needs(self) -> "Scene":
        """Each appointment takes a person and a room: every second resource is one."""
        lanes = [replace(lane, need=n % 2) for n, lane in enumerate(self.lanes)]
        return self._replace(lanes=lanes)

    def with_quota(self) -> "Scene":
        """Half of the place may be booked online at a time; two of three claims were."""
        rules = [replace(rule, online_quota=len(self.lanes) // 2) for rule in self.rules]
        taken = [claim._replace(online=n % 3 > 0) for n, claim in enumerate(self.taken)]
        return self._replace(rules=rules, taken=taken, wish=replace(self.wish, online=True))

    def with_groups(self) -> "Scene":
        """Every claim is a group's, and two of three still have seats."""
        groups = tuple(Group(claim.resource_id, claim.starts_at, n % 3) for n, claim in enumerate(self.taken))
        return self._replace(wish=replace(self.wish, seats=12), groups=groups)

    def with_own_hours(self) -> "Scene":
        """Every second resource has hours of its own, every second week."""
        own = [
            replace(rule, resource_id=lane.resource_id, valid_from=FIRST_DAY, every_weeks=2)
            for lane in self.lanes[::2]
            for rule in self.rules
        ]
        return self._replace(rules=self.rules + own)


def scene(resources: int, days: int, step_min: int, bookings: int, closes: int) -> Scene:
    """Resources open daily from 08:00 to `closes`; appointments and claims of two steps, claims strewn evenly."""
    chance = Random(f"{resources} {days} {step_min}")
    lanes = [Lanes(UUID(int=chance.getrandbits(128))) for _ in range(resources)]
    rules = [Rule(weekday, time(8), time(closes)) for weekday in range(7)]
    length = 2 * step_min
    per_day = (closes - 8) * 60 // length
    places = days * per_day
    opening = datetime(2026, 10, 5, 6, tzinfo=UTC)
    drawn = [
        (lane.resource_id, place)
        for lane in lanes
        for place in chance.sample(range(places), min(bookings // resources, places))
    ]
    chance.shuffle(drawn)
    taken = []
    for resource_id, place in drawn:
        day, step = divmod(place, per_day)
        begin = opening + timedelta(days=day, minutes=step * length)
        taken.append(Taken(UUID(str(resource_id)), 0, begin, begin + timedelta(minutes=length)))
    bounds = (opening, opening + timedelta(days=days + 1))
    return Scene(rules, lanes, taken, Wish(length, 0, 0, step_min, *bounds), FIRST_DAY + timedelta(days - 1))


def cpu_ms(work: Callable[[], object]) -> list[float]:
    """Processor milliseconds of each of `RUNS` runs, after one to warm up.

    The garbage collector stays on, but passes over what the scenes hold: the engine did not make it.
    """
    work()
    gc.collect()
    gc.freeze()
    spent = []
    for _ in range(RUNS):
        begin = process_time()
        work()
        spent.append((process_time() - begin) * 1000)
    gc.unfreeze()
    return spent


def measure() -> list[dict[str, Any]]:
    """Median and 95th percentile of one search, for a month's page and for a big house's quarter."""
    month = scene(resources=10, days=30, step_min=15, bookings=4_000, closes=18)
    quarter = scene(resources=25, days=90, step_min=10, bookings=70_000, closes=20)
    plan = [
        ("availability.10x30", month.starts, "<= 5"),
        ("availability.10x30.days", month.days, "<= 5"),
        ("availability.10x30.needs", month.with_needs().starts, "<= 5"),
        ("availability.10x30.own_hours", month.with_own_hours().starts, "<= 10"),
        ("availability.10x30.quota", month.with_quota().starts, "<= 15"),
        ("availability.10x30.groups", month.with_groups().starts, "<= 15"),
        ("availability.25x90", quarter.starts, "<= 60"),
    ]
    rows = []
    for name, work, goal in plan:
        spent = cpu_ms(work)
        p95 = quantiles(spent, n=20)[-1]
        rows.append({"name": f"{name}.cpu_median", "unit": "ms", "value": round(median(spent), 2), "goal": goal})
        rows.append({"name": f"{name}.cpu_p95", "unit": "ms", "value": round(p95, 2), "goal": goal})
    return rows
