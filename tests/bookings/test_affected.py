"""What a change of the calendar does to appointments: named before, decided one by one, all or nothing."""

from datetime import timedelta

import pytest

from smartcx_portal.bookings.affected import Choice, Deed, affected_by, apply_with_choices
from smartcx_portal.bookings.cancelling import REASON_MISSING
from smartcx_portal.bookings.closures import add_closure, list_closures, remove_closure, switch_holidays
from smartcx_portal.bookings.hours import add_hours, change_hours, list_hours, remove_hours
from smartcx_portal.bookings.moving import move_booking
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.booking import BookingStatus
from smartcx_portal.models.calendar import Location, Resource
from smartcx_portal.models.messaging import Message
from tests.bookings.journeys import (
    BY_MAIL,
    MONDAY_8,
    MONDAY_9,
    TUESDAY_8,
    WITHOUT,
    book,
    booking_row,
    claims,
    hold,
    visitor,
)
from tests.conftest import at

MONDAY, CHRISTMAS = "2026-11-23", MONDAY_9 + timedelta(days=32)
KEEP, NEXT = Choice(), Choice(Deed.NEXT)


def cancel(message="Wir haben geschlossen."):
    return Choice(Deed.CANCEL, message=message)


def closing(work, day=MONDAY, **more):
    return lambda: add_closure(work, day, **more)


def affected(cast, change):
    """Ids of what a change would affect; `change` takes the work."""
    with cast.as_staff(cast.anna) as work:
        return [one.id for one in affected_by(work, lambda: change(work))]


def decide(cast, change, choices, **more):
    with cast.as_staff(cast.anna) as work:
        return apply_with_choices(work, lambda: change(work), choices, **more)


def close_monday(work):
    return add_closure(work, MONDAY)


def closed_days(cast):
    with cast.as_staff(cast.anna) as work:
        return [row.first_day for row in list_closures(work)]


def test_a_closure_names_the_appointments_in_it_and_stays_undone(cast):
    done = book(cast, WITHOUT, at=MONDAY_9)
    book(cast, WITHOUT, at=TUESDAY_8, tab="another")
    with cast.as_staff(cast.anna) as work:
        (found,) = affected_by(work, closing(work))
    assert (found.id, found.row.person, found.row.times) == (done.booking_id, "Clara Lindqvist", "09:00–09:20")
    assert found.why == "Dann wäre geschlossen."
    assert closed_days(cast) == []


def test_a_try_leaves_nothing_in_the_trail_and_tells_no_page(cast):
    book(cast, WITHOUT, at=MONDAY_9)
    with cast.as_staff(cast.anna) as work:
        affected_by(work, closing(work))
        assert work._deeds == []


def test_other_times_are_offered_as_they_would_be_after_the_change(cast):
    book(cast, WITHOUT, at=MONDAY_8)
    with cast.as_staff(cast.anna) as work:
        (found,) = affected_by(work, closing(work))
    assert found.others[0].starts_at == TUESDAY_8.isoformat()
    assert found.others[0].text == "Di., 24. Nov., 08:00 Uhr"
    assert len(found.others) == 5


def test_a_counter_that_closes_leaves_its_time_at_the_other_one(cast):
    done = book(cast, WITHOUT, at=MONDAY_9)
    counter = str(booking_row(cast, done.booking_id).resource_id)
    with cast.as_staff(cast.anna) as work:
        (found,) = affected_by(work, closing(work, resource_id=counter))
    assert MONDAY_9.isoformat() in [one.starts_at for one in found.others]


def test_only_the_part_of_the_day_that_closes_counts(cast):
    book(cast, WITHOUT, at=MONDAY_8)
    later = book(cast, WITHOUT, at=MONDAY_9, tab="another")
    assert affected(cast, lambda work: add_closure(work, MONDAY, begins="09:10")) == [later.booking_id]


def test_hours_that_end_earlier_affect_what_comes_after(cast):
    early = book(cast, WITHOUT, at=MONDAY_8)
    late = book(cast, WITHOUT, at=MONDAY_9, tab="another")

    def shorten(work):
        monday = next(row for row in list_hours(work) if row.weekday == 0)
        return change_hours(work, monday.id, weekday="0", opens="08:00", closes="09:00")

    assert affected(cast, shorten) == [late.booking_id]
    assert booking_row(cast, early.booking_id).status is BookingStatus.CONFIRMED


