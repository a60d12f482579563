"""What staff type as an opening rule or a closure, read and checked: one clear sentence at each field."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.opening import MIDNIGHT
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.models.calendar import Location, Resource
from smartcx_portal.tenancy import Work

WEEKDAY_MISSING = N_("Choose a weekday.")
NOT_A_TIME = N_("Enter a time, such as 08:30.")
CLOSES_FIRST = N_("The end must be later than the beginning.")
NOT_A_DAY = N_("Enter a date, such as 24.12.2026.")
DAY_TOO_FAR = N_("Enter a date between 2000 and 2199.")
DAY_OVER = N_("This day is over. Choose today or a later day.")
ENDS_FIRST = N_("The last day must not be before the first.")
NO_SUCH_RESOURCE = N_("Choose one from the list.")
REPEAT_MISSING = N_("Choose how often.")
NOT_WEEKS = N_("Enter a whole number from 2 to 52.")
NO_FIRST_WEEK = N_("Enter the first day: the weeks are counted from its week on.")
NTH_MISSING = N_("Choose which one of the month.")
NOT_A_QUOTA = N_("Enter a whole number from 0 to 999, or leave it empty.")

WEEKLY, WEEKS, MONTHLY = "weekly", "weeks", "monthly"
"""How a rule repeats: each week, every n-th week, on the n-th such weekday of a month."""
NTHS = ("1", "2", "3", "4", "5", "-1")
MOST_WEEKS = 52
MOST_ONLINE = 999
FIRST_YEAR, LAST_YEAR = 2000, 2199

Entered = Mapping[str, str]
Problems = dict[str, str]


def read_rule(work: Work, place: Location, entered: Entered) -> dict[str, Any]:
    """The columns of a weekly rule, or of extra hours when a `day` is entered.

    Raises `InvalidForm` for `weekday` or `day`, `opens`, `closes`, `valid_from`, `valid_until`, `repeats`,
    `every_weeks`, `nth`, `online_quota`, `resource_id`.
    """
    problems: Problems = {}
    values = _read_day_of(work, place, entered, problems) if "day" in entered else _read_week(entered, problems)
    values |= read_times("opens", "closes", entered, problems)
    values["online_quota"] = _read_quota(entered.get("online_quota", ""), problems)
    values["resource_id"] = read_resource(work, place, entered.get("resource_id", ""), problems)
    first, last = values["valid_from"], values["valid_until"]
    if first and last and last < first:
        problems.setdefault("valid_until", ENDS_FIRST)
    if problems:
        raise InvalidForm(problems)
    return values


def read_times(begins: str, ends: str, entered: Entered, problems: Problems) -> dict[str, time]:
    """Two times of day in order; the second may be 00:00 or 24:00, the day's end."""
    first = _read_time(begins, entered.get(begins, ""), problems)
    last = _read_time(ends, entered.get(ends, ""), problems, closing=True)
    if not problems.keys() & {begins, ends} and last != MIDNIGHT and last <= first:
        problems[ends] = CLOSES_FIRST
    return {begins: first, ends: last}


def read_day(field: str, entered: str, problems: Problems, *, needed: bool = False) -> date | None:
    """A date field; empty is None unless it is needed."""
    if not entered and not needed:
        return None
    try:
        day = date.fromisoformat(entered)
    except ValueError:
        problems[field] = NOT_A_DAY
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        problems[field] = DAY_TOO_FAR
        return None
    return day


def read_resource(work: Work, place: Location, entered: str, problems: Problems) -> UUID | None:
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


def check_not_over(work: Work, place: Location, field: str, day: date | None, problems: Problems) -> None:
    """What is entered for days that are over would do nothing."""
    if day is not None and day < local_day(work.now, place.zone):
        problems.setdefault(field, DAY_OVER)


def _read_week(entered: Entered, problems: Problems) -> dict[str, Any]:
    weekday = str(entered.get("weekday", ""))
    if weekday not in tuple("0123456"):
        problems["weekday"] = WEEKDAY_MISSING
    first = read_day("valid_from", entered.get("valid_from", ""), problems)
    values: dict[str, Any] = {"weekday": int(weekday) if "weekday" not in problems else 0, "extra": False}
    values |= {"valid_from": first, "valid_until": read_day("valid_until", entered.get("valid_until", ""), problems)}
    repeats = entered.get("repeats", "") or WEEKLY
    if repeats not in (WEEKLY, WEEKS, MONTHLY):
        problems["repeats"] = REPEAT_MISSING
    weeks = _read_weeks(entered, first, problems) if repeats == WEEKS else 1
    return values | {"every_weeks": weeks, "nth": _read_nth(entered, problems) if repeats == MONTHLY else None}


def _read_day_of(work: Work, place: Location, entered: Entered, problems: Problems) -> dict[str, Any]:
    """Extra hours are a rule of one day."""
    day = read_day("day", entered["day"], problems, needed=True)
    check_not_over(work, place, "day", day, problems)
    values = {"valid_from": day, "valid_until": day, "extra": True, "every_weeks": 1, "nth": None}
    return values | {"weekday": day.weekday() if day else 0}


def _read_weeks(entered: Entered, first: date | None, problems: Problems) -> int:
    weeks = _number(entered.get("every_weeks", ""), 2, MOST_WEEKS)
    if weeks is None:
        problems["every_weeks"] = NOT_WEEKS
    if first is None:
        problems.setdefault("valid_from", NO_FIRST_WEEK)
    return weeks or 1


def _read_nth(entered: Entered, problems: Problems) -> int | None:
    if entered.get("nth", "") not in NTHS:
        problems["nth"] = NTH_MISSING
        return None
    return int(entered["nth"])


def _read_quota(entered: str, problems: Problems) -> int | None:
    quota = _number(entered, 0, MOST_ONLINE)
    if entered and quota is None:
        problems["online_quota"] = NOT_A_QUOTA
    return quota


def _number(entered: str, least: int, most: int) -> int | None:
    """A whole number in digits within the bounds, else None."""
    text = entered.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    return int(text) if least <= int(text) <= most else None


def _read_time(field: str, entered: str, problems: Problems, *, closing: bool = False) -> time:
    text = entered.strip()
    if closing and text in ("24:00", "00:00"):
        return MIDNIGHT
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.second or found.microsecond or found.tzinfo:
        problems[field] = NOT_A_TIME
        return MIDNIGHT
    return found
