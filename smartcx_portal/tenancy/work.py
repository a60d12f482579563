"""Work: one actor, one tenant, one transaction. Use cases read and write through it and nothing else."""

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session, SessionTransaction

from smartcx_portal.audit.trail import Deed, record
from smartcx_portal.kit import clock
from smartcx_portal.kit.engine import app_engine
from smartcx_portal.kit.errors import NotFound, NotPermitted
from smartcx_portal.kit.ids import new_id
from smartcx_portal.models.base import Global, TenantOwned
from smartcx_portal.tenancy.actor import Actor, ActorKind
from smartcx_portal.tenancy.permissions import Permission

Row = TypeVar("Row", bound=TenantOwned | Global)
NOBODY = ""
OF_WORK = "tenant_of_work"
Select = Callable[..., sa.Select[Any]]
Build = Callable[[Select], sa.Select[Any] | sa.CompoundSelect[Any]]
LOCK = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
SHARED_LOCK = sa.text("SELECT pg_advisory_xact_lock_shared(hashtextextended(:key, 0))")


class TenantSession(Session):
    """A session whose transactions tell the database which tenant and which staff identity they act for."""


@event.listens_for(TenantSession, "after_begin")
def _tell_the_database(session: Session, transaction: SessionTransaction, connection: sa.Connection) -> None:
    if transaction.nested:
        return  # a savepoint goes on with what its transaction was told
    connection.execute(
        sa.text("SELECT set_config('app.tenant_id', :t, true), set_config('app.identity_id', :i, true)"),
        {"t": session.info.get("tenant", NOBODY), "i": session.info.get("identity", NOBODY)},
    )


