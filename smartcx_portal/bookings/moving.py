"""Moving an appointment: the old time stays until the new one is certain, both in one transaction."""

from datetime import datetime
from uuid import UUID

from smartcx_portal.bookings.catalogue import bookable_service
from smartcx_portal.bookings.claiming import NoLane, claim_one_of, days_claimed, release_claims
from smartcx_portal.bookings.holding import candidates_for
from smartcx_portal.bookings.moments import as_moment
from smartcx_portal.bookings.offer import Offer, offer_of
from smartcx_portal.bookings.offering import nearest_free
from smartcx_portal.bookings.own import Appointment, appointment_view, check_changeable, own_booking
from smartcx_portal.bookings.refusals import SlotTaken
from smartcx_portal.bookings.telling import announce, tell
from smartcx_portal.kit.ids import as_id
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.calendar import Location, Service
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.tenancy.suspension import require_open


def move_by_link(
    work: Work, secret: str, starts_at: str | datetime, resource_id: str | UUID | None = None
) -> Appointment:
    """Move one's own appointment to a free time within the deadline. The person stays the same.

    Raises `SlotTaken` (with the nearest free times), `NotOffered`, `TooLateOnline`, `AlreadyCancelled`,
    `AppointmentOver`, `LinkInvalid` and `BookingPaused`; the old time then stays.
    """
    require_open(work)
    booking = own_booking(work, secret)
    bookable_service(work, booking.service_id)
    _move(work, booking, as_moment(starts_at), _named(resource_id), by_link=True)
    return appointment_view(work, booking)


def move_booking(
    work: Work, booking_id: str | UUID, starts_at: str | datetime, resource_id: str | UUID | None = None
) -> None:
    """Move an appointment as staff, bound by the hours but not by lead time, horizon and deadline.

    Raises as `move_by_link`; the person is told by the way they chose.
    """
    work.need(Permission.BOOKINGS_CANCEL)
    booking = work.get(Booking, as_id(str(booking_id)))
    _move(work, booking, as_moment(starts_at), _named(resource_id), by_link=False)


def _move(work: Work, booking: Booking, moment: datetime, resource_id: UUID | None, *, by_link: bool) -> None:
    check_changeable(work, booking, by_link=by_link)
    if moment == booking.starts_at and resource_id in (None, booking.resource_id):
        return
    service = work.get(Service, booking.service_id)
    offer = offer_of(work, service, resource_id=resource_id, for_staff=not by_link)
    before = booking.starts_at
    try:
        _claim_anew(work, booking, offer, moment, by_link)
    except NoLane:
        raise SlotTaken(nearest_free(work, service.id, moment, resource_id=resource_id)) from None
    work.audit("booking.moved", booking)
    tell(work, booking, Kind.BOOKING_MOVED)
    announce(work, booking, before=before)


def _claim_anew(work: Work, booking: Booking, offer: Offer, moment: datetime, by_link: bool) -> None:
    candidates = candidates_for(work, offer, moment, ignoring=[booking.id], prefer=booking.resource_id)
    zone = work.get(Location, booking.location_id).zone

    def book(resource_id: UUID) -> Booking:
        """Under the days' locks: look again whether it may still move, then give up the old time for the new."""
        fresh = work.get(Booking, booking.id, lock=True)
        check_changeable(work, fresh, by_link=by_link)
        release_claims(work, fresh.id)
        fresh.resource_id = resource_id
        fresh.starts_at, fresh.ends_at = moment, moment + offer.length
        if fresh.lapses_at is not None:
            fresh.lapses_at = min(fresh.lapses_at, moment)
        fresh.sequence += 1
        work.flush()
        return fresh

    claim_one_of(work, offer, moment, candidates, book, leaving=days_claimed(work, booking, zone))


def _named(resource_id: str | UUID | None) -> UUID | None:
    return as_id(str(resource_id)) if resource_id else None
