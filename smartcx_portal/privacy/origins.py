"""Where a stored value came from (Art. 15(1)(g)).

The staff enter what people tell them by telephone or on site, and take over what another provider sent.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from smartcx_portal.models.booking import Booking, Origin, WaitlistEntry
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Source
from smartcx_portal.models.privacy import ReceivedData
from smartcx_portal.privacy.data_map import Column
from smartcx_portal.tenancy import Work


@dataclass
class Origins:
    """Says where values came from; asks once for each person and each appointment."""

    work: Work
    _persons: dict[UUID, Source] = field(default_factory=dict)
    _booked: dict[UUID | None, bool] = field(default_factory=dict)

    def source_of(self, column: Column, row: Any) -> Source:
        """The column's source; the staff, where the row belongs to a booking that they made."""
        declared = column.data.source
        if declared is not Source.PERSON:
            return declared
        if isinstance(row, Customer):
            return self._of_person(row)
        return Source.STAFF if self._of_staff(getattr(row, "booking_id", None)) else declared

    def _of_staff(self, booking_id: UUID | None) -> bool:
        if booking_id is not None and booking_id not in self._booked:
            booking = self.work.find(Booking, booking_id)
            self._booked[booking_id] = booking is not None and booking.origin is Origin.STAFF
        return self._booked.get(booking_id, False)

    def _of_person(self, customer: Customer) -> Source:
        """Whoever never booked or waited online has entered nothing."""
        if customer.id not in self._persons:
            work = self.work
            origins = set(work.all(work.select(Booking.origin).where(Booking.customer_id == customer.id).distinct()))
            wished = work.first(work.select(WaitlistEntry.id).where(WaitlistEntry.customer_id == customer.id))
            came = work.first(work.select(ReceivedData.id).where(ReceivedData.customer_id == customer.id))
            entered = wished is not None or bool(origins - {Origin.STAFF})
            otherwise = Source.HANDED_OVER if came else Source.STAFF if origins else Source.PERSON
            self._persons[customer.id] = Source.PERSON if entered else otherwise
        return self._persons[customer.id]
