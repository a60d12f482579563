"""A pending booking becomes certain: by the link in a mail (double opt-in) or by the code of an SMS."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from smartcx_portal.bookings.drafts import is_lapsed, own_draft, series_of
from smartcx_portal.bookings.fairness import check_address
from smartcx_portal.bookings.joining import verify
from smartcx_portal.bookings.moments import When, when
from smartcx_portal.bookings.occupied import OPEN_ENDED
from smartcx_portal.bookings.refusals import (
    CodeMissing,
    LinkExpired,
    LinkUsed,
    NothingHeld,
    SendAgainLater,
    SentTooOften,
)
from smartcx_portal.bookings.telling import ROADS, announce, tell
from smartcx_portal.kit.contact import email_key, phone_key
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.localtime import time_text
from smartcx_portal.messaging.links import booking_secret, confirmable_of
from smartcx_portal.messaging.visits import further_texts, visit_of
from smartcx_portal.models.booking import Booking, BookingStatus, Confirming
from smartcx_portal.models.calendar import Location
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, CodeUse, Message, OneTimeCode
from smartcx_portal.standing.addresses import address_key
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Work
from smartcx_portal.tenancy.suspension import require_open

CODE_COUNTS = timedelta(minutes=10)
"""How long after it was redeemed a code still confirms; the page does both in one event."""
SEND_AGAIN_AFTER = timedelta(minutes=1)
MOST_SENDINGS = 5


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a confirmation link is about. `state`: `open`, `confirmed`, `lapsed` or `over`."""

    state: str
    service: str
    place: str
    when: When
    until: str
    """The clock time until which the link works, or worked."""
    series: tuple[str, ...] = ()
    """The other appointments that are confirmed with it, in words."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A booking that is certain now; `secret` opens its page."""

    booking_id: str
    secret: str


def look_at_confirmation(work: Work, secret: str) -> Confirmation:
    """What the link would confirm; changes nothing, because mail scanners open links. Raises `LinkInvalid`."""
    booking = confirmable_of(work, secret)
    visit = visit_of(work, booking)
    zone = visit.location.zone
    return Confirmation(
        state=_state(work, booking),
        service=visit.what,
        place=visit.place(work.lang),
        when=when(booking.starts_at, zone, work.lang),
        until=_until(work, booking),
        series=further_texts(work, booking, zone),
    )


def confirm_by_link(work: Work, secret: str) -> Confirmed:
    """Make the booking certain; a second click changes nothing.

    Raises `LinkExpired` when the time has been given back, `LinkUsed` when the booking is called off or over,
    `LinkInvalid` and `BookingPaused`.
    """
    booking = confirmable_of(work, secret, lock=True)
    state = _state(work, booking)
    if state == "lapsed":
        raise LinkExpired(until=_until(work, booking))
    if state == "over":
        raise LinkUsed
    if state == "open":
        require_open(work)
        verify(work, booking, Channel.EMAIL)
        make_all_certain(work, booking)
    return Confirmed(str(booking.id), booking_secret(booking))


def confirm_after_code(work: Work, booking_id: str | UUID) -> Confirmed:
    """Make a booking by SMS certain; `accounts.codes.redeem` has just taken its code in this tab.

    Raises `CodeMissing` when no such code was redeemed here, and as `confirm_by_link`.
    """
    booking = work.get(Booking, as_id(str(booking_id)), lock=True)
    if not _code_redeemed(work, booking):
        raise CodeMissing
    if is_lapsed(booking, work):
        raise LinkExpired(until=_until(work, booking))
    if booking.status is BookingStatus.PENDING:
        require_open(work)
        verify(work, booking, Channel.SMS)
        make_all_certain(work, booking)
    return Confirmed(str(booking.id), booking_secret(booking))


def make_all_certain(work: Work, booking: Booking) -> None:
    """Confirm the booking and the others of its series that still wait; one message tells of all."""
    make_certain(work, booking)
    for one in series_of(work, booking):
        if one.id != booking.id and one.status in OPEN_ENDED and not is_lapsed(one, work):
            make_certain(work, one, telling=False)


