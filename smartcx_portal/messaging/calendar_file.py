"""An appointment as a calendar file (RFC 5545), without anything about the person."""

from enum import StrEnum
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vCalAddress, vText

from smartcx_portal.kit import clock
from smartcx_portal.kit.language import N_, known, translate
from smartcx_portal.kit.plain import one_line
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.models.calendar import Location, Service
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.settings import settings

MANAGE = N_("See, move or cancel: {url}")


class Method(StrEnum):
    """What the calendar shall do with it (RFC 5546)."""

    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


def ics(
    booking: Booking,
    service: Service,
    location: Location,
    tenant: Tenant,
    *,
    method: Method | str,
    url: str,
    lang: str = "",
) -> bytes:
    """The file's bytes; the same UID each time and a growing SEQUENCE, so that calendars follow changes.

    `url` is the person's own link to the appointment: whoever gets the file can move or cancel it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Smart CX//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", Method(method).value)
    calendar.add_component(_event(booking, service, location, tenant, url, known(lang or booking.language)))
    return calendar.to_ical()


def content_type(method: Method | str) -> str:
    """For attachments and downloads."""
    return f"text/calendar; charset=utf-8; method={Method(method).value}"


def _event(booking: Booking, service: Service, location: Location, tenant: Tenant, url: str, lang: str) -> Event:
    event = Event()
    event.add("uid", f"{booking.id}@{urlsplit(settings().base_url).hostname}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("sequence", booking.sequence)
    event.add("summary", one_line(f"{service.name} – {tenant.name}"))
    event.add("location", one_line(f"{location.name}, {location.street}, {location.postal_code} {location.city}"))
    event.add("description", translate(lang, MANAGE).format(url=url))
    event.add("url", url)
    event.add("status", "CANCELLED" if booking.status is BookingStatus.CANCELLED else "CONFIRMED")
    organizer = vCalAddress(f"mailto:{one_line(tenant.email)}")
    organizer.params["CN"] = vText(one_line(tenant.name).replace('"', "'"))
    event["organizer"] = organizer
    return event