def test_an_appointment_off_the_new_grid_still_fits(cast):
    book(cast, WITHOUT, at=MONDAY_9)

    def begin_later(work):
        monday = next(row for row in list_hours(work) if row.weekday == 0)
        return change_hours(work, monday.id, weekday="0", opens="08:10", closes="12:00")

    assert affected(cast, begin_later) == []


def test_removed_hours_affect_their_day_only(cast):
    done = book(cast, WITHOUT, at=MONDAY_9)
    book(cast, WITHOUT, at=TUESDAY_8, tab="another")
    remove = lambda work: remove_hours(work, next(row.id for row in list_hours(work) if row.weekday == 0))  # noqa: E731
    assert affected(cast, remove) == [done.booking_id]


def test_a_counters_first_own_hours_replace_those_of_the_place(cast):
    done = book(cast, WITHOUT, at=MONDAY_9)
    counter = str(booking_row(cast, done.booking_id).resource_id)
    assert affected(cast, lambda work: add_hours(work, 4, "08:00", "12:00", resource_id=counter)) == [done.booking_id]


def test_a_counter_or_place_that_is_switched_off_affects_what_it_has(cast):
    done = book(cast, WITHOUT, at=MONDAY_9)
    counter = booking_row(cast, done.booking_id).resource_id

    def switch_off(model, row_id):
        def change(work):
            work.get(model, row_id).active = False
            work.flush()

        return change

    for model, row_id in ((Resource, counter), (Location, cast.town.location)):
        assert affected(cast, switch_off(model, row_id)) == [done.booking_id]
    other = next(one for one in cast.town.counters if one != counter)
    assert affected(cast, switch_off(Resource, other)) == []


def test_keeping_public_holidays_affects_what_lies_on_one(cast):
    done = book(cast, WITHOUT, at=CHRISTMAS)
    assert affected(cast, lambda work: switch_holidays(work, str(cast.town.location), True)) == [done.booking_id]


def test_what_did_not_fit_before_is_left_alone(cast):
    done = book(cast, WITHOUT, at=MONDAY_9)
    with cast.as_staff(cast.anna) as work:
        move_booking(work, done.booking_id, MONDAY_9 + timedelta(hours=6), overbook=True)
    assert affected(cast, close_monday) == []


def test_what_is_over_or_called_off_is_no_appointment_any_more(cast):
    book(cast, WITHOUT, at=MONDAY_8)
    with at(MONDAY_8 + timedelta(minutes=1)):
        assert affected(cast, close_monday) == []


def test_without_affected_appointments_a_change_is_made_at_once(cast):
    outcome = decide(cast, close_monday, {})
    assert outcome.asked == ()
    assert closed_days(cast) == [MONDAY]


def test_while_one_is_undecided_nothing_is_changed(cast):
    done = book(cast, WITHOUT, at=MONDAY_8)
    new = book(cast, WITHOUT, at=MONDAY_9, tab="another")
    outcome = decide(cast, close_monday, {done.booking_id: KEEP})
    assert [one.id for one in outcome.asked] == [done.booking_id, new.booking_id]
    assert closed_days(cast) == []


def test_what_is_kept_stays_where_it_is(cast):
    done = book(cast, WITHOUT, at=MONDAY_8)
    outcome = decide(cast, close_monday, {done.booking_id: KEEP})
    row = booking_row(cast, done.booking_id)
    assert (row.status, row.starts_at) == (BookingStatus.CONFIRMED, MONDAY_8)
    assert dict(outcome.done) == {Deed.KEEP: (done.booking_id,)}
    assert closed_days(cast) == [MONDAY]


def test_what_is_moved_goes_to_the_chosen_time(cast):
    done = book(cast, WITHOUT, at=MONDAY_8)
    to = (TUESDAY_8 + timedelta(minutes=40)).isoformat()
    decide(cast, close_monday, {done.booking_id: Choice(Deed.MOVE, to=to)})
    assert booking_row(cast, done.booking_id).starts_at.isoformat() == to


