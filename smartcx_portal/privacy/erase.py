"""Erasure (Art. 17, promises P04, P08): a preview, then all at once by the map, and a certificate of what was done."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.cancelling import call_off, lock_days_of, locked
from smartcx_portal.bookings.feeds import gives_names
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text, moment_text
from smartcx_portal.models.booking import Booking, BookingStatus, CancelledBy, WaitlistEntry, WaitlistStatus
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import OnErasure, Purpose
from smartcx_portal.models.messaging import Channel, Message
from smartcx_portal.models.privacy import PrivacyCase, Right
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.cases import close_case, done_at_once
from smartcx_portal.privacy.data_map import Entry, everything, person
from smartcx_portal.privacy.destroying import Found, destroy_person
from smartcx_portal.privacy.keeping import YEARS_OF_PROOF, Periods
from smartcx_portal.privacy.ledger import write_ledger
from smartcx_portal.privacy.outside import Outside, places_for
from smartcx_portal.privacy.summaries import Summaries
from smartcx_portal.privacy.telling_recipients import receivers_of, tell_of_erasure
from smartcx_portal.privacy.words import TABLES, field_label
from smartcx_portal.tenancy import Permission, Work

COMING = (BookingStatus.HELD, BookingStatus.PENDING, BookingStatus.CONFIRMED)
COUNTED = N_("emptied; the entry stays, without any link to you, so that appointments can be counted")
NAMELESS = N_("emptied; the entry stays, without any link to you")
PROVEN = N_("stays as a keyed hash that proves your consent, until {until}; nobody can read it back")
WRITES = {Channel.EMAIL: Purpose.MAIL, Channel.SMS: Purpose.SMS}
HELD_BY_LAW = N_("stays as long as a law demands it")


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of entry: how many, and what becomes of it."""

    title: str
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What an erasure does: `goes`, `emptied`, `stays` (with until when and why), `outside`, `coming` appointments."""

    goes: list[Line] = field(default_factory=list)
    emptied: list[Line] = field(default_factory=list)
    stays: list[Line] = field(default_factory=list)
    outside: list[Line] = field(default_factory=list)
    coming: list[str] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    """Providers that the data was handed to at the person's wish: they are told, and keep what they have."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What was done, for the page after the erasure; it names nobody. `providers`: what others still do; `told`: who
    else was told of it (Art. 19), a sentence each.
    """

    case_id: str
    erased_at: str
    goes: list[Line]
    emptied: list[Line]
    stays: list[Line]
    providers: list[Line]
    cancelled: int
    told: list[str] = field(default_factory=list)


def preview(work: Work) -> Preview:
    """What erasing the signed-in person would do."""
    work.need(Permission.PERSON)
    plan = _preview(work, everything(work, person(work, own_id(work))))
    return replace(plan, receivers=receivers_of(work, own_id(work)))


def erase_own(work: Work) -> Certificate:
    """Erase the signed-in person, who has just proven themselves again (tier T3); ends their sessions too."""
    work.need(Permission.PERSON_FRESH)
    return erase_person(work, own_id(work), asked=True)


def erase_person(work: Work, customer_id: UUID, *, asked: bool) -> Certificate:
    """Erase one person whole. `asked`: on the person's own wish, which makes a case; else the time is over.

    Order: appointments are called off, the ledger is written, who else must know is told, then rows go by the map.
    """
    lock_days_of(work, coming_bookings(work, customer_id))
    customer = work.get(Customer, customer_id, lock=True)
    _leave_lines(work, customer_id)
    coming = coming_bookings(work, customer_id)
    for booking in coming:
        call_off(work, locked(work, booking.id), CancelledBy.ERASURE, telling=False)
    found = everything(work, person(work, customer_id))
    plan, providers = _preview(work, found), _outside(work, found)
    _close_open_cases(work, found)
    case = done_at_once(work, Right.ERASURE, None) if asked else None
    groups = {entry.table: len(rows) for entry, rows in found}
    write_ledger(work, customer_id, case.id if case else None, groups)
    told = tell_of_erasure(work, case, customer_id) if case else []
    destroy_person(work, found, customer)
    work.audit("person.erased", case, asked=asked, groups=groups)
    return Certificate(
        case_id=str(case.id) if case else "",
        erased_at=moment_text(work.now, work.get(Tenant, work.tenant).zone, work.lang),
        goes=plan.goes,
        emptied=plan.emptied,
        stays=plan.stays,
        providers=[line for place, line in providers if place.provider],
        cancelled=len(coming),
        told=told,
    )


def coming_bookings(work: Work, customer_id: UUID) -> Sequence[Booking]:
    """The person's appointments that still lie ahead, the next one first."""
    query = work.select(Booking).where(
        Booking.customer_id == customer_id, Booking.status.in_(COMING), Booking.ends_at > work.now
    )
    return work.all(query.order_by(Booking.starts_at))


