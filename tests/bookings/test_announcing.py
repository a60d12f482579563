"""Open staff pages learn of every change that concerns a day, after the commit and with ids only (design D15)."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from smartcx_portal.bookings.cancelling import cancel_booking, cancel_by_link
from smartcx_portal.bookings.closures import add_closure
from smartcx_portal.bookings.holding import hold
from smartcx_portal.bookings.moving import move_by_link
from smartcx_portal.kit.embedded import Urls
from smartcx_portal.kit.engine import as_libpq
from smartcx_portal.kit.errors import InvalidForm
from tests.bookings.journeys import BY_MAIL, MONDAY_8, TUESDAY_8, WITHOUT, book, visitor
from tests.bookings.test_cancelling import booked

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"


@pytest.fixture
def heard(database: Urls, cast) -> Iterator[Callable[[], set[str]]]:
    """The days that were announced since the last call."""
    with psycopg.connect(as_libpq(database.app), autocommit=True) as listener:
        listener.execute("LISTEN bookings")

        def days() -> set[str]:
            told = [notify.payload.split() for notify in listener.notifies(timeout=0.2)]
            assert {tenant for tenant, _ in told} <= {str(cast.town.id)}
            return {day for _, day in told}

        yield days


def test_a_booking_announces_its_local_day(cast, heard):
    book(cast, BY_MAIL)
    assert heard() == {MONDAY}


def test_a_mere_hold_announces_nothing(cast, heard):
    with visitor(cast.town) as work:
        hold(work, cast.town.service, MONDAY_8)
    assert heard() == set()


def test_a_move_announces_both_days_and_a_cancellation_its_own(cast, heard):
    _, secret = booked(cast, WITHOUT)
    heard()
    with visitor(cast.town) as work:
        move_by_link(work, secret, TUESDAY_8)
    assert heard() == {MONDAY, TUESDAY}
    with visitor(cast.town) as work:
        cancel_by_link(work, secret)
    assert heard() == {TUESDAY}


def test_a_closure_concerns_every_day(cast, heard):
    with cast.as_staff(cast.anna) as work:
        add_closure(work, MONDAY)
    assert heard() == {"*"}


def test_what_is_refused_announces_nothing(cast, heard):
    booking_id, _ = booked(cast, WITHOUT)
    heard()
    with pytest.raises(InvalidForm), cast.as_staff(cast.ben) as work:
        cancel_booking(work, booking_id, "")
    assert heard() == set()
