"""Passing freed time on: to the first in the line whose wish it fits, held for a while, then to the next.

Where one resource's day decides, it happens in the very transaction that frees the time, under its locks, so that
nobody comes between. Where more locks are needed (several resources, a quota) and for times that open by a change of
the calendar, a job does it at once or within the minute.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from smartcx_portal.bookings.basket import Basket, Item
from smartcx_portal.bookings.booking_code import code_and_notice
from smartcx_portal.bookings.claiming import (
    NoLane,
    Span,
    Team,
    claim_for,
    days_claimed,
    expire,
    lock_calendar,
    lock_days,
    spans_of,
)
from smartcx_portal.bookings.confirming import Confirmed, make_certain
from smartcx_portal.bookings.drafts import is_lapsed, make_draft, touch
from smartcx_portal.bookings.joining import verify
from smartcx_portal.bookings.offer import Offer, offer_of, taken_on
from smartcx_portal.bookings.refusals import NoLongerOffered
from smartcx_portal.bookings.teams import teams
from smartcx_portal.bookings.telling import UNDO_WITHIN
from smartcx_portal.bookings.waiting import MIDNIGHT, has_questions, write
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.jobs import jobs
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.logs import get_log
from smartcx_portal.messaging.links import booking_secret, wish_of
from smartcx_portal.models.booking import (
    Booking,
    BookingStatus,
    Claim,
    Confirming,
    Former,
    Origin,
    Seat,
    WaitlistEntry,
    WaitlistStatus,
)
from smartcx_portal.models.calendar import Location, Service, ServiceResource
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, Message, MessageStatus
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.models.tenant import Tenant, TenantStatus
from smartcx_portal.standing.consents import holds
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import JOB, Work, open_work
from smartcx_portal.tenancy.suspension import require_open

log = get_log(__name__)
MOST_OFFERS = 5
DAY = timedelta(days=1)
AT_ONCE = 50
"""Wishes that one freed time is tried on."""
TAKE = "take"


class OfferOver(ProductError):
    """The time was held long enough, or taken back."""

    says = N_("This time is no longer held for you. You stay on the waiting list.")


# -- when time becomes free


def pass_on(work: Work, booking: Booking, spans: list[Span], *, at_once: bool) -> None:
    """Offer freed time to the line; while it can be undone, the mail waits.

    Whoever has just let it go is not asked again at once: the time would come back to them a little shifted.
    """
    let_go = _back_in_line(work, booking)
    for entry, resource_id in _waiting_for(work, spans):
        if entry is let_go:
            continue
        offer = _offer(work, entry, resource_id)
        if len(offer.needs) == 1 and not offer.has_quota:
            _offer_within(work, entry, offer, resource_id, spans, None if at_once else UNDO_WITHIN)
        elif offer.needs:
            work.defer(promote_tenant)
            return


def take_back(work: Work, spans: list[Span]) -> None:
    """Withdraw offers of this time of which nobody has been told yet; what a person has taken meanwhile is theirs."""
    waiting = (Message.status == MessageStatus.QUEUED, Message.not_before > work.now)
    told_later = work.select(Message.booking_id).where(*waiting, Message.booking_id.is_not(None))
    for resource_id, begin, end in spans:
        touches = (Claim.resource_id == resource_id, Claim.starts_at < end, Claim.ends_at > begin)
        seat = (Seat.tenant_id == Claim.tenant_id) & (Seat.group_id == Claim.group_id)
        query = work.select(Booking).where(
            work.select(Claim.id).where(Claim.booking_id == Booking.id, *touches).exists()
            | work.select(Claim.id).join(Seat, seat).where(Seat.booking_id == Booking.id, *touches).exists(),
            Booking.origin == Origin.WAITLIST,
            Booking.status == BookingStatus.HELD,
            Booking.holder_key.is_(None),
            Booking.id.in_(told_later),
        )
        for booking in work.all(query.with_for_update().execution_options(populate_existing=True)):
            work.update_where(Message, Message.booking_id == booking.id, status=MessageStatus.SUPPRESSED)
            withdraw(work, booking, passed_over=False)


def withdraw(work: Work, booking: Booking, *, passed_over: bool = True) -> None:
    """End a hold whose row the caller has locked; if it was an offer, its person waits on. Nobody else is asked."""
    expire(work, booking)
    _back_in_line(work, booking, passed_over=passed_over)


def _waiting_for(work: Work, spans: Sequence[Span]) -> list[tuple[WaitlistEntry, UUID]]:
    """Wishes for services of these resources on these days, the first in line first, each with the freed resource."""
    if not spans:
        return []
    query = (
        work.select(WaitlistEntry, ServiceResource.resource_id)
        .join(
            ServiceResource,
            (ServiceResource.tenant_id == WaitlistEntry.tenant_id)
            & (ServiceResource.service_id == WaitlistEntry.service_id),
        )
        .where(
            ServiceResource.resource_id.in_({span[0] for span in spans}),
            WaitlistEntry.status == WaitlistStatus.WAITING,
            WaitlistEntry.last_day >= min(begin for _, begin, _ in spans).date() - DAY,
            WaitlistEntry.first_day <= max(end for _, _, end in spans).date() + DAY,
        )
    )
    ordered = query.order_by(WaitlistEntry.created_at, WaitlistEntry.id).limit(AT_ONCE)
    return [(entry, resource_id) for entry, resource_id in work.all(ordered)]


def _offer_within(
    work: Work, entry: WaitlistEntry, offer: Offer, resource_id: UUID, spans: list[Span], wait: timedelta | None
) -> None:
    """Offer the first start that takes some of the freed time; the caller holds the locks of its days."""
    if entry.status is not WaitlistStatus.WAITING:
        return
    mine = [(begin, end) for one, begin, end in spans if one == resource_id]
    days = {local_day(begin, offer.zone) for begin, _ in mine}
    for day in sorted(days):
        known = taken_on(work, offer, day, day)
        for start in offer.starts(known, day, day):
            begin, end = offer.wish.claim_for(start.starts_at)
            touches = any(begin < until and since < end for since, until in mine)
            inside = {local_day(begin, offer.zone), local_day(end, offer.zone)} <= days
            if touches and inside and fits(entry, start.starts_at, offer.zone):
                _hold_for(work, entry, offer, start.starts_at, teams(offer, start, known), wait)
                return


# -- what fits whom


def fits(entry: WaitlistEntry, starts_at: datetime, zone: str) -> bool:
    """Whether a start is what the person wished for and has not passed over before; local days and times."""
    local = starts_at.astimezone(ZoneInfo(zone))
    return (
        entry.first_day <= local.date() <= entry.last_day
        and (not entry.weekdays or local.weekday() in entry.weekdays)
        and local.time() >= entry.from_time
        and (entry.until_time == MIDNIGHT or local.time() < entry.until_time)
        and starts_at.isoformat() not in entry.passed_over
    )


def _offer(work: Work, entry: WaitlistEntry, resource_id: UUID | None = None) -> Offer:
    service = work.get(Service, entry.service_id)
    basket = Basket((Item(service),), entry.way, entry.places)
    return offer_of(work, basket, resource_id=entry.resource_id or resource_id)


def _hold_for(
    work: Work,
    entry: WaitlistEntry,
    offer: Offer,
    moment: datetime,
    candidates: list[Team],
    wait: timedelta | None = None,
) -> bool:
    """Hold a time for a person in the line, and write to them; False when it has gone."""
    if not offer.service.active or not holds(work, entry.customer_id, ConsentPurpose.MAIL):
        return False
    until = min(work.now + (wait or timedelta()) + timedelta(minutes=offer.service.waitlist_hold_min), moment)

    def book(resource_id: UUID) -> Booking:
        """Under the locks of the days: another job may have offered a time already, or the person may have left."""
        fresh = work.find(WaitlistEntry, entry.id, lock=True)
        if fresh is None or fresh.status is not WaitlistStatus.WAITING:
            raise NoLane
        return work.new(
            Booking,
            location_id=offer.place.id,
            service_id=offer.service.id,
            resource_id=resource_id,
            customer_id=entry.customer_id,
            status=BookingStatus.HELD,
            origin=Origin.WAITLIST,
            confirming=Confirming.EMAIL,
            way=entry.way,
            places=entry.places,
            starts_at=moment,
            ends_at=moment + offer.length,
            lapses_at=until,
            language=entry.language,
            created_at=work.now,
        )

    try:
        booking = claim_for(work, offer, moment, candidates, book)
    except NoLane:
        return False
    entry.status, entry.booking_id, entry.answer_by = WaitlistStatus.OFFERED, booking.id, until
    work.flush()
    work.audit("waitlist.offered", entry)
    write(work, entry, Kind.WAITLIST_OFFER, wait=wait)
    return True


def _back_in_line(work: Work, booking: Booking, *, passed_over: bool = True) -> WaitlistEntry | None:
    """Whoever let an offer go waits on in their old place, and is not offered that very time again; their wish.

    After `MOST_OFFERS` it ends: nobody keeps times from others for ever.
    """
    if booking.origin is not Origin.WAITLIST:
        return None
    query = work.select(WaitlistEntry).where(
        WaitlistEntry.booking_id == booking.id,
        WaitlistEntry.status.in_((WaitlistStatus.OFFERED, WaitlistStatus.TAKEN)),
    )
    entry = work.first(query.with_for_update().execution_options(populate_existing=True))
    if entry is None or booking.booked_at is not None:
        return None
    entry.status, entry.booking_id, entry.answer_by = WaitlistStatus.WAITING, None, None
    if passed_over:
        entry.passed_over = [*entry.passed_over, booking.starts_at.isoformat()]
    if len(entry.passed_over) >= MOST_OFFERS:
        entry.status = WaitlistStatus.LAPSED
        work.audit("waitlist.lapsed", entry)
    work.flush()
    return entry


# -- what the person does with an offer


def take_offer(work: Work, secret: str) -> Confirmed | None:
    """Book the offered time. None when questions must be answered first: then this tab holds it, for the form.

    A second click changes nothing. Raises `OfferOver`, `NoLongerOffered`, `LinkInvalid` and `BookingPaused`.
    """
    require_open(work)
    seen = wish_of(work, secret)
    booking = work.find(Booking, seen.booking_id, lock=True)
    entry = wish_of(work, secret, lock=True)
    if booking is None or entry.booking_id != booking.id:
        raise OfferOver
    if entry.status is WaitlistStatus.TAKEN and booking.booked_at is not None:
        return Confirmed(str(booking.id), booking_secret(booking))
    if entry.status is not WaitlistStatus.OFFERED or is_lapsed(booking, work):
        raise OfferOver
    if not work.get(Service, booking.service_id).active:
        raise NoLongerOffered
    entry.status, entry.answer_by = WaitlistStatus.TAKEN, None
    if has_questions(work, booking.service_id):
        _give_to_tab(work, booking, entry)
        return None
    booking.code, booking.notice_version_id = code_and_notice(work)
    verify(work, booking, Channel.EMAIL)
    work.audit("waitlist.taken", entry)
    make_certain(work, booking)
    return Confirmed(str(booking.id), booking_secret(booking))


def decline_offer(work: Work, secret: str) -> None:
    """Leave the offered time to others and wait on. Raises `LinkInvalid`; without an offer nothing happens."""
    entry = wish_of(work, secret)
    if entry.status is WaitlistStatus.OFFERED:
        release_offer(work, entry)


def leave_line(work: Work, secret: str) -> None:
    """Take the wish back, and with it an offer. Raises `LinkInvalid`."""
    entry = wish_of(work, secret)
    if entry.status is WaitlistStatus.OFFERED:
        release_offer(work, entry)
    entry = wish_of(work, secret, lock=True)
    if entry.status in (WaitlistStatus.UNCONFIRMED, WaitlistStatus.WAITING, WaitlistStatus.LAPSED):
        entry.status, entry.answer_by = WaitlistStatus.LEFT, None
        work.audit("waitlist.left", entry)


def release_offer(work: Work, entry: WaitlistEntry) -> None:
    """Give an offered time back and pass it on; its person waits on."""
    booking = work.find(Booking, entry.booking_id)
    if booking is None:
        return
    lock_calendar(work)
    lock_days(work, days_claimed(work, booking, work.get(Location, booking.location_id).zone))
    booking = work.get(Booking, booking.id, lock=True)
    if booking.status is not BookingStatus.HELD:
        return
    spans = spans_of(work, booking.id)
    expire(work, booking)
    pass_on(work, booking, spans, at_once=True)


def _give_to_tab(work: Work, booking: Booking, entry: WaitlistEntry) -> None:
    """Let this tab go on with the held time as if it had chosen it: the form asks what is missing."""
    work.lock("tab", work.tab)
    customer = work.get(Customer, entry.customer_id)
    draft = make_draft(work)
    booking.customer_id, booking.confirming, booking.holder_key = None, None, work.tab
    draft.service_id, draft.booking_id = booking.service_id, booking.id
    draft.entered = {"name": customer.name, "email": customer.email or "", "confirming": Confirming.EMAIL.value}
    draft.chosen = {"services": str(booking.service_id), "way": booking.way.value, "places": booking.places}
    touch(work, draft)


# -- what the job does


@jobs.periodic(cron="* * * * *", periodic_id="waiting_list")
@jobs.task(name="bookings.promote", queueing_lock="bookings.promote", pass_context=False)
def promote_everywhere(timestamp: int = 0) -> None:
    """Every minute: times that have opened go to whoever waits, and wishes whose days are over end."""
    with open_work(JOB) as work:
        query = work.shared(Tenant.id).where(Tenant.status == TenantStatus.ACTIVE)
        tenants = list(work.all(query))
    for tenant_id in tenants:
        promote_all(tenant_id)


@jobs.task(name="bookings.promote_tenant")
def promote_tenant(tenant: str) -> None:
    """The same for one tenant, at once."""
    promote_all(UUID(tenant))


def promote_all(tenant_id: UUID) -> None:
    """Go through one tenant's line, each wish in a transaction of its own, so that one holds up nobody else."""
    with open_work(JOB, tenant_id) as work:
        _end_past(work)
        query = work.select(WaitlistEntry.id).where(WaitlistEntry.status == WaitlistStatus.WAITING)
        waiting = list(work.all(query.order_by(WaitlistEntry.created_at, WaitlistEntry.id).limit(500)))
    for entry_id in waiting:
        try:
            with open_work(JOB, tenant_id) as work:
                promote_one(work, entry_id)
        except Exception as problem:
            log.error("waiting.wish_stays", problem=problem, tenant=tenant_id)