def _leave_lines(work: Work, customer_id: UUID) -> None:
    """Nothing is offered any more to who goes, least of all the time that their own appointment frees."""
    work.update_where(WaitlistEntry, WaitlistEntry.customer_id == customer_id, status=WaitlistStatus.LEFT)


def _preview(work: Work, found: Sequence[Found]) -> Preview:
    seen = Preview(outside=[line for _, line in _outside(work, found)])
    summaries = Summaries(work, work.get(Tenant, work.tenant), work.lang)
    for entry, rows in found:
        title = translate(work.lang, TABLES.get(entry.table, entry.table))
        if entry.row_goes:
            seen.goes.append(Line(title, len(rows), _columns(entry, rows, work.lang)))
            continue
        staying = _staying(work, entry, title, len(rows))
        seen.stays.extend(staying)
        if not staying:
            why = COUNTED if entry.model is Booking else NAMELESS
            seen.emptied.append(Line(title, len(rows), translate(work.lang, why)))
    ahead = [row for entry, rows in found if entry.model is Booking for row in rows]
    ahead = [row for row in ahead if row.status in COMING and row.ends_at > work.now]
    seen.coming.extend(summaries.title("booking", row) for row in ahead)
    return seen


def _columns(entry: Entry, rows: Sequence[Any], lang: str) -> str:
    """Which kinds of values are in these rows."""
    filled = [c for c in entry.columns if any(getattr(row, c.name) not in (None, {}) for row in rows)]
    return ", ".join(dict.fromkeys(translate(lang, field_label(entry.table, c.name, c.data.category)) for c in filled))


def _staying(work: Work, entry: Entry, title: str, count: int) -> list[Line]:
    """What stays, until when, and why; proofs until the claims of this year have lapsed."""
    fates = {c.data.on_erasure for c in entry.columns}
    lines = []
    if OnErasure.PROOF in fates:
        zone = work.get(Tenant, work.tenant).zone
        until = day_text(date(local_day(work.now, zone).year + YEARS_OF_PROOF, 12, 31), work.lang)
        lines.append(Line(title, count, translate(work.lang, PROVEN).format(until=until)))
    if OnErasure.HOLD in fates:
        lines.append(Line(title, count, translate(work.lang, HELD_BY_LAW)))
    return lines


def _outside(work: Work, found: Sequence[Found]) -> list[tuple[Outside, Line]]:
    """The places beyond the tables that hold something of this person; a provider that never wrote to them does not."""
    active = Periods(work).activities
    keys = {key for activity in active.values() for key in activity.recipients}
    written = {WRITES[row.channel] for entry, rows in found if entry.model is Message for row in rows if row.tried_at}
    places = [p for p in places_for(keys, feeds=gives_names(work)) if p.purpose in active]
    places = [p for p in places if not p.provider or p.purpose in written or p.purpose not in WRITES.values()]
    tables = {entry.table for entry, rows in found if rows}
    places = [p for p in places if not p.only_with or p.only_with in tables]
    return [(p, Line(translate(work.lang, p.what), 0, translate(work.lang, p.erasure))) for p in places]


def _close_open_cases(work: Work, found: Sequence[Found]) -> None:
    """What the person had asked for before is answered by the erasure."""
    for entry, rows in found:
        if entry.model is PrivacyCase:
            for case in rows:
                if case.closed_at is None:
                    close_case(work, case)
