"""The rows that one table held at a moment, joined along the data map's road towards people."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from smartcx_portal.models import TenantOwned
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Category, Who
from smartcx_portal.models.privacy import ErasureLedgerEntry
from smartcx_portal.models.staff import Identity, Membership
from smartcx_portal.privacy.data_map import MOMENTS, Column, Entry, data_map, referring_to
from smartcx_portal.tenancy import Work

REACHES = (Category.EMAIL, Category.CONTACT, Category.PHONE)
"""Kinds of columns by which somebody without a customer's row is reached, the best one first."""


class Held:
    """One table's rows of one tenant. A row counts when it arose by `at`, or when nothing says when it arose."""

    def __init__(self, work: Work, entry: Entry, at: datetime) -> None:
        self.work, self.entry, self.at = work, entry, at
        self.model: Any = entry.model
        self.fields = [c for c in entry.columns if c.data.category is not Category.PSEUDONYM]
        self._road = list(_road(entry))
        self._models: list[Any] = [self.model, *(target for _, target in self._road)]
        self._customer = _customer_column(self._models[-1])

    def count(self) -> int:
        """How many rows there are."""
        return self.work.count(self._rows(self._plain()).with_only_columns(self.model.id))

    def customers(self, statement: sa.Select[Any]) -> sa.Select[Any] | None:
        """A statement on `Customer`, held to those to whom rows lead; None when the road does not lead there."""
        if self._customer is None:
            return None
        rows = self._rows(statement.select_from(self.model))
        same = sa.and_(Customer.tenant_id == self.work.tenant, Customer.id == self._customer)
        return rows if self.model is Customer else rows.join(Customer, same)

    def staff(self, statement: sa.Select[Any]) -> sa.Select[Any] | None:
        """A statement on `Identity`, held to members of this tenant to whom rows lead; None as with `customers`."""
        column = self.entry.subject.staff
        if not column:
            return None
        rows = self._rows(statement.select_from(self.model))
        if self.model is not Identity:
            rows = rows.join(Identity, Identity.id == getattr(self.model, column))
        return rows.where(Identity.id.in_(self.work.select(Membership.identity_id)))

    def strangers(self) -> sa.Select[Any] | None:
        """Name and address of people of whom only this table knows; None when it holds no address of its own."""
        reach = next((c for kind in REACHES for c in self.entry.columns if c.data.category is kind), None)
        if reach is None or self.model in (Customer, Identity):
            return None
        name = next((c for c in self.fields if c.data.category is Category.NAME), None)
        called, address = getattr(self.model, (name or reach).name), getattr(self.model, reach.name)
        rows = self._rows(self._plain()).with_only_columns(called, address).where(address.is_not(None))
        if self._customer is not None:
            rows = rows.where(self._customer.is_(None))
        return rows.group_by(called, address).order_by(called, address)

    def erased_since(self) -> list[int]:
        """Of each person erased since, in whole: how many rows of this table went or were emptied."""
        since = self.work.select(ErasureLedgerEntry.groups).where(ErasureLedgerEntry.erased_at > self.at)
        found = (int(groups.get(self.entry.table, 0)) for groups in self.work.all(since))
        return [number for number in found if number]

    def filled(self) -> list[Any]:
        """For each of `fields`, the condition that a row holds it."""
        return [_is_filled(self.model, column) for column in self.fields]

    def _plain(self) -> sa.Select[Any]:
        owned = issubclass(self.model, TenantOwned)
        return self.work.select(self.model) if owned else self.work.shared(self.model)

    def _rows(self, statement: sa.Select[Any]) -> sa.Select[Any]:
        """Held to the tenant and the moment, with what lies on the road."""
        for here, (column, target) in zip(self._models, self._road, strict=False):
            same = sa.and_(target.tenant_id == here.tenant_id, target.id == getattr(here, column))
            statement = statement.join(target, same, isouter=True)
        if self.model is not Identity:
            statement = statement.where(self.model.tenant_id == self.work.tenant)
        arose = _arose(self._models)
        return statement if arose is None else statement.where(sa.or_(arose.is_(None), arose <= self.at))


def tables() -> list[Entry]:
    """The tables whose rows lead to somebody. What a tenant must publish about itself is none of them."""
    return [e for e in data_map() if e.subject.who is not Who.OFFICIAL and (e.subject.via or e.subject.or_address)]


def _road(entry: Entry) -> Iterator[tuple[str, Any]]:
    """Columns and the tables that they lead to, up to the one that names the customer."""
    subject = entry.subject
    if subject.who is Who.TAB:
        yield from list(_leading_to_customers(entry))[:1]
    elif subject.who is Who.CUSTOMER:
        here: Any = entry.model
        for column in subject.via[:-1]:
            here = next(one.model for one in data_map() if (here, column) in set(referring_to(one.model)))
            yield column, here


def _leading_to_customers(entry: Entry) -> Iterator[tuple[str, Any]]:
    for other in data_map():
        if other.subject.who is Who.CUSTOMER and len(other.subject.via) == 1:
            yield from ((column, other.model) for model, column in referring_to(other.model) if model is entry.model)


def _customer_column(last: Any) -> Any | None:
    """The column at the road's end that holds the customer's id."""
    subject = last.__subject__
    leads = subject.who is Who.CUSTOMER and subject.via
    return getattr(last, subject.via[-1]) if leads else None


def _arose(models: list[Any]) -> Any | None:
    """When a row arose, by the first table on the road that notes it."""
    return next((getattr(one, name) for one in models for name in MOMENTS if hasattr(one, name)), None)


def _is_filled(model: Any, column: Column) -> Any:
    """A text without signs tells as little as none."""
    return sa.func.nullif(sa.cast(getattr(model, column.name), sa.Text), "").is_not(None)
