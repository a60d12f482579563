"""Calendars elsewhere: their times take a resource, and a failing one keeps what is known."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from smartcx_portal.bookings import busy_import
from smartcx_portal.bookings.busy_import import (
    THERE_ALREADY,
    TROUBLES,
    SourceRow,
    add_source,
    fetch_everywhere,
    fetch_soon,
    list_sources,
    remove_source,
)
from smartcx_portal.bookings.ics_reading import Unread
from smartcx_portal.bookings.offering import free_times
from smartcx_portal.kit.errors import InvalidForm, NotFound, NotPermitted, TooMany
from smartcx_portal.kit.fetching import Trouble
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.models.calendar import BusyTime
from smartcx_portal.models.staff import Role
from smartcx_portal.settings import settings
from smartcx_portal.worker import work_off
from tests.bookings.test_ics_reading import calendar, event
from tests.cast import Cast
from tests.conftest import SUNDAY, at
from tests.strangers import Web, send


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The other server is on this machine."""
    monkeypatch.setenv("SMARTCX_FETCH_FROM_LOOPBACK", "1")
    settings.cache_clear()
    forget_all()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def serve(web: Web, *events: str) -> None:
    """Let the other server have these events."""
    web.handle = lambda request: send(request, calendar(*events))


def anna_adds(cast: Cast, url: str, counter: int = 0) -> None:
    """She lets a calendar be read for one of her counters, and the worker does it."""
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        add_source(work, str(cast.town.counters[counter]), url)
    work_off()


def sources(cast: Cast) -> list[SourceRow]:
    """What Anna sees."""
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        return list_sources(work)


def spans(cast: Cast) -> list[tuple[datetime, datetime]]:
    """The times that are known."""
    with cast.as_job() as work:
        return sorted(work.all(work.select(BusyTime.starts_at, BusyTime.ends_at)))


def read_again(cast: Cast) -> None:
    """Anna wants it read now."""
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        fetch_soon(work, list_sources(work)[0].id)
    work_off()


def starts(cast: Cast) -> list[str]:
    """What can be booked on Monday morning."""
    monday = SUNDAY.date() + timedelta(days=1)
    with cast.as_visitor() as work:
        free = free_times(work, str(cast.town.service), monday, monday)
        return [one.starts_at for one in free]


MONDAY_8_TO_10 = event(":20261123T070000Z", length="PT2H")


def test_a_calendars_times_are_kept_and_nothing_else(cast: Cast, web: Web) -> None:
    serve(web, MONDAY_8_TO_10)
    anna_adds(cast, web.url)
    begin = datetime(2026, 11, 23, 7, tzinfo=UTC)
    assert spans(cast) == [(begin, begin + timedelta(hours=2))]
    (row,) = sources(cast)
    assert (row.resource, row.host, row.trouble, row.coming) == ("Schalter 1", "127.0.0.1", "", 1)
    assert row.fetched == "Sonntag, 22. November 2026, 10:00 Uhr"


def test_a_taken_counter_is_not_offered_at_that_time(cast: Cast, web: Web) -> None:
    before = starts(cast)
    serve(web, MONDAY_8_TO_10)
    anna_adds(cast, web.url, 0)
    assert starts(cast) == before
    anna_adds(cast, web.url + "?2", 1)
    assert [one for one in before if one not in starts(cast)] == [
        one for one in before if datetime.fromisoformat(one) < datetime(2026, 11, 23, 9, tzinfo=UTC)
    ]


def test_what_changes_there_changes_here(cast: Cast, web: Web) -> None:
    serve(web, MONDAY_8_TO_10)
    anna_adds(cast, web.url)
    serve(web, event(":20261124T070000Z"))
    read_again(cast)
    assert [one.day for one, _ in spans(cast)] == [24]


def test_a_failing_source_keeps_its_times_and_says_why(cast: Cast, web: Web) -> None:
    serve(web, MONDAY_8_TO_10)
    anna_adds(cast, web.url)
    known = spans(cast)
    web.handle = lambda request: send(request, b"<h1>secret words</h1>", 503)
    with at(SUNDAY + timedelta(hours=1)):
        read_again(cast)
    (row,) = sources(cast)
    assert spans(cast) == known
    assert row.trouble == "Der Server hat mit einem Fehler geantwortet."
    assert row.fetched == "Sonntag, 22. November 2026, 10:00 Uhr"


