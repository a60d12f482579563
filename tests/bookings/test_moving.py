"""Moving: the old time stays until the new one is certain; the person stays the same."""

from datetime import timedelta

import pytest

from smartcx_portal.bookings.cancelling import cancel_by_link
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.moving import move_booking, move_by_link
from smartcx_portal.bookings.refusals import AlreadyCancelled, NotOffered, SlotTaken, TooLateOnline, TooManyUnproven
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.calendar import Resource, Service
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy.suspension import BookingPaused
from tests.bookings.journeys import (
    MONDAY_8,
    MONDAY_9,
    TUESDAY_8,
    WITHOUT,
    book,
    booking_row,
    claims,
    messages,
    visitor,
)
from tests.bookings.test_cancelling import booked
from tests.conftest import at

MINUTE = timedelta(minutes=1)


def taken_from(cast, booking_id):
    with cast.as_job() as work:
        return [claim.starts_at for claim in claims(work, booking_id)]


def test_a_moved_appointment_has_its_new_time_only(cast):
    booking_id, secret = booked(cast)
    before = booking_row(cast, booking_id)
    with visitor(cast.town) as work:
        seen = move_by_link(work, secret, TUESDAY_8.isoformat())
    after = booking_row(cast, booking_id)
    assert seen.when.text == "Dienstag, 24. November 2026, 08:00 Uhr"
    assert taken_from(cast, booking_id) == [TUESDAY_8]
    assert (after.starts_at, after.ends_at) == (TUESDAY_8, TUESDAY_8 + 20 * MINUTE)
    assert (after.customer_id, after.code, after.sequence) == (before.customer_id, before.code, 1)


def test_the_person_and_the_trail_are_told(cast):
    _, secret = booked(cast)
    with visitor(cast.town) as work:
        move_by_link(work, secret, TUESDAY_8)
    assert messages(cast)[-1] == ("booking_moved", "email")
    with cast.as_job() as work:
        assert "booking.moved" in work.all(work.select(AuditEntry.action))


def test_a_second_click_is_harmless(cast):
    booking_id, secret = booked(cast)
    for _ in range(2):
        with visitor(cast.town) as work:
            move_by_link(work, secret, TUESDAY_8)
    assert booking_row(cast, booking_id).sequence == 1
    assert messages(cast).count(("booking_moved", "email")) == 1


def test_it_may_move_into_a_time_that_overlaps_its_own(cast):
    with cast.as_job() as work:
        service = work.get(Service, cast.town.service)
        service.step_min = 5
        work.get(Resource, cast.town.counters[1]).active = False
    booking_id, secret = booked(cast)
    with visitor(cast.town) as work:
        move_by_link(work, secret, MONDAY_8 + 10 * MINUTE)
    assert taken_from(cast, booking_id) == [MONDAY_8 + 10 * MINUTE]


def test_it_stays_with_its_counter_when_that_is_free(cast):
    booking_id, secret = booked(cast)
    counter = booking_row(cast, booking_id).resource_id
    book(cast, WITHOUT, at=TUESDAY_8 + 60 * MINUTE, tab="another-tab")
    with visitor(cast.town) as work:
        move_by_link(work, secret, TUESDAY_8)
    assert booking_row(cast, booking_id).resource_id == counter


def test_a_taken_time_leaves_the_old_one_alone(cast):
    booking_id, secret = booked(cast)
    for tab in ("one", "two"):
        with visitor(cast.town, tab) as work:
            hold(work, cast.town.service, MONDAY_9)
    with pytest.raises(SlotTaken) as refusal, visitor(cast.town) as work:
        move_by_link(work, secret, MONDAY_9)
    assert [time.time for time in refusal.value.nearest] == ["08:20", "08:40", "09:20"]
    assert taken_from(cast, booking_id) == [MONDAY_8]
    assert booking_row(cast, booking_id).sequence == 0


@pytest.mark.parametrize("moment", [MONDAY_8 - timedelta(days=7), MONDAY_8 + 3 * MINUTE, MONDAY_8 + timedelta(days=99)])
def test_only_offered_times_can_be_moved_to(cast, moment):
    booking_id, secret = booked(cast)
    with pytest.raises(NotOffered), visitor(cast.town) as work:
        move_by_link(work, secret, moment)
    assert taken_from(cast, booking_id) == [MONDAY_8]


def test_after_the_deadline_it_stays(cast):
    _, secret = booked(cast)
    with cast.as_job() as work:
        work.get(Service, cast.town.service).cancel_until_min = 24 * 60
    with at(MONDAY_8 - timedelta(hours=23)), pytest.raises(TooLateOnline), visitor(cast.town) as work:
        move_by_link(work, secret, TUESDAY_8)


def test_a_cancelled_one_cannot_be_moved(cast):
    _, secret = booked(cast)
    with visitor(cast.town) as work:
        cancel_by_link(work, secret)
    with pytest.raises(AlreadyCancelled), visitor(cast.town) as work:
        move_by_link(work, secret, TUESDAY_8)


def test_a_suspended_tenant_moves_nothing(cast):
    _, secret = booked(cast)
    with cast.as_job() as work:
        work.get(Tenant, cast.town.id).status = TenantStatus.SUSPENDED
    with pytest.raises(BookingPaused), visitor(cast.town) as work:
        move_by_link(work, secret, TUESDAY_8)


def test_ben_moves_beyond_the_horizon_but_not_beyond_the_hours(cast):
    booking_id, _ = booked(cast)
    far = MONDAY_8 + timedelta(days=91)
    with cast.as_staff(cast.ben) as work:
        move_booking(work, booking_id, far)
    assert taken_from(cast, booking_id) == [far]
    with pytest.raises(NotOffered), cast.as_staff(cast.ben) as work:
        move_booking(work, booking_id, far + timedelta(hours=8))


def test_dora_finds_no_such_booking(cast):
    booking_id, _ = booked(cast)
    with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon) as work:
        move_booking(work, booking_id, TUESDAY_8)


def test_nothing_moves_to_the_salons_stylist(cast):
    _, secret = booked(cast)
    with pytest.raises(NotOffered), visitor(cast.town) as work:
        move_by_link(work, secret, TUESDAY_8, cast.salon.counters[0])


def test_moving_to_and_fro_does_not_write_to_a_stranger_without_end(cast):
    """Where nobody confirms an address, each move would send one more mail to it."""
    with cast.as_job() as work:
        work.get(Service, cast.town.service).double_opt_in = False
    _, secret = booked(cast)
    with pytest.raises(TooManyUnproven):
        for number in range(21):
            with visitor(cast.town) as work:
                move_by_link(work, secret, (MONDAY_9, MONDAY_8)[number % 2])
