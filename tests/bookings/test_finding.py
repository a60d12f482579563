"""The list of bookings: what a search finds, what filters leave, how it is sorted and paged."""

from datetime import UTC, date, datetime, timedelta

import pytest

from smartcx_portal.bookings.finding import PAGE_SIZE, Wanted, find_bookings
from smartcx_portal.bookings.looking_up import folded, folded_in_sql, spellings
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.booking import Attendee, Booking, BookingPart, BookingStatus, Origin
from smartcx_portal.models.calendar import Location, Service
from smartcx_portal.models.customer import Customer
from smartcx_portal.tenancy import Work
from tests.bookings.journeys import MONDAY_8, MONDAY_9, TUESDAY_8, visitor
from tests.bookings.journeys import hold as hold_time
from tests.cast import Cast, House

MONDAY = date(2026, 11, 23)


def put(work: Work, house: House, name: str = "Clara Lindqvist", at: datetime = MONDAY_8, **more: object) -> Booking:
    """A booking of somebody, as rows."""
    contact = {key: more.pop(key, None) for key in ("email_key", "phone_key")}
    customer = work.new(Customer, name=name, email=contact["email_key"], created_at=work.now, **contact)
    values = {"location_id": house.location, "service_id": house.service, "resource_id": house.counters[0]}
    values |= {"status": BookingStatus.CONFIRMED, "created_at": work.now, "customer_id": customer.id}
    return work.new(Booking, **(values | {"starts_at": at, "ends_at": at + timedelta(minutes=20)} | more))


def names(cast: Cast, **wanted: object) -> list[str]:
    """Who is found, in the order of the list."""
    with cast.as_staff(cast.ben) as work:
        return [row.person for row in find_bookings(work, Wanted(**wanted)).rows]


@pytest.fixture
def clara(cast: Cast) -> Cast:
    """One appointment of Clara, with everything that a search may look for."""
    with cast.as_job() as work:
        put(work, cast.town, code="7KQM-X3PW", email_key="clara@example.org", phone_key="+492151555123")
    return cast


@pytest.mark.parametrize(
    "words",
    [
        "7KQM-X3PW", "7kqm x3pw", "clara@example.org", "CLARA@Example.org", "clara@", "@example.org",
        "+49 2151 555123", "02151 555123", "(02151) 55 51 23", "555123", "0049 2151 555123",
        "Clara", "lindqvist, clara", "LIND", "  clara   lindq ", "qvist",
    ],
)  # fmt: skip
def test_clara_is_found(clara: Cast, words: str) -> None:
    assert names(clara, words=words) == ["Clara Lindqvist"]


@pytest.mark.parametrize(
    "words",
    [
        "7KQM-X3PX", "dora@example.org", "+49 2151 555124", "%", "_", "Clara%", "C_ara", "Clara\\", "' OR 1=1 --",
        '"Clara"', "Clara Meyer", "%@%", "123", "a" * 100,
    ],
)  # fmt: skip
def test_what_is_not_clara_finds_nobody(clara: Cast, words: str) -> None:
    assert names(clara, words=words) == []


def test_control_characters_and_line_breaks_count_as_spaces(clara: Cast) -> None:
    assert names(clara, words="Clara\r\n\x00\tLindqvist") == ["Clara Lindqvist"]


def test_words_that_are_too_long_are_refused(clara: Cast) -> None:
    with clara.as_staff(clara.ben) as work, pytest.raises(InvalidForm) as refused:
        find_bookings(work, Wanted(words="x" * 10_000))
    assert set(refused.value.problems) == {"words"}


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Jürgen Groß", "jurgen gross"), ("Jürgen Groß", "Juergen GROSS"), ("Juergen Gross", "Jürgen"),
        ("Ju\u0308rgen", "jürgen"), ("Łukasz", "lukasz"), ("Zoë Özlem Şahin", "zoe sahin"), ("José Núñez", "nunez"),
        ("Nguyễn Thị", "nguyen thi"), ("ΝΙΚΟΣ", "νικος"), ("محمد علي", "علي"), ("Clara 🌻", "🌻"), ("O'Brien", "o'b"),
    ],
)  # fmt: skip
def test_names_are_found_however_they_are_written(cast: Cast, stored: str, typed: str) -> None:
    with cast.as_job() as work:
        put(work, cast.town, stored)
    assert names(cast, words=typed) == [stored]