def make_certain(work: Work, booking: Booking, *, telling: bool = True) -> None:
    """Confirm the booking, let go of the tab and its network, tell the person and the staff."""
    booking.status = BookingStatus.CONFIRMED
    booking.booked_at = work.now
    booking.lapses_at = booking.holder_key = booking.network_key = None
    work.flush()
    work.audit("booking.confirmed", booking)
    if telling:
        tell(work, booking, Kind.BOOKING_BOOKED)
    announce(work, booking)


def resend_confirmation(work: Work) -> None:
    """Send the confirmation mail of this tab's pending booking again.

    Raises `SendAgainLater` within a minute, `SentTooOften` after five, `LinkExpired`, `NothingHeld`.
    """
    booking = own_pending(work)
    if booking.confirming is not Confirming.EMAIL:
        raise NothingHeld
    _check_sendings(work, booking)
    tell(work, booking, Kind.BOOKING_CONFIRM)


def correct_address(work: Work, entered: str) -> None:
    """Change the address of this tab's pending booking, before it is confirmed; links and codes sent so far are void.

    For e-mail a new confirmation leaves; for SMS the page asks for a new code. Counts as a sending. Raises
    `NotAnEmail`, `NotAPhone`, `TooManyPending` and as `resend_confirmation`.
    """
    booking = own_pending(work)
    customer = work.get(Customer, booking.customer_id)
    by_mail = booking.confirming is Confirming.EMAIL
    key = email_key(entered) if by_mail else phone_key(entered)
    _check_sendings(work, booking, pausing=False)
    if key not in (customer.email_key, customer.phone_key):
        check_address(work, email_key=key if by_mail else None, phone_key=None if by_mail else key)
    if by_mail:
        customer.email, customer.email_key = entered.strip(), key
    else:
        customer.phone = customer.phone_key = key
    booking.link_version += 1
    work.update_where(
        OneTimeCode, OneTimeCode.booking_id == booking.id, OneTimeCode.used_at.is_(None), lapses_at=work.now
    )
    work.flush()
    if by_mail:
        tell(work, booking, Kind.BOOKING_CONFIRM)


def own_pending(work: Work) -> Booking:
    """This tab's pending booking, locked. Raises `NothingHeld`, or `LinkExpired` when it has lapsed."""
    draft = own_draft(work)
    booking = work.find(Booking, draft.booking_id, lock=True) if draft else None
    if booking is None or booking.confirming is None:
        raise NothingHeld
    if is_lapsed(booking, work):
        raise LinkExpired(until=_until(work, booking))
    if booking.status is not BookingStatus.PENDING:
        raise NothingHeld
    return booking


def _check_sendings(work: Work, booking: Booking, *, pausing: bool = True) -> None:
    """Nobody's mailbox or telephone is flooded through our page."""
    channel = ROADS[booking.confirming] if booking.confirming else None
    query = work.select(Message.created_at).where(Message.booking_id == booking.id, Message.channel == channel)
    sent = work.all(query.order_by(Message.created_at.desc()))
    if len(sent) >= MOST_SENDINGS:
        raise SentTooOften
    if pausing and sent and work.now - sent[0] < SEND_AGAIN_AFTER:
        raise SendAgainLater


def _code_redeemed(work: Work, booking: Booking) -> bool:
    """Also that the code went to the number as it is now: one may have left while the number was corrected."""
    customer = work.find(Customer, booking.customer_id)
    if not work.tab or customer is None or not customer.phone:
        return False
    query = work.select(OneTimeCode.id).where(
        OneTimeCode.booking_id == booking.id,
        OneTimeCode.use == CodeUse.BOOKING,
        OneTimeCode.key_hash == work.tab,
        OneTimeCode.address_key == address_key(work.tenant, customer.phone),
        OneTimeCode.used_at > work.now - CODE_COUNTS,
        OneTimeCode.lapses_at > work.now - CODE_COUNTS,
    )
    return work.first(query) is not None


def _state(work: Work, booking: Booking) -> str:
    if booking.customer_id is None:
        return "over"
    if is_lapsed(booking, work):
        return "lapsed"
    if booking.status is BookingStatus.PENDING:
        return "open"
    gone = booking.status in (BookingStatus.CANCELLED, BookingStatus.HELD) or booking.starts_at <= work.now
    return "over" if gone else "confirmed"


def _until(work: Work, booking: Booking) -> str:
    if booking.lapses_at is None:
        return ""
    return time_text(booking.lapses_at, work.get(Location, booking.location_id).zone, work.lang)
