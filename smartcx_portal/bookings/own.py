"""One's own appointment, by its secret link (tier T1) or in the tab that has just booked it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from smartcx_portal.bookings.basket import Basket, basket_of
from smartcx_portal.bookings.drafts import is_lapsed, own_draft
from smartcx_portal.bookings.moments import When, when
from smartcx_portal.bookings.refusals import AlreadyCancelled, AppointmentOver, TooLateOnline
from smartcx_portal.kit.contact import masked
from smartcx_portal.kit.language import translate
from smartcx_portal.kit.localtime import moment_text, time_text
from smartcx_portal.messaging.calendar_file import Method, ics
from smartcx_portal.messaging.links import LinkInvalid, booking_of, booking_secret, calendar_of, calendar_secret
from smartcx_portal.messaging.visits import WAYS, Visit, further_texts, series_of, visit_of
from smartcx_portal.models.booking import Booking, BookingStatus, Cancellation, CancelledBy, Confirming
from smartcx_portal.models.calendar import Location, Resource, Way
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Work

COMING = (BookingStatus.PENDING, BookingStatus.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another appointment of the same series: when, and the secret that opens it."""

    text: str
    secret: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment as the person sees it. It tells no name: whoever finds the link learns none.

    `state`: `coming`, `cancelled` or `over`. `changeable` says whether moving and cancelling work online;
    `changes_until` is the moment of that deadline in words.
    """

    id: str
    code: str
    state: str
    services: str
    """What it is for, as `read_basket` takes it."""
    service: str
    """The same in words: `2 × Reisepass, Personalausweis`."""
    places: int
    """Seats of a group that it takes; 1 for everything else."""
    way: str
    way_text: str
    video_url: str
    resource: str
    place: str
    address: str
    directions: str
    bring: str
    when: When
    changeable: bool
    changes_until: str
    phone: str
    secret: str
    calendar: str
    """The secret that fetches the calendar file, and nothing else."""
    reason: str = ""
    """Why the staff cancelled it, in their words."""
    series: tuple[Sibling, ...] = ()
    """The other appointments of its series that are still to come."""


@dataclass(frozen=True, slots=True)
class BookedHere:
    """What this tab has booked, also after a reload. `state`: `pending`, `booked` or `over`.

    While pending, `to` is the masked address and `until` the clock time by which to confirm.
    """

    state: str
    booking_id: str
    customer_id: str
    confirming: str
    to: str
    until: str
    when: When
    service: str
    place: str
    series: tuple[str, ...]
    appointment: Appointment | None


def appointment(work: Work, secret: str) -> Appointment:
    """The appointment that a link opens. Raises `LinkInvalid`, also once the person has been erased."""
    return appointment_view(work, own_booking(work, secret))


def booked_here(work: Work) -> BookedHere | None:
    """The pending or booked appointment of this tab, or None; the page asks again and again until it is booked."""
    draft = own_draft(work)
    booking = work.find(Booking, draft.booking_id) if draft else None
    if booking is None or booking.confirming is None:
        return None
    visit = visit_of(work, booking)
    customer = work.find(Customer, booking.customer_id)
    state, zone = _state_here(booking, work), visit.location.zone
    return BookedHere(
        state=state,
        booking_id=str(booking.id),
        customer_id=str(booking.customer_id or ""),
        confirming=booking.confirming.value,
        to=_masked(customer, booking.confirming),
        until=time_text(booking.lapses_at, zone, work.lang) if booking.lapses_at else "",
        when=when(booking.starts_at, zone, work.lang),
        service=visit.what,
        place=visit.place(work.lang),
        series=further_texts(work, booking, zone),
        appointment=appointment_view(work, booking) if state == "booked" else None,
    )


def ics_by_link(work: Work, secret: str) -> bytes:
    """The appointment as an iCalendar file; `secret` is the one for calendars. Raises `LinkInvalid`.

    Those of its series that are still to come are in it too.
    """
    booking = calendar_of(work, secret)
    _refuse_ended(booking)
    cancelled = booking.status is BookingStatus.CANCELLED
    visits = [visit_of(work, one) for one in ([booking] if cancelled else series_of(work, booking))]
    method = Method.CANCEL if cancelled else Method.PUBLISH
    return ics(visits, work.get(Tenant, work.tenant), method=method, lang=booking.language)


def own_booking(work: Work, secret: str, *, lock: bool = False) -> Booking:
    """The row that a link opens, unless nothing was ever booked by it or its person is erased (`LinkInvalid`)."""
    booking = booking_of(work, secret, lock=lock)
    _refuse_ended(booking)
    return booking


def check_changeable(work: Work, booking: Booking, *, by_link: bool) -> None:
    """Raises `AlreadyCancelled`, `AppointmentOver`, and for links `TooLateOnline` with the telephone number."""
    if booking.status is BookingStatus.CANCELLED:
        raise AlreadyCancelled
    if booking.status not in COMING or booking.starts_at <= work.now or is_lapsed(booking, work):
        raise AppointmentOver
    deadline = _deadline(booking, basket_of(work, booking))
    if by_link and work.now > deadline:
        zone = work.get(Location, booking.location_id).zone
        raise TooLateOnline(moment_text(deadline, zone, work.lang), work.get(Tenant, work.tenant).phone)


def appointment_view(work: Work, booking: Booking, basket: Basket | None = None) -> Appointment:
    """An appointment as its person sees it; the caller has checked whose it is, and may know what it is for."""
    basket, place = basket or basket_of(work, booking), work.get(Location, booking.location_id)
    visit = Visit(booking, tuple((item.service, item.quantity) for item in basket.items), place)
    state, deadline = _state(booking, work), _deadline(booking, basket)
    return Appointment(
        id=str(booking.id),
        code=booking.code or "",
        state=state,
        services=basket.text,
        service=visit.what,
        places=booking.places,
        way=booking.way.value,
        way_text=translate(work.lang, WAYS[booking.way]),
        video_url=visit.video_url,
        resource=work.get(Resource, booking.resource_id).name,
        place=place.name,
        address=_address(visit, work.lang),
        directions=place.directions if booking.way is Way.ON_SITE else "",
        bring=" · ".join(visit.bring),
        when=when(booking.starts_at, place.zone, work.lang),
        changeable=state == "coming" and work.now <= deadline,
        changes_until=moment_text(deadline, place.zone, work.lang),
        phone=work.get(Tenant, work.tenant).phone,
        secret=booking_secret(booking),
        calendar=calendar_secret(booking),
        reason=_reason(work, booking) if state == "cancelled" else "",
        series=_siblings(work, booking, place.zone),
    )


def _siblings(work: Work, booking: Booking, zone: str) -> tuple[Sibling, ...]:
    others = [one for one in series_of(work, booking) if one.id != booking.id]
    return tuple(Sibling(moment_text(one.starts_at, zone, work.lang), booking_secret(one)) for one in others)


def _address(visit: Visit, lang: str) -> str:
    place = visit.location
    if visit.booking.way is Way.ON_SITE:
        return f"{place.street}, {place.postal_code} {place.city}"
    return visit.where(lang)


def _reason(work: Work, booking: Booking) -> str:
    by_staff = (Cancellation.booking_id == booking.id, Cancellation.by == CancelledBy.STAFF)
    found = work.first(work.select(Cancellation).where(*by_staff))
    return (found.reason if found else None) or ""


def _refuse_ended(booking: Booking) -> None:
    if booking.customer_id is None or booking.booked_at is None:
        raise LinkInvalid


def _deadline(booking: Booking, basket: Basket) -> datetime:
    return booking.starts_at - timedelta(minutes=basket.cancel_until_min)


def _state(booking: Booking, work: Work) -> str:
    if booking.status is BookingStatus.CANCELLED:
        return "cancelled"
    return "coming" if booking.status in COMING and booking.starts_at > work.now else "over"


def _state_here(booking: Booking, work: Work) -> str:
    if is_lapsed(booking, work) or booking.status is BookingStatus.CANCELLED or booking.customer_id is None:
        return "over"
    return "pending" if booking.status is BookingStatus.PENDING else "booked"


def _masked(customer: Customer | None, confirming: Confirming) -> str:
    contact = {Confirming.EMAIL: customer.email, Confirming.SMS: customer.phone} if customer else {}
    return masked(contact.get(confirming) or "")
