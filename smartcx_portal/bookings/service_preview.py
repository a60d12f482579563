"""What a service would offer with the entries that stand in its form: the next free times, as people would see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from smartcx_portal.bookings.changing import supposing
from smartcx_portal.bookings.offering import FreeTime, free_times, next_days
from smartcx_portal.bookings.service_setup import write_service
from smartcx_portal.bookings.serving import needs_text, serving_rows
from smartcx_portal.bookings.spans import span_text
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.calendar import Location, Service
from smartcx_portal.tenancy import Permission, Work

DAYS = 5
TIMES = 8
"""How many times of a day are shown; the rest is counted."""
INCOMPLETE = N_("The preview comes back as soon as all entries can be used.")
NO_RESOURCE = N_("Nothing can be booked: choose at least one resource that serves this service.")
NOTHING_FREE = N_("Nothing is free within the booking horizon. Check the opening hours and the resources.")
SWITCHED_OFF = N_("Switched off: nobody can book it. These times would be free:")
STAFF_ONLY = N_("Only your team can book it. These times are free:")
EVERYBODY = N_("People see these times:")
MORE = N_("and {number} more")


@dataclass(frozen=True, slots=True)
class PreviewDay:
    """A day with free times; `more` counts those that are not shown, in words."""

    day: str
    times: tuple[str, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The next free times, or `sentence` alone, which says why there are none."""

    sentence: str = ""
    name: str = ""
    duration: str = ""
    takes: tuple[str, ...] = ()
    days: tuple[PreviewDay, ...] = ()


def preview_service(work: Work, service_id: str, entered: Mapping[str, Any]) -> Preview:
    """The offer that these entries would make; nothing is kept. Wrong entries give a preview that says so."""
    work.need(Permission.CALENDAR_EDIT)
    shown = Preview(translate(work.lang, INCOMPLETE))
    try:
        with supposing(work):
            shown = _shown(work, write_service(work, service_id, entered))
    except InvalidForm:
        pass
    return shown


def _shown(work: Work, service: Service) -> Preview:
    """As if it were switched on for everybody; the sentence says what it is."""
    sentence = SWITCHED_OFF if not service.active else EVERYBODY if service.online else STAFF_ONLY
    service.active = service.online = True
    work.flush()
    takes = [one for one in serving_rows(work, service.location_id, service.id) if one.need]
    days = _days(work, service) if takes else ()
    said = sentence if days else NOTHING_FREE if takes else NO_RESOURCE
    return Preview(
        sentence=translate(work.lang, said),
        name=service.name,
        duration=span_text(service.duration_min, work.lang),
        takes=tuple(needs_text(takes, work.lang)),
        days=days,
    )


def _days(work: Work, service: Service) -> tuple[PreviewDay, ...]:
    today = local_day(work.now, work.get(Location, service.location_id).zone)
    found = next_days(work, service.id, today, DAYS)
    if not found:
        return ()
    times = free_times(work, service.id, found[0].day, found[-1].day)
    return tuple(_day(work, list(of_day)) for _, of_day in groupby(times, lambda one: one.day))


def _day(work: Work, times: list[FreeTime]) -> PreviewDay:
    hidden = len(times) - TIMES
    more = translate(work.lang, MORE).format(number=hidden) if hidden > 0 else ""
    return PreviewDay(times[0].day_text, tuple(one.time for one in times[:TIMES]), more)
