"""The staff book for somebody who calls or stands at the counter: certain at once, with the consents they were told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.basket import Basket, keep_parts, read_basket
from smartcx_portal.bookings.booking_code import new_code
from smartcx_portal.bookings.claiming import NoLane, Team, claim_for, lock_calendar
from smartcx_portal.bookings.confirming import make_certain
from smartcx_portal.bookings.entries import (
    HEALTH_MISSING,
    NAME_MISSING,
    TRANSFER_MISSING,
    Entries,
    Form,
    check_entries,
    checked_entry,
    consent_name,
    is_ticked,
)
from smartcx_portal.bookings.moments import as_moment
from smartcx_portal.bookings.offer import Offer, offer_of
from smartcx_portal.bookings.offering import nearest_of
from smartcx_portal.bookings.refusals import NotOffered, SlotTaken
from smartcx_portal.bookings.submitting import form_of
from smartcx_portal.bookings.teams import any_team, candidates_for
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.contact import NotAnEmail, NotAPhone, email_key, phone_key
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, known
from smartcx_portal.models.booking import Answer, Attendee, Booking, BookingStatus, Confirming, Origin
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.standing.consents import give
from smartcx_portal.standing.offers import current_notice
from smartcx_portal.tenancy import Permission, Work
from smartcx_portal.tenancy.suspension import require_open

CHANNEL = "staff"
"""Where the consents are given: told to the staff, who note it."""
ASKED = {Confirming.EMAIL: ConsentPurpose.MAIL, Confirming.SMS: ConsentPurpose.SMS}
NAME_NEEDED = N_("Enter the person's name.")
CONSENT_NEEDED = N_("Ask the person, and tick that they agreed; or choose no message.")
HEALTH_NEEDED = N_("Ask the person for this consent and tick it, or leave the answer empty.")
DAY_OVER = N_("This day is over. Choose another one.")
OUR_WORDS = {NAME_MISSING: NAME_NEEDED, TRANSFER_MISSING: CONSENT_NEEDED, HEALTH_MISSING: HEALTH_NEEDED}
"""Sentences of the public form, as they are said to the staff."""


@dataclass(frozen=True, slots=True)
class StaffBooked:
    """A booking that the staff made."""

    booking_id: str
    code: str
    overbooked: bool
    tells: bool
    """Whether a message tells the person."""


def staff_form(work: Work, basket: Basket) -> Form:
    """What the form asks the staff: the same as people, but a message is never needed, and an answer may be open."""
    form = form_of(work, basket)
    return replace(form, without_message=True, for_others=True)


def book_for(
    work: Work,
    services: str | UUID | Basket,
    starts_at: str | datetime,
    entered: Mapping[str, Any],
    *,
    resource_id: str | UUID | None = None,
    way: str = "",
    places: int | str = 1,
    walk_in: bool = False,
    overbook: bool = False,
) -> StaffBooked:
    """Book a time for somebody; it is certain at once. Lead time, horizon, quotas and limits per person do not bind.

    `walk_in` needs a free place but no opening hours: the person is there. `overbook` puts the booking there although
    nothing is free: a deliberate choice, marked at the booking and in the trail. Raises `SlotTaken`, `NotOffered`,
    `NoLongerOffered`, `BookingPaused`, and `InvalidForm` for the entries, the basket and a day that is over.
    """
    work.need(Permission.BOOKINGS_EDIT)
    require_open(work)
    lock_calendar(work)
    basket = read_basket(work, services, way=way, places=places, for_staff=True)
    entries = staff_entries(work, basket, entered)
    moment = as_moment(starts_at)
    offer = offer_of(work, basket, resource_id=as_id(str(resource_id)) if resource_id else None, for_staff=True)
    if local_day(moment, offer.zone) < local_day(work.now, offer.zone):
        raise InvalidForm({"day": DAY_OVER})
    booking = _claimed(work, offer, moment, walk_in=walk_in, overbook=overbook)
    customer = _customer(work, entries, entered)
    _write(work, booking, customer, entries, staff_form(work, basket), known(str(entered.get("language") or "de")))
    more = {"overbooked": True} if booking.overbooked else {}
    work.audit("booking.submitted", booking, confirming=entries.confirming.value, **more)
    make_certain(work, booking)
    return StaffBooked(
        str(booking.id), booking.code or "", booking.overbooked, entries.confirming is not Confirming.NONE
    )


def staff_entries(work: Work, basket: Basket, entered: Mapping[str, Any]) -> Entries:
    """What the staff entered, checked together. An address may be kept for questions also without any message.

    Raises `InvalidForm`. A message needs the person's consent, which the staff ask for and note.
    """
    problems: dict[str, str] = {}
    try:
        entries = check_entries(entered, staff_form(work, basket))
    except InvalidForm as wrong:
        problems = {name: OUR_WORDS.get(sentence, sentence) for name, sentence in wrong.problems.items()}
        entries = None
    confirming = str(entered.get("confirming") or "")
    purpose = next((ASKED[one] for one in ASKED if one.value == confirming), None)
    if purpose and not is_ticked(entered.get(consent_name(purpose))):
        problems[consent_name(purpose)] = CONSENT_NEEDED
    email, phone = _contact(entered, problems)
    if problems or entries is None:
        raise InvalidForm(problems)
    return replace(entries, email=entries.email or email, phone=entries.phone or phone)


def _contact(entered: Mapping[str, Any], problems: dict[str, str]) -> tuple[str | None, str | None]:
    """Both addresses as far as they are given, in order to reach the person."""
    email = checked_entry("email", entered.get("email", ""), problems)
    phone = checked_entry("phone", entered.get("phone", ""), problems)
    try:
        if email:
            email_key(email)
    except NotAnEmail as problem:
        problems.setdefault("email", problem.sentence)
    try:
        phone = phone_key(phone) if phone else ""
    except NotAPhone as problem:
        problems.setdefault("phone", problem.sentence)
    return email or None, phone or None


def _claimed(work: Work, offer: Offer, moment: datetime, *, walk_in: bool, overbook: bool) -> Booking:
    def book(resource_id: UUID) -> Booking:
        booking = work.new(
            Booking,
            location_id=offer.place.id,
            service_id=offer.service.id,
            resource_id=resource_id,
            status=BookingStatus.HELD,
            origin=Origin.STAFF,
            way=offer.basket.way,
            places=offer.basket.places,
            starts_at=moment,
            ends_at=moment + offer.length,
            lapses_at=work.now,
            created_at=work.now,
        )
        keep_parts(work, booking, offer.basket)
        return booking

    try:
        return claim_for(work, offer, moment, _teams(work, offer, moment, walk_in, overbook), book, overbook=overbook)
    except NoLane:
        raise SlotTaken(nearest_of(work, offer, moment)) from None


def _teams(work: Work, offer: Offer, moment: datetime, walk_in: bool, overbook: bool) -> list[Team]:
    """Those that are free at this time; for who is there now, or deliberately, all that could serve them."""
    try:
        found = candidates_for(work, offer, moment)
    except NotOffered:
        if not (walk_in or overbook):
            raise
        found = []
    return found if found or not (walk_in or overbook) else any_team(work, offer, moment)


def _customer(work: Work, entries: Entries, entered: Mapping[str, Any]) -> Customer:
    """A person of their own; what they told the staff counts as unproven, so it joins nobody."""
    return work.new(
        Customer,
        name=entries.name,
        email=entries.email,
        email_key=email_key(entries.email) if entries.email else None,
        phone=entries.phone,
        phone_key=entries.phone,
        language=known(str(entered.get("language") or "de")),
        created_at=work.now,
    )


def _write(work: Work, booking: Booking, customer: Customer, entries: Entries, form: Form, language: str) -> None:
    """What the booking knows of its person, and the consents that the person gave."""
    notice = current_notice(work)
    booking.customer_id = customer.id
    booking.notice_version_id = notice.id if notice else None
    booking.confirming = entries.confirming
    booking.code = new_code(work)
    booking.language = language
    work.flush()
    for purpose in entries.consents:
        give(work, customer.id, purpose, booking_id=booking.id, language=work.lang, channel=CHANNEL)
    if entries.attendee:
        work.new(Attendee, booking_id=booking.id, name=entries.attendee)
    for field in form.asked:
        text = entries.answers.get(field.id)
        if text is not None:
            column = {"special_value": text} if field.special else {"value": text}
            work.new(Answer, booking_id=booking.id, field_id=field.id, **column)
