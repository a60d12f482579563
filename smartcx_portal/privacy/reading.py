"""What is stored about one person, read once: view, JSON, tables and PDF of a package are made from the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from smartcx_portal.models.booking import Answer
from smartcx_portal.models.declaring import Category
from smartcx_portal.models.messaging import Message
from smartcx_portal.models.privacy import ProcessingActivity
from smartcx_portal.models.tenant import SubProcessor, Tenant
from smartcx_portal.privacy.answers import category_of
from smartcx_portal.privacy.data_map import Column, Entry, Person, everything, person
from smartcx_portal.privacy.disclosures import SENT_FOR
from smartcx_portal.privacy.keeping import Periods, Span, last_end_of
from smartcx_portal.privacy.notice_facts import Facts, gather
from smartcx_portal.privacy.origins import Origins
from smartcx_portal.privacy.summaries import Visits
from smartcx_portal.standing.kinds import serves
from smartcx_portal.tenancy import Work

Found = list[tuple[Entry, Sequence[Any]]]


@dataclass
class Reading:
    """One person's rows and the facts that explain them; each part is read when it is first asked for.

    The caller has made sure of the right. Its cost follows from the person's own rows alone.
    """

    work: Work
    customer_id: UUID
    _spans: dict[tuple[object, ...], Span] = field(default_factory=dict)
    _categories: dict[tuple[object, ...], Category] = field(default_factory=dict)

    @classmethod
    def of(cls, work: Work, customer_id: UUID) -> "Reading":
        """The reading of one person at this tenant. Raises `NotFound` once something of a stranger is asked for."""
        return cls(work, customer_id)

    @cached_property
    def who(self) -> Person:
        """Their keys, by which rows are found."""
        return person(self.work, self.customer_id)

    @cached_property
    def found(self) -> Found:
        """All rows of all tables, tables without any left out."""
        return everything(self.work, self.who)

    @cached_property
    def tenant(self) -> Tenant:
        """Who stores all this."""
        return self.work.get(Tenant, self.work.tenant)

    @cached_property
    def facts(self) -> Facts:
        """What the notice says on the tenant."""
        return gather(self.work)

    @cached_property
    def periods(self) -> Periods:
        """How long values stay."""
        return Periods(self.work)

    @cached_property
    def last_end(self) -> Any:
        """The end of the last appointment or wish, see `keeping.last_end_of`."""
        return last_end_of(self.work, self.customer_id)

    @cached_property
    def processors(self) -> dict[str, str]:
        """The names of all sub-processors, by key."""
        return {p.key: p.name for p in self.work.all(self.work.shared(SubProcessor))}

    @cached_property
    def origins(self) -> Origins:
        """Where values came from."""
        return Origins(self.work)

    @cached_property
    def visits(self) -> Visits:
        """What the appointments are for."""
        return Visits(self.work)

    def activities_of(self, column: Column, row: Any) -> list[ProcessingActivity]:
        """What this very value is held for: the address of a mail is not there for text messages, and a code that was
        asked for rests on no consent.
        """
        return self._reason_of(row) or self.carriers_of(row) or self.periods.activities_of(column)

    def span_of(self, entry: Entry, column: Column, row: Any) -> Span:
        """From when a value's period runs, and its end; the same for all columns of a row with the same purposes."""
        key = (entry.table, row.id, column.data.purposes)
        if key not in self._spans:
            self._spans[key] = self.periods.span(entry, column, row, self.last_end)
        return self._spans[key]

    def category_of(self, entry: Entry, column: Column, row: Any) -> Category:
        """What a value is, see `answers.category_of`; looked up once for all answers to a question."""
        if not isinstance(row, Answer):
            return column.data.category
        key = (column.name, row.field_id)
        if key not in self._categories:
            self._categories[key] = category_of(self.work, entry, column, row)
        return self._categories[key]

    def carriers_of(self, row: Any) -> list[ProcessingActivity]:
        """The activity by whose recipients a message travels, whatever it is for; none for all other rows."""
        purpose = SENT_FOR[row.channel] if isinstance(row, Message) else None
        return [self.periods.activities[purpose]] if purpose in self.periods.activities else []

    def recipients_of(self, column: Column, row: Any) -> list[ProcessingActivity]:
        """The activities whose recipients get this very value."""
        return list({a.purpose: a for a in (*self.activities_of(column, row), *self.carriers_of(row))}.values())

    def _reason_of(self, row: Any) -> list[ProcessingActivity]:
        """What a message without a consent is for; none for those with one, and for all other rows."""
        if not isinstance(row, Message):
            return []
        purpose = serves(row.kind, of_booking=row.booking_id is not None)
        return [self.periods.activities[purpose]] if purpose in self.periods.activities else []

    def rows(self, table: str) -> Sequence[Any]:
        """The rows of one table, oldest first."""
        return next((rows for entry, rows in self.found if entry.table == table), [])


def sent_as(row: Any) -> tuple[str, ...]:
    """What makes one message's facts differ from another's; nothing for all other rows."""
    return (row.channel, row.kind, str(row.booking_id is None)) if isinstance(row, Message) else ()
