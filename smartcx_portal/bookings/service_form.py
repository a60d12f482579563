"""The form of a service: from its columns to entries, and back with a sentence for each that cannot be."""

from collections.abc import Callable
from typing import Any

from smartcx_portal.bookings.sheet import Sheet
from smartcx_portal.bookings.spans import UNITS, in_units
from smartcx_portal.kit.language import N_
from smartcx_portal.models.calendar import Colour, Service, Way

DAY_MIN = UNITS["days"]
YEAR_DAYS = 365
MOST_SEATS = 500
MOST_AT_ONCE = 20
MOST_REPEATS = 52
MOST_PER_PERSON = 50
LONGEST_HOLD_DAYS = 7
LONGEST_LINK = 2000

NAME_MISSING = N_("Enter what people book, such as Apply for an identity card.")
DURATION = N_("Enter a duration from 1 minute to 24 hours.")
BUFFER = N_("Enter a time from 0 minutes to 24 hours.")
STEP = N_("Enter a step from 1 minute to 24 hours: a day has no more.")
AHEAD = N_("Enter a time from 0 minutes to 365 days.")
HORIZON = N_("Enter a span from 1 day to 365 days, in whole days.")
LEAD_TOO_LONG = N_("Nothing could ever be booked: the lead time must be shorter than the booking horizon.")
WAY_MISSING = N_("Choose at least one way in which the appointment takes place.")
VIDEO_LINK = N_("Enter a link for video appointments that begins with https://")
SEATS = N_("Enter a number of seats from 1 to 500; 1 is no group.")
AT_ONCE = N_("Enter a number from 1 to 20.")
AT_ONCE_SEATS = N_("One booking cannot take more seats than there are.")
REPEATS = N_("Enter a number from 1 to 52; 1 is no series.")
PER_PERSON = N_("Enter a number from 0 to 50; 0 is no limit.")
WEEK_BELOW_DAY = N_("The limit per week must not be below the one per day.")
GROUP_COMBINED = N_("Group appointments cannot be combined with others: choose one of both.")
NEEDS_COMBINED = N_("What needs several resources at once cannot be combined with others.")
WAITING_HOLD = N_("Enter a time from 5 minutes to 7 days.")

TEXTS = ("description", "for_whom", "bring")
BOXES = ("online", "double_opt_in", "without_message", "combinable", "choosable", "for_others", "waitlist", "active")
NUMBERS: dict[str, tuple[int, int, str]] = {
    "seats": (1, MOST_SEATS, SEATS),
    "most_at_once": (1, MOST_AT_ONCE, AT_ONCE),
    "most_repeats": (1, MOST_REPEATS, REPEATS),
    "per_person_day": (0, MOST_PER_PERSON, PER_PERSON),
    "per_person_week": (0, MOST_PER_PERSON, PER_PERSON),
}
"""Whole numbers: least, most, and what is said otherwise."""
SHORT, LONG = ("minutes", "hours"), ("minutes", "hours", "days")
SPANS: dict[str, tuple[str, int, int, str, tuple[str, ...]]] = {
    "duration": ("duration_min", 1, DAY_MIN, DURATION, SHORT),
    "before": ("before_min", 0, DAY_MIN, BUFFER, SHORT),
    "after": ("after_min", 0, DAY_MIN, BUFFER, SHORT),
    "step": ("step_min", 1, DAY_MIN, STEP, SHORT),
    "lead": ("lead_min", 0, YEAR_DAYS * DAY_MIN, AHEAD, LONG),
    "cancel_until": ("cancel_until_min", 0, YEAR_DAYS * DAY_MIN, AHEAD, LONG),
    "waitlist_hold": ("waitlist_hold_min", 5, LONGEST_HOLD_DAYS * DAY_MIN, WAITING_HOLD, LONG),
}
"""Spans by the name of their field: column, least and most in minutes, what is said otherwise, units to choose."""
HORIZON_UNITS = ("days", "weeks")


def way_name(way: str) -> str:
    """The form name of a way's box."""
    return f"way-{way}"


def entries_of(service: Service) -> dict[str, str]:
    """What the form shows for a service; a ticked box is `yes`, an unticked one empty."""
    entries = {"name": service.name, "price": service.price, "video_url": service.video_url}
    entries |= {name: getattr(service, name) for name in TEXTS}
    for name, (column, _, _, _, units) in SPANS.items():
        entries[name], entries[f"{name}_unit"] = in_units(getattr(service, column), *units)
    entries["horizon"], entries["horizon_unit"] = in_units(service.horizon_days * DAY_MIN, *HORIZON_UNITS)
    entries |= {name: str(getattr(service, name)) for name in NUMBERS}
    entries |= {name: "yes" if getattr(service, name) else "" for name in BOXES}
    entries |= {way_name(way): "yes" if way in service.ways else "" for way in Way}
    return entries | {"colour": service.colour.value, "location_id": str(service.location_id)}


def read_columns(sheet: Sheet, *, needs: int) -> dict[str, Any]:
    """A service's columns, but for its place and position; what is wrong stands in `sheet.problems`.

    `needs` is how many resources an appointment takes at a time.
    """
    values: dict[str, Any] = {"name": sheet.line("name", NAME_MISSING)}
    values |= {name: sheet.text(name) for name in TEXTS}
    values["price"] = sheet.line("price")
    values |= _spans(sheet, "duration", "before", "after", "step", "lead")
    values["horizon_days"] = sheet.span("horizon", 1, YEAR_DAYS, HORIZON, unit="days")
    values |= _spans(sheet, "cancel_until")
    values |= _ways(sheet)
    values |= {name: sheet.number(name, *bounds) for name, bounds in NUMBERS.items()}
    values |= _spans(sheet, "waitlist_hold")
    values |= {name: sheet.box(name) for name in BOXES}
    values["colour"] = sheet.one_of("colour", [one.value for one in Colour])
    if not sheet.problems:
        _check_together(sheet, values, needs)
    return values


def _spans(sheet: Sheet, *names: str) -> dict[str, int]:
    found = {}
    for name in names:
        column, least, most, says, _ = SPANS[name]
        found[column] = sheet.span(name, least, most, says)
    return found


def _ways(sheet: Sheet) -> dict[str, Any]:
    chosen = [way.value for way in Way if sheet.box(way_name(way))]
    if not chosen:
        sheet.wrong("ways", WAY_MISSING)
    link = sheet.https("video_url", VIDEO_LINK, needed=Way.VIDEO in chosen, longest=LONGEST_LINK)
    return {"ways": chosen, "video_url": link}


Together = tuple[str, Callable[[dict[str, Any], int], bool], str]
TOGETHER: tuple[Together, ...] = (
    ("lead", lambda v, _: v["lead_min"] >= v["horizon_days"] * DAY_MIN, LEAD_TOO_LONG),
    ("combinable", lambda v, _: v["combinable"] and v["seats"] > 1, GROUP_COMBINED),
    ("combinable", lambda v, needs: v["combinable"] and needs > 1, NEEDS_COMBINED),
    ("most_at_once", lambda v, _: 1 < v["seats"] < v["most_at_once"], AT_ONCE_SEATS),
    ("per_person_week", lambda v, _: 0 < v["per_person_week"] < v["per_person_day"], WEEK_BELOW_DAY),
)
"""What single entries do not show: the field, when it is wrong, and what is said."""


def _check_together(sheet: Sheet, values: dict[str, Any], needs: int) -> None:
    for name, fails, says in TOGETHER:
        if fails(values, needs):
            sheet.wrong(name, says)