@pytest.mark.parametrize("name", ["Jürgen Groß", "ŁØÐI", "İstanbul", "ΝΙΚΟΣ", "ﬁnn ①", "A\u0301\u0323", "Nguyễn", "x"])
def test_the_database_compares_names_as_the_code_does(cast: Cast, name: str) -> None:
    with cast.as_job() as work:
        put(work, cast.town, name)
        assert work.all(work.select(Customer.id).add_columns(folded_in_sql(Customer.name)))[0][1] == folded(name)


def test_an_umlaut_has_three_spellings() -> None:
    assert set(spellings("Müller")) == {"muller", "mueller"}
    assert set(spellings("Mueller")) == {"mueller", "muller"}


def test_the_child_that_an_appointment_is_for_is_found_too(clara: Cast) -> None:
    with clara.as_job() as work:
        work.new(Attendee, booking_id=work.first(work.select(Booking.id)), name="Ben Lindqvist")
    with clara.as_staff(clara.ben) as work:
        (row,) = find_bookings(work, Wanted(words="ben l")).rows
    assert (row.person, row.for_whom) == ("Clara Lindqvist", "Ben Lindqvist")


def test_nobody_is_made_of_the_words_of_two_persons(clara: Cast) -> None:
    with clara.as_job() as work:
        work.new(Attendee, booking_id=work.first(work.select(Booking.id)), name="Ben Wolf")
    assert names(clara, words="clara wolf") == []


def test_days_are_those_of_each_place(cast: Cast) -> None:
    with cast.as_job() as work:
        place = work.get(Location, cast.town.location)
        tokyo = work.new(Location, name="Tokio", street="1", postal_code="1", city="Tokio", zone="Asia/Tokyo")
        evening = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
        put(work, cast.town, "In Tokio am Montag", evening, location_id=tokyo.id)
        put(work, cast.town, "Hier am Sonntag", evening, location_id=place.id)
    assert names(cast, first=MONDAY, last=MONDAY) == ["In Tokio am Montag"]


def test_both_ends_of_a_range_belong_to_it(cast: Cast) -> None:
    with cast.as_job() as work:
        for days in range(4):
            put(work, cast.town, f"Tag {days}", MONDAY_8 + timedelta(days=days))
    assert names(cast, first=date(2026, 11, 24), last=date(2026, 11, 25)) == ["Tag 1", "Tag 2"]


@pytest.mark.parametrize("bounds", [{"first": date.min}, {"last": date.max}, {"first": date.min, "last": date.max}])
def test_days_at_the_ends_of_the_calendar_are_no_fault(clara: Cast, bounds: dict[str, date]) -> None:
    assert names(clara, **bounds) == ["Clara Lindqvist"]


def test_a_service_is_found_in_a_combined_visit(clara: Cast) -> None:
    with clara.as_job() as work:
        other = work.new(Service, location_id=clara.town.location, name="Reisepass", duration_min=20)
        booking = work.first(work.select(Booking.id))
        work.new(BookingPart, booking_id=booking, service_id=clara.town.service, quantity=1, position=0)
        work.new(BookingPart, booking_id=booking, service_id=other.id, quantity=2, position=1)
    with clara.as_staff(clara.ben) as work:
        (row,) = find_bookings(work, Wanted(service=other.id)).rows
    assert row.service == "Personalausweis beantragen, 2 × Reisepass"


