"""Who can no longer be written to leaves the waiting list: nobody could offer them a time."""

from uuid import UUID

from smartcx_portal.bookings.promoting import release_offer
from smartcx_portal.bookings.waiting import OPEN
from smartcx_portal.models.booking import WaitlistEntry, WaitlistStatus
from smartcx_portal.tenancy import Work


def leave_lines(work: Work, customer_id: UUID) -> int:
    """Take all wishes of a person back whose consent to mails has just ended; how many there were.

    Held offers go on to others. The caller has checked whose wishes they are.
    """
    query = work.select(WaitlistEntry).where(WaitlistEntry.customer_id == customer_id, WaitlistEntry.status.in_(OPEN))
    found = list(work.all(query.order_by(WaitlistEntry.created_at, WaitlistEntry.id)))
    for seen in found:
        if seen.status is WaitlistStatus.OFFERED:
            release_offer(work, seen)
        entry = work.get(WaitlistEntry, seen.id, lock=True)
        if entry.status in OPEN:
            entry.status, entry.answer_by = WaitlistStatus.LEFT, None
            work.audit("waitlist.left", entry)
    return len(found)