def test_a_bomb_keeps_the_times_of_before(cast: Cast, web: Web) -> None:
    serve(web, MONDAY_8_TO_10)
    anna_adds(cast, web.url)
    known = spans(cast)
    serve(web, event(":20200101T000000Z", "RRULE:FREQ=SECONDLY"))
    read_again(cast)
    assert spans(cast) == known
    assert "zu lange" in sources(cast)[0].trouble


def test_a_source_that_recovers_says_so(cast: Cast, web: Web) -> None:
    web.handle = lambda request: send(request, b"", 404)
    anna_adds(cast, web.url)
    assert sources(cast)[0].fetched == ""
    assert sources(cast)[0].trouble
    serve(web, MONDAY_8_TO_10)
    read_again(cast)
    assert sources(cast)[0].trouble == ""
    assert len(spans(cast)) == 1


def test_an_unchanged_calendar_is_read_once_a_day(cast: Cast, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.headers["If-None-Match"])
        same = request.headers["If-None-Match"] == '"1"'
        send(request, b"" if same else calendar(MONDAY_8_TO_10), 304 if same else 200, ETag='"1"')

    web.handle = answer
    anna_adds(cast, web.url)
    read_again(cast)
    with at(SUNDAY + timedelta(days=1)):
        read_again(cast)
    assert asked == [None, '"1"', None]
    assert len(spans(cast)) == 1


def test_each_round_fetches_every_source_within_a_quarter_of_an_hour(
    cast: Cast, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(web, MONDAY_8_TO_10)
    anna_adds(cast, web.url, 0)
    anna_adds(cast, web.url, 1)
    waits: list[timedelta] = []
    monkeypatch.setattr(
        "smartcx_portal.tenancy.work.Work.defer", lambda self, task, *, at, **ids: waits.append(at - self.now)
    )
    fetch_everywhere(0)
    assert len(waits) == 2
    assert all(timedelta() <= one < busy_import.EVERY for one in waits)


def test_a_removed_source_gives_its_times_back(cast: Cast, web: Web) -> None:
    serve(web, MONDAY_8_TO_10)
    anna_adds(cast, web.url)
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        remove_source(work, list_sources(work)[0].id)
    assert spans(cast) == []
    assert sources(cast) == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://calendar.example/a.ics",
        "https://name:word@calendar.example/a.ics",
        "javascript:alert(1)",
        "a" * 3000,
    ],
)
def test_a_wrong_address_is_said_at_its_field(cast: Cast, url: str) -> None:
    with pytest.raises(InvalidForm) as caught, cast.as_staff(cast.anna, role=Role.OWNER) as work:
        add_source(work, str(cast.town.counters[0]), url)
    assert set(caught.value.problems) == {"url"}


def test_the_same_calendar_is_not_read_twice_for_one_counter(cast: Cast, web: Web) -> None:
    serve(web, MONDAY_8_TO_10)
    anna_adds(cast, web.url)
    with pytest.raises(InvalidForm) as caught, cast.as_staff(cast.anna, role=Role.OWNER) as work:
        add_source(work, str(cast.town.counters[0]), web.url)
    assert caught.value.problems == {"url": THERE_ALREADY}


def test_reading_by_hand_has_a_limit(cast: Cast, web: Web) -> None:
    serve(web, MONDAY_8_TO_10)
    anna_adds(cast, web.url)
    with pytest.raises(TooMany), cast.as_staff(cast.anna, role=Role.OWNER) as work:
        for _ in range(7):
            fetch_soon(work, list_sources(work)[0].id)


def test_ben_may_not_let_calendars_be_read(cast: Cast, web: Web) -> None:
    with pytest.raises(NotPermitted), cast.as_staff(cast.ben) as work:
        add_source(work, str(cast.town.counters[0]), web.url)


def test_dora_finds_nothing_of_the_town(cast: Cast, web: Web) -> None:
    serve(web, MONDAY_8_TO_10)
    anna_adds(cast, web.url)
    source = sources(cast)[0].id
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        assert list_sources(work) == []
    for deed in (remove_source, fetch_soon):
        with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
            deed(work, source)
    with pytest.raises(InvalidForm), cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        add_source(work, str(cast.town.counters[0]), web.url)


def test_every_closed_word_has_a_sentence() -> None:
    assert set(TROUBLES) == {one.value for one in (*Trouble, *Unread)}
