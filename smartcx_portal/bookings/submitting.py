"""From a held time and a filled form to a booking: pending until it is confirmed, or booked at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from smartcx_portal.bookings.booking_code import new_code
from smartcx_portal.bookings.catalogue import bookable_service, questions
from smartcx_portal.bookings.confirming import make_certain
from smartcx_portal.bookings.drafts import is_lapsed, own_draft, save_entered, touch
from smartcx_portal.bookings.entries import Entries, check_entries
from smartcx_portal.bookings.fairness import check_address, check_unmessaged
from smartcx_portal.bookings.refusals import HoldLapsed, NothingHeld
from smartcx_portal.bookings.telling import announce, tell
from smartcx_portal.kit.contact import email_key
from smartcx_portal.models.booking import Answer, Booking, BookingStatus, Confirming, Draft
from smartcx_portal.models.calendar import FormField
from smartcx_portal.models.customer import Customer
from smartcx_portal.standing.consents import give
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.standing.offers import current_notice, sms_offered
from smartcx_portal.tenancy import Work
from smartcx_portal.tenancy.suspension import require_open

CONFIRM_WITHIN = timedelta(minutes=60)
CHANNEL = "booking_form"
"""Where the consents of a booking are given."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came of a form: `pending` waits for the link in a mail or the code of an SMS, `confirmed` is booked.

    For SMS the page goes on to `accounts.codes.send_code(…, booking_id=…)` with the customer and the number here.
    """

    booking_id: str
    customer_id: str
    status: str
    confirming: str
    phone: str


def check_details(work: Work, fields: Mapping[str, Any]) -> None:
    """Check the whole form as it is filled in now, and keep it in the draft. Raises `InvalidForm`, `NothingHeld`.

    What is checked is what the person sees, also a sensitive answer that cannot be kept without its consent.
    """
    draft = _draft(work)
    _checked(work, draft, {**draft.entered, **fields})
    save_entered(work, dict(fields))


def submit(work: Work) -> Submitted:
    """Book the time that this tab holds, with what its draft says; a second click gives the same booking.

    Raises `InvalidForm`, `HoldLapsed` (then `hold_again`), `NothingHeld`, `TooManyPending`,
    `TooManyUnmessaged` and `BookingPaused`.
    """
    work.lock("tab", work.tab)
    draft = _draft(work)
    booking = work.find(Booking, draft.booking_id, lock=True)
    if booking is None:
        raise NothingHeld
    if is_lapsed(booking, work):
        raise HoldLapsed if booking.confirming is None else NothingHeld
    if booking.status is not BookingStatus.HELD:
        return _submitted(work, booking)
    require_open(work)
    entries, fields = _checked(work, draft, draft.entered)
    customer = _customer(work, entries)
    _write(work, booking, customer, entries, fields)
    draft.entered = {}
    touch(work, draft)
    work.audit("booking.submitted", booking, confirming=entries.confirming.value)
    _go_on(work, booking)
    return _submitted(work, booking)


def _draft(work: Work) -> Draft:
    draft = own_draft(work)
    if draft is None or draft.service_id is None:
        raise NothingHeld
    return draft


def _checked(work: Work, draft: Draft, entered: Mapping[str, Any]) -> tuple[Entries, list[FormField]]:
    service = bookable_service(work, draft.service_id)
    fields = questions(work, service.id)
    entries = check_entries(entered, fields, without_message=service.without_message, sms_offered=sms_offered(work))
    return entries, fields


def _customer(work: Work, entries: Entries) -> Customer:
    """A person of their own for each booking; only a verified address may join two (`joining`)."""
    mail_key = email_key(entries.email) if entries.email else None
    if mail_key or entries.phone:
        check_address(work, email_key=mail_key, phone_key=entries.phone)
    return work.new(
        Customer,
        name=entries.name,
        email=entries.email,
        email_key=mail_key,
        phone=entries.phone,
        phone_key=entries.phone,
        language=work.lang,
        created_at=work.now,
    )


def _write(work: Work, booking: Booking, customer: Customer, entries: Entries, fields: list[FormField]) -> None:
    notice, code = current_notice(work), new_code(work)
    booking.customer_id = customer.id
    booking.notice_version_id = notice.id if notice else None
    booking.confirming = entries.confirming
    booking.code = code
    booking.language = work.lang
    work.flush()
    for purpose in entries.consents:
        give(work, customer.id, purpose, booking_id=booking.id, language=work.lang, channel=CHANNEL)
    for field in fields:
        text = entries.answers.get(field.id)
        if text is not None:
            column = {"special_value": text} if field.special else {"value": text}
            work.new(Answer, booking_id=booking.id, field_id=field.id, **column)


def _go_on(work: Work, booking: Booking) -> None:
    """Booked at once where no message is wanted; else pending, for an hour or until the appointment begins."""
    if booking.confirming is Confirming.NONE:
        check_unmessaged(work)
        make_certain(work, booking)
        return
    booking.status = BookingStatus.PENDING
    booking.lapses_at = pending_until(work.now, booking.starts_at)
    work.flush()
    if booking.confirming is Confirming.EMAIL:
        tell(work, booking, Kind.BOOKING_CONFIRM)
    announce(work, booking)


def pending_until(now: datetime, starts_at: datetime) -> datetime:
    """Until when an unconfirmed booking keeps its time."""
    return min(now + CONFIRM_WITHIN, starts_at)


def _submitted(work: Work, booking: Booking) -> Submitted:
    customer = work.find(Customer, booking.customer_id)
    return Submitted(
        booking_id=str(booking.id),
        customer_id=str(booking.customer_id or ""),
        status=booking.status.value,
        confirming=booking.confirming.value if booking.confirming else "",
        phone=customer.phone or "" if customer and booking.confirming is Confirming.SMS else "",
    )
