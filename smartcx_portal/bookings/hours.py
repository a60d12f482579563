"""Opening hours of a place or one of its resources, weekly and for single days: list, add, change, remove."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import takewhile
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.changing import changing, take_away
from smartcx_portal.bookings.hours_shown import HoursRow, hours_row
from smartcx_portal.bookings.opening import DAY, MIDNIGHT, Rule
from smartcx_portal.bookings.rule_entries import Entered, read_rule
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import InvalidForm, NotFound, ProductError
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.models.calendar import Location, OpeningHours, Resource
from smartcx_portal.tenancy import Permission, Work

OF_A_RULE = ("weekday", "opens", "closes", "valid_from", "valid_until", "every_weeks", "nth")
"""What decides when a rule holds."""
THERE_ALREADY = N_("These hours are there already.")
LONG_ENOUGH = 53 * 52
"""Weeks after which two rhythms of at most 52 weeks have met if they ever do."""


class HoursOverlap(ProductError):
    """Two rules of the same place or resource would say the same minutes twice."""

    says = N_("These hours overlap with {hours}, which are there already.")

    def __init__(self, other: OpeningHours) -> None:
        row = hours_row("en", other, {})
        super().__init__(field="opens", hours=f"{row.opens}–{row.closes}")


def list_hours(work: Work) -> list[HoursRow]:
    """All rules of all places in the order of the week."""
    work.need(Permission.CALENDAR_EDIT)
    names = dict(work.all(work.select(Resource.id, Resource.name)))
    return [hours_row(work.lang, one, names) for one in work.all(_in_order(work))]


def hours_of(work: Work, location_id: str, resource_id: str = "") -> list[HoursRow]:
    """The rules of a place, or of one of its resources, that are not over; extra hours too."""
    work.need(Permission.CALENDAR_EDIT)
    place = place_of(work, location_id)
    today = local_day(work.now, place.zone)
    found = rows_of(work, place.id, as_id(resource_id) if resource_id else None)
    return [hours_row(work.lang, one, {}) for one in found if (one.valid_until or today) >= today]


def rows_of(work: Work, location_id: UUID, resource_id: UUID | None) -> list[OpeningHours]:
    """The rows of exactly this place or resource, in the order of the week."""
    same = OpeningHours.resource_id == resource_id if resource_id else OpeningHours.resource_id.is_(None)
    return list(work.all(_in_order(work).where(OpeningHours.location_id == location_id, same)))


def public_hours(work: Work) -> list[HoursRow]:
    """The weekly rules that hold for whole places in use and today, for the tenant's start page.

    Of several places the weekdays say at which: `Rathaus, Montag`.
    """
    order = (Location.position, Location.name, Location.id)
    places = work.all(work.select(Location).where(Location.active.is_(True)).order_by(*order))
    found = []
    for place in places:
        day = local_day(work.now, place.zone)
        weekly = [one for one in rows_of(work, place.id, None) if not one.extra]
        valid = [one for one in weekly if (one.valid_from or day) <= day <= (one.valid_until or day)]
        rows = [hours_row(work.lang, one, {}) for one in valid]
        several = len(places) > 1
        found += [replace(row, weekday_text=f"{place.name}, {row.weekday_text}") if several else row for row in rows]
    return found


def add_hours(work: Work, weekday: str | int, opens: str, closes: str, **more: str) -> HoursRow:
    """Add a weekly rule; times are local, `24:00` or `00:00` closes at the day's end.

    `more` are the fields of `read_rule` and `location_id`, without which it is the tenant's first place. Raises
    `InvalidForm`, and `HoursOverlap` at the field `opens`.
    """
    return _added(work, {"weekday": str(weekday), "opens": opens, "closes": closes, **more})


def add_extra_hours(work: Work, day: str, opens: str, closes: str, **more: str) -> HoursRow:
    """Open on one day beside whatever else holds, also on a public holiday. Raises as `add_hours`, for `day`."""
    return _added(work, {"day": day, "opens": opens, "closes": closes, **more})


def change_hours(work: Work, hours_id: str | UUID, **entered: str) -> HoursRow:
    """Change a rule; it stays with its place or resource, and extra hours stay extra hours. Raises as `add_hours`."""
    with changing(work, "hours.changed") as change:
        change.about = row = put_hours(work, entered, as_id(str(hours_id)))
    return hours_row(work.lang, row, {})


def remove_hours(work: Work, hours_id: str | UUID) -> None:
    """Take a rule away; what is booked stays booked."""
    with changing(work, "hours.removed") as change:
        change.about = row = work.get(OpeningHours, as_id(str(hours_id)))
        take_away(work, row)


def put_hours(work: Work, entered: Entered, hours_id: UUID | None = None) -> OpeningHours:
    """Check and write a new or changed rule, without the trail: within `changing`, or to look what follows."""
    work.need(Permission.CALENDAR_EDIT)
    row = work.get(OpeningHours, hours_id) if hours_id else None
    place = work.get(Location, row.location_id) if row else place_of(work, entered.get("location_id", ""))
    if row:
        entered = {**entered, "resource_id": str(row.resource_id or "")}
    values = read_rule(work, place, entered)
    if row and values["extra"] != row.extra:
        raise NotFound
    check_clash(work, place, values, but=hours_id)
    if row is None:
        return work.new(OpeningHours, location_id=place.id, **values)
    for name, value in values.items():
        setattr(row, name, value)
    work.flush()
    return row


def check_clash(work: Work, place: Location, values: dict[str, Any], *, but: UUID | None = None) -> None:
    """Raise for a rule that is there already, or whose hours overlap with another's on some day."""
    alike = [
        one
        for one in rows_of(work, place.id, values["resource_id"])
        if one.id != but and one.extra == values["extra"] and one.weekday == values["weekday"]
    ]
    if any(all(getattr(one, name) == value for name, value in values.items()) for one in alike):
        raise InvalidForm({"opens": THERE_ALREADY})
    for one in alike:
        if _overlap(one, values) and meet(_rule_of({name: getattr(one, name) for name in OF_A_RULE}), _rule_of(values)):
            raise HoursOverlap(one)


