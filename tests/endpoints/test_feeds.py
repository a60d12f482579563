"""Calendar feeds: a resource's appointments for calendar programs, by an address that can be made void."""

from datetime import timedelta
from uuid import UUID

import pytest
from icalendar import Calendar, Event

from smartcx_portal.bookings.cancelling import cancel_booking
from smartcx_portal.bookings.feeds import FeedRow, list_feeds, make_feed, renew_feed, revoke_feed
from smartcx_portal.bookings.moving import move_booking
from smartcx_portal.endpoints import feeds
from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.kit.errors import InvalidForm, NotFound, NotPermitted
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.models.staff import Role
from smartcx_portal.models.tenant import Tenant, TenantStatus
from tests.asgi import Client
from tests.bookings.journeys import MONDAY_8, MONDAY_9, book, booking_row
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY, at


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    """Limits begin at nought."""
    forget_all()


def anna_makes(cast: Cast, *, with_details: bool = False, counter: int = 0) -> FeedRow:
    """She makes an address for one of her counters."""
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        make_feed(work, str(cast.town.counters[counter]), with_details=with_details)
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        return list_feeds(work)[-1]


def path(row: FeedRow) -> str:
    """The address without its host."""
    return row.url[row.url.index("/feeds/") :]


def get(row: FeedRow, **headers: str):
    """What a calendar program gets."""
    return Client(make_outer()).get(path(row), headers={name.replace("_", "-"): text for name, text in headers.items()})


def events(row: FeedRow) -> list[Event]:
    """The events in it."""
    return list(Calendar.from_ical(get(row).content).walk("VEVENT"))


def clara_books(cast: Cast) -> UUID:
    """Monday at 8; the counter that serves her is given back."""
    return booking_row(cast, book(cast).booking_id).resource_id


@pytest.fixture
def row(cast: Cast) -> FeedRow:
    """The address for the counter at which Clara has her appointment."""
    return anna_makes(cast, counter=cast.town.counters.index(clara_books(cast)))


@pytest.fixture
def named(cast: Cast) -> FeedRow:
    """The same, with names."""
    return anna_makes(cast, with_details=True, counter=cast.town.counters.index(clara_books(cast)))


def test_an_appointment_stands_in_the_feed(row: FeedRow) -> None:
    answer = get(row)
    (event,) = events(row)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert (event.start, event.end) == (MONDAY_8, MONDAY_8 + timedelta(minutes=20))
    assert str(event["SUMMARY"]) == "Personalausweis beantragen"
    assert str(event["STATUS"]) == "CONFIRMED"
    assert "LAST-MODIFIED" in event


def test_without_details_nobody_is_named(row: FeedRow) -> None:
    text = get(row).text
    assert not any(value in text for value in ("Clara", "Lindqvist", CLARA["email"], "555123"))


def test_with_details_the_name_is_there_and_no_more(named: FeedRow) -> None:
    text = get(named).text
    assert str(events(named)[0]["SUMMARY"]) == "Clara Lindqvist – Personalausweis beantragen"
    assert CLARA["email"] not in text
    assert "555123" not in text


def test_a_cancelled_appointment_says_so_without_a_name(cast: Cast, named: FeedRow) -> None:
    with cast.as_staff(cast.ben) as work:
        booking = events(named)[0]["UID"].partition("@")[0]
        cancel_booking(work, booking, "Der Schalter bleibt zu.")
    (event,) = events(named)
    assert str(event["STATUS"]) == "CANCELLED"
    assert "Clara" not in str(event["SUMMARY"])


def test_a_moved_appointment_keeps_its_uid_and_counts_on(cast: Cast, row: FeedRow) -> None:
    (before,) = events(row)
    with at(SUNDAY + timedelta(minutes=5)), cast.as_staff(cast.ben) as work:
        booking = before["UID"].partition("@")[0]
        move_booking(work, booking, MONDAY_9.isoformat(), str(booking_row(cast, booking).resource_id))
    (after,) = events(row)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt == SUNDAY + timedelta(minutes=5)
    assert after.start == MONDAY_9


