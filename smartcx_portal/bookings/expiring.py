"""Giving back what was not used: lapsed holds, bookings that nobody confirmed, and drafts that were left."""

from datetime import timedelta

from smartcx_portal.bookings.claiming import days_claimed, expire, lock_calendar, lock_days, spans_of
from smartcx_portal.bookings.occupied import OPEN_ENDED, lapsed
from smartcx_portal.bookings.promoting import pass_on
from smartcx_portal.bookings.telling import announce
from smartcx_portal.kit.jobs import jobs
from smartcx_portal.models.booking import Booking, BookingPart, BookingStatus, Draft, Former, WaitlistEntry
from smartcx_portal.models.calendar import Location
from smartcx_portal.models.messaging import Message
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import JOB, Work, open_work

AT_ONCE = 200
"""Bookings per transaction: jobs stay short."""
FORMER_LIFE = timedelta(days=1)
NEVER_SUBMITTED_LIFE = timedelta(hours=2)
"""As long as a draft may still point at its lapsed hold."""


@jobs.periodic(cron="* * * * *")
@jobs.task(name="bookings.free_lapsed", queueing_lock="bookings.free_lapsed")
def free_everywhere(timestamp: int) -> None:
    """Every minute, for every tenant; each has a transaction of its own."""
    with open_work(JOB) as work:
        tenants = list(work.all(work.shared(Tenant.id)))
    for tenant_id in tenants:
        with open_work(JOB, tenant_id) as work:
            free_lapsed(work)


def free_lapsed(work: Work) -> int:
    """Give back the time of lapsed holds and pending bookings, and forget old drafts; how many times were freed.

    What a person typed for a booking that was never confirmed is for retention to erase.
    """
    work.delete_where(Draft, Draft.lapses_at <= work.now)
    count = _free(work)
    never = work.select(Booking.id).where(
        Booking.status == BookingStatus.EXPIRED,
        Booking.confirming.is_(None),
        Booking.lapses_at <= work.now - NEVER_SUBMITTED_LIFE,
        Booking.id.not_in(work.select(Draft.booking_id).where(Draft.booking_id.is_not(None))),
        Booking.id.not_in(work.select(WaitlistEntry.booking_id).where(WaitlistEntry.booking_id.is_not(None))),
        Booking.id.not_in(work.select(Message.booking_id).where(Message.booking_id.is_not(None))),
    )
    ids = work.all(never)
    if ids:
        work.delete_where(BookingPart, BookingPart.booking_id.in_(ids))
        work.delete_where(Booking, Booking.id.in_(ids))
    work.delete_where(Former, Former.lapses_at <= work.now - FORMER_LIFE)
    return count


def _free(work: Work) -> int:
    """All days are locked before any row, in the one order; a row that somebody is just confirming is left alone."""
    lock_calendar(work)
    found = work.all(work.select(Booking).where(Booking.id.in_(lapsed(work, offers=True).limit(AT_ONCE))))
    zones = dict(work.all(work.select(Location.id, Location.zone)))
    lock_days(work, [day for one in found for day in days_claimed(work, one, zones[one.location_id])])
    query = work.select(Booking).where(
        Booking.id.in_([one.id for one in found]), Booking.status.in_(OPEN_ENDED), Booking.lapses_at <= work.now
    )
    locked = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    ended = work.all(locked) if found else []
    for booking in ended:
        was_pending = booking.status is BookingStatus.PENDING
        spans = spans_of(work, booking.id)
        expire(work, booking)
        pass_on(work, booking, spans, at_once=True)
        if was_pending:
            announce(work, booking)
    return len(ended)
