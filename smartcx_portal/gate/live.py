"""Live pages: one loop per process hears what changed, reads each tenant's rows once, and shows them in the open tabs.

`register(DayState, reader, show)` once per kind of page; its `on_load` handler calls `follow(DayState, day)`.
"""

import asyncio
import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import reflex as rx

from smartcx_portal.accounts import sessions
from smartcx_portal.gate.state import SessionState
from smartcx_portal.gate.tabs import tabs
from smartcx_portal.kit import clock
from smartcx_portal.kit.engine import as_libpq, database_urls
from smartcx_portal.kit.logs import get_log
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.tenancy import JOB, Permission, open_work
from smartcx_portal.tenancy.permissions import OF_ROLE
from smartcx_portal.tenancy.work import Work

log = get_log(__name__)

CHANNEL = "bookings"
"""Payload: `<tenant id> <local day>`, sent by `work.notify` in the transaction that changed something."""
ANY_DAY = "*"
PATIENCE = 30.0
"""Seconds that a push waits for a tab that is busy with its own handler."""
AGAIN = 2.0
"""Seconds until the next try when the database has hung up."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of live page: how its rows are read, shown, and whether a changed day touches what a tab shows."""

    page: type[rx.State]
    reader: Callable[[Work, str], Any]
    show: Callable[[Any, Any], None]
    permission: Permission
    touches: Callable[[str, str], bool]


_kinds: dict[type, Kind] = {}


def register(
    page: type[rx.State],
    reader: Callable[[Work, str], Any],
    show: Callable[[Any, Any], None],
    *,
    permission: Permission = Permission.BOOKINGS_READ,
    touches: Callable[[str, str], bool] = operator.eq,
) -> None:
    """Make a page live: `reader(work, what)` reads once per tenant, `show(state, rows)` assigns them in each tab.

    `touches(what, day)` tells whether a change on `day` (ISO) concerns a tab that shows `what`.
    """
    _kinds[page] = Kind(page, reader, show, permission, touches)


class Live:
    """The loop of one process."""

    def __init__(self, app: rx.App) -> None:
        self.app = app
        self.due: dict[UUID, set[str]] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.served: set[UUID] = set()

    async def listen(self) -> None:
        """Hear of changes as long as the process lives; after a break of the line everything counts as changed."""
        self._start(self._keep_time())
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    as_libpq(database_urls().app), autocommit=True
                ) as line:
                    await line.execute(f"LISTEN {CHANNEL}".encode())
                    for tenant_id in tabs.followed_tenants():
                        self.changed(tenant_id, ANY_DAY)
                    async for word in line.notifies():
                        self._heard(word.payload)
            except psycopg.Error as problem:
                log.warning("live.line_lost", problem=type(problem).__name__)
                await asyncio.sleep(AGAIN)

    async def _keep_time(self) -> None:
        """What is on right now changes with the clock: each minute, what is shown somewhere is read anew."""
        while True:
            await asyncio.sleep(60 - clock.now().timestamp() % 60)
            for tenant_id in tabs.followed_tenants():
                self.changed(tenant_id, ANY_DAY)

    def _heard(self, payload: str) -> None:
        tenant, _, day = payload.partition(" ")
        try:
            self.changed(UUID(tenant), day)
        except ValueError:
            log.error("live.unknown_payload")

    def changed(self, tenant_id: UUID, day: str) -> None:
        """Note a change. A tenant's changes are worked off one after another, those that come meanwhile at once."""
        self.due.setdefault(tenant_id, set()).add(day)
        if tenant_id not in self.served:
            self.served.add(tenant_id)
            self._start(self._serve(tenant_id))

    async def _serve(self, tenant_id: UUID) -> None:
        try:
            while days := self.due.pop(tenant_id, None):
                for kind in list(_kinds.values()):
                    await self._tell(kind, tenant_id, days)
        except Exception as problem:
            log.error("live.failed", problem=problem, tenant=tenant_id)
        finally:
            self.served.discard(tenant_id)

    async def _tell(self, kind: Kind, tenant_id: UUID, days: set[str]) -> None:
        shown = {
            what: tokens
            for what, tokens in tabs.following(kind.page, tenant_id).items()
            if ANY_DAY in days or any(kind.touches(what, day) for day in days)
        }
        if not shown:
            return
        wanted = {t: tabs.by_token[t].session_id for tokens in shown.values() for t in tokens}
        rows, readers = await asyncio.to_thread(_read, kind, tenant_id, list(shown), wanted.values())
        for what, tokens in shown.items():
            for token in tokens:
                if wanted[token] in readers:
                    self._start(self._push(kind, token, str(wanted[token]), what, rows[what]))

    async def _push(self, kind: Kind, token: str, session_id: str, what: str, rows: Any) -> None:
        """Into one tab, if it still is whose it was and still shows the same; the state decides, not only our list."""
        socket = own_socket(self.app, token)
        if socket is None:
            return
        try:
            async with (
                asyncio.timeout(PATIENCE),
                self.app.modify_state(rx.BaseStateToken(ident=token, cls=kind.page)) as root,
            ):
                session, page = await root.get_state(SessionState), await root.get_state(kind.page)
                tab = tabs.by_token.get(token)
                follows = tab is not None and (tab.page, tab.what) == (kind.page, what)
                if follows and session._session_id == session_id and socket in session._sockets:
                    kind.show(page, rows)
        except Exception as problem:
            log.error("live.push_failed", problem=problem, page=kind.page.__name__)

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def _read(
    kind: Kind, tenant_id: UUID, shown: list[str], session_ids: Iterable[UUID | None]
) -> tuple[dict[str, Any], set[UUID]]:
    """The rows of each thing shown, and the sessions that may see them now."""
    with open_work(JOB, tenant_id) as work:
        if work.get(Tenant, tenant_id).status is not TenantStatus.ACTIVE:
            return {}, set()
        roles = sessions.still_reading(work, [each for each in session_ids if each is not None])
        readers = {session for session, role in roles.items() if kind.permission in OF_ROLE[role]}
        return {what: kind.reader(work, what) for what in shown} if readers else {}, readers


def namespace_of(app: rx.App) -> Any:
    """Where the sockets of this process are known."""
    return app.event_namespace


def own_socket(app: rx.App, token: str) -> str | None:
    """The socket by which a tab hangs on this process; None for tabs of other nodes and for closed ones."""
    manager = namespace_of(app)._token_manager
    record = manager.token_to_socket.get(token)
    return record.sid if record is not None and record.instance_id == manager.instance_id else None
