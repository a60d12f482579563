"""Where a stored value came from (Art. 15(1)(g)): the staff enter what people tell them by telephone or on site."""

from typing import Any

from smartcx_portal.models.booking import Booking, Origin, WaitlistEntry
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Source
from smartcx_portal.privacy.data_map import Column
from smartcx_portal.tenancy import Work


def source_of(work: Work, column: Column, row: Any) -> Source:
    """The column's source; the staff, where the row belongs to a booking that they made."""
    declared = column.data.source
    if declared is not Source.PERSON:
        return declared
    if isinstance(row, Customer):
        return Source.STAFF if _by_staff_alone(work, row) else declared
    booking = work.find(Booking, getattr(row, "booking_id", None))
    return Source.STAFF if booking is not None and booking.origin is Origin.STAFF else declared


def _by_staff_alone(work: Work, customer: Customer) -> bool:
    """Whoever never booked or waited online has entered nothing."""
    origins = set(work.all(work.select(Booking.origin).where(Booking.customer_id == customer.id)))
    wished = work.first(work.select(WaitlistEntry.id).where(WaitlistEntry.customer_id == customer.id))
    return origins == {Origin.STAFF} and wished is None
