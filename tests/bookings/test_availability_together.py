"""Appointments that take several resources at once, and groups that share a start. Times in UTC."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from smartcx_portal.bookings.availability import Group, Lanes, Shut, Start, days_with_free, free_start, free_starts
from tests.bookings.scenes import COUNTER, DESK, MONDAY, ROOM, Scene, claim, opening, utc, wish

PERSON_AND_ROOM = Scene(rules=(opening("09:00", "11:00"),), lanes=(Lanes(COUNTER), Lanes(ROOM, need=1)))
NINE, HALF_PAST, TEN = utc("2026-11-02 08:00"), utc("2026-11-02 08:30"), utc("2026-11-02 09:00")
AT_TEN = ("2026-11-02 09:00", "2026-11-02 09:30")
GROUP = Scene(rules=(opening("09:00", "11:00"),), wish=wish(seats=4))


def at(scene: Scene, moment: datetime = TEN) -> Start | None:
    return free_start(*scene.offer(), starts_at=moment, groups=scene.groups)


def offered(scene: Scene) -> Start:
    """The offer at ten."""
    start = at(scene)
    assert start is not None
    return start


def texts(starts: Sequence[Start]) -> list[str]:
    return [start.starts_at.strftime("%H:%M") for start in starts]


# Several resources at once


def test_both_are_offered():
    assert at(PERSON_AND_ROOM) == (TEN, TEN + timedelta(minutes=30), (COUNTER,), ((ROOM,),), 1)


def test_a_taken_room_takes_the_start():
    assert at(PERSON_AND_ROOM.but(taken=(claim(*AT_TEN, resource_id=ROOM),))) is None


def test_a_taken_person_takes_the_start():
    assert at(PERSON_AND_ROOM.but(taken=(claim(*AT_TEN),))) is None


def test_any_room_will_do():
    lanes = (*PERSON_AND_ROOM.lanes, Lanes(DESK, need=1))
    start = offered(PERSON_AND_ROOM.but(lanes=lanes, taken=(claim(*AT_TEN, resource_id=ROOM),)))
    assert start.others == ((DESK,),)


def test_the_room_is_needed_for_the_buffers_too():
    scene = PERSON_AND_ROOM.but(wish=wish(after=15), taken=(claim(*AT_TEN, resource_id=ROOM),))
    assert texts(free_starts(*scene.arguments())) == ["08:00", "09:30"]


def test_the_room_has_to_be_open_throughout_and_counts_no_starts():
    rules = (*PERSON_AND_ROOM.rules, opening("09:10", "10:10", resource_id=ROOM))
    assert texts(free_starts(*PERSON_AND_ROOM.but(rules=rules).arguments())) == ["08:30"]


def test_a_closed_room_takes_the_day():
    scene = PERSON_AND_ROOM.but(shuts=(Shut(MONDAY, MONDAY, resource_id=ROOM),))
    assert days_with_free(*scene.arguments()) == {}


def test_a_need_that_nobody_can_serve_now_is_still_a_need():
    assert at(PERSON_AND_ROOM.but(lanes=(Lanes(COUNTER), Lanes(ROOM, 0, need=1)))) is None


def test_a_room_of_two_lanes_takes_two_appointments():
    scene = PERSON_AND_ROOM.but(lanes=(Lanes(COUNTER), Lanes(ROOM, 2, need=1)))
    assert at(scene.but(taken=(claim(*AT_TEN, resource_id=ROOM),)))


def test_three_needs_are_all_asked():
    lanes = (Lanes(COUNTER, need=0), Lanes(ROOM, need=1), Lanes(DESK, need=2))
    scene = PERSON_AND_ROOM.but(lanes=lanes)
    start = offered(scene)
    assert start.others == ((ROOM,), (DESK,))
    assert at(scene.but(taken=(claim(*AT_TEN, resource_id=DESK),))) is None


def test_the_order_of_the_resources_does_not_tell_the_needs():
    start = offered(PERSON_AND_ROOM.but(lanes=(Lanes(ROOM, need=1), Lanes(COUNTER))))
    assert (start.resource_ids, start.others) == ((COUNTER,), ((ROOM,),))


def test_a_quota_binds_by_the_first_need():
    """The room follows the place's rule, whose quota is used up; the person has hours of their own."""
    rules = (opening("09:00", "11:00", online_quota=0), opening("09:00", "11:00", resource_id=COUNTER))
    assert at(PERSON_AND_ROOM.but(rules=rules, wish=wish(online=True)))


# Groups


def test_an_empty_group_offers_all_its_seats():
    start = offered(GROUP)
    assert start.seats == 4


