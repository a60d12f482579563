"""Weekly opening hours of a place or one of its resources: list, add, remove."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.opening import MIDNIGHT
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.calendar import Location, OpeningHours, Resource
from smartcx_portal.tenancy import Permission, Work

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
WEEKDAY_MISSING = N_("Choose a weekday.")
NOT_A_TIME = N_("Enter a time, such as 08:30.")
CLOSES_FIRST = N_("The end must be later than the beginning.")
NOT_A_DAY = N_("Enter a date, such as 24.12.2026.")
ENDS_FIRST = N_("The last day must not be before the first.")
THERE_ALREADY = N_("These hours are there already.")
NO_SUCH_RESOURCE = N_("Choose one from the list.")


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One weekly rule. `closes` is `24:00` for the day's end; an empty resource means all of the place."""

    id: str
    weekday: int
    weekday_text: str
    opens: str
    closes: str
    valid_from: str
    valid_until: str
    resource_id: str
    resource: str


def list_hours(work: Work) -> list[HoursRow]:
    """All weekly rules in the order of the week."""
    work.need(Permission.CALENDAR_EDIT)
    query = work.select(OpeningHours).order_by(OpeningHours.weekday, OpeningHours.opens, OpeningHours.id)
    names = dict(work.all(work.select(Resource.id, Resource.name)))
    return [_view(work, one, names) for one in work.all(query)]


def choosable_resources(work: Work, location_id: str = "") -> list[tuple[str, str]]:
    """Id and name of what hours and closures of a place may be for, in the tenant's order."""
    work.need(Permission.CALENDAR_EDIT)
    query = work.select(Resource).where(
        Resource.location_id == place_of(work, location_id).id, Resource.active.is_(True)
    )
    return [(str(one.id), one.name) for one in work.all(query.order_by(Resource.position, Resource.name))]


def public_hours(work: Work) -> list[HoursRow]:
    """The rules that hold for the whole place and today, for the tenant's start page."""
    day = work.now.date()
    query = work.select(OpeningHours).where(OpeningHours.resource_id.is_(None))
    query = query.order_by(OpeningHours.weekday, OpeningHours.opens)
    valid = [one for one in work.all(query) if (one.valid_from or day) <= day <= (one.valid_until or day)]
    return [_view(work, one, {}) for one in valid]


def add_hours(
    work: Work,
    weekday: str | int,
    opens: str,
    closes: str,
    *,
    valid_from: str = "",
    valid_until: str = "",
    resource_id: str = "",
    location_id: str = "",
) -> HoursRow:
    """Add a weekly rule; times are local, `24:00` or `00:00` closes at the day's end.

    Raises `InvalidForm` with a sentence for each of `weekday`, `opens`, `closes`, `valid_from`, `valid_until`,
    `resource_id`. Without a place it is the tenant's first.
    """
    work.need(Permission.CALENDAR_EDIT)
    place = place_of(work, location_id)
    problems: dict[str, str] = {}
    values = {
        "weekday": _weekday(weekday, problems),
        "opens": _time("opens", opens, problems),
        "closes": _time("closes", closes, problems),
        "valid_from": read_day("valid_from", valid_from, problems),
        "valid_until": read_day("valid_until", valid_until, problems),
        "resource_id": read_resource(work, place, resource_id, problems),
    }
    _check_rule(work, place, values, problems)
    row = work.new(OpeningHours, location_id=place.id, **values)
    work.audit("hours.added", row)
    calendar_changed(work)
    names = dict(work.all(work.select(Resource.id, Resource.name)))
    return _view(work, row, names)


def remove_hours(work: Work, hours_id: str | UUID) -> None:
    """Take a weekly rule away; what is booked stays booked."""
    work.need(Permission.CALENDAR_EDIT)
    row = work.get(OpeningHours, as_id(str(hours_id)))
    work.audit("hours.removed", row)
    work.delete(row)
    calendar_changed(work)


def calendar_changed(work: Work) -> None:
    """Let open pages know that other times are offered now: `*` stands for every day."""
    work.notify("bookings", f"{work.tenant} *")


def place_of(work: Work, location_id: str) -> Location:
    """The named place, else the tenant's first; raises `NotFound`."""
    if location_id:
        return work.get(Location, as_id(location_id))
    first = work.first(work.select(Location).order_by(Location.id))
    if first is None:
        raise NotFound
    return first


def read_day(field: str, entered: str, problems: dict[str, str], *, needed: bool = False) -> date | None:
    """A date field; empty is None unless it is needed."""
    if not entered and not needed:
        return None
    try:
        return date.fromisoformat(entered)
    except ValueError:
        problems[field] = NOT_A_DAY
        return None


def read_resource(work: Work, place: Location, entered: str, problems: dict[str, str]) -> UUID | None:
    """A resource of this place; empty is all of them. Another tenant's is none."""
    if not entered:
        return None
    try:
        found = work.get(Resource, as_id(entered))
    except NotFound:
        found = None
    if found is None or found.location_id != place.id:
        problems["resource_id"] = NO_SUCH_RESOURCE
        return None
    return found.id


def _weekday(entered: str | int, problems: dict[str, str]) -> int:
    text = str(entered)
    if text not in "0123456" or len(text) != 1:
        problems["weekday"] = WEEKDAY_MISSING
        return 0
    return int(text)


def _time(field: str, entered: str, problems: dict[str, str]) -> time:
    if field == "closes" and entered.strip() in ("24:00", "00:00"):
        return MIDNIGHT
    try:
        found = time.fromisoformat(entered.strip())
    except ValueError:
        found = None
    if found is None or found.second or found.microsecond or found.tzinfo:
        problems[field] = NOT_A_TIME
        return MIDNIGHT
    return found


def _check_rule(work: Work, place: Location, values: dict[str, Any], problems: dict[str, str]) -> None:
    """Raise `InvalidForm` for the problems found so far, for times in the wrong order, and for a rule twice."""
    if not problems:
        _check_order(values, problems)
    if not problems and _is_there(work, place, values):
        problems["opens"] = THERE_ALREADY
    if problems:
        raise InvalidForm(problems)


def _check_order(values: dict[str, Any], problems: dict[str, str]) -> None:
    if values["closes"] != MIDNIGHT and values["closes"] <= values["opens"]:
        problems["closes"] = CLOSES_FIRST
    if values["valid_from"] and values["valid_until"] and values["valid_until"] < values["valid_from"]:
        problems["valid_until"] = ENDS_FIRST


def _is_there(work: Work, place: Location, values: dict[str, Any]) -> bool:
    query = work.select(OpeningHours.id).where(OpeningHours.location_id == place.id)
    for name, value in values.items():
        column = getattr(OpeningHours, name)
        query = query.where(column.is_(None) if value is None else column == value)
    return work.first(query) is not None


def _view(work: Work, one: OpeningHours, names: dict[UUID, str]) -> HoursRow:
    return HoursRow(
        id=str(one.id),
        weekday=one.weekday,
        weekday_text=translate(work.lang, WEEKDAYS[one.weekday]),
        opens=one.opens.strftime("%H:%M"),
        closes="24:00" if one.closes == MIDNIGHT else one.closes.strftime("%H:%M"),
        valid_from=one.valid_from.isoformat() if one.valid_from else "",
        valid_until=one.valid_until.isoformat() if one.valid_until else "",
        resource_id=str(one.resource_id or ""),
        resource=names.get(one.resource_id, "") if one.resource_id else "",
    )