@dataclass
class Work:
    """What a use case gets: who acts, for which tenant, when, in which language, and the rows of that tenant.

    `tab` is the hash of the tab's key, `network` the keyed hash of the caller's network; both empty in jobs.
    The gate (or a job) opens and commits it; nothing else does.
    """

    db: Session
    actor: Actor
    tenant_id: UUID | None
    now: datetime
    lang: str = "de"
    tab: str = ""
    network: str = ""
    session_id: UUID | None = None
    _deeds: list[tuple[UUID, Deed]] = field(default_factory=list)
    _news: list[tuple[str, str]] = field(default_factory=list)
    _kept: dict[UUID, object] = field(default_factory=dict)
    """Rows found by id or added: the session itself forgets what nobody holds, and would read it again."""

    @property
    def tenant(self) -> UUID:
        """The tenant's id; `NotFound` where no tenant is known."""
        if self.tenant_id is None:
            raise NotFound
        return self.tenant_id

    def need(self, permission: Permission) -> None:
        """Refuse who lacks `permission`: insiders with `NotPermitted`, all others with `NotFound`."""
        if not self.actor.may(permission):
            raise NotPermitted if self.actor.kind is ActorKind.STAFF else NotFound

    # -- reading

    def select(self, *entities: Any) -> sa.Select[Any]:
        """A select over tables or columns of tenant tables, each held to this tenant."""
        statement = sa.select(*entities)
        for owner in {_owner(entity) for entity in entities}:
            if not issubclass(owner, TenantOwned):
                raise TypeError(f"{owner.__name__} belongs to no tenant: use shared()")
            statement = statement.where(owner.tenant_id == self.tenant)
        return statement

    def shared(self, *entities: Any) -> sa.Select[Any]:
        """A select over the few tables that belong to no tenant."""
        if any(issubclass(_owner(entity), TenantOwned) for entity in entities):
            raise TypeError("tenant tables are read through select()")
        return sa.select(*entities)

    def get(self, model: type[Row], row_id: UUID | None, *, lock: bool = False) -> Row:
        """One row by id, of this tenant if the table belongs to tenants; raises `NotFound`."""
        row = self.find(model, row_id, lock=lock)
        if row is None:
            raise NotFound
        return row

    def find(self, model: type[Row], row_id: UUID | None, *, lock: bool = False) -> Row | None:
        """Like `get`, but gives None for a row that is not there. `lock` waits for others and re-reads."""
        if row_id is None:
            return None
        key = (self.tenant, row_id) if issubclass(model, TenantOwned) else row_id
        row = self.db.get(model, key, with_for_update=lock or None, populate_existing=lock)
        if row is not None:
            self._kept[row.id] = row
        return row

    def all(self, statement: sa.Select[Any] | sa.CompoundSelect[Any]) -> Sequence[Any]:
        """All rows: objects for one entity, tuples for several."""
        if isinstance(statement, sa.Select) and len(statement.column_descriptions) == 1:
            return self.db.scalars(statement).all()
        return [tuple(row) for row in self.db.execute(statement)]

    def rows(self, build: Build, **values: Any) -> list[Any]:
        """What a statement of this tenant finds that is built once per process: building costs as much as asking.

        `build` is a module's function; it gets a `select` that is held to the tenant and names what changes by
        `sa.bindparam`, whose `values` come here. Objects for one entity or column, tuples for several.
        """
        built = _built(build)
        given = {OF_WORK: self.tenant, **values}
        if built.of_objects:
            found = self.db.execute(built.statement, given)
        else:  # columns need nothing of the session but what it has not sent yet
            self.db.flush()
            found = self.db.connection().execute(built.statement, given)
        return list(found.scalars() if built.single else found)

    def copies(self, statement: sa.Select[Any]) -> list[Any]:
        """Fresh rows of one entity that belong to no session: for keeping, never for changing."""
        self.db.flush()
        with Session(self.db.connection(), expire_on_commit=False) as reading:
            rows = list(reading.scalars(statement))
            reading.expunge_all()
        return rows

    def adopt(self, known: Row) -> Row:
        """This transaction's own row for one that was read before and stands as it was; asks nobody."""
        here = self.db.identity_map.get(sa.inspect(known).key)
        own: Row = here if here is not None else self.db.merge(known, load=False)
        self._kept[own.id] = own
        return own

    def first(self, statement: sa.Select[Any]) -> Any | None:
        """The first row or None."""
        found = self.all(statement.limit(1))
        return found[0] if found else None

    def count(self, statement: sa.Select[Any]) -> int:
        """How many rows `statement` has."""
        inner = statement.order_by(None).subquery()
        return self.db.scalar(sa.select(sa.func.count()).select_from(inner)) or 0

    def plan_anew(self) -> None:
        """Let the database plan what follows in this transaction for its very values.

        For searches over many rows: a plan kept for any tenant takes each for a small one, four times as slow.
        """
        self.db.execute(sa.text("SET LOCAL plan_cache_mode = force_custom_plan"))

    # -- writing

    def add(self, row: Row) -> Row:
        """Put a new row into this tenant (or into a shared table) and send it to the database."""
        if isinstance(row, TenantOwned):
            row.tenant_id = self.tenant
        self.db.add(row)
        self.db.flush()
        self._kept[row.id] = row
        return row

    def add_all(self, rows: Iterable[TenantOwned]) -> None:
        """Put many new rows of this tenant in at once; those that others point at must come in an earlier call."""
        for row in rows:
            row.tenant_id = self.tenant
            self.db.add(row)
        self.db.flush()

    def write_many(self, model: type[TenantOwned], rows: Sequence[dict[str, Any]]) -> None:
        """Put thousands of rows of this tenant in at once, which nobody needs as objects; ids are made here."""
        self.db.flush()
        if rows:
            self.db.execute(sa.insert(model), [{"tenant_id": self.tenant, "id": new_id(), **row} for row in rows])

    def new(self, model: type[Row], **values: Any) -> Row:
        """Make and add a row of this tenant."""
        owned = {"tenant_id": self.tenant} if issubclass(model, TenantOwned) else {}
        return self.add(model(**owned, **values))

    def delete(self, row: TenantOwned | Global) -> None:
        """Take a row away now."""
        self.db.delete(row)
        self.db.flush()

    def delete_where(self, model: type[TenantOwned] | type[Global], *criteria: Any) -> int:
        """Take away all rows that match, of this tenant if the table belongs to tenants; how many there were."""
        statement = sa.delete(model).where(*self._scope(model), *criteria)
        return self._bulk(statement)

    def update_where(self, model: type[TenantOwned] | type[Global], *criteria: Any, **values: Any) -> int:
        """Change all rows that match, of this tenant if the table belongs to tenants; how many there were."""
        return self._bulk(sa.update(model).where(*self._scope(model), *criteria).values(**values))

    def flush(self) -> None:
        """Send what changed to the database, whose constraints have the last word."""
        self.db.flush()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part that may fail by itself: what is raised inside undoes the part, deeds included, and its locks."""
        noted, heard = len(self._deeds), len(self._news)
        try:
            with self.db.begin_nested():
                yield
        except BaseException:
            del self._deeds[noted:], self._news[heard:]
            raise

    def lock(self, *parts: object, shared: bool = False) -> None:
        """Wait for and hold the lock of this name until the transaction ends; its own statement.

        Any number may hold a `shared` one at the same time, and nobody beside the one who holds it whole.
        """
        key = ":".join(str(part) for part in (self.tenant, *parts))
        self.db.connection().execute(SHARED_LOCK if shared else LOCK, {"key": key})

    def notify(self, channel: str, payload: str) -> None:
        """Tell listening processes after the commit; ids only."""
        self._news.append((channel, payload))

    def defer(self, task: Any, *, at: datetime | None = None, **ids: str) -> None:
        """Hand a job to the queue in this very transaction (design D7), to run now or from `at` on.

        Only the tenant and ids travel.
        """
        connection = self.db.connection().connection.driver_connection
        when = {"schedule_at": at} if at else {}
        task.configure(connection=connection, **when).defer(tenant=str(self.tenant), **ids)

    def audit(self, action: str, row: TenantOwned | Global | None = None, **detail: Any) -> None:
        """Note a deed for the trail; written as the last thing before the commit. No personal value in `detail`."""
        kind = row.__tablename__ if row is not None else ""
        deed = Deed(
            at=self.now,
            actor_kind=self.actor.kind.value,
            actor_id=self.actor.id,
            action=action,
            object_kind=str(kind),
            object_id=row.id if row is not None else None,
            detail=detail,
        )
        self._deeds.append((self.tenant, deed))

    def enter_tenant(self, tenant_id: UUID) -> None:
        """Act for `tenant_id` from here on: for the operator's deeds, jobs, and sign-in; never from a payload."""
        self.db.flush()
        self.tenant_id = tenant_id
        self.db.info["tenant"] = str(tenant_id)
        self.db.execute(sa.text("SELECT set_config('app.tenant_id', :t, true)"), {"t": str(tenant_id)})

    def enter_identity(self, identity_id: UUID) -> None:
        """Let an identity that has just proven itself see its own memberships; for sign-in, never from a payload."""
        self.db.flush()
        self.db.info["identity"] = str(identity_id)
        self.db.execute(sa.text("SELECT set_config('app.identity_id', :i, true)"), {"i": str(identity_id)})

    def finish(self) -> None:
        """Write the noted deeds and tell the news; the chain's head is locked last and only briefly."""
        self.db.flush()
        deeds, self._deeds = self._deeds, []
        news, self._news = list(dict.fromkeys(self._news)), []
        for tenant_id, of_tenant in groupby(deeds, key=lambda one: one[0]):
            if tenant_id != self.tenant_id:
                self.enter_tenant(tenant_id)
            record(self.db, tenant_id, [deed for _, deed in of_tenant], news)
            news = []
        if news:
            record(self.db, self.tenant, [], news)

    def _scope(self, model: type[TenantOwned] | type[Global]) -> list[Any]:
        return [model.tenant_id == self.tenant] if issubclass(model, TenantOwned) else []

    def _bulk(self, statement: Any) -> int:
        self.db.flush()
        result = self.db.execute(statement.execution_options(synchronize_session="fetch"))
        return int(result.rowcount)


