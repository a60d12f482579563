"""The engine's connections after the server ended them."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import OperationalError

from smartcx_portal.kit import engine as module
from smartcx_portal.kit.embedded import Urls
from smartcx_portal.kit.engine import make_engine


@pytest.fixture
def pooled(database: Urls) -> Iterator[Engine]:
    """Two connections, both resting."""
    made = make_engine(database.app, pool=2)
    with made.connect(), made.connect():
        pass
    yield made
    made.dispose()


def backends(engine: Engine) -> set[int]:
    with engine.connect() as one, engine.connect() as other:
        return {connection.scalar(text("SELECT pg_backend_pid()")) for connection in (one, other)}


def end_them(database: Urls, pids: set[int]) -> None:
    """As a server that is started anew does; comes back when they are gone."""
    ending = make_engine(database.app, pool=1)
    with ending.connect() as connection:
        for pid in pids:
            assert connection.scalar(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    ending.dispose()


def test_connections_that_the_server_ended_are_replaced_unseen(database: Urls, pooled: Engine):
    before = backends(pooled)
    end_them(database, before)
    assert backends(pooled).isdisjoint(before)


def test_without_the_look_the_next_use_fails(database: Urls, pooled: Engine):
    event.remove(pooled, "checkout", module._refuse_if_ended)
    end_them(database, backends(pooled))
    with pytest.raises(OperationalError):
        backends(pooled)


def test_resting_connections_are_used_again(pooled: Engine):
    assert backends(pooled) == backends(pooled)
