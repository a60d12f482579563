"""An appointment as an iCalendar file (RFC 5545), for the person's own calendar."""

from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from smartcx_portal.bookings.catalogue import address_of
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.models.calendar import Location, Service
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Work

TITLE = N_("{service} at {tenant}")
BRING = N_("Please bring: {bring}")
CALL = N_("Telephone: {phone}")


def ics(work: Work, booking: Booking) -> bytes:
    """The file of one appointment. No name and no booking code: calendars are shared and synced.

    The same UID and a growing SEQUENCE let calendars follow a change; a cancelled one says so.
    """
    place, service = work.get(Location, booking.location_id), work.get(Service, booking.service_id)
    tenant = work.get(Tenant, work.tenant)
    cancelled = booking.status is BookingStatus.CANCELLED
    file = Calendar()
    file.add("prodid", "-//Smart CX//Termine//DE")
    file.add("version", "2.0")
    file.add("method", "CANCEL" if cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"{booking.id}@smart-cx")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", work.now)
    event.add("dtstart", booking.starts_at.astimezone(ZoneInfo(place.zone)))
    event.add("dtend", booking.ends_at.astimezone(ZoneInfo(place.zone)))
    title = translate(booking.language, TITLE).format(service=service.name, tenant=tenant.name)
    event.add("summary", title)
    event.add("location", f"{place.name}, {address_of(place)}")
    event.add("description", _description(booking, service, tenant))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    file.add_component(event)
    file.add_missing_timezones()
    return file.to_ical()


def _description(booking: Booking, service: Service, tenant: Tenant) -> str:
    lines = [
        translate(booking.language, BRING).format(bring=service.bring) if service.bring else "",
        translate(booking.language, CALL).format(phone=tenant.phone) if tenant.phone else "",
    ]
    return "\n".join(line for line in lines if line)