class _Built(NamedTuple):
    """A statement, and what comes of it: one entity or column, or several; objects, or columns alone."""

    statement: sa.Select[Any] | sa.CompoundSelect[Any]
    single: bool
    of_objects: bool


@functools.cache
def _built(build: Build) -> _Built:
    statement = build(_held_to_tenant)
    if isinstance(statement, sa.CompoundSelect):
        return _Built(statement, single=False, of_objects=False)
    told = statement.column_descriptions
    return _Built(statement, len(told) == 1, any(one["expr"] is one["entity"] for one in told))


def _held_to_tenant(*entities: Any) -> sa.Select[Any]:
    """As `Work.select`, for the tenant that comes with each execution."""
    statement = sa.select(*entities)
    for owner in {_owner(entity) for entity in entities}:
        if not issubclass(owner, TenantOwned):
            raise TypeError(f"{owner.__name__} belongs to no tenant: use shared()")
        statement = statement.where(owner.tenant_id == sa.bindparam(OF_WORK))
    return statement


def _owner(entity: Any) -> type[Any]:
    """The model that a select's entity belongs to."""
    if isinstance(entity, type):
        return entity
    return entity.class_


@contextmanager
def open_work(
    actor: Actor,
    tenant_id: UUID | None = None,
    *,
    lang: str = "de",
    tab: str = "",
    network: str = "",
    session_id: UUID | None = None,
    engine: Engine | None = None,
) -> Iterator[Work]:
    """One transaction for one event or job: commits at the end, rolls back when anything is raised."""
    info = {"tenant": str(tenant_id or NOBODY), "identity": str(actor.identity_id or NOBODY)}
    with TenantSession(engine or app_engine(), expire_on_commit=False, info=info) as db:
        work = Work(db, actor, tenant_id, clock.now(), lang, tab, network, session_id)
        yield work
        work.finish()
        db.commit()
