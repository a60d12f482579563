"""What every test stands on: an own data folder, an own database made by the real migrations, frozen time, the cast."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
OWN = "SMARTCX_TEST_FOLDER" not in os.environ
SHARED = Path(os.environ.get("SMARTCX_TEST_FOLDER") or tempfile.mkdtemp(prefix="smartcx-test-"))
os.environ["SMARTCX_TEST_FOLDER"] = str(SHARED)
os.environ["SMARTCX_DATA"] = str(SHARED / WORKER)
os.environ["SMARTCX_DEMO"] = "0"
os.environ["REFLEX_TELEMETRY_ENABLED"] = "false"

import psycopg  # noqa: E402 - the settings are read from the environment above
import pytest  # noqa: E402
from sqlalchemy import Engine  # noqa: E402

from smartcx_portal.kit import clock  # noqa: E402
from smartcx_portal.kit import engine as engines  # noqa: E402
from smartcx_portal.kit.embedded import Embedded, Urls  # noqa: E402
from smartcx_portal.kit.engine import as_libpq, make_engine  # noqa: E402
from smartcx_portal.kit.migrating import upgrade  # noqa: E402
from smartcx_portal.settings import settings  # noqa: E402
from tests.cast import Cast, make_cast  # noqa: E402
from tests.started import attacked, started  # noqa: E402, F401 - fixtures for all rooms
from tests.strangers import web  # noqa: E402, F401 - and one more

SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""The frozen present of tests: Sunday, 22 November 2026, 10:00 in Berlin."""


def pytest_sessionfinish() -> None:
    """The process that made the run's folder takes it away, after all others have ended."""
    if OWN:
        shutil.rmtree(SHARED, ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[Embedded]:
    """One embedded server for all test processes of a run; the last one stops it."""
    with Embedded(SHARED / "database", durable=False, say=lambda _: None) as running:
        yield running


@pytest.fixture(scope="session")
def database(server: Embedded) -> Iterator[Urls]:
    """This test process's own database, brought up by the real migrations."""
    name = f"test_{WORKER}_{os.getpid()}"
    server.create_database(name)
    upgrade(server.owner_url(name))
    urls = Urls(app=server.app_url(name), owner=server.owner_url(name))
    os.environ["SMARTCX_DATABASE_URL"], os.environ["SMARTCX_OWNER_DATABASE_URL"] = urls.app, urls.owner
    settings.cache_clear()
    engines.database_urls.cache_clear()
    engines.app_engine.cache_clear()
    yield urls
    engines.app_engine().dispose()
    server.drop_database(name)


@pytest.fixture
def engine(database: Urls) -> Engine:
    """The app's engine on an empty database."""
    with psycopg.connect(as_libpq(database.owner), autocommit=True) as owner:
        for _ in range(10):
            try:
                owner.execute("TRUNCATE tenant, identity, session, sub_processor, procrastinate_jobs CASCADE")
                break
            except psycopg.errors.DeadlockDetected:
                continue  # a started app was still answering the test before
    return engines.app_engine()


@pytest.fixture
def owner_engine(database: Urls) -> Iterator[Engine]:
    """The migrating role's engine; row-level security is forced on it too."""
    made = make_engine(database.owner, pool=2)
    yield made
    made.dispose()


@pytest.fixture
def frozen() -> Iterator[datetime]:
    """The present stands still at `SUNDAY`."""
    with clock.frozen_at(SUNDAY):
        yield SUNDAY


@pytest.fixture
def cast(engine: Engine, frozen: datetime) -> Cast:
    """Bürgeramt Musterstadt (Anna, Ben, Clara) and Salon Haarlekin (Dora), with services and opening hours."""
    return make_cast()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Freeze the present at another moment within a test."""
    with clock.frozen_at(moment):
        yield
