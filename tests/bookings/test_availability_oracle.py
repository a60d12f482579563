"""The engine against the slow oracle, and the properties that every answer has, on wild scenes."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartcx_portal.bookings.availability import Start, Taken, days_with_free, free_lane, free_start, free_starts
from tests.bookings import oracle
from tests.bookings.scenes import Scene, as_the_database_has_them, scenes

patiently = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Pacific/Auckland"])
def server_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The process runs in another zone for the time of a test."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@settings(patiently, max_examples=350)
@given(scenes())
def test_the_engine_agrees_with_the_oracle(scene: Scene):
    assert free_starts(*scene.arguments()) == oracle.free_starts(*scene.arguments())


@settings(patiently, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scene=scenes())
def test_the_servers_zone_plays_no_part(server_zone: str, scene: Scene):
    assert time.tzname[0] in ("UTC", "PST", "NZST")
    assert free_starts(*scene.arguments()) == oracle.free_starts(*scene.arguments())


@patiently
@given(scenes())
def test_every_offered_start_gets_a_lane_of_every_resource_offered(scene: Scene):
    capacity = {one.resource_id: one.capacity for one in scene.lanes}
    begun = {(group.resource_id, group.starts_at) for group in scene.groups}
    for start in free_starts(*scene.arguments()):
        span = scene.wish.claim_for(start.starts_at)
        new = [one for one in start.resource_ids if (one, start.starts_at) not in begun]
        assert all(start.others) or not new
        for resource_id in chain(new, *start.others):
            lane = free_lane(resource_id, capacity[resource_id], scene.taken, *span)
            assert lane in range(capacity[resource_id])
            assert not any(
                claim.resource_id == resource_id and claim.lane == lane
                and claim.starts_at < span[1] and span[0] < claim.ends_at
                for claim in scene.taken
            )  # fmt: skip


@patiently
@given(scenes())
def test_every_start_that_opening_allows_and_lanes_are_free_for_is_offered(scene: Scene):
    scene = scene.but(wish=replace(scene.wish, online=False, seats=1, places=1), groups=())
    capacity = {one.resource_id: one.capacity for one in scene.lanes}
    bookable = set()
    for start in free_starts(*scene.but(taken=()).arguments()):
        span = scene.wish.claim_for(start.starts_at)
        free = [
            [one for one in need if free_lane(one, capacity[one], scene.taken, *span) is not None]
            for need in (start.resource_ids, *start.others)
        ]
        if all(free):
            bookable |= {(start.starts_at, one) for one in free[0]}
    assert bookable == pairs(scene)


@patiently
@given(scenes(), st.randoms(use_true_random=False))
def test_booking_what_is_offered_until_nothing_is_left_breaks_no_rule(scene: Scene, chance: Random):
    """However people choose: no lane twice, no quota passed, and in the end each refusal has its reason."""
    scene = scene.but(taken=(), groups=(), wish=replace(scene.wish, seats=1, places=1, online=True))
    days = [scene.first_day + timedelta(n) for n in range((scene.last_day - scene.first_day).days + 1)]
    for _ in range(12):
        starts = free_starts(*scene.arguments())
        if not starts:
            break
        start = chance.choice(starts)
        claims = taking(scene, start, chance)
        first = claims[0].resource_id
        _, full = oracle.quota_minutes(scene.rules, scene.shuts, scene.taken, first, days, scene.zone)
        assert not oracle.claimed(start.starts_at, scene.wish) & full
        scene = scene.but(taken=(*scene.taken, *claims))
    assert as_the_database_has_them(list(scene.taken)) == scene.taken


def taking(scene: Scene, start: Start, chance: Random) -> list[Taken]:
    """The claims of an appointment that somebody books: one resource of each need, the first counting as online."""
    capacity = {one.resource_id: one.capacity for one in scene.lanes}
    begin, end = scene.wish.claim_for(start.starts_at)
    claims = []
    for n, need in enumerate((start.resource_ids, *start.others)):
        one = chance.choice(need)
        lane = free_lane(one, capacity[one], scene.taken, begin, end)
        assert lane is not None
        claims.append(Taken(one, lane, begin, end, n == 0))
    return claims


def pairs(scene: Scene) -> set[tuple[datetime, UUID]]:
    """Every start with each resource that is offered for it."""
    return {(start.starts_at, one) for start in free_starts(*scene.arguments()) for one in start.resource_ids}


@patiently
@given(scenes(), st.data())
def test_removing_a_claim_never_removes_a_start(scene: Scene, data: st.DataObject):
    rest = list(scene.taken)
    if rest:
        rest.pop(data.draw(st.integers(0, len(rest) - 1)))
    assert pairs(scene) <= pairs(scene.but(taken=tuple(rest)))


@patiently
@given(scenes())
def test_a_closure_takes_starts_away_and_shifts_none(scene: Scene):
    scene = scene.but(shuts=tuple(shut for shut in scene.shuts if not shut.holiday))
    without = {start.starts_at for start in free_starts(*scene.but(shuts=()).arguments())}
    assert {start.starts_at for start in free_starts(*scene.arguments())} <= without


@patiently
@given(scenes())
def test_asking_for_each_day_alone_gives_the_same(scene: Scene):
    together = free_starts(*scene.arguments())
    days = sorted({start.starts_at.astimezone(ZoneInfo(scene.zone)).date() for start in together})
    apart = [s for day in days for s in free_starts(*scene.but(first_day=day, last_day=day).arguments())]
    assert apart == together


@patiently
@given(scenes())
def test_the_days_count_their_starts(scene: Scene):
    local = (start.starts_at.astimezone(ZoneInfo(scene.zone)).date() for start in free_starts(*scene.arguments()))
    assert days_with_free(*scene.arguments()) == dict(Counter(local))


@settings(patiently, max_examples=40)
@given(scenes())
def test_asking_for_one_start_gives_that_very_start(scene: Scene):
    for start in free_starts(*scene.arguments())[:20]:
        assert free_start(*scene.offer(), starts_at=start.starts_at, groups=scene.groups) == start
