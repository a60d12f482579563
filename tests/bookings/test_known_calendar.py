"""What is kept of a calendar holds for the version it was read in, and for no other."""

import pytest
import sqlalchemy as sa

from smartcx_portal.bookings import known_calendar as keeping
from smartcx_portal.bookings.known_calendar import known_calendar
from smartcx_portal.bookings.offer import offer_of
from smartcx_portal.models.calendar import VERSIONED, CalendarVersion, Service
from smartcx_portal.models.walls import watched
from smartcx_portal.tenancy import JOB, open_work
from tests.cast import Cast


class Back(Exception):
    """Ends a transaction so that nothing of it stays."""


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(keeping, "_kept", type(keeping._kept)())


def the_service(work) -> Service:
    return work.first(work.select(Service).order_by(Service.position))


def minutes(cast: Cast) -> int:
    with cast.as_job() as work:
        return known_calendar(work).services[the_service(work).id].duration_min


def test_what_stands_is_read_once(cast: Cast):
    with cast.as_job() as work:
        first = known_calendar(work)
    with cast.as_job() as work:
        assert known_calendar(work) is first


def test_a_change_is_seen_at_once_whoever_makes_it(cast: Cast):
    before = minutes(cast)
    with cast.as_job() as work:
        the_service(work).duration_min = before + 5
    assert minutes(cast) == before + 5
    with cast.as_job() as work:
        work.update_where(Service, duration_min=before + 10)
    assert minutes(cast) == before + 10


def test_what_was_taken_back_is_never_seen_again(cast: Cast):
    before = minutes(cast)
    with pytest.raises(Back), cast.as_job() as work:
        the_service(work).duration_min = before + 5
        work.flush()
        assert known_calendar(work).services[the_service(work).id].duration_min == before + 5
        raise Back
    assert minutes(cast) == before
    with cast.as_job() as work:
        the_service(work).duration_min = before + 10
    assert minutes(cast) == before + 10


def test_a_transaction_sees_its_own_change(cast: Cast):
    with cast.as_job() as work:
        service = the_service(work)
        length = offer_of(work, service).length
        service.duration_min *= 2
        work.flush()
        assert offer_of(work, service).length == 2 * length


def test_adopted_rows_are_the_transactions_own(cast: Cast):
    with cast.as_job() as work:
        known = next(iter(known_calendar(work).services.values()))
        own = work.adopt(known)
        assert own is not known
        assert own is work.get(Service, known.id)
        own.name = "Anders"
    assert known.name != "Anders"


def test_a_neighbour_keeps_a_calendar_of_its_own(cast: Cast):
    with cast.as_job() as work:
        ours = known_calendar(work)
    with open_work(JOB, cast.salon.id) as work:
        assert ours.services.keys().isdisjoint(known_calendar(work).services)


def test_only_so_many_are_kept(cast: Cast, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_KEPT", 1)
    minutes(cast)
    with open_work(JOB, cast.salon.id) as work:
        known_calendar(work)
    assert len(keeping._kept) == 1


@pytest.mark.parametrize("table", VERSIONED)
def test_every_table_of_the_calendar_draws_a_version(cast: Cast, table: str):
    with cast.as_job() as work:
        assert work.first(work.select(CalendarVersion.version)) is not None
        triggers = sa.text("SELECT tgname FROM pg_trigger WHERE tgrelid = :t ::regclass AND NOT tgisinternal")
        assert list(work.db.execute(triggers, {"t": table}).scalars()) == ["new_calendar_version"]
    assert f" ON {table} " in watched(table)
