"""How people prove who they are (privacy: tiers T2, T3, T3+): a code to an address that is stored for them.

An address they never confirmed, as one that the staff wrote down, opens with the booking code beside, and is confirmed
by that. A known and an unknown address look alike: same answer, same rows, same work. Only what arrives differs.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from smartcx_portal.accounts.codes import Because, Refused, count_wrong, examine, send_code, use_up
from smartcx_portal.accounts.owners import Owner, needs_booking_code, opens, owners, owners_of_code, picked, plain
from smartcx_portal.kit.contact import masked
from smartcx_portal.kit.errors import NotFound, ProductError
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.tokens import same
from smartcx_portal.messaging.links import booking_of
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, CodeUse
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.standing.offers import sms_carried
from smartcx_portal.tenancy import Permission, Work

BY_CODE, BY_BOTH, BY_BOOKING = "code", "code_and_booking_code", "booking_code"


@dataclass(frozen=True, slots=True)
class CodeRequested:
    """What the page shows, whoever asked: until when a code would be valid (aware UTC)."""

    lapses_at: datetime
    sent_to: str = ""
    """The own address, shortened; only for somebody who is signed in."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Proof was given; the gate now opens a session for this customer.

    `confirms`: the channel of an address that nobody had confirmed so far; it has just been read.
    """

    customer_id: UUID
    confirms: Channel | None = None
    proof: str = field(default=BY_CODE, compare=False)
    """What was shown, as the person's requests note it: `code`, `code_and_booking_code` or `booking_code`."""


@dataclass(frozen=True, slots=True)
class NeedBookingCode:
    """The code is right and still open, but the booking code must come with it. No names are told."""

    says: str = N_("Please enter your booking code too. It stands on the page of your appointment.")


class WrongBookingCode(ProductError):
    """For people without an address; the gate limits how often they may try."""

    says = N_("Link and booking code do not belong together. Please check the booking code, or contact us.")


class UseYourAddress(ProductError):
    """Whoever has a confirmed address proves it by that."""

    says = N_("We have an address of yours. Please ask for a code with it, or contact us if you can no longer read it.")


class NoWayToProve(ProductError):
    """Signed in, but nothing confirmed is stored to send a code to."""

    says = N_("We have no confirmed address of yours. Please use the link and the booking code of your appointment.")


def request_code(work: Work, address: str) -> CodeRequested:
    """Send a sign-in code to `address` if it is known here; say the same if not.

    An unknown e-mail address is told that nothing is stored, an unknown number gets nothing.
    Raises `NotAnEmail`, `NotAPhone` or `TooManyCodes`.
    """
    channel = Channel.EMAIL if "@" in address else Channel.SMS
    people = owners(work, address)
    first = next((one.customer_id for one in people), None)
    kind = Kind.CODE if people else Kind.NOTHING_STORED
    sent = send_code(work, CodeUse.PORTAL, channel, address, customer_id=first, kind=kind)
    return CodeRequested(sent.lapses_at)


def sign_in(work: Work, entered: str, booking_code: str = "") -> SignedIn | NeedBookingCode | Refused:
    """Who the tab's code proves: the one who confirmed the address.

    Where several did or nobody has, or special categories are stored, with the booking code (T3+).
    Raises nothing for wrong codes, see `accounts.codes`. The gate makes the session from `SignedIn`.
    """
    code = examine(work, CodeUse.PORTAL, entered)
    if isinstance(code, Refused):
        return code
    people = owners_of_code(work, code)
    if not people:
        return count_wrong(code)
    certain = _certain(work, people)
    if certain is None and not booking_code.strip():
        return NeedBookingCode()
    chosen = certain or picked(work, [one.customer_id for one in people], booking_code)
    if chosen is None:
        return count_wrong(code)
    use_up(work, code)
    proof = BY_CODE if certain else BY_BOTH
    work.audit("person.signed_in", proof=proof, channel=code.channel.value)
    confirmed = any(one.confirmed for one in people if one.customer_id == chosen)
    return SignedIn(chosen, None if confirmed else code.channel, proof)


