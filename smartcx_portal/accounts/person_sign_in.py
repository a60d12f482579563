"""How people prove who they are (privacy: tiers T2, T3, T3+): a code to an address they confirmed before.

A known and an unknown address look alike: same answer, same rows, same work. Only what arrives differs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from smartcx_portal.accounts.codes import Because, Refused, count_wrong, examine, send_code, use_up
from smartcx_portal.kit.contact import contact_key, masked
from smartcx_portal.kit.errors import NotFound, ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.tokens import same
from smartcx_portal.messaging.links import booking_of
from smartcx_portal.models.booking import Answer, Booking
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, CodeUse, OneTimeCode
from smartcx_portal.standing.addresses import address_key
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.standing.offers import sms_possible
from smartcx_portal.tenancy import Permission, Work


@dataclass(frozen=True, slots=True)
class CodeRequested:
    """What the page shows, whoever asked: until when a code would be valid (aware UTC)."""

    lapses_at: datetime
    sent_to: str = ""
    """The own address, shortened; only for somebody who is signed in."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Proof was given; the gate now opens a session for this customer."""

    customer_id: UUID


@dataclass(frozen=True, slots=True)
class NeedBookingCode:
    """The code is right and still open, but the booking code must come with it. No names are told."""

    says: str = N_("Please enter your booking code too. It stands on the page of your appointment.")


class WrongBookingCode(ProductError):
    """For people without an address; the gate limits how often they may try."""

    says = N_("Link and booking code do not belong together. Please check the booking code, or contact us.")


class UseYourAddress(ProductError):
    """Whoever has a confirmed address proves it by that."""

    says = N_("We have an address of yours. Please ask for a code with it.")


class NoWayToProve(ProductError):
    """Signed in, but nothing confirmed is stored to send a code to."""

    says = N_("We have no confirmed address of yours. Please use the link and the booking code of your appointment.")


def request_code(work: Work, address: str) -> CodeRequested:
    """Send a sign-in code to `address` if it is known here; say the same if not.

    An unknown e-mail address is told that nothing is stored, an unknown number gets nothing.
    Raises `NotAnEmail`, `NotAPhone` or `TooManyCodes`.
    """
    channel = Channel.EMAIL if "@" in address else Channel.SMS
    people = _people(work, address)
    kind = Kind.CODE if people else Kind.NOTHING_STORED
    sent = send_code(work, CodeUse.PORTAL, channel, address, customer_id=next(iter(people), None), kind=kind)
    return CodeRequested(sent.lapses_at)


def sign_in(work: Work, entered: str, booking_code: str = "") -> SignedIn | NeedBookingCode | Refused:
    """Who the tab's code proves. Several people at one address, or special categories: with the booking code (T3+).

    Raises nothing for wrong codes, see `accounts.codes`. The gate makes the session from `SignedIn`.
    """
    code = examine(work, CodeUse.PORTAL, entered)
    if isinstance(code, Refused):
        return code
    people = _people_of_code(work, code)
    if not people:
        return count_wrong(code)
    certain = len(people) == 1 and not needs_booking_code(work, work.get(Customer, people[0]))
    if not certain and not booking_code.strip():
        return NeedBookingCode()
    chosen = people[0] if certain else _picked(work, people, booking_code)
    if chosen is None:
        return count_wrong(code)
    use_up(work, code)
    work.audit("person.signed_in", proof="code", channel=code.channel.value)
    return SignedIn(chosen)


def sign_in_by_booking(work: Work, secret: str, booking_code: str) -> SignedIn:
    """For people who left no address: the appointment's secret link plus its booking code (tiers T2 and T3).

    Raises `LinkInvalid`, `WrongBookingCode`, `UseYourAddress`. The secret cannot be guessed, and the code alone opens
    nothing.
    """
    booking = booking_of(work, secret)
    customer = work.find(Customer, booking.customer_id)
    if customer is None or not same(_plain(booking.code or ""), _plain(booking_code)) or not booking.code:
        raise WrongBookingCode
    if customer.email_verified_at or customer.phone_verified_at:
        raise UseYourAddress
    work.audit("person.signed_in", booking, proof="booking_code")
    return SignedIn(customer.id)