def test_what_is_long_over_or_far_away_is_left_out(row: FeedRow) -> None:
    with at(SUNDAY + timedelta(days=32)):
        assert events(row) == []
    with at(SUNDAY - timedelta(days=366)):
        assert events(row) == []


def test_the_other_counters_appointments_are_not_in_it(cast: Cast) -> None:
    other = 1 - cast.town.counters.index(clara_books(cast))
    assert events(anna_makes(cast, counter=other)) == []


def test_who_has_the_file_is_told_so(row: FeedRow) -> None:
    tag = get(row).headers["etag"]
    again = get(row, If_None_Match=f'"other", W/{tag}')
    assert (again.status_code, again.content) == (304, b"")
    with at(SUNDAY + timedelta(hours=3)):
        assert get(row, If_None_Match=tag).status_code == 304


def test_when_it_was_fetched_is_shown(cast: Cast, row: FeedRow) -> None:
    assert row.fetched == ""
    get(row)
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        assert list_feeds(work)[0].fetched == "Sonntag, 22. November 2026, 10:00 Uhr"


def test_a_revoked_address_is_as_if_it_had_never_been(cast: Cast, row: FeedRow) -> None:
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        revoke_feed(work, row.id)
        assert list_feeds(work) == []
    never = Client(make_outer()).get(f"/feeds/{cast.town.id}.{cast.town.service}.{'a' * 22}.ics")
    assert get(row).status_code == never.status_code == 404
    assert get(row).content == never.content


def test_a_renewed_address_replaces_the_old_one(cast: Cast, row: FeedRow) -> None:
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        renew_feed(work, row.id)
        (renewed,) = list_feeds(work)
    assert get(row).status_code == 404
    assert get(renewed).status_code == 200


@pytest.mark.parametrize("secret", ["x", "..", "a.b.c", "%00.%00.%00", "1" * 4000])
def test_nonsense_finds_nothing(cast: Cast, secret: str) -> None:
    assert Client(make_outer()).get(f"/feeds/{secret}.ics").status_code == 404


def test_a_secret_does_not_open_another_tenants_feed(cast: Cast, row: FeedRow) -> None:
    _, feed, mark = path(row).removeprefix("/feeds/").removesuffix(".ics").split(".")
    assert Client(make_outer()).get(f"/feeds/{cast.salon.id}.{feed}.{mark}.ics").status_code == 404


def test_a_suspended_tenants_feeds_are_closed(cast: Cast, row: FeedRow) -> None:
    with cast.as_job() as work:
        work.get(Tenant, cast.town.id).status = TenantStatus.SUSPENDED
    assert get(row).status_code == 404


def test_asking_too_often_is_slowed_down(row: FeedRow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "PER_FEED", "2 per 10 minutes")
    answers = [get(row) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[-1].headers["retry-after"] == "600"


def test_a_name_cannot_break_out_of_its_line(cast: Cast, named: FeedRow) -> None:
    from smartcx_portal.models.customer import Customer

    with cast.as_job() as work:
        work.first(work.select(Customer)).name = "Clara\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x; y, z"
    (event,) = events(named)
    assert str(event["SUMMARY"]).startswith("Clara END:VEVENT BEGIN:VEVENT SUMMARY:x; y, z")


def test_ben_may_not_make_addresses(cast: Cast) -> None:
    with pytest.raises(NotPermitted), cast.as_staff(cast.ben) as work:
        make_feed(work, str(cast.town.counters[0]))


def test_dora_reaches_nothing_of_the_town(cast: Cast, row: FeedRow) -> None:
    for deed in (revoke_feed, renew_feed):
        with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
            deed(work, row.id)
    with pytest.raises(InvalidForm), cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        make_feed(work, str(cast.town.counters[0]))
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        assert list_feeds(work) == []
