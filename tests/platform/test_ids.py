"""Ids sort by the time of their birth, within a millisecond too, and are UUIDv7."""

import time

from smartcx_portal.kit.ids import new_id


def test_ids_keep_the_order_in_which_they_were_made():
    made = [new_id() for _ in range(5_000)]
    assert made == sorted(made)
    assert len({one.int >> 80 for one in made}) < len(made)  # some share a millisecond, or this shows nothing


def test_an_id_is_a_uuid_of_version_7_and_tells_its_millisecond():
    before = time.time_ns() // 1_000_000
    one = new_id()
    assert (one.version, one.variant) == (7, "specified in RFC 4122")
    assert before <= one.int >> 80 <= time.time_ns() // 1_000_000


def test_the_rest_is_random():
    assert len({new_id().int & (1 << 62) - 1 for _ in range(1_000)}) == 1_000