def begun(free: int, resource_id: UUID = COUNTER, lane: int = 0) -> dict[str, tuple]:
    """A group at ten, with its claim."""
    return {
        "groups": (Group(resource_id, TEN, free),),
        "taken": (claim(*AT_TEN, lane=lane, resource_id=resource_id),),
    }


def test_a_group_that_has_begun_offers_what_is_left():
    start = offered(GROUP.but(**begun(free=1)))
    assert (start.resource_ids, start.seats) == ((COUNTER,), 1)


def test_a_full_group_is_not_offered():
    assert at(GROUP.but(**begun(free=0))) is None


def test_more_places_than_are_left_are_not_offered():
    assert at(GROUP.but(wish=wish(seats=4, places=2), **begun(free=1))) is None
    assert at(GROUP.but(wish=wish(seats=4, places=2), **begun(free=2)))


def test_more_places_than_a_group_has_are_never_offered():
    assert free_starts(*GROUP.but(wish=wish(seats=4, places=5)).arguments()) == []


def test_a_group_that_is_larger_than_new_ones_still_offers_its_seats():
    scene = GROUP.but(wish=wish(seats=4, places=5), **begun(free=6))
    assert texts(free_starts(*scene.arguments())) == ["09:00"]


def test_seats_are_those_of_the_best_resource():
    scene = GROUP.but(lanes=(Lanes(COUNTER), Lanes(ROOM)), **begun(free=1))
    start = offered(scene)
    assert (start.resource_ids, start.seats) == ((COUNTER, ROOM), 4)


def test_no_second_group_begins_on_a_resource_at_the_same_start():
    scene = GROUP.but(lanes=(Lanes(COUNTER, 2),), **begun(free=0))
    assert at(scene) is None
    assert at(scene, HALF_PAST)


def test_the_claim_of_a_group_takes_other_starts():
    scene = GROUP.but(wish=wish(seats=4, step=15), **begun(free=3))
    assert texts(free_starts(*scene.arguments())) == ["08:00", "08:15", "08:30", "09:00", "09:30"]


def test_a_group_outside_the_hours_is_not_offered():
    assert at(GROUP.but(rules=(opening("10:30", "11:00"),), **begun(free=3))) is None
    assert at(GROUP.but(shuts=(Shut(MONDAY, MONDAY),), **begun(free=3))) is None


def test_a_group_off_the_step_is_not_offered():
    odd = utc("2026-11-02 09:10")
    assert at(GROUP.but(groups=(Group(COUNTER, odd, 3),)), odd) is None


def test_lead_time_and_horizon_bind_groups():
    assert at(GROUP.but(wish=wish(seats=4, earliest=utc("2026-11-02 09:01")), **begun(free=3))) is None


def test_a_group_of_a_resource_that_is_not_asked_for_is_not_offered():
    elsewhere = GROUP.but(**begun(free=3, resource_id=ROOM))
    start = offered(elsewhere)
    assert (start.resource_ids, start.seats) == ((COUNTER,), 4)


def test_a_single_appointment_takes_no_seat():
    assert at(GROUP.but(wish=wish(), **begun(free=3))) is None


def test_seats_of_a_group_use_no_quota_but_a_new_group_does():
    rules = (opening("09:00", "11:00", online_quota=1),)
    online = (claim(*AT_TEN, online=True), claim("2026-11-02 09:30", "2026-11-02 10:00", resource_id=ROOM, online=True))
    scene = GROUP.but(rules=rules, wish=wish(seats=4, online=True), groups=(Group(COUNTER, TEN, 1),), taken=online)
    assert texts(free_starts(*scene.arguments())) == ["08:00", "08:30", "09:00"]


def test_hours_closed_online_close_groups_too():
    scene = GROUP.but(rules=(opening("09:00", "11:00", online_quota=0),), **begun(free=3))
    assert at(scene.but(wish=wish(seats=4, online=True))) is None
    assert at(scene)


def test_a_group_that_has_begun_asks_no_further_need():
    """It has its room already; a new group finds none."""
    room = claim(*AT_TEN, resource_id=ROOM)
    scene = PERSON_AND_ROOM.but(wish=wish(seats=4), groups=(Group(COUNTER, TEN, 2),), taken=(claim(*AT_TEN), room))
    start = offered(scene)
    assert (start.resource_ids, start.others, start.seats) == ((COUNTER,), ((),), 2)
    assert at(scene.but(groups=())) is None


def test_a_group_whose_room_would_be_closed_is_not_offered():
    group = {"groups": (Group(COUNTER, TEN, 2),), "taken": (claim(*AT_TEN), claim(*AT_TEN, resource_id=ROOM))}
    scene = PERSON_AND_ROOM.but(wish=wish(seats=4), **group)
    assert at(scene.but(shuts=(Shut(MONDAY, MONDAY, resource_id=ROOM),))) is None
