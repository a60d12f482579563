"""From a held time and a filled form to a booking: pending until it is confirmed, or booked at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from smartcx_portal.bookings.basket import Basket, basket_of
from smartcx_portal.bookings.booking_code import code_and_notice
from smartcx_portal.bookings.catalogue import questions_of
from smartcx_portal.bookings.confirming import make_all_certain
from smartcx_portal.bookings.drafts import is_lapsed, own_draft, save_entered, series_of, touch
from smartcx_portal.bookings.entries import Entries, Form, check_entries
from smartcx_portal.bookings.fairness import check_address, check_unmessaged, check_unproven
from smartcx_portal.bookings.per_person import check_per_person
from smartcx_portal.bookings.refusals import HoldLapsed, NoLongerOffered, NothingHeld
from smartcx_portal.bookings.telling import announce, tell
from smartcx_portal.kit.contact import email_key
from smartcx_portal.models.booking import Answer, Attendee, Booking, BookingStatus, Confirming, Draft, Origin
from smartcx_portal.models.calendar import FormField, Way
from smartcx_portal.models.customer import Customer
from smartcx_portal.standing.consents import give
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.standing.offers import sms_offered
from smartcx_portal.tenancy import Work
from smartcx_portal.tenancy.suspension import require_open

CONFIRM_WITHIN = timedelta(minutes=60)
CHANNEL, BY_PROGRAM = "booking_form", "api"
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


@dataclass(frozen=True, slots=True)
class Asked:
    """What is booked, what its form asks, and what was entered."""

    basket: Basket
    fields: list[FormField]
    entries: Entries

    @property
    def certain(self) -> bool:
        """Whether nothing has to be confirmed: no message is wanted, or the tenant asks for no confirmation."""
        return self.entries.confirming is Confirming.NONE or not self.basket.double_opt_in

    @property
    def email_key(self) -> str | None:
        return email_key(self.entries.email) if self.entries.email else None


def check_details(work: Work, fields: Mapping[str, Any]) -> None:
    """Check the whole form as it is filled in now, and keep it in the draft.

    What is checked is what the person sees, also a sensitive answer that cannot be kept without its consent. Raises
    `InvalidForm`, `NothingHeld`, `NoLongerOffered`, and `TooManyADay` or `TooManyAWeek` for the address.
    """
    draft = _draft(work)
    booking = work.find(Booking, draft.booking_id)
    if booking is None:
        raise NothingHeld
    asked = _asked(work, booking, {**draft.entered, **fields})
    _check_person(work, asked, [one.starts_at for one in _held(work, booking)])
    save_entered(work, dict(fields))


def submit(work: Work) -> Submitted:
    """Book the time that this tab holds, with what its draft says; a second click gives the same booking.

    The appointments of a series are booked together. Raises `InvalidForm`, `HoldLapsed` (then `hold_again`),
    `NothingHeld`, `NoLongerOffered`, `TooManyPending`, `TooManyUnmessaged`, `TooManyUnproven`, `TooManyADay`,
    `TooManyAWeek` and `BookingPaused`.
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
    asked = _asked(work, booking, draft.entered)
    held = _held(work, booking)
    customer = new_customer(work, asked, [one.starts_at for one in held])
    for one in held:
        write_person(work, one, customer, asked)
    record_consents(work, booking, customer, asked.entries)
    draft.entered = {}
    touch(work, draft)
    work.audit("booking.submitted", booking, confirming=asked.entries.confirming.value)
    go_on(work, booking, held, asked)
    return _submitted(work, booking)


def held_form(work: Work) -> Form:
    """What the form asks for the time that this tab holds, or held. Raises `NothingHeld`."""
    return form_of(work, held_basket(work))


def held_basket(work: Work) -> Basket:
    """What the time is for that this tab holds, or held. Raises `NothingHeld`."""
    booking = work.find(Booking, _draft(work).booking_id)
    if booking is None:
        raise NothingHeld
    return basket_of(work, booking)


def form_of(work: Work, basket: Basket) -> Form:
    """What the form of these services asks at this tenant."""
    return Form(
        asked=questions_of(work, [one.id for one in basket.services], basket.known),
        without_message=basket.without_message,
        sms_offered=sms_offered(work),
        for_others=all(one.for_others for one in basket.services),
        by_phone=basket.way is Way.TELEPHONE,
    )


def _draft(work: Work) -> Draft:
    draft = own_draft(work)
    if draft is None or draft.service_id is None:
        raise NothingHeld
    return draft


def _held(work: Work, booking: Booking) -> list[Booking]:
    """The held appointments that are booked in one go, the first one first."""
    return [one for one in series_of(work, booking) if one.status is BookingStatus.HELD and not is_lapsed(one, work)]


def _asked(work: Work, booking: Booking, entered: Mapping[str, Any]) -> Asked:
    return asked_for(work, basket_of(work, booking), entered)


def asked_for(work: Work, basket: Basket, entered: Mapping[str, Any]) -> Asked:
    """The entries of a form, checked. Raises `InvalidForm` and `NoLongerOffered`."""
    if not all(one.active for one in basket.services):
        raise NoLongerOffered
    form = form_of(work, basket)
    return Asked(basket, list(form.asked), check_entries(entered, form))


def _check_person(work: Work, asked: Asked, starts: list[datetime]) -> None:
    if starts:
        check_per_person(work, asked.basket, starts, email_key=asked.email_key, phone_key=asked.entries.phone)


def new_customer(work: Work, asked: Asked, starts: list[datetime]) -> Customer:
    """A person of their own for each booking; only a verified address may join two (`joining`).

    `starts` are what they book. Raises `TooManyPending`, `TooManyADay` and `TooManyAWeek`.
    """
    entries, mail_key = asked.entries, asked.email_key
    if mail_key or entries.phone:
        check_address(work, email_key=mail_key, phone_key=entries.phone)
        _check_person(work, asked, starts)
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


def write_person(work: Work, booking: Booking, customer: Customer, asked: Asked) -> None:
    """What one appointment, new or held, knows of its person, and who comes to it."""
    entries = asked.entries
    booking.customer_id = customer.id
    booking.code, booking.notice_version_id = code_and_notice(work)
    booking.confirming = entries.confirming
    booking.language = work.lang
    work.add(booking)
    if entries.attendee:
        work.new(Attendee, booking_id=booking.id, name=entries.attendee)
    for field in asked.fields:
        text = entries.answers.get(field.id)
        if text is not None:
            column = {"special_value": text} if field.special else {"value": text}
            work.new(Answer, booking_id=booking.id, field_id=field.id, **column)


def record_consents(work: Work, booking: Booking, customer: Customer, entries: Entries) -> None:
    """Each consent on its own, as it was given with the form."""
    channel = BY_PROGRAM if booking.origin is Origin.API else CHANNEL
    for purpose in entries.consents:
        give(work, customer.id, purpose, booking_id=booking.id, language=work.lang, channel=channel)


def go_on(work: Work, booking: Booking, held: list[Booking], asked: Asked) -> None:
    """Booked at once where nothing has to be confirmed; else pending, for an hour or until the appointment begins."""
    if asked.certain:
        unmessaged = booking.confirming is Confirming.NONE
        check_unmessaged(work) if unmessaged else check_unproven(work)
        make_all_certain(work, booking)
        return
    until = pending_until(work.now, booking.starts_at)
    for one in held:
        one.status, one.lapses_at = BookingStatus.PENDING, until
    work.flush()
    if booking.confirming is Confirming.EMAIL:
        tell(work, booking, Kind.BOOKING_CONFIRM)
    for one in held:
        announce(work, one)


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