def meet(one: Rule, other: Rule) -> bool:
    """Whether two rules of the same weekday both hold on some day."""
    return any(one.holds_on(day) and other.holds_on(day) for day in _common_days(one, other))


def place_of(work: Work, location_id: str) -> Location:
    """The named place, else the tenant's first; raises `NotFound`."""
    if location_id:
        return work.get(Location, as_id(location_id))
    query = work.select(Location).order_by(Location.active.desc(), Location.position, Location.name, Location.id)
    first = work.first(query)
    if first is None:
        raise NotFound
    return first


def _added(work: Work, entered: Entered) -> HoursRow:
    with changing(work, "hours.added") as change:
        change.about = row = put_hours(work, entered)
    return hours_row(work.lang, row, dict(work.all(work.select(Resource.id, Resource.name))))


def _in_order(work: Work) -> Any:
    order = (OpeningHours.extra, OpeningHours.weekday, OpeningHours.opens, OpeningHours.valid_from, OpeningHours.id)
    return work.select(OpeningHours).order_by(*order)


def _common_days(one: Rule, other: Rule) -> Iterator[date]:
    """The days of their weekday within both validities, as far as is needed to see whether they meet."""
    bounds = [day for day in (one.valid_from, other.valid_from) if day]
    first = max(bounds, default=date(2000, 1, 3))
    first += timedelta(days=(one.weekday - first.weekday()) % 7)
    weeks = (first + n * 7 * DAY for n in range(LONG_ENOUGH))
    return takewhile(lambda day: one.valid_on(day) and other.valid_on(day), weeks)


def _overlap(one: OpeningHours, values: dict[str, Any]) -> bool:
    return one.opens < _end(values["closes"]) and values["opens"] < _end(one.closes)


def _end(closes: time) -> time:
    return time.max if closes == MIDNIGHT else closes


def _rule_of(values: dict[str, Any]) -> Rule:
    return Rule(**{name: values[name] for name in OF_A_RULE})
