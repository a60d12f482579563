"""Races for what a calendar can express: lapsing holds, changed hours, seats, rooms, quotas, the waiting list."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from smartcx_portal.bookings.drafts import HOLD_TIME
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.promoting import promote_one
from smartcx_portal.bookings.waiting import confirm_wish, join_line
from smartcx_portal.messaging.links import booking_secret, wish_secret
from smartcx_portal.models.booking import Booking, BookingStatus, Origin, WaitlistEntry, WaitlistStatus
from smartcx_portal.models.calendar import Closure, Resource, Service
from tests.bookings.journeys import MONDAY_8, WITHOUT, book, booking_row, visitor
from tests.bookings.office import (
    EIGHT,
    MINUTE,
    QUOTA,
    QUOTA_UNTIL,
    Office,
    make_office,
    online_at_a_time,
    overlaps,
    read_books,
    too_full,
    too_many,
)
from tests.cast import Cast
from tests.faults.racing import Track, Try, race

ROUNDS = 12
"""A control has several times to race for: a busy machine may let one through before the next one looks."""
JUST_IN_TIME = HOLD_TIME - timedelta(seconds=1)
TOO_LATE = HOLD_TIME + timedelta(seconds=1)


@pytest.fixture
def office(cast: Cast) -> Office:
    return make_office(cast)


@pytest.fixture
def whole(track: Track, office: Office, cast: Cast) -> Track:
    """The whole office: both counters and the room."""
    with cast.as_job() as work:
        work.get(Resource, office.counters[1]).active = True
    return track


def certain(cast: Cast) -> list[Booking]:
    with cast.as_job() as work:
        return list(work.all(work.select(Booking).where(Booking.status == BookingStatus.CONFIRMED)))


def free_for_all(track: Track) -> Track:
    """Nobody waits for anybody."""
    return replace(track, without=("all",), rows=False)


# A hold that lapses, against its person who confirms


def lapsing(cast: Cast, track: Track, pool, number: int) -> Counter[str]:
    """Clara books what she holds at its last second, again and again, while many others want the time."""
    tab, at = f"clara-{number}", MONDAY_8 + number * 20 * MINUTE
    with visitor(cast.town, tab, network=tab) as work:
        hold(work, cast.town.service, at)
    clara = [Try(tab, at, deed="submit", at=track.now + JUST_IN_TIME) for _ in range(4)]
    others = [Try(f"{at}-{n}", at, cast.town.service, at=track.now + TOO_LATE) for n in range(32)]
    return Counter(race(pool, track, [*others[:4], *clara, *others[4:]]))


def lost(cast: Cast) -> list[Booking]:
    """Bookings that are certain and have no time of their own."""
    with cast.as_job() as work:
        books = read_books(work)
    return [one for one in certain(cast) if not books.claims_of(one.id)]


def test_a_lapsing_hold_goes_to_its_person_or_to_one_other(cast, track, pool):
    for number in range(3):
        outcomes = lapsing(cast, track, pool, number)
        assert outcomes.keys() <= {"won", "SlotTaken", "HoldLapsed"}
        assert len(certain(cast)) == number + 1
    assert lost(cast) == []


def test_control_without_the_lock_on_the_row_a_booking_loses_its_time(cast, track, pool):
    for number in range(ROUNDS):
        lapsing(cast, replace(track, rows=False), pool, number)
        if lost(cast):
            break
    assert lost(cast)


# Changed hours, against people who book


def closing(cast: Cast, track: Track, pool, office: Office, week: int) -> Counter[str]:
    """Anna closes one half hour after the other, each only if nobody is booked then, while people book the morning."""
    begin = EIGHT + week * timedelta(7)
    people = [Try(f"{week}-{n}", begin + n % 9 * 20 * MINUTE, office.short) for n in range(54)]
    anna = [Try("anna", begin + n * 30 * MINUTE, deed="close") for n in range(6)]
    mixed = [one for n, half_hour in enumerate(anna) for one in (*people[n * 9 : n * 9 + 9], half_hour)]
    return Counter(race(pool, track, mixed))


def under_a_closure(cast: Cast) -> list[Booking]:
    """Bookings that are certain, at a time that was closed without a word about them."""
    zone = ZoneInfo("Europe/Berlin")
    with cast.as_job() as work:
        closed = [
            (datetime.combine(one.first_day, one.begins, zone), datetime.combine(one.first_day, one.ends, zone))
            for one in work.all(work.select(Closure))
        ]
    return [one for one in certain(cast) if any(one.starts_at < end and begin < one.ends_at for begin, end in closed)]


def test_a_closure_asks_about_everybody_who_came_before_it(cast, whole, office, pool):
    outcomes = closing(cast, whole, pool, office, 0)
    assert outcomes.keys() <= {"won", "SlotTaken", "NotOffered", "HoldLapsed", "asked", "closed"}
    assert outcomes["asked"] + outcomes["closed"] == 6
    assert under_a_closure(cast) == []


def test_control_without_the_lock_on_the_calendar_a_closure_misses_somebody(cast, whole, office, pool):
    for week in range(8):
        closing(cast, replace(whole, without=("calendar",)), pool, office, week)
        if under_a_closure(cast):
            break
    assert under_a_closure(cast)


# Seats, rooms, quotas


def seats_taken(cast: Cast) -> Counter:
    """How many seats are taken at each start, over all groups."""
    with cast.as_job() as work:
        books = read_books(work)
    return Counter(books.groups[seat.group_id].starts_at for seat in books.seats)


def seating(office: Office, number: int) -> list[Try]:
    at = EIGHT + number % 6 * 30 * MINUTE + number // 6 * timedelta(7)
    return [Try(f"{at}-{n}", at, office.course, places=1 + n % 2) for n in range(40)]


def test_a_group_never_has_more_people_than_seats(cast, whole, office, pool):
    outcomes = Counter(race(pool, whole, seating(office, 0)))
    assert outcomes.keys() == {"won", "SlotTaken"}
    assert seats_taken(cast) == {EIGHT: 3}
    with cast.as_job() as work:
        books = read_books(work)
    assert (too_full(books), overlaps(books.claims), len(books.groups)) == ([], [], 1)


def test_without_locks_the_constraints_still_keep_seats_apart(cast, whole, office, pool):
    race(pool, free_for_all(whole), seating(office, 0))
    assert 0 < seats_taken(cast)[EIGHT] <= 3


def test_control_without_locks_and_constraints_a_group_is_sold_twice(cast, whole, office, pool, without_any_constraint):
    for number in range(ROUNDS):
        race(pool, free_for_all(whole), seating(office, number))
        if max(seats_taken(cast).values()) > 3:
            break
    assert max(seats_taken(cast).values()) > 3


def test_what_needs_a_room_too_never_shares_it(cast, whole, office, pool):
    pairs = [Try(f"pair-{n}", EIGHT + n % 8 * 15 * MINUTE, office.pair) for n in range(48)]
    courses = [Try(f"course-{n}", EIGHT + n % 4 * 30 * MINUTE, office.course) for n in range(24)]
    shorts = [Try(f"short-{n}", EIGHT + n % 6 * 20 * MINUTE, office.short) for n in range(24)]
    outcomes = Counter(race(pool, whole, [*pairs[:24], *courses, *shorts, *pairs[24:]]))
    assert outcomes.keys() == {"won", "SlotTaken"}
    with cast.as_job() as work:
        books = read_books(work)
    assert (overlaps(books.claims), too_many(books)) == ([], [])
    assert all(
        len(books.claims_of(one.id)) == office.needs[one.service_id]
        for one in certain(cast)
        if one.service_id != office.course
    )


def at_the_first_counter(cast: Cast, office: Office) -> int:
    """How many that people booked themselves run at a time, of those that the quota of the place binds."""
    with cast.as_job() as work:
        return online_at_a_time(read_books(work), office, EIGHT, QUOTA_UNTIL)


def many_lanes(cast: Cast, office: Office) -> None:
    with cast.as_job() as work:
        work.get(Resource, office.counters[0]).capacity = 8


def test_a_quota_holds_however_many_hurry(cast, whole, office, pool):
    many_lanes(cast, office)
    outcomes = Counter(race(pool, whole, [Try(f"tab-{n}", EIGHT, office.short) for n in range(60)]))
    assert outcomes == {"won": QUOTA + 1, "SlotTaken": 59 - QUOTA}
    assert at_the_first_counter(cast, office) == QUOTA


def test_control_without_the_lock_on_the_day_the_quota_is_passed(cast, whole, office, pool):
    many_lanes(cast, office)
    for number in range(6):
        at = EIGHT + number * 20 * MINUTE
        race(pool, replace(whole, without=("day",)), [Try(f"{at}-{n}", at, office.short) for n in range(40)])
        if at_the_first_counter(cast, office) > QUOTA:
            break
    assert at_the_first_counter(cast, office) > QUOTA


# The waiting list, against people who book


def clara_waits(cast: Cast, number: int, **more: str) -> WaitlistEntry:
    """Clara is in the line for one start, unless `more` says otherwise."""
    starts = MONDAY_8 + number * 20 * MINUTE
    local = starts.astimezone(ZoneInfo("Europe/Berlin"))
    times = {"from_time": f"{local:%H:%M}", "until_time": f"{local + 20 * MINUTE:%H:%M}"}
    entered = {
        **{"name": "Clara Lindqvist", "email": f"clara+{number}@example.org", "consent-mail": "yes"},
        **{"first_day": "2026-11-23", "last_day": "2026-11-23"},
        **times,
        **more,
    }
    with cast.as_job() as work:
        work.get(Service, cast.town.service).waitlist = True
    with visitor(cast.town, f"line-{number}", network=f"line-{number}") as work:
        entry_id = UUID(join_line(work, cast.town.service, entered))
    with visitor(cast.town) as work:
        confirm_wish(work, wish_secret(work, work.get(WaitlistEntry, entry_id)))
    return entry_row(cast, entry_id)


def entry_row(cast: Cast, entry_id: UUID) -> WaitlistEntry:
    with cast.as_job() as work:
        return work.get(WaitlistEntry, entry_id)


def promoting(cast: Cast, number: int) -> list[Try]:
    at = MONDAY_8 + number * 20 * MINUTE
    jobs = [Try(f"job-{n}", at, deed="promote") for n in range(8)]
    people = [Try(f"{at}-{n}", at, cast.town.service) for n in range(32)]
    return [*people[:8], *jobs, *people[8:]]


def test_a_promotion_and_new_bookings_share_one_time_between_them(cast, track, pool):
    entry = clara_waits(cast, 0)
    outcomes = Counter(race(pool, track, promoting(cast, 0)))
    with cast.as_job() as work:
        books = read_books(work)
    (claim,) = books.claims
    offered = entry_row(cast, entry.id).status is WaitlistStatus.OFFERED
    assert offered == (books.bookings[UUID(str(claim.booking_id))].origin is Origin.WAITLIST)
    assert outcomes["SlotTaken"] == 32 - (not offered)


def test_control_without_lock_and_constraint_the_time_is_sold_and_offered(cast, track, pool, without_constraint):
    for number in range(ROUNDS):
        clara_waits(cast, number)
        race(pool, free_for_all(track), promoting(cast, number))
        with cast.as_job() as work:
            found = overlaps(read_books(work).claims)
        if found:
            break
    assert found


def test_many_jobs_offer_one_person_one_time(cast, track, pool):
    clara_waits(cast, 0, from_time="08:00", until_time="12:00")
    race(pool, track, [Try(f"job-{n}", MONDAY_8, deed="promote") for n in range(40)])
    with cast.as_job() as work:
        assert len(read_books(work).claims) == 1


def test_a_job_that_read_the_line_too_early_offers_no_second_time(cast):
    entry = clara_waits(cast, 0, from_time="08:00", until_time="12:00")
    with cast.as_job() as early:
        early.get(WaitlistEntry, entry.id)
        with cast.as_job() as other:
            assert promote_one(other, entry.id)
        assert not promote_one(early, entry.id)
    with cast.as_job() as work:
        assert len(read_books(work).claims) == 1


def test_a_freed_time_goes_to_the_line_and_not_to_who_hurries(cast, track, pool):
    done = book(cast, WITHOUT)
    entry = clara_waits(cast, 0)
    secret = booking_secret(booking_row(cast, done.booking_id))
    people = [Try(f"tab-{n}", MONDAY_8, cast.town.service) for n in range(40)]
    outcomes = Counter(
        race(pool, track, [*people[:20], Try("clara", MONDAY_8, deed="cancel", secret=secret), *people[20:]])
    )
    assert outcomes == {"won": 1, "SlotTaken": 40}
    assert entry_row(cast, entry.id).status is WaitlistStatus.OFFERED
