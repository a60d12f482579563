"""What the staff calendar reads: rows by the wall clock, counts, and what is closed or busy under them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from smartcx_portal.bookings.calendar_card import calendar_card, moment_at
from smartcx_portal.bookings.calendar_ground import day_notes, ground, lanes
from smartcx_portal.bookings.calendar_rows import Wanted, calendar_counts, calendar_rows, wall_minute
from smartcx_portal.bookings.cancelling import cancel_booking
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.staff_booking import book_for
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.booking import BookingStatus
from smartcx_portal.models.calendar import (
    BusySource,
    BusyTime,
    Closure,
    Location,
    OpeningHours,
    Resource,
    Service,
    ServiceResource,
)
from tests.bookings.journeys import MONDAY_8, MONDAY_9, TUESDAY_8, book, visitor
from tests.conftest import at

MONDAY, TUESDAY, SUNDAY_AFTER = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 29)
CALLER = {"name": "Clara Lindqvist", "confirming": "none"}
ALL = Wanted()


def read(cast, first=MONDAY, last=MONDAY, wanted=ALL):
    with cast.as_staff(cast.ben) as work:
        return calendar_rows(work, first, last, wanted)


def books(cast, what, starts_at=MONDAY_8, **more):
    with cast.as_staff(cast.ben) as work:
        return book_for(work, what, starts_at, CALLER, **more)


@pytest.fixture
def course(cast):
    """A group appointment of eight places at the second counter."""
    with cast.as_job() as work:
        made = work.new(
            Service, location_id=cast.town.location, name="Kurs", duration_min=60, step_min=60, seats=8, most_at_once=8
        )
        work.new(ServiceResource, service_id=made.id, resource_id=cast.town.counters[1])
        return made.id


def test_rows_are_in_minutes_of_the_wall_clock(cast):
    book(cast, at=MONDAY_9)
    (row,) = read(cast)
    assert (row.day, row.begin, row.end, row.time, row.people) == (
        "2026-11-23",
        540,
        560,
        "09:00–09:20",
        ("Clara Lindqvist",),
    )


def test_what_is_only_held_is_no_row_but_takes_its_time(cast):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_9)
    assert read(cast) == []
    with cast.as_staff(cast.ben) as work:
        bands = ground(work, MONDAY, MONDAY, lanes(work))
    assert [(one.begin, one.end) for one in bands if one.kind == "held"] == [(540, 560)]


def test_a_cancelled_one_is_shown_when_asked_for(cast):
    done = book(cast)
    with cast.as_staff(cast.ben) as work:
        cancel_booking(work, done.booking_id, "Krank")
    assert read(cast) == []
    assert len(read(cast, wanted=Wanted(state=BookingStatus.CANCELLED))) == 1


def test_filters_leave_the_others_out(cast):
    made = books(cast, cast.town.service, resource_id=cast.town.counters[0])
    for wanted in (Wanted(resource_id=cast.town.counters[0]), Wanted(service_id=cast.town.service)):
        assert [row.booking_ids for row in read(cast, wanted=wanted)] == [(made.booking_id,)]
    for wanted in (
        Wanted(resource_id=cast.town.counters[1]),
        Wanted(service_id=cast.salon.service),
        Wanted(location_id=cast.salon.location),
        Wanted(state=BookingStatus.PENDING),
    ):
        assert read(cast, wanted=wanted) == []


def test_a_group_is_one_row_with_all_of_its_people(cast, course):
    books(cast, course, places=2)
    books(cast, course)
    (row,) = read(cast)
    assert (row.seats, len(row.people), row.movable) == ((3, 8), 2, False)


def test_the_card_of_a_group_names_everybody_and_each_alone_can_move(cast, course):
    first, _ = books(cast, course), books(cast, course)
    with cast.as_staff(cast.ben) as work:
        together = calendar_card(work, first.booking_id)
        alone = calendar_card(work, first.booking_id, alone=True)
    assert (len(together.members), together.movable) == (2, False)
    assert (alone.members, alone.movable) == ((), True)


def test_an_appointment_that_takes_two_resources_stands_at_both(cast):
    with cast.as_job() as work:
        room = work.new(Resource, location_id=cast.town.location, name="Saal", position=9)
        work.new(ServiceResource, service_id=cast.town.service, resource_id=room.id, need=1)
    books(cast, cast.town.service)
    (row,) = read(cast)
    assert str(room.id) in row.resource_ids
    assert row.resource == "Schalter 1, Saal"
    assert len(read(cast, wanted=Wanted(resource_id=room.id))) == 1


def test_several_services_are_named_with_their_number(cast):
    books(cast, f"{cast.town.service}*2")
    assert [row.service for row in read(cast)] == ["2 × Personalausweis beantragen"]


def test_what_runs_past_midnight_stands_on_both_days(cast):
    late = datetime(2026, 11, 23, 22, 50, tzinfo=UTC)
    with at(late):
        books(cast, cast.town.service, late, walk_in=True)
    rows = read(cast, MONDAY, TUESDAY)
    assert [(row.day, row.begin, row.end) for row in rows] == [("2026-11-23", 1430, 1440), ("2026-11-24", 0, 10)]


def test_days_are_counted_where_the_place_is(cast):
    book(cast)
    book(cast, at=MONDAY_9, tab="tab-2")
    book(cast, at=TUESDAY_8, tab="tab-3")
    with cast.as_staff(cast.ben) as work:
        assert calendar_counts(work, MONDAY, SUNDAY_AFTER, ALL) == {"2026-11-23": 2, "2026-11-24": 1}
        assert calendar_counts(work, TUESDAY, SUNDAY_AFTER, ALL) == {"2026-11-24": 1}


def test_dora_sees_nothing_of_the_town(cast):
    done = book(cast)
    with cast.as_staff(cast.dora, cast.salon) as work:
        assert calendar_rows(work, MONDAY, MONDAY, ALL) == []
        assert calendar_counts(work, MONDAY, MONDAY, ALL) == {}
        assert [one.name for one in lanes(work)] == ["Schalter 1"]
        with pytest.raises(NotFound):
            calendar_card(work, done.booking_id)


def test_a_visitor_sees_nothing(cast):
    with cast.as_visitor() as work, pytest.raises(NotFound):
        calendar_rows(work, MONDAY, MONDAY, ALL)


def test_what_is_not_open_lies_under_each_resource(cast):
    with cast.as_staff(cast.ben) as work:
        bands = ground(work, MONDAY, MONDAY, lanes(work, resource_id=cast.town.counters[0]))
    assert [(one.begin, one.end, one.kind) for one in bands] == [(0, 480, "closed"), (720, 1440, "closed")]


def test_own_hours_and_closures_of_one_resource_are_its_own(cast):
    with cast.as_job() as work:
        where = {"location_id": cast.town.location, "resource_id": cast.town.counters[0]}
        work.new(OpeningHours, **where, weekday=0, opens=time(10), closes=time(14))
        work.new(Closure, **where, first_day=MONDAY, last_day=MONDAY, begins=time(12), ends=time(13))
    with cast.as_staff(cast.ben) as work:
        bands = ground(work, MONDAY, MONDAY, lanes(work, resource_id=cast.town.counters[0]))
    assert [(one.begin, one.end) for one in bands] == [(0, 600), (720, 780), (840, 1440)]


def test_busy_times_of_other_calendars_lie_under_it_without_a_word(cast):
    with cast.as_job() as work:
        source = work.new(BusySource, resource_id=cast.town.counters[0], url="https://example.org/busy.ics")
        ends = MONDAY_9 + timedelta(hours=1)
        work.new(BusyTime, source_id=source.id, resource_id=cast.town.counters[0], starts_at=MONDAY_9, ends_at=ends)
    with cast.as_staff(cast.ben) as work:
        bands = ground(work, MONDAY, MONDAY, lanes(work))
    assert [(one.begin, one.end) for one in bands if one.kind == "busy"] == [(540, 600)]


def test_days_say_why_they_are_special(cast):
    with cast.as_job() as work:
        work.get(Location, cast.town.location).holidays = True
        work.new(Closure, location_id=cast.town.location, first_day=MONDAY, last_day=TUESDAY, reason="Umbau")
    with cast.as_staff(cast.ben) as work:
        assert day_notes(work, MONDAY, TUESDAY) == {"2026-11-23": "Umbau", "2026-11-24": "Umbau"}
        assert day_notes(work, date(2026, 12, 24), date(2026, 12, 25)) == {"2026-12-25": "Erster Weihnachtstag"}


def test_moments_are_read_on_the_wall_of_the_place():
    assert wall_minute(MONDAY_8, MONDAY, "Europe/Berlin") == 480
    assert wall_minute(MONDAY_8, TUESDAY, "Europe/Berlin") == 0
    assert wall_minute(TUESDAY_8, MONDAY, "Europe/Berlin") == 1440


@pytest.mark.parametrize(("day", "clock", "wrong"), [("", "10:15", "day"), ("2026-11-23", "25:00", "time")])
def test_a_day_or_time_that_is_none_is_named(cast, day, clock, wrong):
    with cast.as_staff(cast.ben) as work, pytest.raises(InvalidForm) as refused:
        moment_at(work, cast.town.location, day, clock)
    assert list(refused.value.problems) == [wrong]
