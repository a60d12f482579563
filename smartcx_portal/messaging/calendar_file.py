"""Appointments as a calendar file (RFC 5545, RFC 5546).

It tells no name, no booking code and no secret link: calendars are shared and synced.
"""

from collections.abc import Iterable
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from smartcx_portal.kit import clock
from smartcx_portal.kit.language import N_, known, translate
from smartcx_portal.kit.plain import one_line
from smartcx_portal.messaging.visits import WE_CALL, Visit
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.models.calendar import Way
from smartcx_portal.models.tenant import Tenant

TITLE = N_("{service} at {tenant}")
BRING = N_("Please bring: {bring}")
CALL = N_("Telephone: {phone}")
CHANGES = N_("To move or cancel it, open the link in your confirmation.")


class Method(StrEnum):
    """What the calendar shall do with it.

    A request in a mail, addressed to who gets it, makes calendars take later mails for changes of the same entry.
    """

    REQUEST = "REQUEST"
    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


def ics(visits: Iterable[Visit], tenant: Tenant, *, method: Method | str, lang: str, to: str = "") -> bytes:
    """The file's bytes: per appointment the same UID each time and a growing SEQUENCE, so that calendars follow.

    `to` is the mail address that gets the file as its attachment; a file for download has none.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Smart CX//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", Method(method).value)
    for visit in visits:
        calendar.add_component(_event(visit, tenant, known(lang), to))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def uid_of(booking: Booking) -> str:
    """What a calendar knows the appointment by; the same wherever it is served from."""
    return f"{booking.id}@smart-cx"


def content_type(method: Method | str) -> str:
    """For attachments and downloads."""
    return f"text/calendar; charset=utf-8; method={Method(method).value}"


def _event(visit: Visit, tenant: Tenant, lang: str, to: str) -> Event:
    booking, zone = visit.booking, ZoneInfo(visit.location.zone)
    event = Event()
    event.add("uid", uid_of(booking))
    event.add("dtstamp", clock.now())
    event.add("dtstart", booking.starts_at.astimezone(zone))
    event.add("dtend", booking.ends_at.astimezone(zone))
    event.add("sequence", booking.sequence)
    event.add("summary", one_line(translate(lang, TITLE).format(service=visit.what, tenant=tenant.name)))
    event.add("location", _location(visit, lang))
    event.add("description", _description(visit, tenant, lang))
    event.add("status", "CANCELLED" if booking.status is BookingStatus.CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    organizer = vCalAddress(f"mailto:{one_line(tenant.email)}")
    organizer.params["CN"] = vText(one_line(tenant.name).replace('"', "'"))
    event["organizer"] = organizer
    if to:
        event["attendee"] = _attendee(to)
    return event


def _attendee(to: str) -> vCalAddress:
    """Who gets the mail, has agreed already and need not answer; calendars file nothing without it."""
    attendee = vCalAddress(f"mailto:{one_line(to)}")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def _location(visit: Visit, lang: str) -> str:
    """Calendars make a link of an address that begins with one."""
    if visit.booking.way is Way.TELEPHONE:
        return translate(lang, WE_CALL)
    return visit.video_url or visit.where(lang)


def _description(visit: Visit, tenant: Tenant, lang: str) -> str:
    lines = [
        *([one_line(visit.where(lang), 600)] if visit.booking.way is not Way.ON_SITE else []),
        *(translate(lang, BRING).format(bring=one_line(bring, 600)) for bring in visit.bring),
        translate(lang, CALL).format(phone=one_line(tenant.phone)) if tenant.phone else "",
        translate(lang, CHANGES),
    ]
    return "\n".join(line for line in lines if line)
