"""Whole visits: several services at once, several resources at once, groups, series, and undoing what staff did."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest

from smartcx_portal.bookings.basket import NOT_TOGETHER, TOO_MANY, basket_of, read_basket
from smartcx_portal.bookings.cancelling import cancel_booking
from smartcx_portal.bookings.drafts import own_hold_id
from smartcx_portal.bookings.expiring import free_lapsed
from smartcx_portal.bookings.holding import extend_hold, hold, hold_again, release_hold
from smartcx_portal.bookings.moving import move_booking, move_by_link
from smartcx_portal.bookings.offering import free_times
from smartcx_portal.bookings.refusals import NoLongerOffered, NotOffered, SlotTaken
from smartcx_portal.bookings.undoing import UndoOver, undo, undo_until
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.messaging.links import booking_secret
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.booking import (
    Booking,
    BookingPart,
    BookingStatus,
    Cancellation,
    Claim,
    GroupAppointment,
    Seat,
)
from smartcx_portal.models.calendar import (
    Closure,
    Location,
    OpeningHours,
    Resource,
    ResourceKind,
    Service,
    ServiceResource,
)
from smartcx_portal.models.messaging import Message, MessageStatus
from tests.bookings.journeys import BY_MAIL, MONDAY_8, MONDAY_9, TUESDAY_8, book, booking_row, visitor
from tests.bookings.test_cancelling import booked
from tests.cast import Cast
from tests.conftest import at

MINUTE = timedelta(minutes=1)
WEEK = timedelta(weeks=1)


def change(cast: Cast, **columns: object) -> None:
    with cast.as_job() as work:
        service = work.get(Service, cast.town.service)
        for name, value in columns.items():
            setattr(service, name, value)


def passport(cast: Cast, **columns: object) -> UUID:
    """A second service of 10 minutes that both counters give."""
    with cast.as_job() as work:
        values = {"duration_min": 10, "step_min": 10, "combinable": True, "most_at_once": 3, **columns}
        service = work.new(Service, location_id=cast.town.location, name="Reisepass beantragen", **values)
        for counter in cast.town.counters:
            work.new(ServiceResource, service_id=service.id, resource_id=counter)
    return service.id


def room(cast: Cast) -> UUID:
    """Every appointment needs this one room as well as a counter."""
    with cast.as_job() as work:
        made = work.new(Resource, location_id=cast.town.location, name="Zimmer 12", kind=ResourceKind.ROOM)
        work.new(ServiceResource, service_id=cast.town.service, resource_id=made.id, need=1)
    return made.id


def taken(cast: Cast) -> list[tuple[UUID, int]]:
    with cast.as_job() as work:
        return [(one.resource_id, one.lane) for one in work.all(work.select(Claim).order_by(Claim.id))]


def starts(cast: Cast, services: str | UUID, **more: object) -> list[str]:
    with visitor(cast.town, tab="another") as work:
        return [one.time for one in free_times(work, services, "2026-11-23", "2026-11-23", **more)]


# -- several services in one visit


def test_durations_of_a_combined_visit_add(cast):
    change(cast, combinable=True)
    second = passport(cast)
    with visitor(cast.town) as work:
        held = hold(work, f"{cast.town.service},{second}*2", MONDAY_8)
        booking = work.get(Booking, UUID(held.booking_id))
        assert booking.ends_at - booking.starts_at == 40 * MINUTE
        assert basket_of(work, booking).text == f"{cast.town.service},{second}*2"
        assert len(work.all(work.select(BookingPart))) == 2


def test_a_combined_visit_that_is_given_up_leaves_nothing(cast):
    change(cast, combinable=True)
    second = passport(cast)
    with visitor(cast.town) as work:
        hold(work, f"{cast.town.service},{second}", MONDAY_8)
        release_hold(work)
        assert not any(work.all(work.select(model)) for model in (Booking, BookingPart, Claim))


def test_a_combined_hold_that_lapsed_is_cleared_away_with_its_parts(cast, frozen):
    change(cast, combinable=True)
    second = passport(cast)
    with visitor(cast.town) as work:
        hold(work, f"{cast.town.service},{second}", MONDAY_8)
    for later in (11 * MINUTE, timedelta(hours=3)):
        with at(frozen + later), cast.as_job() as work:
            free_lapsed(work)
    with cast.as_job() as work:
        assert not any(work.all(work.select(model)) for model in (Booking, BookingPart, Claim))


def test_a_lapsed_combined_hold_is_held_again_whole(cast, frozen):
    change(cast, combinable=True)
    second = passport(cast)
    with visitor(cast.town) as work:
        hold(work, f"{cast.town.service},{second}*2", MONDAY_8)
    with at(frozen + 11 * MINUTE), visitor(cast.town) as work:
        again = work.get(Booking, UUID(hold_again(work).booking_id))
        assert again.ends_at - again.starts_at == 40 * MINUTE


@pytest.mark.parametrize(("first", "second"), [(False, True), (True, False)])
def test_only_what_may_be_combined_is(cast, first, second):
    change(cast, combinable=first)
    other = passport(cast, combinable=second)
    with visitor(cast.town) as work, pytest.raises(InvalidForm) as refused:
        read_basket(work, f"{cast.town.service},{other}")
    assert refused.value.problems == {"services": NOT_TOGETHER}


def test_more_than_may_be_booked_at_once_is_refused(cast):
    second = passport(cast)
    with visitor(cast.town) as work, pytest.raises(InvalidForm) as refused:
        read_basket(work, f"{second}*4")
    assert refused.value.problems == {f"quantity-{second}": TOO_MANY}


@pytest.mark.parametrize("text", ["", "x", "{}*0", "{}*-1", "{}*1e3", "{},", "{}*9999", "{}*²"])
def test_what_is_no_basket_is_not_found(cast, text):
    with visitor(cast.town) as work, pytest.raises(NotFound):
        read_basket(work, text.format(cast.town.service))


def test_a_staff_only_service_is_for_staff(cast):
    change(cast, online=False)
    with visitor(cast.town) as work, pytest.raises(NoLongerOffered):
        read_basket(work, cast.town.service)
    with cast.as_staff(cast.ben) as work:
        assert read_basket(work, cast.town.service, for_staff=True).service.id == cast.town.service


# -- several resources at once


def test_an_appointment_takes_one_resource_of_each_need(cast):
    made = room(cast)
    book(cast)
    assert set(taken(cast)) == {(cast.town.counters[0], 0), (made, 0)}


def test_a_taken_room_takes_the_time_although_a_counter_is_free(cast):
    room(cast)
    book(cast)
    assert starts(cast, cast.town.service)[0] == "08:20"
    with visitor(cast.town, tab="another") as work, pytest.raises(SlotTaken):
        hold(work, cast.town.service, MONDAY_8)


def test_cancelling_gives_both_back(cast):
    room(cast)
    made = book(cast)
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, made.booking_id, "Rohrbruch")
    assert taken(cast) == []


def test_a_need_that_nobody_can_fill_offers_nothing(cast):
    made = room(cast)
    with cast.as_job() as work:
        work.get(Resource, made).active = False
    assert starts(cast, cast.town.service) == []


# -- groups


def course(cast: Cast, seats: int = 3, most: int = 2) -> None:
    change(cast, seats=seats, most_at_once=most)


def join(cast: Cast, tab: str, places: int = 1, moment=MONDAY_8) -> str:
    with visitor(cast.town, tab=tab, network=tab) as work:
        return hold(work, cast.town.service, moment, places=places).booking_id


def test_a_group_shares_one_claim_until_its_seats_are_gone(cast):
    course(cast)
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[1]).active = False
    join(cast, "one", places=2)
    join(cast, "two")
    assert taken(cast) == [(cast.town.counters[0], 0)]
    assert starts(cast, cast.town.service)[0] == "08:20"
    with pytest.raises(SlotTaken):
        join(cast, "three")


def test_who_joins_fills_the_group_that_has_begun(cast):
    course(cast)
    for tab in ("one", "two", "three"):
        join(cast, tab)
    with cast.as_job() as work:
        assert len(work.all(work.select(GroupAppointment))) == 1
        assert sorted(work.all(work.select(Seat.number))) == [0, 1, 2]
    join(cast, "four")
    assert len(taken(cast)) == 2


def test_a_party_is_not_torn_apart(cast):
    course(cast)
    join(cast, "one", places=2)
    join(cast, "two", places=2)
    with cast.as_job() as work:
        assert len(work.all(work.select(GroupAppointment))) == 2


def test_the_last_to_leave_ends_the_group(cast):
    course(cast)
    first, second = join(cast, "one"), join(cast, "two")
    for tab, left in (("one", 1), ("two", 0)):
        with visitor(cast.town, tab=tab) as work:
            release_hold(work)
        assert len(taken(cast)) == left
    assert first != second


def test_lapsed_seats_can_be_taken(cast, frozen):
    course(cast, seats=1, most=1)
    change(cast, seats=2, most_at_once=2)
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[1]).active = False
    join(cast, "one", places=2)
    with at(frozen + 11 * MINUTE):
        join(cast, "two", places=2)
    with cast.as_job() as work:
        assert len(work.all(work.select(Seat))) == 2
        assert len(work.all(work.select(GroupAppointment))) == 1


def test_seats_left_are_told(cast):
    course(cast)
    join(cast, "one")
    with visitor(cast.town, tab="another") as work:
        first = free_times(work, cast.town.service, "2026-11-23", "2026-11-23", str(cast.town.counters[0]))[0]
    assert (first.time, first.seats) == ("08:00", 2)


def test_more_seats_than_may_be_booked_at_once_are_refused(cast):
    course(cast)
    with pytest.raises(InvalidForm):
        join(cast, "one", places=3)


# -- series


def test_a_series_is_held_and_booked_in_one_go(cast):
    change(cast, most_repeats=4)
    with visitor(cast.town) as work:
        held = hold(work, cast.town.service, MONDAY_8, repeats=3, every_weeks=2)
        assert len(held.series) == 2
        assert held.missed == ()
        moments = work.all(work.select(Booking.starts_at).order_by(Booking.starts_at))
        assert moments == [MONDAY_8, MONDAY_8 + 2 * WEEK, MONDAY_8 + 4 * WEEK]


def test_dates_of_a_series_that_do_not_fit_are_told_with_their_reason(cast):
    change(cast, most_repeats=4)
    closed, full = MONDAY_8 + WEEK, MONDAY_8 + 2 * WEEK
    with cast.as_job() as work:
        work.new(Closure, location_id=cast.town.location, first_day=closed.date(), last_day=closed.date())
    for tab in ("x", "y"):
        with visitor(cast.town, tab=tab, network=tab) as work:
            hold(work, cast.town.service, full)
    with visitor(cast.town) as work:
        held = hold(work, cast.town.service, MONDAY_8, repeats=4)
    assert len(held.series) == 1
    assert held.missed == (
        "Montag, 30. November 2026, 08:00 Uhr: an diesem Tag nicht angeboten",
        "Montag, 7. Dezember 2026, 08:00 Uhr: schon vergeben",
    )


def test_a_series_keeps_its_local_time_over_the_clock_change(cast):
    change(cast, most_repeats=12, horizon_days=300)
    with at(MONDAY_8.replace(year=2027, month=3, day=20)), visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8.replace(year=2027, month=3, day=22), repeats=2)
        moments = work.all(work.select(Booking.starts_at).order_by(Booking.starts_at))
    assert [one.hour for one in moments] == [7, 6]


def test_more_time_is_for_the_whole_series(cast):
    change(cast, most_repeats=2)
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8, repeats=2)
        extend_hold(work)
        assert len(set(work.all(work.select(Booking.lapses_at)))) == 1
        assert len(own_hold_id(work)) == 2


def test_a_longer_series_than_offered_is_refused(cast):
    with visitor(cast.town) as work, pytest.raises(InvalidForm):
        hold(work, cast.town.service, MONDAY_8, repeats=2)


# -- rules of the calendar that the database side brings


def test_a_holiday_closes_a_place_that_keeps_it(cast):
    with at(MONDAY_8.replace(month=12, day=21)):
        with cast.as_job() as work:
            work.get(Location, cast.town.location).holidays = True
        with visitor(cast.town) as work:
            assert free_times(work, cast.town.service, "2026-12-25", "2026-12-25") == []
            assert free_times(work, cast.town.service, "2026-12-28", "2026-12-28") != []


def test_own_hours_of_a_counter_replace_those_of_the_place(cast):
    with cast.as_job() as work:
        values = {"weekday": 0, "opens": time(14), "closes": time(15)}
        for counter in cast.town.counters:
            work.new(OpeningHours, location_id=cast.town.location, resource_id=counter, **values)
    assert starts(cast, cast.town.service) == ["14:00", "14:20", "14:40"]


def test_the_quota_leaves_the_rest_to_the_staff(cast):
    with cast.as_job() as work:
        for rule in work.all(work.select(OpeningHours)):
            rule.online_quota = 1
    book(cast)
    assert starts(cast, cast.town.service)[0] == "08:20"
    with visitor(cast.town, tab="another") as work, pytest.raises(SlotTaken):
        hold(work, cast.town.service, MONDAY_8)
    other = book(cast, at=MONDAY_9, tab="other", network="other")
    with cast.as_staff(cast.ben) as work:
        move_booking(work, other.booking_id, MONDAY_8)
    assert booking_row(cast, other.booking_id).starts_at == MONDAY_8


# -- what staff do, and undo


def test_an_undone_move_is_as_if_it_had_not_been(cast):
    booking_id, _ = booked(cast)
    with cast.as_staff(cast.ben) as work:
        move_booking(work, booking_id, TUESDAY_8)
    with cast.as_staff(cast.ben) as work:
        assert undo_until(work, booking_id) == work.now + 60 * timedelta(seconds=1)
        undo(work, booking_id)
    row = booking_row(cast, booking_id)
    assert (row.starts_at, row.status) == (MONDAY_8, BookingStatus.CONFIRMED)
    with cast.as_job() as work:
        waiting = work.all(work.select(Message.status).where(Message.kind == "booking_moved"))
        assert waiting == [MessageStatus.SUPPRESSED]
        assert "booking.undone" in work.all(work.select(AuditEntry.action))


def test_an_undone_cancellation_brings_time_and_claim_back(cast):
    booking_id, _ = booked(cast)
    before = taken(cast)
    assert before
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, booking_id, "Irrtum")
    with cast.as_staff(cast.ben) as work:
        undo(work, booking_id)
    assert taken(cast) == before
    assert booking_row(cast, booking_id).status is BookingStatus.CONFIRMED
    with cast.as_job() as work:
        assert work.all(work.select(Cancellation)) == []


def test_after_a_minute_nothing_is_undone(cast, frozen):
    booking_id, _ = booked(cast)
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, booking_id, "Irrtum")
    with at(frozen + 61 * timedelta(seconds=1)), cast.as_staff(cast.ben) as work, pytest.raises(UndoOver):
        undo(work, booking_id)


def test_what_went_to_somebody_else_does_not_come_back(cast):
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[1]).active = False
    booking_id, _ = booked(cast)
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, booking_id, "Irrtum")
    book(cast, tab="another", network="another")
    with cast.as_staff(cast.ben) as work, pytest.raises(SlotTaken):
        undo(work, booking_id)
    assert booking_row(cast, booking_id).status is BookingStatus.CANCELLED


def test_the_message_waits_a_minute_and_tells_the_first_old_time(cast, frozen):
    booking_id, _ = booked(cast)
    for moment in (MONDAY_9, TUESDAY_8):
        with cast.as_staff(cast.ben) as work:
            move_booking(work, booking_id, moment)
    with cast.as_job() as work:
        moved = work.all(work.select(Message).where(Message.kind == "booking_moved").order_by(Message.id))
    assert [one.status for one in moved] == [MessageStatus.SUPPRESSED, MessageStatus.QUEUED]
    assert (moved[1].before, moved[1].not_before) == (MONDAY_8, frozen + timedelta(seconds=60))


def test_staff_may_leave_the_person_untold(cast):
    booking_id, _ = booked(cast)
    with cast.as_staff(cast.ben) as work:
        move_booking(work, booking_id, TUESDAY_8, notify=False)
        assert not work.all(work.select(Message).where(Message.kind == "booking_moved"))


def test_overbooking_takes_a_choice_and_leaves_a_mark(cast):
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[1]).active = False
    book(cast, tab="one", network="one")
    other = book(cast, at=MONDAY_9, tab="two", network="two")
    with cast.as_staff(cast.ben) as work, pytest.raises(SlotTaken):
        move_booking(work, other.booking_id, MONDAY_8)
    with cast.as_staff(cast.ben) as work:
        move_booking(work, other.booking_id, MONDAY_8, overbook=True)
    assert booking_row(cast, other.booking_id).overbooked
    assert sorted(taken(cast)) == [(cast.town.counters[0], 0), (cast.town.counters[0], 1)]
    with cast.as_job() as work:
        details = work.all(work.select(AuditEntry.detail).where(AuditEntry.action == "booking.moved"))
    assert details[-1] == {"overbooked": True}


def test_staff_may_put_an_appointment_outside_the_hours_by_the_same_choice(cast):
    made = book(cast)
    evening = MONDAY_8 + timedelta(hours=11)
    with cast.as_staff(cast.ben) as work, pytest.raises(NotOffered):
        move_booking(work, made.booking_id, evening)
    with cast.as_staff(cast.ben) as work:
        move_booking(work, made.booking_id, evening, overbook=True)
    assert booking_row(cast, made.booking_id).starts_at == evening


def test_a_stretched_appointment_stays_so_when_it_moves(cast):
    made = book(cast, BY_MAIL)
    with cast.as_staff(cast.ben) as work:
        move_booking(work, made.booking_id, MONDAY_8, minutes=45)
    with cast.as_staff(cast.ben) as work:
        move_booking(work, made.booking_id, TUESDAY_8)
    row = booking_row(cast, made.booking_id)
    assert row.ends_at - row.starts_at == 45 * MINUTE


def test_an_appointment_can_be_stretched_only_where_it_is_free(cast):
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[1]).active = False
    made = book(cast, tab="one", network="one")
    book(cast, at=MONDAY_8 + 20 * MINUTE, tab="two", network="two")
    with cast.as_staff(cast.ben) as work, pytest.raises(SlotTaken):
        move_booking(work, made.booking_id, MONDAY_8, minutes=30)


def test_dora_undoes_nothing(cast):
    booking_id, _ = booked(cast)
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, booking_id, "Irrtum")
    with cast.as_staff(cast.dora, cast.salon) as work, pytest.raises(NotFound):
        undo(work, booking_id)


def test_a_group_booking_moves_to_another_group(cast):
    course(cast)
    made = book(cast, BY_MAIL)
    with cast.as_job() as work:
        secret = booking_secret(work.get(Booking, UUID(made.booking_id)))
        work.get(Booking, UUID(made.booking_id)).booked_at = work.now
    join(cast, "one", moment=MONDAY_9)
    with visitor(cast.town) as work:
        move_by_link(work, secret, MONDAY_9)
    with cast.as_job() as work:
        (group,) = work.all(work.select(GroupAppointment))
        assert group.starts_at == MONDAY_9
        assert len(work.all(work.select(Seat))) == 2


def test_the_closing_of_a_day_is_a_date_of_the_place(cast):
    with cast.as_job() as work:
        day = date(2026, 11, 23)
        work.new(Closure, location_id=cast.town.location, first_day=day, last_day=day, begins=time(9), ends=time(0))
    assert starts(cast, cast.town.service) == ["08:00", "08:20", "08:40"]
