"""Changes of what can be booked: each is whole, stands in the trail, and the last one can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from smartcx_portal.bookings.change_rows import TABLES, Key, Plain, same, snapshot, write
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import date_text, time_text
from smartcx_portal.models.base import TenantOwned
from smartcx_portal.models.calendar import CalendarChange
from smartcx_portal.models.staff import Identity
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Permission, Work

UNDONE = "calendar.undone"
DEEDS = {
    "location.added": N_("Location added"),
    "location.changed": N_("Location changed"),
    "location.removed": N_("Location removed"),
    "resource.added": N_("Resource added"),
    "resource.changed": N_("Resource changed"),
    "resource.removed": N_("Resource removed"),
    "service.added": N_("Service added"),
    "service.changed": N_("Service changed"),
    "service.copied": N_("Service copied"),
    "service.sorted": N_("Order of the services changed"),
    "service.removed": N_("Service removed"),
    "field.added": N_("Form field added"),
    "field.changed": N_("Form field changed"),
    "field.sorted": N_("Order of the form fields changed"),
    "field.removed": N_("Form field removed"),
    "hours.added": N_("Opening hours added"),
    "hours.changed": N_("Opening hours changed"),
    "hours.removed": N_("Opening hours removed"),
    "hours.copied": N_("Opening hours copied"),
    "closure.added": N_("Closure entered"),
    "closure.changed": N_("Closure changed"),
    "closure.removed": N_("Closure removed"),
    "holidays.changed": N_("Public holidays switched"),
    UNDONE: N_("Change undone"),
}
"""Every deed by its name in the trail, in words."""
UNDO, REDO = N_("Undo: {what}"), N_("Redo: {what}")


class NothingToUndo(ProductError):
    """There was no change yet."""

    says = N_("There is nothing to undo.")


class ChangedSince(ProductError):
    """Undoing would overwrite or hit what came after the change."""

    says = N_("This was changed again since, so it cannot be undone. Please change it by hand.")


@dataclass
class Change:
    """A change under way. `about` is the row that the trail names, if there is one above all."""

    about: TenantOwned | None = None


@dataclass(frozen=True, slots=True)
class LastChange:
    """What the button takes back. `label` is all of it: `Rückgängig: Leistung geändert, 10:42 Uhr, Ben`."""

    id: str
    label: str
    what: str
    at: str
    who: str


@contextmanager
def changing(work: Work, action: str) -> Iterator[Change]:
    """Change rows of `TABLES` within the block; `action` is a key of `DEEDS`. Read the rows inside it.

    No booking runs against half a change: it waits here, or this waits for it. Afterwards the change is noted with
    the rows before and after it, audited, and told to open pages; when nothing differs, nothing is noted.
    """
    if action not in DEEDS:
        raise KeyError(action)
    work.need(Permission.CALENDAR_EDIT)
    work.lock("calendar")
    before = snapshot(work)
    change = Change()
    yield change
    work.flush()
    _note(work, action, change, before)


@contextmanager
def supposing(work: Work) -> Iterator[None]:
    """Try a change within the block and look what follows from it; nothing of it stays."""
    try:
        with work.attempt():
            yield
            raise _Enough
    except _Enough:
        pass


class _Enough(Exception):
    """What was supposed has been looked at."""


def last_change(work: Work) -> LastChange | None:
    """The change that `undo_last_change` would take back, in words; None when there is none."""
    work.need(Permission.CALENDAR_EDIT)
    last = _last(work)
    if last is None:
        return None
    sentence, told = UNDO, last
    if last.action == UNDONE:
        sentence, told = REDO, _before(work, last) or last
    what, who = translate(work.lang, DEEDS[told.action]), _name(work, last.by_identity)
    at = _when(work, last)
    whole = ", ".join(part for part in (what, at, who) if part)
    return LastChange(str(last.id), translate(work.lang, sentence).format(what=whole), what, at, who)


def undo_last_change(work: Work, change_id: str = "") -> None:
    """Put the rows back as they were before the last change; doing it twice redoes the change.

    Rows that came with the change go again, or become inactive where a booking points at them. Raises
    `NothingToUndo`, and `ChangedSince` if `change_id` is no longer the last one or a row is not as it left it.
    """
    work.need(Permission.CALENDAR_EDIT)
    work.lock("calendar")
    last = _last(work)
    if last is None:
        raise NothingToUndo
    if change_id and change_id != str(last.id):
        raise ChangedSince
    try:
        with work.attempt(), changing(work, UNDONE):
            _put_back(work, last)
    except IntegrityError:
        raise ChangedSince from None
    last.undone_at = work.now
    work.flush()


def take_away(work: Work, *rows: TenantOwned) -> bool:
    """Delete rows, those that point at others first; within `changing`. False: they stay, inactive.

    They stay if anything else points at one of them, such as a booking; then what hangs on them stays too.
    """
    try:
        with work.attempt():
            for row in rows:
                work.delete(row)
    except IntegrityError:
        _retire(work, rows)
        return False
    return True


def _retire(work: Work, rows: tuple[TenantOwned, ...]) -> None:
    """Make inactive what can be, and delete the rest unless it belongs to what stays."""
    staying = {row.id for row in rows if hasattr(row, "active")}
    for row in rows:
        if hasattr(row, "active"):
            row.active = False
        elif staying.isdisjoint(row.model_dump(exclude={"id"}).values()):
            work.delete(row)
    work.flush()


def _note(work: Work, action: str, change: Change, before: dict[Key, Plain]) -> None:
    after = snapshot(work)
    rows = [
        {"table": table, "id": str(row_id), "before": before.get((table, row_id)), "after": after.get((table, row_id))}
        for table, row_id in dict.fromkeys((*before, *after))
        if before.get((table, row_id)) != after.get((table, row_id))
    ]
    if not rows:
        return
    work.new(CalendarChange, action=action, by_identity=work.actor.identity_id, at=work.now, rows=rows)
    work.audit(action, change.about, rows=len(rows))
    work.notify("bookings", f"{work.tenant} *")


def _last(work: Work) -> CalendarChange | None:
    """The newest by its id, which is made under the lock; None if it has been undone without a trace."""
    last = work.first(work.select(CalendarChange).order_by(CalendarChange.id.desc()))
    return None if last is None or last.undone_at else last


def _before(work: Work, change: CalendarChange) -> CalendarChange | None:
    """The change that an undoing took back."""
    query = work.select(CalendarChange).where(CalendarChange.id < change.id)
    return work.first(query.order_by(CalendarChange.id.desc()))


def _put_back(work: Work, change: CalendarChange) -> None:
    """Raises `ChangedSince` unless all rows are as `change` left them."""
    now = snapshot(work)
    order = list(TABLES)
    rows = sorted(change.rows, key=lambda one: order.index(one["table"]))
    for one in rows:
        if not same(one["after"], now.get((one["table"], UUID(one["id"])))):
            raise ChangedSince
    for one in rows:
        if one["before"] is not None:
            write(work, TABLES[one["table"]], UUID(one["id"]), one["before"])
    added = [work.get(TABLES[one["table"]], UUID(one["id"])) for one in reversed(rows) if one["before"] is None]
    take_away(work, *added)


def _name(work: Work, identity_id: UUID | None) -> str:
    if identity_id is None:
        return ""
    return work.first(work.shared(Identity.name).where(Identity.id == identity_id)) or ""


def _when(work: Work, change: CalendarChange) -> str:
    """The clock time in the tenant's zone, with the date unless it was today."""
    zone = work.get(Tenant, work.tenant).zone
    clock, day = time_text(change.at, zone, work.lang), local_day(change.at, zone)
    return clock if day == local_day(work.now, zone) else f"{date_text(day, work.lang)}, {clock}"
