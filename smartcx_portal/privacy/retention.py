"""What is over goes by itself (promise P08): persons whole, by the same core as their own wish; values one by one.

The job asks the same arithmetic (`keeping`) that told people the date.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from smartcx_portal.accounts.sessions import forget_ended
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.job_list import stands
from smartcx_portal.kit.jobs import jobs
from smartcx_portal.kit.logs import get_log
from smartcx_portal.models import TenantOwned
from smartcx_portal.models.booking import Booking, BookingStatus, WaitlistEntry, WaitlistStatus
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import OnErasure, Who
from smartcx_portal.models.privacy import ConsentEvent, ExportPackage, ReceivedData
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.data_map import Column, Entry, entries_of
from smartcx_portal.privacy.destroying import destroy, empty
from smartcx_portal.privacy.erase import erase_person
from smartcx_portal.privacy.keeping import IN_LINE, Periods, own_end
from smartcx_portal.privacy.package_files import remove_strays
from smartcx_portal.privacy.staff_keeping import forget_former_staff
from smartcx_portal.tenancy import JOB, Work, open_work

log = get_log(__name__)
UNCONFIRMED = timedelta(days=1)
"""How long a person stays who never confirmed an address or booked."""
AT_ONCE = 500
"""How many rows one transaction takes."""
STRAY = timedelta(hours=1)
"""No transaction takes so long: a package's file without a row will never have one."""
OVERDUE = "privacy.erase_overdue"


class SomebodyStays(Exception):
    """A person whose period is over could not be erased. The log says why; the failed job shows that it is so."""


@jobs.periodic(cron="23 * * * *", periodic_id="privacy_retention")
@jobs.task(name="privacy.retention", queueing_lock="privacy.retention", pass_context=False)
def keep_periods(timestamp: int = 0) -> None:
    """Every hour, tenant by tenant."""
    with open_work(JOB) as work:
        everyone = list(work.all(work.shared(Tenant.id).order_by(Tenant.id)))
        forget_ended(work)
    for tenant_id in everyone:
        if keep_periods_of(tenant_id):
            _show_that_somebody_stays(tenant_id)
    forget_former_staff(everyone)


@jobs.task(name=OVERDUE)
def erase_overdue(tenant: str) -> None:
    """The same for one tenant, as a job that the operator sees among the failed ones. Raises `SomebodyStays`."""
    if keep_periods_of(UUID(tenant)):
        raise SomebodyStays


def _show_that_somebody_stays(tenant_id: UUID) -> None:
    """Once, however many hours pass."""
    if not stands(OVERDUE, str(tenant_id)):
        with open_work(JOB, tenant_id) as work:
            work.defer(erase_overdue)


def keep_periods_of(tenant_id: UUID) -> int:
    """Erase what is over at one tenant; how many persons could not be erased.

    Each person has a transaction of their own, so that one holds up nobody else.
    """
    stay = 0
    with open_work(JOB, tenant_id) as work:
        over = list(persons_over(work))
    for customer_id in over:
        try:
            with open_work(JOB, tenant_id) as work:
                erase_person(work, customer_id, asked=False)
        except NotFound:
            continue
        except Exception as problem:
            log.error("retention.person_stays", problem=problem, tenant=tenant_id)
            stay += 1
    with open_work(JOB, tenant_id) as work:
        count = sweep(work)
        packages = {str(one) for one in work.all(work.select(ExportPackage.id))}
        strays = remove_strays(tenant_id, packages, work.now - STRAY)
    if over or count or strays:
        log.info("retention.kept", tenant=tenant_id, persons=len(over), values=count, strays=strays)
    return stay


def persons_over(work: Work) -> Sequence[UUID]:
    """Persons whose last appointment is past its period, and those whose booking was never confirmed.

    Whoever stands in a waiting list is still awaited; a wish that led to nothing counts like an appointment. Whom the
    staff took over from another provider stays for the whole period, too.
    """
    cutoff = Periods(work).person_cutoff()
    if cutoff is None:
        return []
    attached = work.select(Booking.customer_id).where(Booking.customer_id.is_not(None))
    alive = attached.where(Booking.status != BookingStatus.EXPIRED, Booking.ends_at >= cutoff)
    never = Customer.email_verified_at.is_(None) & Customer.phone_verified_at.is_(None)
    real = attached.where(Booking.status != BookingStatus.EXPIRED)
    handed = work.select(ReceivedData.customer_id).where(ReceivedData.customer_id.is_not(None))
    strange = never & Customer.id.not_in(real) & Customer.id.not_in(handed)
    unconfirmed = strange & (Customer.created_at < work.now - UNCONFIRMED)
    wishing = work.select(WaitlistEntry.customer_id).where(WaitlistEntry.customer_id.is_not(None))
    waiting = wishing.where(WaitlistEntry.status.in_(IN_LINE))
    last_day = local_day(cutoff, work.get(Tenant, work.tenant).zone)
    lately = wishing.where(WaitlistEntry.status == WaitlistStatus.LAPSED, WaitlistEntry.last_day >= last_day)
    unbound = Customer.id.not_in(alive) & Customer.id.not_in(waiting)
    over = (Customer.created_at < cutoff) & Customer.id.not_in(lately)
    query = work.select(Customer.id).where(unbound, over | unconfirmed)
    return work.all(query.order_by(Customer.created_at).limit(AT_ONCE))


def sweep(work: Work) -> int:
    """Empty single values whose own period is over, and take away rows with nothing else in them; how many rows."""
    periods = Periods(work)
    entries = [e for e in entries_of(Who.CUSTOMER, Who.TAB) if e.model is not Customer]
    return sum(_sweep_entry(work, periods, entry) for entry in entries) + _sweep_proofs(work)


def _sweep_entry(work: Work, periods: Periods, entry: Entry) -> int:
    over = {c: periods.over(entry, c) for c in entry.columns if c.data.on_erasure is not OnErasure.PROOF}
    conditions = [condition for condition in over.values() if condition is not None]
    count = 0
    if entry.row_goes and len(conditions) == len(over):
        ids = work.all(_ids(work, entry).where(*conditions).limit(AT_ONCE))
        destroy(work, entry, ids)
        count += len(ids)
    if own_end(entry):
        return count
    return count + sum(_sweep_column(work, entry, c, over[c]) for c in over if over[c] is not None)


def _sweep_column(work: Work, entry: Entry, column: Column, condition: object) -> int:
    if not entry.model.__table__.c[column.name].nullable:
        return 0
    attribute = getattr(entry.model, column.name)
    ids = work.all(_ids(work, entry).where(attribute.is_not(None), condition).limit(AT_ONCE))
    empty(work, entry, column, ids)
    return len(ids)


def _sweep_proofs(work: Work) -> int:
    """A consent's proof goes when claims have lapsed."""
    events = next(e for e in entries_of(Who.CUSTOMER) if e.model is ConsentEvent)
    column = next(c for c in events.columns if c.data.on_erasure is OnErasure.PROOF)
    condition = Periods(work).over(events, column)
    if condition is None:
        return 0
    return work.update_where(ConsentEvent, ConsentEvent.proof.is_not(None), condition, proof=None)


def _ids(work: Work, entry: Entry) -> sa.Select[Any]:
    """The ids of one table's rows; of a shared table only those that belong to persons of this tenant."""
    if issubclass(entry.model, TenantOwned):
        return work.select(entry.model.id)
    subject = getattr(entry.model, entry.subject.via[-1])
    return work.shared(entry.model.id).where(entry.model.tenant_id == work.tenant, subject.is_not(None))