def request_step_up(work: Work) -> CodeRequested:
    """Send a fresh code to the person's own confirmed address. Raises `NoWayToProve`, `TooManyCodes`."""
    customer = _myself(work)
    channel, address = _own_address(customer)
    sent = send_code(work, CodeUse.STEP_UP, channel, address, customer_id=customer.id)
    return CodeRequested(sent.lapses_at, masked(address))


def step_up(work: Work, entered: str, booking_code: str = "") -> SignedIn | NeedBookingCode | Refused:
    """Whether the person proved themselves again just now; the gate then marks the session as fresh.

    Where special categories are stored or others share the address, the booking code must come along (T3+).
    """
    customer = _myself(work)
    code = examine(work, CodeUse.STEP_UP, entered)
    if isinstance(code, Refused):
        return code
    if code.customer_id != customer.id:
        return Refused(Because.NONE)
    if needs_booking_code(work, customer):
        if not booking_code.strip():
            return NeedBookingCode()
        if _picked(work, [customer.id], booking_code) is None:
            return count_wrong(code)
    use_up(work, code)
    work.audit("person.stepped_up", proof="code")
    return SignedIn(customer.id)


def step_up_by_booking(work: Work, secret: str, booking_code: str) -> SignedIn:
    """The fresh proof of people without an address; raises like `sign_in_by_booking`, `NotFound` for another's link."""
    proven = sign_in_by_booking(work, secret, booking_code)
    if proven.customer_id != _myself(work).id:
        raise NotFound
    return proven


def needs_booking_code(work: Work, customer: Customer) -> bool:
    """Tier T3+: special categories are stored, or the address leads to several people."""
    special = (
        work.select(Answer)
        .join(Booking, (Booking.tenant_id == Answer.tenant_id) & (Booking.id == Answer.booking_id))
        .where(Booking.customer_id == customer.id, Answer.special_value.is_not(None))
    )
    return work.first(special) is not None or any(
        len(_people(work, address)) > 1 for address in (customer.email_key, customer.phone_key) if address
    )


def _people(work: Work, address: str) -> Sequence[UUID]:
    """Customers who confirmed this very address."""
    key = contact_key(address)
    by_mail = (Customer.email_key == key) & Customer.email_verified_at.is_not(None)
    by_phone = (Customer.phone_key == key) & Customer.phone_verified_at.is_not(None)
    found = work.select(Customer.id).where(by_mail if "@" in key else by_phone)
    return work.all(found.order_by(Customer.created_at, Customer.id))


def _people_of_code(work: Work, code: OneTimeCode) -> Sequence[UUID]:
    """Customers behind a code's address, read again: they may have gone or changed it since the code was sent."""
    customer = work.find(Customer, code.customer_id)
    if customer is None:
        return []
    address = customer.email_key if code.channel is Channel.EMAIL else customer.phone_key
    if not address or address_key(work.tenant, address) != code.address_key:
        return []
    return _people(work, address)


def _picked(work: Work, people: Sequence[UUID], booking_code: str) -> UUID | None:
    """Whose booking carries the code."""
    wanted = _plain(booking_code)
    rows = work.all(work.select(Booking.customer_id, Booking.code).where(Booking.customer_id.in_(people)))
    found = {customer for customer, code in rows if code and same(_plain(code), wanted)}
    return found.pop() if len(found) == 1 else None


def _plain(booking_code: str) -> str:
    return "".join(booking_code.replace("-", " ").split()).upper()


def _myself(work: Work) -> Customer:
    work.need(Permission.PERSON)
    return work.get(Customer, work.actor.customer_id)


def _own_address(customer: Customer) -> tuple[Channel, str]:
    """E-mail first; a number only where an SMS can leave."""
    if customer.email and customer.email_verified_at:
        return Channel.EMAIL, customer.email
    if customer.phone and customer.phone_verified_at and sms_possible():
        return Channel.SMS, customer.phone
    raise NoWayToProve
