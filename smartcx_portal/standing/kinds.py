"""The kinds of messages, and what each needs before it may leave."""

from dataclasses import dataclass
from enum import StrEnum

from smartcx_portal.models.booking import BookingStatus, WaitlistStatus
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.messaging import Channel
from smartcx_portal.models.privacy import ConsentPurpose


class Kind(StrEnum):
    """The name of a message's template; stored in `Message.kind`."""

    BOOKING_CONFIRM = "booking_confirm"
    BOOKING_BOOKED = "booking_booked"
    BOOKING_MOVED = "booking_moved"
    BOOKING_CANCELLED = "booking_cancelled"
    CODE = "code"
    NOTHING_STORED = "nothing_stored"
    CONTACT_CHANGED = "contact_changed"
    LINKS_RENEWED = "links_renewed"
    INVITATION = "invitation"
    ENQUIRY_RECEIVED = "enquiry_received"
    ENQUIRY_PASSED_ON = "enquiry_passed_on"
    WAITLIST_CONFIRM = "waitlist_confirm"
    WAITLIST_OFFER = "waitlist_offer"
    WAITLIST_OVER = "waitlist_over"


@dataclass(frozen=True, slots=True)
class Rule:
    """`consent`: appointment mails rest on it (promise P20, P21); what a person asked for this minute, codes and
    messages about rights do not, and rest on the ground of what they serve (promise P07).
    `states`: those of the booking in which the message still makes sense."""

    consent: bool = False
    serves: Purpose | None = None
    states: frozenset[BookingStatus] | None = None
    waiting: frozenset[WaitlistStatus] | None = None
    """States of the wish in the waiting list in which it makes sense."""
    channels: frozenset[Channel] = frozenset(Channel)


MAIL_ONLY = frozenset({Channel.EMAIL})
COMING = frozenset({BookingStatus.CONFIRMED})
RULES = {
    Kind.BOOKING_CONFIRM: Rule(serves=Purpose.APPOINTMENT, states=frozenset({BookingStatus.PENDING})),
    Kind.BOOKING_BOOKED: Rule(consent=True, states=COMING),
    Kind.BOOKING_MOVED: Rule(consent=True, states=COMING),
    Kind.BOOKING_CANCELLED: Rule(consent=True, states=frozenset({BookingStatus.CANCELLED})),
    Kind.CODE: Rule(serves=Purpose.RIGHTS),
    Kind.NOTHING_STORED: Rule(serves=Purpose.RIGHTS, channels=MAIL_ONLY),
    Kind.CONTACT_CHANGED: Rule(serves=Purpose.RIGHTS),
    Kind.LINKS_RENEWED: Rule(serves=Purpose.RIGHTS),
    Kind.INVITATION: Rule(serves=Purpose.STAFF, channels=MAIL_ONLY),
    Kind.ENQUIRY_RECEIVED: Rule(serves=Purpose.ENQUIRY, channels=MAIL_ONLY),
    Kind.ENQUIRY_PASSED_ON: Rule(serves=Purpose.ENQUIRY, channels=MAIL_ONLY),
    Kind.WAITLIST_CONFIRM: Rule(
        serves=Purpose.APPOINTMENT, waiting=frozenset({WaitlistStatus.UNCONFIRMED}), channels=MAIL_ONLY
    ),
    Kind.WAITLIST_OFFER: Rule(consent=True, waiting=frozenset({WaitlistStatus.OFFERED}), channels=MAIL_ONLY),
    Kind.WAITLIST_OVER: Rule(consent=True, waiting=frozenset({WaitlistStatus.LAPSED}), channels=MAIL_ONLY),
}
CONSENTS = {
    Channel.EMAIL: (ConsentPurpose.MAIL,),
    Channel.SMS: (ConsentPurpose.SMS, ConsentPurpose.SMS_TRANSFER),
}
"""Every one of these must be given before an appointment message takes the channel."""


def serves(kind: str, *, of_booking: bool) -> Purpose | None:
    """What a message without a consent is for; None for those that rest on one.

    `of_booking`: it hangs on an appointment, as the code does by which one is confirmed.
    """
    return Purpose.APPOINTMENT if kind == Kind.CODE and of_booking else RULES[Kind(kind)].serves
