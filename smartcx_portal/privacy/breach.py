"""Whose data, and which of it, one table held at a moment: what a notification needs (Art. 33, 34).

What was emptied or erased since is no longer known, only how many rows of people erased since there were.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from smartcx_portal.bookings.opening import moment_of
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.staff import Identity
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.breach_rows import Held, tables
from smartcx_portal.privacy.record_words import field_named, table_named
from smartcx_portal.tenancy import Permission, Work

ITSELF = N_("The entry itself, with its times and its state")
MOMENT_WRONG = N_("Enter a day and a time, such as 24.12.2026 and 10:15.")
STILL_TO_COME = N_("Choose a moment that is over.")


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody in the list: how to reach them, and which fields the table holds of them, in how many rows."""

    name: str
    email: str
    phone: str
    staff: bool
    rows: int
    fields: list[str]


@dataclass(frozen=True, slots=True)
class FieldCount:
    """Of how many people the table holds this field."""

    label: str
    people: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the page shows: numbers, and nobody's name.

    `strangers` have an address in the table and no other entry here; `nameless` rows lead to nobody. `gone` counts the
    rows of the `erased` people who were erased since.
    """

    rows: int = 0
    people: int = 0
    by_email: int = 0
    by_phone: int = 0
    unreachable: int = 0
    staff: int = 0
    strangers: int = 0
    nameless: int = 0
    gone: int = 0
    erased: int = 0
    fields: list[FieldCount] = field(default_factory=list)


def breach_tables(lang: str) -> list[tuple[str, str]]:
    """The tables that can be asked for, by key and in words, in the order of the words."""
    return sorted(((entry.table, table_named(entry.table, lang)) for entry in tables()), key=lambda one: one[1])


def breach_moment(work: Work, day: str, clock: str) -> datetime:
    """The moment meant by a local day (ISO) and time (`10:15`) at the tenant. Raises `InvalidForm`."""
    try:
        wall = datetime.combine(date.fromisoformat(day.strip()), time.fromisoformat(clock.strip()).replace(tzinfo=None))
    except ValueError:
        raise InvalidForm({"day": MOMENT_WRONG}) from None
    if not 2000 <= wall.year < 2200:
        raise InvalidForm({"day": MOMENT_WRONG})
    at = moment_of(wall, ZoneInfo(work.get(Tenant, work.tenant).zone))
    if at > work.now:
        raise InvalidForm({"day": STILL_TO_COME})
    return at


def breach_figures(work: Work, table: str, at: datetime, lang: str) -> Figures:
    """How many are concerned. Raises `NotFound` for a table that leads to nobody, `NotPermitted` without the right."""
    held = _held(work, table, at)
    total, gone = held.count(), held.erased_since()
    rows, people, by_email, by_phone, unreachable, *counts = _customer_figures(held)
    strangers, staff = _strangers(held, lang), _staff(held, lang)
    named = rows + sum(one.rows for one in strangers)
    if held.entry.subject.who.value == "staff":
        named += sum(one.rows for one in staff)
    return Figures(
        rows=total,
        people=people,
        by_email=by_email,
        by_phone=by_phone,
        unreachable=unreachable,
        staff=len(staff),
        strangers=len(strangers),
        nameless=total - named,
        gone=sum(gone),
        erased=len(gone),
        fields=_field_counts(held, people, counts, lang),
    )


def breach_list(work: Work, table: str, at: datetime, lang: str) -> list[Hit]:
    """Everybody concerned, customers first, by name. Who hands it out must write that down: see `breach_papers`."""
    work.need(Permission.BOOKINGS_EXPORT)
    held = _held(work, table, at)
    return [*_customers(held, lang), *_strangers(held, lang), *_staff(held, lang)]


def customers_held(work: Work, table: str, at: datetime) -> list[UUID]:
    """The ids of the customers in the list."""
    statement = _held(work, table, at).customers(work.select(Customer.id))
    return [] if statement is None else list(work.all(statement.distinct()))


def _held(work: Work, table: str, at: datetime) -> Held:
    work.need(Permission.PRIVACY_CASES)
    entry = next((one for one in tables() if one.table == table), None)
    if entry is None:
        raise NotFound
    return Held(work, entry, at)


def _customer_figures(held: Held) -> tuple[int, ...]:
    """Rows that lead to customers, the customers, how they can be reached, and of how many each field is there."""
    statement = held.customers(held.work.select(Customer.id))
    if statement is None:
        return (0, 0, 0, 0, 0, *[0] * len(held.fields))
    each = sa.func.count(Customer.id.distinct())
    mail, phone = Customer.email.is_not(None), Customer.phone.is_not(None)
    ways = (mail, sa.and_(~mail, phone), sa.and_(~mail, ~phone))
    wanted = [sa.func.count(), each, *(each.filter(one) for one in (*ways, *held.filled()))]
    found: tuple[int, ...] = held.work.all(statement.with_only_columns(*wanted))[0]
    return found


def _field_counts(held: Held, people: int, counts: list[int], lang: str) -> list[FieldCount]:
    """The entry itself, then each field once: two columns may hold the same thing."""
    found = {translate(lang, ITSELF): people} if held.model is not Customer else {}
    for column, number in zip(held.fields, counts, strict=True):
        label = field_named(held.entry, column, lang)
        found[label] = max(number, found.get(label, 0))
    return [FieldCount(label, number) for label, number in found.items()]


def _customers(held: Held, lang: str) -> list[Hit]:
    who = (Customer.id, Customer.name, Customer.email, Customer.phone)
    statement = held.customers(held.work.select(*who))
    if statement is None:
        return []
    found = _summed(held, statement.group_by(*who).order_by(Customer.name, Customer.id))
    return [_hit(held, lang, name, email, phone, rest) for _, name, email, phone, *rest in found]


def _staff(held: Held, lang: str) -> list[Hit]:
    who = (Identity.id, Identity.name, Identity.email)
    statement = held.staff(held.work.shared(*who))
    if statement is None:
        return []
    found = _summed(held, statement.group_by(*who).order_by(Identity.name, Identity.id))
    return [_hit(held, lang, name, email, None, rest, staff=True) for _, name, email, *rest in found]


def _strangers(held: Held, lang: str) -> list[Hit]:
    statement = held.strangers()
    found = () if statement is None else _summed(held, statement)
    return [
        _hit(held, lang, "" if name == to else name, to if "@" in to else "", "" if "@" in to else to, rest)
        for name, to, *rest in found
    ]


def _summed(held: Held, statement: sa.Select[Any]) -> Iterable[Any]:
    """The grouped statement with how many rows there are, and which fields any of them holds."""
    return held.work.all(statement.add_columns(sa.func.count(), *(sa.func.bool_or(one) for one in held.filled())))


def _hit(
    held: Held, lang: str, name: str | None, email: str | None, phone: str | None, rest: list[Any], staff: bool = False
) -> Hit:
    rows, *flags = rest
    labels = [] if held.model in (Customer, Identity) else [translate(lang, ITSELF)]
    labels += [field_named(held.entry, c, lang) for c, there in zip(held.fields, flags, strict=True) if there]
    return Hit(name or "", email or "", phone or "", staff, rows, list(dict.fromkeys(labels)))
