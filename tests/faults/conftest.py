"""What races are run with: two processes that stand ready, a track, and constraints that can be taken off."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager

import psycopg
import pytest

from smartcx_portal.kit.embedded import Urls
from smartcx_portal.kit.engine import as_libpq
from smartcx_portal.models.calendar import Resource
from tests.cast import Cast
from tests.faults.racing import Track, racers

DOUBLE_BOOKING = ("claim", "no_double_booking")
SEATS = (
    ("seat", "uq_seat_tenant_id_group_id_number"),
    ("group_appointment", "uq_group_appointment_tenant_id_service_id_resource_id_starts_at"),
)


@pytest.fixture(scope="session")
def pool() -> Iterator[ProcessPoolExecutor]:
    with racers() as started:
        yield started


@pytest.fixture
def track(cast: Cast, database: Urls, frozen) -> Track:
    """One counter only, so that everybody wants the same."""
    with cast.as_job() as work:
        work.get(Resource, cast.town.counters[1]).active = False
    return Track(database.app, cast.town.id, frozen, anna=cast.anna)


@pytest.fixture
def without_constraint(database: Urls) -> Iterator[None]:
    """Nothing in the database forbids a double booking."""
    with _without(database, DOUBLE_BOOKING):
        yield


@pytest.fixture
def without_any_constraint(database: Urls) -> Iterator[None]:
    """Nor a second group, nor a seat that is taken twice."""
    with _without(database, DOUBLE_BOOKING, *SEATS):
        yield


@contextmanager
def _without(database: Urls, *constraints: tuple[str, str]) -> Iterator[None]:
    """The constraints are off, and put back afterwards; what broke them is thrown away first."""
    with psycopg.connect(as_libpq(database.owner), autocommit=True) as owner, ExitStack() as putting_back:
        for table, name in constraints:
            query = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s"
            found = owner.execute(query, [name[:63]]).fetchone()
            assert found, name
            owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            putting_back.callback(owner.execute, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {found[0]}')
        putting_back.callback(owner.execute, "TRUNCATE tenant CASCADE")
        yield
