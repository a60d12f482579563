"""Days on which nothing is offered: list, add, remove. What is booked already is kept, and named."""

from dataclasses import dataclass
from uuid import UUID

from smartcx_portal.bookings.entries import clean
from smartcx_portal.bookings.hours import (
    ENDS_FIRST,
    calendar_changed,
    place_of,
    read_day,
    read_resource,
)
from smartcx_portal.bookings.queries import BookingRow, coming_between
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models.calendar import Closure, Resource
from smartcx_portal.tenancy import Permission, Work

LONGEST_REASON = 200
REASON_TOO_LONG = N_("Use at most 200 characters.")


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """One closure; both days are closed. An empty resource means all of the place."""

    id: str
    first_day: str
    last_day: str
    text: str
    """`Donnerstag, 24. Dezember 2026`, or from and until."""
    reason: str
    resource_id: str
    resource: str


@dataclass(frozen=True, slots=True)
class ClosureAdded:
    """The new closure and the bookings that lie in it: they stay until somebody moves or cancels them."""

    closure: ClosureRow
    affected: tuple[BookingRow, ...]


def list_closures(work: Work) -> list[ClosureRow]:
    """All closures, the earliest first."""
    work.need(Permission.CALENDAR_EDIT)
    query = work.select(Closure).order_by(Closure.first_day, Closure.last_day, Closure.id)
    names = dict(work.all(work.select(Resource.id, Resource.name)))
    return [_view(work, one, names) for one in work.all(query)]


def add_closure(
    work: Work,
    first_day: str,
    last_day: str = "",
    reason: str = "",
    *,
    resource_id: str = "",
    location_id: str = "",
) -> ClosureAdded:
    """Close a place, or one resource, on these local days, both included; without `last_day` on one day.

    Raises `InvalidForm` for `first_day`, `last_day`, `reason`, `resource_id`.
    """
    work.need(Permission.CALENDAR_EDIT)
    place = place_of(work, location_id)
    problems: dict[str, str] = {}
    first = read_day("first_day", first_day, problems, needed=True)
    last = read_day("last_day", last_day, problems) or first
    resource = read_resource(work, place, resource_id, problems)
    why = clean(reason)
    if len(why) > LONGEST_REASON:
        problems["reason"] = REASON_TOO_LONG
    if first and last and last < first:
        problems.setdefault("last_day", ENDS_FIRST)
    if problems or first is None or last is None:
        raise InvalidForm(problems)
    row = work.new(Closure, location_id=place.id, resource_id=resource, first_day=first, last_day=last, reason=why)
    work.audit("closure.added", row)
    calendar_changed(work)
    names = dict(work.all(work.select(Resource.id, Resource.name)))
    affected = coming_between(work, first, last, location_id=place.id, resource_id=resource)
    return ClosureAdded(_view(work, row, names), tuple(affected))


def remove_closure(work: Work, closure_id: str | UUID) -> None:
    """Open these days again."""
    work.need(Permission.CALENDAR_EDIT)
    row = work.get(Closure, as_id(str(closure_id)))
    work.audit("closure.removed", row)
    work.delete(row)
    calendar_changed(work)


def _view(work: Work, one: Closure, names: dict[UUID, str]) -> ClosureRow:
    days = [day_text(day, work.lang) for day in dict.fromkeys((one.first_day, one.last_day))]
    return ClosureRow(
        id=str(one.id),
        first_day=one.first_day.isoformat(),
        last_day=one.last_day.isoformat(),
        text=" – ".join(days),
        reason=one.reason,
        resource_id=str(one.resource_id or ""),
        resource=names.get(one.resource_id, "") if one.resource_id else "",
    )
