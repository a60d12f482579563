"""The job queue (procrastinate): jobs live in the same database and are handed over in the same transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.connector import BaseConnector

from smartcx_portal.kit.engine import as_libpq, database_urls


class Jobs(PsycopgConnector):
    """Async for the worker, sync for those who defer, in one App.

    Without this, deferring fails with `TypeError` wherever the App is open asynchronously: the private names are
    pinned with the version and covered by a test.
    """

    def get_sync_connector(self) -> BaseConnector:
        """The sync connector, made at its first use."""
        self._sync_connector = self._sync_connector or SyncPsycopgConnector(**self._pool_args)
        return self._sync_connector


jobs = App(connector=Jobs())
"""The one queue. Slices register their tasks on it; the worker opens it by `jobs_on_this_database`."""


@contextmanager
def jobs_on_this_database(pool: int = 4) -> Iterator[App]:
    """The queue bound to this installation's database, for the worker; `open_async` opens it.

    The connector is replaced, not the App: tasks keep a link to their App, and periodic ones defer through it.
    """
    connector = Jobs(conninfo=as_libpq(database_urls().app), min_size=1, max_size=pool)
    with jobs.replace_connector(connector) as app:
        yield app
