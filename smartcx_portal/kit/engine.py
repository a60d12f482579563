"""How this process reaches its database: the embedded server or one of your own, and engines on it.

Engines are synchronous, on psycopg 3, and keep parameter values, which may be personal, out of error texts.
"""

import atexit
import functools
import select
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import NullPool

from smartcx_portal.kit.embedded import Embedded, Urls
from smartcx_portal.kit.refusal import CannotRun
from smartcx_portal.settings import settings


def make_engine(url: str, *, pool: int = 10) -> Engine:
    """An engine with up to `pool` connections, each looked at before use; waits at most 10 s for a free one."""
    engine = create_engine(
        as_psycopg(url),
        hide_parameters=True,
        pool_size=pool,
        max_overflow=0,
        pool_timeout=10,
        pool_recycle=1800,
        connect_args={"connect_timeout": 10, "application_name": "smartcx", "keepalives_idle": 30},
    )
    event.listen(engine, "checkout", _refuse_if_ended)
    return engine


def _refuse_if_ended(connection: Any, record: object, proxy: object) -> None:
    """Let the pool open new connections once the server ended one, for example because it was started anew.

    A resting connection hears nothing but its end. So a look at the socket tells what `SELECT 1` would, without asking
    the server; keepalives find out about a lost line.
    """
    heard = select.poll()
    heard.register(connection.fileno(), select.POLLIN)
    if heard.poll(0):
        raise InvalidatePoolError


def make_single_use_engine(url: str) -> Engine:
    """An engine that opens a connection for each use: for migrations, commands and tests."""
    return create_engine(
        as_psycopg(url),
        hide_parameters=True,
        poolclass=NullPool,
        connect_args={"connect_timeout": 10, "application_name": "smartcx"},
    )


def as_psycopg(url: str) -> str:
    """The SQLAlchemy form of a URL that may come as plain `postgresql://` or `postgres://`."""
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def as_libpq(url: str) -> str:
    """The form that `psycopg.connect` and procrastinate's connectors take."""
    return as_psycopg(url).replace("postgresql+psycopg://", "postgresql://", 1)


@functools.cache
def database_urls() -> Urls:
    """The database of this installation; joins (or starts) the embedded server unless one of your own is set.

    The process leaves the embedded server when it ends. Raises `CannotRun`.
    """
    chosen = settings()
    if chosen.database_url:
        return Urls(app=chosen.database_url, owner=chosen.owner_database_url)
    server = Embedded(chosen.data / "database")
    atexit.register(server.stop)
    return server.start()


def owner_url() -> str:
    """The migrating role's URL. Raises `CannotRun` when a server of your own is set without it."""
    url = database_urls().owner
    if not url:
        raise CannotRun("Migrating needs the owning role too: set SMARTCX_OWNER_DATABASE_URL.")
    return url


@functools.cache
def app_engine() -> Engine:
    """The serving engine of this process, made at its first use (so after any fork)."""
    return make_engine(database_urls().app, pool=settings().database_pool)


def ask_database() -> None:
    """One round trip, to know that the database answers; raises `SQLAlchemyError` when it does not."""
    with app_engine().connect() as connection:
        connection.execute(text("SELECT 1"))