def test_two_that_take_the_next_free_time_do_not_meet(cast):
    pair = [book(cast, WITHOUT, at=MONDAY_8, tab=tab, network=tab).booking_id for tab in ("one", "two")]
    book(cast, WITHOUT, at=TUESDAY_8, tab="three", network="three")
    decide(cast, close_monday, dict.fromkeys(pair, NEXT))
    starts = sorted(booking_row(cast, one).starts_at for one in pair)
    assert starts == [TUESDAY_8, TUESDAY_8 + timedelta(minutes=20)]


def test_the_next_free_time_may_be_the_same_at_another_counter(cast):
    done = book(cast, WITHOUT, at=MONDAY_9)
    counter = booking_row(cast, done.booking_id).resource_id
    decide(cast, lambda work: add_closure(work, MONDAY, resource_id=str(counter)), {done.booking_id: NEXT})
    row = booking_row(cast, done.booking_id)
    assert row.starts_at == MONDAY_9
    assert row.resource_id != counter


def test_what_is_cancelled_tells_the_person_why_after_the_minute_to_undo(cast):
    done = book(cast, BY_MAIL, at=MONDAY_8)
    with cast.as_job() as work:
        before = set(work.all(work.select(Message.id)))
    decide(cast, close_monday, {done.booking_id: cancel()})
    with cast.as_job() as work:
        (message,) = [one for one in work.all(work.select(Message)) if one.id not in before]
        assert claims(work, done.booking_id) == []
    assert message.kind == "booking_cancelled"
    assert message.not_before > message.created_at


def test_nobody_is_told_if_the_staff_say_so(cast):
    done = book(cast, BY_MAIL, at=MONDAY_8)
    with cast.as_job() as work:
        before = work.count(work.select(Message.id))
    decide(cast, close_monday, {done.booking_id: NEXT}, notify=False)
    with cast.as_job() as work:
        assert work.count(work.select(Message.id)) == before


def test_cancelling_without_a_word_is_refused_and_nothing_is_changed(cast):
    one = book(cast, WITHOUT, at=MONDAY_8).booking_id
    with pytest.raises(InvalidForm) as refusal:
        decide(cast, close_monday, {one: cancel(" ")})
    assert refusal.value.problems == {"message": REASON_MISSING}
    assert closed_days(cast) == []


def test_a_chosen_time_that_was_taken_meanwhile_undoes_everything(cast):
    pair = [book(cast, WITHOUT, at=MONDAY_8, tab=tab, network=tab).booking_id for tab in ("one", "two")]
    for tab in ("three", "four"):
        book(cast, WITHOUT, at=TUESDAY_8, tab=tab, network=tab)
    choices = {pair[0]: NEXT, pair[1]: Choice(Deed.MOVE, to=TUESDAY_8.isoformat())}
    with pytest.raises(InvalidForm) as refusal:
        decide(cast, close_monday, choices)
    assert refusal.value.problems.keys() == {f"choice-{pair[1]}"}
    assert [booking_row(cast, one).starts_at for one in pair] == [MONDAY_8, MONDAY_8]
    assert closed_days(cast) == []


def test_a_held_time_that_closes_ends_and_what_was_typed_stays(cast):
    with visitor(cast.town) as work:
        held = hold(work, cast.town.service, MONDAY_8)
    outcome = decide(cast, close_monday, {})
    assert outcome.asked == ()
    row = booking_row(cast, held.booking_id)
    assert row.status is BookingStatus.EXPIRED
    with cast.as_job() as work:
        assert claims(work, held.booking_id) == []


def test_an_opening_affects_nobody(cast):
    book(cast, WITHOUT, at=MONDAY_8)
    with cast.as_staff(cast.anna) as work:
        row = add_closure(work, "2026-11-24")
    assert affected(cast, lambda work: remove_closure(work, row.id)) == []


def test_another_tenants_staff_hit_none_of_ours(cast):
    book(cast, WITHOUT, at=MONDAY_8)
    with cast.as_staff(cast.dora, cast.salon) as work:
        assert affected_by(work, lambda: add_closure(work, MONDAY)) == []
    with pytest.raises(NotFound), visitor(cast.town) as work:
        affected_by(work, lambda: None)
