"""The job queue (procrastinate): jobs live in the same database and are handed over in the same transaction."""

from procrastinate import App, PsycopgConnector, SyncPsycopgConnector

from smartcx_portal.kit.engine import as_libpq, database_urls


class Jobs(PsycopgConnector):
    """Async for the worker, sync for those who defer, in one App.

    Without this, deferring fails with `TypeError` wherever the App is open asynchronously: the private names are
    pinned with the version and covered by a test.
    """

    def get_sync_connector(self) -> SyncPsycopgConnector:
        """The sync connector, made at its first use."""
        self._sync_connector = self._sync_connector or SyncPsycopgConnector(**self._pool_args)
        return self._sync_connector


jobs = App(connector=Jobs())
"""The one queue. Slices register their tasks on it; the worker opens it by `jobs_on_this_database`."""


def jobs_on_this_database(pool: int = 3) -> App:
    """The queue bound to this installation's database, for the worker."""
    return jobs.with_connector(Jobs(conninfo=as_libpq(database_urls().app), min_size=1, max_size=pool))
