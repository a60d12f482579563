"""Copying weekly opening hours: a day to other days, or a whole week to another place or resource."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.changing import changing, take_away
from smartcx_portal.bookings.hours import place_of, rows_of
from smartcx_portal.bookings.rule_entries import NO_SUCH_RESOURCE, read_resource
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_
from smartcx_portal.models.calendar import Location, OpeningHours
from smartcx_portal.tenancy import Permission, Work

DAYS_MISSING = N_("Choose at least one other day.")
NOTHING_TO_COPY = N_("There are no weekly hours to copy there.")
SAME_PLACE = N_("Choose another one: these hours are its own.")

Owner = tuple[Location, UUID | None]
"""Whose hours: a place, or one of its resources."""


def copy_day(work: Work, weekday: str, days: Iterable[str], *, location_id: str, resource_id: str = "") -> None:
    """Give other weekdays the weekly hours of `weekday`, instead of those that they have.

    Raises `InvalidForm` for `days`.
    """
    with changing(work, "hours.copied"):
        put_day(work, weekday, days, location_id=location_id, resource_id=resource_id)


def copy_week(work: Work, source: tuple[str, str], target: tuple[str, str]) -> None:
    """Give one place or resource the week of another, instead of its own; each is ids of place and resource.

    Raises `InvalidForm` for `source`.
    """
    with changing(work, "hours.copied"):
        put_week(work, source, target)


def put_day(work: Work, weekday: str, days: Iterable[str], *, location_id: str, resource_id: str = "") -> None:
    """The same without the trail: within `changing`, or to look what follows."""
    work.need(Permission.CALENDAR_EDIT)
    place, resource = _owner(work, (location_id, resource_id))
    others = {day for day in days if day in tuple("0123456") and day != weekday}
    rules = _weekly(work, (place, resource))
    copied = [one for one in rules if str(one.weekday) == weekday and not _over(work, place, one)]
    if not others or not copied:
        raise InvalidForm({"days": NOTHING_TO_COPY if others else DAYS_MISSING})
    take_away(work, *(one for one in rules if str(one.weekday) in others))
    for day in sorted(others):
        _copy(work, copied, location_id=place.id, resource_id=resource, weekday=int(day))


def put_week(work: Work, source: tuple[str, str], target: tuple[str, str]) -> None:
    """The same without the trail: within `changing`, or to look what follows."""
    work.need(Permission.CALENDAR_EDIT)
    giving, taking = _owner(work, source), _owner(work, target)
    if (giving[0].id, giving[1]) == (taking[0].id, taking[1]):
        raise InvalidForm({"source": SAME_PLACE})
    copied = [one for one in _weekly(work, giving) if not _over(work, giving[0], one)]
    if not copied:
        raise InvalidForm({"source": NOTHING_TO_COPY})
    take_away(work, *_weekly(work, taking))
    _copy(work, copied, location_id=taking[0].id, resource_id=taking[1])


def _owner(work: Work, ids: tuple[str, str]) -> Owner:
    place, problems = place_of(work, ids[0]), dict[str, str]()
    resource = read_resource(work, place, ids[1], problems)
    if problems:
        raise InvalidForm({"source": NO_SUCH_RESOURCE})
    return place, resource


def _weekly(work: Work, owner: Owner) -> list[OpeningHours]:
    return [one for one in rows_of(work, owner[0].id, owner[1]) if not one.extra]


def _over(work: Work, place: Location, one: OpeningHours) -> bool:
    return one.valid_until is not None and one.valid_until < local_day(work.now, place.zone)


def _copy(work: Work, rules: Sequence[OpeningHours], **instead: Any) -> None:
    names = ("weekday", "opens", "closes", "valid_from", "valid_until", "every_weeks", "nth", "online_quota")
    for one in rules:
        work.new(OpeningHours, **{name: getattr(one, name) for name in names} | instead)
