"""Figures per tenant, without people, for the back office: a job counts them within each tenant's walls."""

from smartcx_portal.kit.jobs import jobs
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.models.calendar import Service
from smartcx_portal.models.privacy import PrivacyCase
from smartcx_portal.models.staff import Membership
from smartcx_portal.models.tenant import Tenant, TenantCounts
from smartcx_portal.tenancy import JOB, Work, open_work

NOT_YET = (BookingStatus.HELD, BookingStatus.PENDING, BookingStatus.EXPIRED)
"""What was never an appointment."""


def recount(work: Work) -> TenantCounts:
    """Count this work's tenant anew and put the figures where the back office reads them."""
    counts = counts_of(work) or work.new(TenantCounts, tenant_id=work.tenant, counted_at=work.now)
    booked = work.select(Booking.id).where(Booking.status.not_in(NOT_YET))
    coming = work.select(Booking.id).where(Booking.status == BookingStatus.CONFIRMED, Booking.starts_at > work.now)
    counts.bookings = work.count(booked)
    counts.coming = work.count(coming)
    counts.services = work.count(work.select(Service.id).where(Service.active.is_(True)))
    counts.staff = work.count(work.select(Membership.id).where(Membership.ended_at.is_(None)))
    counts.open_cases = work.count(work.select(PrivacyCase.id).where(PrivacyCase.status == "open"))
    counts.counted_at = work.now
    work.flush()
    return counts


def counts_of(work: Work) -> TenantCounts | None:
    """The figures as they were last counted."""
    return work.first(work.shared(TenantCounts).where(TenantCounts.tenant_id == work.tenant))


@jobs.periodic(cron="*/5 * * * *", periodic_id="count_tenants")
@jobs.task(name="operations.count_tenants", queueing_lock="operations.count_tenants")
def count_tenants(timestamp: int = 0) -> None:
    """Every five minutes: one short transaction per tenant, each within its own walls."""
    with open_work(JOB) as work:
        everyone = work.all(work.shared(Tenant.id).order_by(Tenant.id))
    for tenant_id in everyone:
        with open_work(JOB, tenant_id) as work:
            recount(work)
