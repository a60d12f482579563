"""The engine against the slow oracle, and the properties that every answer has, on wild scenes."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartcx_portal.bookings.availability import days_with_free, free_lane, free_start, free_starts
from tests.bookings import oracle
from tests.bookings.scenes import Scene, scenes

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


@settings(patiently, max_examples=250)
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
    for start in free_starts(*scene.arguments()):
        span = scene.wish.claim_for(start.starts_at)
        for resource_id in start.resource_ids:
            lane = free_lane(resource_id, capacity[resource_id], scene.taken, *span)
            assert lane in range(capacity[resource_id])
            assert not any(
                claim.resource_id == resource_id and claim.lane == lane
                and claim.starts_at < span[1] and span[0] < claim.ends_at
                for claim in scene.taken
            )  # fmt: skip


@patiently
@given(scenes())
def test_every_start_that_opening_allows_and_a_lane_is_free_for_is_offered(scene: Scene):
    bookable = set()
    for start in free_starts(*scene.but(taken=()).arguments()):
        span = scene.wish.claim_for(start.starts_at)
        for one in scene.lanes:
            free = free_lane(one.resource_id, one.capacity, scene.taken, *span) is not None
            if one.resource_id in start.resource_ids and free:
                bookable.add((start.starts_at, one.resource_id))
    assert bookable == {(at, r) for at, _, ids in free_starts(*scene.arguments()) for r in ids}


@patiently
@given(scenes(), st.data())
def test_removing_a_claim_never_removes_a_start(scene: Scene, data: st.DataObject):
    rest = list(scene.taken)
    if rest:
        rest.pop(data.draw(st.integers(0, len(rest) - 1)))
    fewer = {(at, r) for at, _, ids in free_starts(*scene.arguments()) for r in ids}
    assert fewer <= {(at, r) for at, _, ids in free_starts(*scene.but(taken=tuple(rest)).arguments()) for r in ids}


@patiently
@given(scenes())
def test_a_closure_takes_starts_away_and_shifts_none(scene: Scene):
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
        assert free_start(*scene.offer(), start.starts_at) == start