def promote_one(work: Work, entry_id: UUID) -> bool:
    """Offer one waiting person the first free time that fits; whether there was one."""
    lock_calendar(work)
    entry = work.find(WaitlistEntry, entry_id)
    if entry is None or entry.status is not WaitlistStatus.WAITING:
        return False
    offer = _offer(work, entry)
    first = max(entry.first_day, local_day(work.now, offer.zone))
    last = min(entry.last_day, local_day(offer.wish.latest, offer.zone))
    if first > last:
        return False
    known = taken_on(work, offer, first, last)
    for start in offer.starts(known, first, last):
        if fits(entry, start.starts_at, offer.zone):
            wait = _undoable_for(work, start.starts_at, start.ends_at)
            return _hold_for(work, entry, offer, start.starts_at, teams(offer, start, known), wait)
    return False


def _undoable_for(work: Work, begin: datetime, end: datetime) -> timedelta | None:
    """How long what the staff took from this time can still come back to it: so long nobody is told of an offer."""
    query = work.select(Former.lapses_at).where(
        Former.undone_at.is_(None), Former.lapses_at > work.now, Former.starts_at < end, Former.ends_at > begin
    )
    until = work.first(query.order_by(Former.lapses_at.desc()))
    return until - work.now if until else None


def _end_past(work: Work) -> None:
    """Wishes whose days are over end, and their people are told; unconfirmed ones end in silence."""
    query = work.select(WaitlistEntry).where(
        WaitlistEntry.status.in_((WaitlistStatus.WAITING, WaitlistStatus.UNCONFIRMED)),
    )
    for entry in work.all(query.where(WaitlistEntry.last_day < (work.now - timedelta(days=1)).date())):
        was_waiting = entry.status is WaitlistStatus.WAITING
        entry.status, entry.answer_by = WaitlistStatus.LAPSED, None
        work.flush()
        if was_waiting:
            write(work, entry, Kind.WAITLIST_OVER)