def sign_in_by_booking(work: Work, secret: str, booking_code: str) -> SignedIn:
    """For people who left no address that a code can go to: the appointment's secret link plus its booking code (tiers
    T2 and T3).

    Raises `LinkInvalid`, `WrongBookingCode`, `UseYourAddress`. The secret cannot be guessed, and the code alone opens
    nothing.
    """
    booking = booking_of(work, secret)
    customer = work.find(Customer, booking.customer_id)
    if customer is None or not same(plain(booking.code or ""), plain(booking_code)) or not booking.code:
        raise WrongBookingCode
    if not opens(work, booking):
        raise WrongBookingCode
    if customer.email_verified_at or (customer.phone_verified_at and sms_carried(work)):
        raise UseYourAddress
    work.audit("person.signed_in", booking, proof=BY_BOOKING)
    return SignedIn(customer.id, proof=BY_BOOKING)


def without_mailbox(work: Work) -> str:
    """How the signed-in person could prove themselves if the mailbox were lost: `phone`, or `office` where nothing else
    is confirmed; empty if their codes do not go by e-mail anyway.
    """
    customer = _myself(work)
    if not customer.email_verified_at:
        return ""
    return "phone" if customer.phone_verified_at and sms_carried(work) else "office"


def request_step_up(work: Work, *, other_way: bool = False) -> CodeRequested:
    """Send a fresh code to the person's own confirmed address; the `other_way` is the number beside a lost mailbox.

    Raises `NoWayToProve`, `TooManyCodes`.
    """
    customer = _myself(work)
    channel, address = _own_address(work, customer, other_way)
    sent = send_code(work, CodeUse.STEP_UP, channel, address, customer_id=customer.id)
    return CodeRequested(sent.lapses_at, masked(address))


def step_up(work: Work, entered: str, booking_code: str = "") -> SignedIn | NeedBookingCode | Refused:
    """Whether the person proved themselves again just now; the gate then marks the session as fresh.

    The booking code must come along where special categories are stored or others share the address (T3+), and where
    the telephone stands in for the mailbox.
    """
    customer = _myself(work)
    code = examine(work, CodeUse.STEP_UP, entered)
    if isinstance(code, Refused):
        return code
    if code.customer_id != customer.id:
        return Refused(Because.NONE)
    stands_in = code.channel is Channel.SMS and customer.email_verified_at is not None
    both = stands_in or needs_booking_code(work, customer)
    if both and not booking_code.strip():
        return NeedBookingCode()
    if both and picked(work, [customer.id], booking_code) is None:
        return count_wrong(code)
    use_up(work, code)
    proof = BY_BOTH if both else BY_CODE
    work.audit("person.stepped_up", proof=proof, channel=code.channel.value)
    return SignedIn(customer.id, proof=proof)


def step_up_by_booking(work: Work, secret: str, booking_code: str) -> SignedIn:
    """The fresh proof of people without an address; raises like `sign_in_by_booking`, `NotFound` for another's link."""
    proven = sign_in_by_booking(work, secret, booking_code)
    if proven.customer_id != _myself(work).id:
        raise NotFound
    return proven


def _certain(work: Work, people: list[Owner]) -> UUID | None:
    """The one whom the code alone lets in."""
    confirmed = [one.customer_id for one in people if one.confirmed]
    if len(confirmed) != 1 or needs_booking_code(work, work.get(Customer, confirmed[0])):
        return None
    return confirmed[0]


def _myself(work: Work) -> Customer:
    work.need(Permission.PERSON)
    return work.get(Customer, work.actor.customer_id)


def _own_address(work: Work, customer: Customer, other_way: bool) -> tuple[Channel, str]:
    """E-mail first; a number only where an SMS may leave."""
    if customer.email and customer.email_verified_at and not other_way:
        return Channel.EMAIL, customer.email
    if customer.phone and customer.phone_verified_at and sms_carried(work):
        return Channel.SMS, customer.phone
    raise NoWayToProve