def test_each_filter_leaves_what_it_names(cast: Cast) -> None:
    with cast.as_job() as work:
        put(work, cast.town, "Am Schalter 2", resource_id=cast.town.counters[1])
        put(work, cast.town, "Vom Personal", origin=Origin.STAFF)
        put(work, cast.town, "Überbucht", overbooked=True)
        put(work, cast.town, "Abgesagt", status=BookingStatus.CANCELLED)
    assert names(cast, resource=cast.town.counters[1]) == ["Am Schalter 2"]
    assert names(cast, origin=Origin.STAFF) == ["Vom Personal"]
    assert names(cast, overbooked=True) == ["Überbucht"]
    assert names(cast, state=BookingStatus.CANCELLED) == ["Abgesagt"]
    assert len(names(cast, location=cast.town.location, service=cast.town.service)) == 4


def test_a_held_time_is_nobodys_and_one_never_confirmed_comes_when_asked_for(cast: Cast) -> None:
    with visitor(cast.town) as work:
        hold_time(work, cast.town.service, MONDAY_9)
    with cast.as_job() as work:
        put(work, cast.town, "Nie bestätigt", status=BookingStatus.EXPIRED)
    assert names(cast) == []
    assert names(cast, state=BookingStatus.HELD) == []
    assert names(cast, state=BookingStatus.EXPIRED) == ["Nie bestätigt"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("time", ["Zoë", "Ärmel", "Bäcker"]),
        ("person", ["Ärmel", "Bäcker", "Zoë"]),
        ("state", ["Bäcker", "Zoë", "Ärmel"]),
        ("booked", ["Bäcker", "Ärmel", "Zoë"]),
        ("resource", ["Zoë", "Bäcker", "Ärmel"]),
        ("nonsense", ["Zoë", "Ärmel", "Bäcker"]),
    ],
)
def test_the_list_is_sorted_by_any_column_both_ways(cast: Cast, sort: str, order: list[str]) -> None:
    hours, first, second = [timedelta(hours=n) for n in range(4)], *cast.town.counters
    with cast.as_job() as work:
        put(work, cast.town, "Zoë", MONDAY_8, resource_id=first, booked_at=work.now + hours[2])
        later = {"resource_id": second, "status": BookingStatus.FINISHED, "booked_at": work.now + hours[1]}
        put(work, cast.town, "Ärmel", MONDAY_9, **later)
        put(work, cast.town, "Bäcker", TUESDAY_8, resource_id=first, status=BookingStatus.PENDING, booked_at=work.now)
    assert names(cast, sort=sort) == order
    assert names(cast, sort=sort, descending=True) == order[::-1]


def test_pages_follow_each_other_without_gap_or_double(cast: Cast) -> None:
    with cast.as_job() as work:
        for number in range(PAGE_SIZE + 3):
            put(work, cast.town, f"Clara {number:02}", MONDAY_8)
    with cast.as_staff(cast.ben) as work:
        first, second = (find_bookings(work, Wanted(page=page, words="clara")) for page in (1, 2))
    assert (first.total, first.pages, len(first.rows), len(second.rows)) == (28, 2, 25, 3)
    assert len({row.id for row in (*first.rows, *second.rows)}) == 28


@pytest.mark.parametrize("words", ["", "clara"])
def test_a_page_beyond_the_end_is_the_last_one(clara: Cast, words: str) -> None:
    with clara.as_staff(clara.ben) as work:
        found = find_bookings(work, Wanted(page=99, words=words))
    assert (found.page, [row.person for row in found.rows]) == (1, ["Clara Lindqvist"])


@pytest.mark.promise("P02")
@pytest.mark.parametrize(
    "words", ["", "clara", "7KQM-X3PW", "clara@example.org", "clara@", "+49 2151 555123", "555123"]
)
def test_dora_finds_nothing_of_the_towns(clara: Cast, words: str) -> None:
    town = clara.town
    with clara.as_staff(clara.dora, clara.salon) as work:
        for filters in ({}, {"service": town.service}, {"resource": town.counters[0]}, {"location": town.location}):
            assert find_bookings(work, Wanted(words=words, **filters)).total == 0


@pytest.mark.parametrize("actor", ["as_visitor", "as_operator"])
def test_neither_a_visitor_nor_the_operator_may_search(clara: Cast, actor: str) -> None:
    with getattr(clara, actor)() as work, pytest.raises(NotFound):
        find_bookings(work, Wanted(words="clara"))
