"""Places as their tenant sets them up: address, zone, public holidays, how to get there and in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import holidays

from smartcx_portal.bookings.catalogue import address_of
from smartcx_portal.bookings.changing import changing, take_away
from smartcx_portal.bookings.queries import HIDDEN
from smartcx_portal.bookings.sheet import NOT_FROM_THE_LIST, Sheet
from smartcx_portal.bookings.sorting import shift
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.models.calendar import Closure, Location, OpeningHours
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Permission, Work

NAME_MISSING = N_("Enter a name for this location.")
STREET_MISSING = N_("Enter the street and house number.")
POSTAL_CODE = N_("Enter the postal code with five digits.")
CITY_MISSING = N_("Enter the town.")
NO_SUCH_ZONE = N_("Choose a time zone from the list, such as Europe/Berlin.")
ZONE_IN_USE = N_("Appointments are still to come here, and their clock time would change. Add a new location instead.")
ENDED = (*HIDDEN, BookingStatus.CANCELLED, BookingStatus.FINISHED, BookingStatus.NO_SHOW)


@dataclass(frozen=True, slots=True)
class LocationRow:
    """One place of the list; `land` is empty when it is the tenant's."""

    id: str
    name: str
    address: str
    zone: str
    land: str
    holidays: bool
    active: bool
    first: bool
    last: bool


def list_locations(work: Work) -> list[LocationRow]:
    """All places in the tenant's order, those that are out of use too."""
    work.need(Permission.CALENDAR_EDIT)
    found = _ordered(work)
    return [
        LocationRow(
            id=str(one.id),
            name=one.name,
            address=address_of(one),
            zone=one.zone,
            land=one.land,
            holidays=one.holidays,
            active=one.active,
            first=number == 0,
            last=number == len(found) - 1,
        )
        for number, one in enumerate(found)
    ]


def location_entries(work: Work, location_id: str) -> dict[str, str]:
    """What the form of a place shows; a ticked box is `yes`."""
    work.need(Permission.CALENDAR_EDIT)
    return _entries(work.get(Location, as_id(location_id)))


def new_location_entries(work: Work) -> dict[str, str]:
    """What the form of a new place shows: the tenant's zone and town."""
    work.need(Permission.CALENDAR_EDIT)
    tenant = work.get(Tenant, work.tenant)
    return _entries(Location(name="", street="", postal_code=tenant.postal_code, city=tenant.city, zone=tenant.zone))


def save_location(work: Work, location_id: str, entered: Mapping[str, Any]) -> str:
    """Change a place, or add one if `location_id` is empty; its id. Raises `NotFound`, and `InvalidForm`."""
    with changing(work, "location.changed" if location_id else "location.added") as change:
        place = work.get(Location, as_id(location_id)) if location_id else None
        sheet = Sheet(entered)
        values = _read(sheet)
        if place and place.zone != values["zone"] and _is_booked(work, place):
            sheet.wrong("zone", ZONE_IN_USE)
        sheet.check()
        if place is None:
            last = max((one.position for one in _ordered(work)), default=-1)
            place = work.new(Location, position=last + 1, **values)
        for name, value in values.items():
            setattr(place, name, value)
        change.about = place
    return str(place.id)


def move_location(work: Work, location_id: str, *, up: bool) -> bool:
    """One step up or down; False at the end of the list."""
    with changing(work, "location.changed") as change:
        change.about = place = work.get(Location, as_id(location_id))
        return shift(work, _ordered(work), place.id, up=up)


def remove_location(work: Work, location_id: str) -> bool:
    """Take a place away with its hours and closures. False: services or resources belong to it, so it stays unused."""
    with changing(work, "location.removed") as change:
        change.about = place = work.get(Location, as_id(location_id))
        hanging = [
            row
            for model in (OpeningHours, Closure)
            for row in work.all(work.select(model).where(model.location_id == place.id))
        ]
        return take_away(work, *hanging, place)


@cache
def zones() -> tuple[str, ...]:
    """The time zones that can be chosen, in order."""
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")))


def _entries(one: Location) -> dict[str, str]:
    texts = ("name", "street", "postal_code", "city", "zone", "land", "directions", "accessibility")
    entries = {name: getattr(one, name) for name in texts}
    return entries | {name: "yes" if getattr(one, name) else "" for name in ("holidays", "active")}


def _read(sheet: Sheet) -> dict[str, Any]:
    values = {
        "name": sheet.line("name", NAME_MISSING),
        "street": sheet.line("street", STREET_MISSING),
        "postal_code": sheet.line("postal_code", POSTAL_CODE),
        "city": sheet.line("city", CITY_MISSING),
        "zone": _zone(sheet),
        "land": sheet.one_of("land", ("", *holidays.Germany.subdivisions)),
    }
    code = values["postal_code"]
    if not (len(code) == 5 and code.isascii() and code.isdigit()):
        sheet.wrong("postal_code", POSTAL_CODE)
    if len(values["land"]) > 2:
        sheet.wrong("land", NOT_FROM_THE_LIST)
    return values | {
        "holidays": sheet.box("holidays"),
        "directions": sheet.text("directions"),
        "accessibility": sheet.text("accessibility"),
        "active": sheet.box("active"),
    }


def _zone(sheet: Sheet) -> str:
    """The zone as it is written in the list, whatever the case of the letters."""
    entered = sheet.line("zone", NO_SUCH_ZONE).casefold()
    found = next((zone for zone in zones() if zone.casefold() == entered), "")
    if not found:
        sheet.wrong("zone", NO_SUCH_ZONE)
    return found


def _is_booked(work: Work, place: Location) -> bool:
    coming = work.select(Booking.id).where(Booking.location_id == place.id, Booking.ends_at > work.now)
    return work.first(coming.where(Booking.status.not_in(ENDED))) is not None


def _ordered(work: Work) -> list[Location]:
    return list(work.all(work.select(Location).order_by(Location.position, Location.name, Location.id)))
