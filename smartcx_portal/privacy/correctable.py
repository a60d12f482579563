"""What a person can correct at once (Art. 16): their own statements, as long as something still hangs on them.

Which columns these are follows from the data map: what the person stated, in words, and not as a demand, which is kept
to show that it was met. An address is no mere statement: it is proven by a code. What was told for an appointment can
be corrected until it begins, a question until it is answered; from then on it is a record of what was.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from smartcx_portal.bookings.answering import answer_name
from smartcx_portal.bookings.basket import basket_of
from smartcx_portal.bookings.catalogue import questions_of
from smartcx_portal.bookings.own_list import is_coming
from smartcx_portal.models.booking import Answer, Booking, Origin
from smartcx_portal.models.calendar import FormField
from smartcx_portal.models.declaring import Category, Purpose, Source, Who
from smartcx_portal.models.privacy import Enquiry
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.consents import RESTS_ON
from smartcx_portal.privacy.data_map import Column, Entry, entries_of, entry_for, ids_of, person, rows_with
from smartcx_portal.privacy.words import TABLES
from smartcx_portal.standing.consents import holds
from smartcx_portal.tenancy import Work

IN_WORDS = (Category.NAME, Category.CONTENT, Category.HEALTH, Category.LANGUAGE)
"""Kinds of data that are the person's word and nothing else."""
MOST = 20
"""Appointments, and questions, that one answer holds."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One value that the person stated, and the name of the form field that corrects it.

    `field` is the question that it answers, if it answers one; `row` is None while that has no answer.
    """

    name: str
    entry: Entry
    column: Column
    row: Any | None
    field: FormField | None = None

    @property
    def value(self) -> str:
        """As it is stored; empty where nothing is."""
        return "" if self.row is None else getattr(self.row, self.column.name) or ""


@functools.cache
def correctable() -> tuple[tuple[Entry, tuple[Column, ...]], ...]:
    """The tables with the person's own statements, and the columns that hold them, as people read them."""
    order = {name: place for place, name in enumerate(TABLES)}
    found = [(entry, tuple(filter(_is_statement, entry.columns))) for entry in entries_of(Who.CUSTOMER)]
    return tuple(sorted((one for one in found if one[1]), key=lambda one: order.get(one[0].table, len(order))))


def coming_own(work: Work) -> Sequence[Booking]:
    """The signed-in person's appointments that they made themselves and that lie ahead, the next one first."""
    mine = work.select(Booking).where(
        Booking.customer_id == own_id(work), Booking.booked_at.is_not(None), Booking.origin != Origin.STAFF
    )
    return work.all(mine.where(is_coming(work)).order_by(Booking.starts_at, Booking.id).limit(MOST))


def waiting_own(work: Work) -> Sequence[Enquiry]:
    """The signed-in person's questions that nobody has answered yet, the newest first."""
    entry = entry_for(Enquiry)
    rows = rows_with(work, entry, ids_of(work, entry, person(work, own_id(work))))
    return [row for row in rows if row.closed_at is None][:MOST]


def stated_for(work: Work, booking: Booking) -> list[Stated]:
    """What the person stated for one appointment, and the questions that they may still answer."""
    found: list[Stated] = []
    for entry, columns in correctable():
        if entry.subject.via[:1] == ("booking_id",):
            rows = work.all(work.select(entry.model).where(entry.model.booking_id == booking.id))
            found += [one for row in rows for one in _stated(work, booking, entry, columns, row)]
    answers = sorted((one for one in found if one.field), key=lambda one: (one.field.position, one.name))
    return [one for one in found if not one.field] + answers + list(_unanswered(work, booking, answers))


def stated_in(row: Enquiry) -> list[Stated]:
    """What the person stated in a question."""
    entry, columns = next(one for one in correctable() if one[0].model is Enquiry)
    return [Stated(f"of-{row.id}-{column.name}", entry, column, row) for column in columns]


def _is_statement(column: Column) -> bool:
    data = column.data
    return data.source is Source.PERSON and data.category in IN_WORDS and Purpose.RIGHTS not in data.purposes


def _stated(work: Work, booking: Booking, entry: Entry, columns: Sequence[Column], row: Any) -> Iterator[Stated]:
    """Values that are there, and that a consent still carries where they need one."""
    field = work.find(FormField, row.field_id) if entry.model is Answer else None
    for column in columns:
        if getattr(row, column.name) is not None and _is_carried(work, booking, column):
            yield Stated(_name(booking, field, column), entry, column, row, field)


def _is_carried(work: Work, booking: Booking, column: Column) -> bool:
    needed = [consent for consent, purposes in RESTS_ON.items() if set(column.data.purposes) <= purposes]
    return all(holds(work, booking.customer_id, consent) for consent in needed)


def _unanswered(work: Work, booking: Booking, answers: Sequence[Stated]) -> Iterator[Stated]:
    """Incomplete data may be completed; a question that needs a consent of its own is asked when booking only."""
    entry = entry_for(Answer)
    column = next(one for one in entry.columns if one.name == "value")
    known = {one.field.id for one in answers if one.field}
    for field in questions_of(work, [one.id for one in basket_of(work, booking).services]):
        if field.id not in known and not field.special:
            yield Stated(_name(booking, field, column), entry, column, None, field)


def _name(booking: Booking, field: FormField | None, column: Column) -> str:
    """Names of the fields of two appointments differ, so that what was typed for one never stands in the other."""
    return f"of-{booking.id}-{answer_name(field.id) if field else column.name}"
