"""Times at which nothing is offered: closures of days or parts of days, and public holidays. Booked stays booked."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.changing import changing, take_away
from smartcx_portal.bookings.entries import clean
from smartcx_portal.bookings.holidays import holidays_of
from smartcx_portal.bookings.hours import place_of
from smartcx_portal.bookings.opening import MIDNIGHT
from smartcx_portal.bookings.rule_entries import (
    ENDS_FIRST,
    Entered,
    Problems,
    check_not_over,
    read_day,
    read_resource,
    read_times,
)
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models.calendar import Closure, Location, Resource
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Permission, Work

LONGEST_REASON = 200
REASON_TOO_LONG = N_("Use at most 200 characters.")
CLOSED_ALREADY = N_("This closure is entered already.")
EACH_DAY = N_("{days}, each day {times}")
ON_DAY = N_("{days}, {times}")


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """One closure; both days are closed. An empty resource means all of the place, empty times whole days."""

    id: str
    first_day: str
    last_day: str
    begins: str
    ends: str
    text: str
    """`Donnerstag, 24. Dezember 2026`, or from and until, with the times if it is not for whole days."""
    reason: str
    location_id: str
    resource_id: str
    resource: str
    over: bool


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """A public holiday in words."""

    day: str
    text: str
    name: str


def list_closures(work: Work, location_id: str = "") -> list[ClosureRow]:
    """All closures, or those of one place, the earliest first."""
    work.need(Permission.CALENDAR_EDIT)
    query = work.select(Closure).order_by(Closure.first_day, Closure.last_day, Closure.id)
    if location_id:
        query = query.where(Closure.location_id == as_id(location_id))
    names = dict(work.all(work.select(Resource.id, Resource.name)))
    zones = dict(work.all(work.select(Location.id, Location.zone)))
    return [_row(work, one, names, local_day(work.now, zones[one.location_id])) for one in work.all(query)]


def add_closure(work: Work, first_day: str, last_day: str = "", reason: str = "", **more: str) -> ClosureRow:
    """Close a place, or one resource, on these local days, both included; without `last_day` on one day.

    `more`: `begins` and `ends` for a part of each day, `resource_id`, and `location_id`, without which it is the
    tenant's first place. Raises `InvalidForm` for each of them, and for `first_day`, `last_day`, `reason`.
    """
    entered = {"first_day": first_day, "last_day": last_day, "reason": reason, **more}
    with changing(work, "closure.added") as change:
        change.about = row = put_closure(work, entered)
    return _shown(work, row)


def change_closure(work: Work, closure_id: str | UUID, **entered: str) -> ClosureRow:
    """Change a closure; it stays with its place. Raises as `add_closure`."""
    with changing(work, "closure.changed") as change:
        change.about = row = put_closure(work, entered, as_id(str(closure_id)))
    return _shown(work, row)


def remove_closure(work: Work, closure_id: str | UUID) -> None:
    """Open these days again."""
    with changing(work, "closure.removed") as change:
        change.about = row = work.get(Closure, as_id(str(closure_id)))
        take_away(work, row)


def put_closure(work: Work, entered: Entered, closure_id: UUID | None = None) -> Closure:
    """Check and write a new or changed closure, without the trail: within `changing`, or to look what follows."""
    work.need(Permission.CALENDAR_EDIT)
    row = work.get(Closure, closure_id) if closure_id else None
    place = work.get(Location, row.location_id) if row else place_of(work, entered.get("location_id", ""))
    values = _read(work, place, entered, row)
    if row is None:
        return work.new(Closure, location_id=place.id, **values)
    for name, value in values.items():
        setattr(row, name, value)
    work.flush()
    return row


def switch_holidays(work: Work, location_id: str, on: bool) -> None:
    """Let a place be closed on the public holidays of its Land, or not."""
    with changing(work, "holidays.changed") as change:
        change.about = place = work.get(Location, as_id(location_id))
        place.holidays = on
        work.flush()


def land_of(work: Work, place: Location) -> str:
    """The Land whose public holidays count at a place, by its ISO 3166-2:DE letters."""
    return place.land or work.get(Tenant, work.tenant).land


def coming_holidays(work: Work, location_id: str) -> list[HolidayRow]:
    """The public holidays at a place that are left this year, and those of the next."""
    work.need(Permission.CALENDAR_EDIT)
    place = work.get(Location, as_id(location_id))
    today, land = local_day(work.now, place.zone), land_of(work, place)
    days = [one for year in (today.year, today.year + 1) for one in holidays_of(land, year, work.lang)]
    return [HolidayRow(one.day.isoformat(), day_text(one.day, work.lang), one.name) for one in days if one.day >= today]


def _read(work: Work, place: Location, entered: Entered, row: Closure | None) -> dict[str, Any]:
    problems: Problems = {}
    first = read_day("first_day", entered.get("first_day", ""), problems, needed=True)
    last = read_day("last_day", entered.get("last_day", ""), problems) or first
    values: dict[str, Any] = {"first_day": first, "last_day": last, "begins": None, "ends": None}
    if entered.get("begins") or entered.get("ends"):
        values |= read_times("begins", "ends", {"begins": "00:00", "ends": "00:00", **_filled(entered)}, problems)
    values["resource_id"] = read_resource(work, place, entered.get("resource_id", ""), problems)
    values["reason"] = clean(entered.get("reason", ""))
    if len(values["reason"]) > LONGEST_REASON:
        problems["reason"] = REASON_TOO_LONG
    if first and last and last < first:
        problems.setdefault("last_day", ENDS_FIRST)
    if row is None or last != row.last_day:
        check_not_over(work, place, "last_day" if entered.get("last_day") else "first_day", last, problems)
    if not problems and _is_there(work, place, values, row):
        problems["first_day"] = CLOSED_ALREADY
    if problems:
        raise InvalidForm(problems)
    return values


def _filled(entered: Entered) -> dict[str, str]:
    return {name: text for name, text in entered.items() if text}


def _is_there(work: Work, place: Location, values: dict[str, Any], row: Closure | None) -> bool:
    query = work.select(Closure).where(Closure.location_id == place.id, Closure.first_day == values["first_day"])
    names = ("last_day", "begins", "ends", "resource_id")
    return any(one is not row and all(getattr(one, n) == values[n] for n in names) for one in work.all(query))


def _shown(work: Work, one: Closure) -> ClosureRow:
    names = dict(work.all(work.select(Resource.id, Resource.name)))
    return _row(work, one, names, local_day(work.now, work.get(Location, one.location_id).zone))


def _row(work: Work, one: Closure, names: dict[UUID, str], today: date) -> ClosureRow:
    begins, ends = _clock(one.begins), _clock(one.ends)
    return ClosureRow(
        id=str(one.id),
        first_day=one.first_day.isoformat(),
        last_day=one.last_day.isoformat(),
        begins=begins,
        ends="24:00" if one.ends == MIDNIGHT else ends,
        text=_text(work.lang, one),
        reason=one.reason,
        location_id=str(one.location_id),
        resource_id=str(one.resource_id or ""),
        resource=names.get(one.resource_id, "") if one.resource_id else "",
        over=one.last_day < today,
    )


def _text(lang: str, one: Closure) -> str:
    days = " – ".join(day_text(day, lang) for day in dict.fromkeys((one.first_day, one.last_day)))
    if one.begins is None and one.ends is None:
        return days
    times = f"{_clock(one.begins) or '00:00'}–{_clock(one.ends if one.ends != MIDNIGHT else None) or '24:00'}"
    sentence = ON_DAY if one.first_day == one.last_day else EACH_DAY
    return translate(lang, sentence).format(days=days, times=times)


def _clock(wall: time | None) -> str:
    return wall.strftime("%H:%M") if wall else ""
