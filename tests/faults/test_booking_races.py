"""D5: no double booking, however many try at once; and without lock and constraint the race does appear."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from smartcx_portal.messaging.links import booking_secret
from smartcx_portal.models.booking import Booking, BookingStatus, Claim
from smartcx_portal.models.calendar import Resource, Service, ServiceResource
from smartcx_portal.models.customer import Customer
from tests.bookings.journeys import MONDAY_8, WITHOUT, book, booking_row
from tests.bookings.office import overlaps
from tests.cast import Cast
from tests.faults.racing import Track, Try, race

MINUTE = timedelta(minutes=1)
CONSTRAINT = "no_double_booking"


def crowd(service: UUID, count: int, at: datetime = MONDAY_8) -> list[Try]:
    return [Try(f"{at}-{n}", at, service) for n in range(count)]


def all_claims(cast: Cast) -> list[Claim]:
    with cast.as_job() as work:
        return list(work.all(work.select(Claim)))


def test_of_two_hundred_one_gets_the_time(cast, track, pool):
    outcomes = Counter(race(pool, track, crowd(cast.town.service, 200)))
    assert outcomes == {"won": 1, "SlotTaken": 199}
    with cast.as_job() as work:
        (booking,) = work.all(work.select(Booking))
    assert booking.status is BookingStatus.CONFIRMED
    assert len(all_claims(cast)) == 1


def test_a_capacity_of_five_serves_five(cast, track, pool):
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[0]).capacity = 5
    outcomes = Counter(race(pool, track, crowd(cast.town.service, 100)))
    assert outcomes == {"won": 5, "SlotTaken": 95}
    assert sorted(claim.lane for claim in all_claims(cast)) == [0, 1, 2, 3, 4]


def test_overlapping_lengths_and_buffers_never_overlap(cast, track, pool):
    with cast.as_job() as work:
        work.get(Service, cast.town.service).step_min = 5
        long = work.new(
            Service,
            location_id=cast.town.location,
            name="Reisepass beantragen",
            duration_min=45,
            before_min=10,
            after_min=5,
            step_min=15,
        )
        work.new(ServiceResource, service_id=long.id, resource_id=cast.town.counters[0])
    short = [Try(f"short-{n}", MONDAY_8 + n % 12 * 5 * MINUTE, cast.town.service) for n in range(60)]
    others = [Try(f"long-{n}", MONDAY_8 + n % 4 * 15 * MINUTE, long.id) for n in range(60)]
    outcomes = Counter(race(pool, track, [one for pair in zip(short, others, strict=True) for one in pair]))
    claims = all_claims(cast)
    assert outcomes.keys() == {"won", "SlotTaken"}
    assert len(claims) == outcomes["won"]
    assert overlaps(claims) == []


def test_moves_into_each_other_leave_everybody_with_one_time(cast, track, pool):
    times = [MONDAY_8 + n * 20 * MINUTE for n in range(4)]
    ids = [book(cast, WITHOUT, at=when, tab=f"tab-{when}").booking_id for when in times[:3]]
    secrets = [booking_secret(booking_row(cast, one)) for one in ids]
    tries = [Try(f"mover-{n}", times[(n * 7 + n // 3) % 4], deed="move", secret=secrets[n % 3]) for n in range(90)]
    outcomes = Counter(race(pool, track, tries))
    claims = {claim.booking_id: claim for claim in all_claims(cast)}
    assert outcomes.keys() == {"won", "SlotTaken"}
    assert len(all_claims(cast)) == 3
    assert overlaps(list(claims.values())) == []
    assert all(claims[UUID(one)].starts_at == booking_row(cast, one).starts_at for one in ids)


def test_one_network_cannot_pass_its_limit_by_hurrying(cast, track, pool):
    """One counter has twelve places a day: three may be held, however many ask at once."""
    tries = [Try(f"tab-{n}", MONDAY_8 + n % 12 * 20 * MINUTE, cast.town.service, network="one") for n in range(40)]
    race(pool, Track(track.database, track.tenant, track.now, holding_only=True), tries)
    assert len(all_claims(cast)) == 3


def test_one_tab_that_clicks_many_times_books_once(cast, track, pool):
    tries = [Try("clara", MONDAY_8, cast.town.service) for _ in range(40)]
    outcomes = Counter(race(pool, track, tries))
    assert outcomes["won"] >= 1
    with cast.as_job() as work:
        assert work.count(work.select(Customer)) == 1
        assert work.all(work.select(Booking.status)) == [BookingStatus.CONFIRMED]


def test_without_the_lock_the_constraint_still_has_the_last_word(cast, track, pool):
    outcomes = Counter(
        race(pool, Track(track.database, track.tenant, track.now, without=("all",)), crowd(cast.town.service, 100))
    )
    assert outcomes["won"] == 1
    assert len(all_claims(cast)) == 1


def test_control_without_lock_and_constraint_the_race_appears(cast, track, pool, without_constraint):
    """If this fails, the tests above prove nothing: their load would be too small to show a double booking.

    A busy machine may let one person through before the next one looks, so there are several times to race for.
    """
    free_for_all = Track(track.database, track.tenant, track.now, without=("all",))
    for n in range(12):
        outcomes = race(pool, free_for_all, crowd(cast.town.service, 60, MONDAY_8 + n * 20 * MINUTE))
        if outcomes.count("won") > 1:
            break
    assert overlaps(all_claims(cast))
