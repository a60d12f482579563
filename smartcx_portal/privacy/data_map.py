"""The data map: what is held on people, read from the models. Notice, report, export and erasure go through it.

No list of tables stands here or anywhere else: a new table or column is covered by its own declaration (design D8).
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.kit.tokens import digest
from smartcx_portal.models import Global, TenantOwned
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import OnErasure, Personal, Purpose, Subject, Who
from smartcx_portal.models.messaging import OneTimeCode
from smartcx_portal.tenancy import Work

Model = type[TenantOwned] | type[Global]
MOMENTS = ("created_at", "at", "received_at")
"""Columns that say when a row arose; most tables have one."""


@dataclass(frozen=True, slots=True)
class Column:
    """One personal column and its declaration."""

    name: str
    data: Personal


@dataclass(frozen=True, slots=True)
class Entry:
    """One table that holds personal data, and how its rows lead to their person."""

    model: Model
    table: str
    subject: Subject
    columns: tuple[Column, ...]

    @property
    def row_goes(self) -> bool:
        """Whether erasure takes whole rows; else it empties columns."""
        return any(c.data.on_erasure is OnErasure.DELETE for c in self.columns)

    @property
    def purposes(self) -> set[Purpose]:
        """All purposes of its columns."""
        return {purpose for c in self.columns for purpose in c.data.purposes}


@dataclass(frozen=True, slots=True)
class Person:
    """Whose rows are looked for. `address_keys`: keyed hashes of verified addresses that nobody else here shares."""

    id: UUID
    address_keys: tuple[str, ...]
    tabs: tuple[str, ...]


@functools.cache
def data_map() -> tuple[Entry, ...]:
    """Every table with personal columns, by name."""
    return tuple(sorted(_entries(), key=lambda e: e.table))


def entries_of(*who: Who) -> list[Entry]:
    """The tables that hold data of these kinds of people."""
    return [e for e in data_map() if e.subject.who in who]


def entry_for(model: Model) -> Entry:
    """The map's entry of one table. Raises `StopIteration` if it holds nothing personal."""
    return next(e for e in data_map() if e.model is model)


def person(work: Work, customer_id: UUID) -> Person:
    """The person behind a customer's row. Raises `NotFound`.

    A tab that asked for a code is not yet the person's: anybody can ask with any address.
    """
    customer = work.get(Customer, customer_id)
    keys = tuple(address_key(work, key) for key in _own_addresses(work, customer))
    lone = Person(customer.id, keys, ())
    tabs = {work.tab} if work.actor.customer_id == customer.id else set()
    for entry in entries_of(Who.CUSTOMER):
        for name in () if entry.model is OneTimeCode else ("key_hash", "holder_key"):
            if hasattr(entry.model, name):
                key = getattr(entry.model, name)
                tabs |= {one for road in _roads(work, entry, lone) for one in work.all(road.with_only_columns(key))}
    return Person(customer.id, keys, tuple(sorted(filter(None, tabs))))


def address_key(work: Work, normalised: str) -> str:
    """The keyed hash under which an address is found that may have no customer."""
    return digest("address", work.tenant, normalised)


def rows_of(work: Work, entry: Entry, who: Person) -> Sequence[Any]:
    """One table's rows of one person, oldest first, by every road its `Subject` names."""
    found = {row.id: row for road in _roads(work, entry, who) for row in work.all(road)}
    return [found[key] for key in sorted(found)]


def ids_of(work: Work, entry: Entry, who: Person) -> list[UUID]:
    """The ids of `rows_of`, those that arose last first."""
    model = entry.model
    moment = next((getattr(model, name) for name in MOMENTS if hasattr(model, name)), model.id)
    found = {pair for road in _roads(work, entry, who) for pair in work.all(road.with_only_columns(moment, model.id))}
    return [row_id for _, row_id in sorted(found, reverse=True)]


def rows_with(work: Work, entry: Entry, ids: Sequence[UUID]) -> list[Any]:
    """The rows of one table with these ids, in their order."""
    found = {row.id: row for row in work.all(_start(work, entry.model).where(entry.model.id.in_(ids)))}
    return [found[one] for one in ids if one in found]


def everything(work: Work, who: Person) -> list[tuple[Entry, Sequence[Any]]]:
    """All rows of one person in all tables, tables without any left out."""
    found = [(e, rows_of(work, e, who)) for e in entries_of(Who.CUSTOMER, Who.TAB)]
    return [(entry, rows) for entry, rows in found if rows]


def referring_to(model: Model) -> Iterator[tuple[Model, str]]:
    """Tables and columns with a foreign key to `model`."""
    for other in _models():
        for column, target in _references(other).items():
            if target is model:
                yield other, column


def _entries() -> Iterator[Entry]:
    for model in _models():
        columns = tuple(
            Column(c.name, c.info["data"]) for c in _table(model).columns if isinstance(c.info.get("data"), Personal)
        )
        if columns and model.__subject__:
            yield Entry(model, _table(model).name, model.__subject__, columns)


def _roads(work: Work, entry: Entry, who: Person) -> Iterator[sa.Select[Any]]:
    """One select per way from the table to the person."""
    model, subject = entry.model, entry.subject
    if subject.who is Who.TAB:
        yield _start(work, model).where(getattr(model, subject.via[-1]).in_(who.tabs))
        for column, target in _references(model).items():
            if target.__subject__ and target.__subject__.who is Who.CUSTOMER:
                yield _along(work, model, (column, *target.__subject__.via), who.id)
    elif subject.via:
        yield _along(work, model, subject.via, who.id)
    if subject.or_address:
        nobodys = [getattr(model, subject.via[-1]).is_(None)] if subject.via else []
        yield _start(work, model).where(getattr(model, subject.or_address).in_(who.address_keys), *nobodys)


def _along(work: Work, model: Model, via: tuple[str, ...], person_id: UUID) -> sa.Select[Any]:
    """Follow `via` from column to column along the foreign keys; the last one holds the person's id."""
    statement, here = _start(work, model), model
    for column in via[:-1]:
        target: Any = _references(here)[column]
        statement = statement.join(
            target, sa.and_(target.tenant_id == here.tenant_id, target.id == getattr(here, column))
        )
        here = target
    return statement.where(getattr(here, via[-1]) == person_id)


def _start(work: Work, model: Any) -> sa.Select[Any]:
    if issubclass(model, TenantOwned):
        return work.select(model)
    return work.shared(model).where(model.tenant_id == work.tenant)


def _own_addresses(work: Work, customer: Customer) -> Iterator[str]:
    """Verified addresses of the person that no other person here has verified."""
    for key, column, verified in (
        (customer.email_key, Customer.email_key, Customer.email_verified_at),
        (customer.phone_key, Customer.phone_key, Customer.phone_verified_at),
    ):
        if key is None or getattr(customer, verified.key) is None:
            continue
        others = work.select(Customer).where(column == key, verified.is_not(None), Customer.id != customer.id)
        if work.first(others) is None:
            yield key


@functools.cache
def _models() -> tuple[Model, ...]:
    return tuple(m for base in (Global, TenantOwned) for m in base.__subclasses__())


@functools.cache
def _references(model: Model) -> dict[str, Model]:
    """Its columns with a foreign key, and the tables they point at; the tenant's own key left out."""
    by_table = {_table(m).name: m for m in _models()}
    found = {}
    for constraint in _table(model).foreign_key_constraints:
        for element in constraint.elements:
            if element.column.name == "id" and element.parent.name != "tenant_id":
                found[element.parent.name] = by_table[element.column.table.name]
    return found


def _table(model: Model) -> sa.Table:
    return model.__table__
