"""May this message leave now? Asked when its turn comes, not when it was written (promises P06, P20, P21)."""

from smartcx_portal.models.booking import Booking, WaitlistEntry
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.messaging import Channel, Message, OneTimeCode
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.models.staff import Invitation
from smartcx_portal.standing.addresses import address_key
from smartcx_portal.standing.consents import holds
from smartcx_portal.standing.kinds import CONSENTS, RULES, Kind
from smartcx_portal.standing.offers import switched_off
from smartcx_portal.tenancy import Work


def may_send(work: Work, message: Message) -> bool:
    """False once the address is gone or replaced, the consent withdrawn, the code lapsed, or the booking moved on; and
    by SMS, codes too, where the tenant has switched text messages off.
    """
    rule = RULES[Kind(message.kind)]
    return (
        bool(message.to_address)
        and message.channel in rule.channels
        and (message.channel is not Channel.SMS or not switched_off(work, Purpose.SMS))
        and (not rule.consent or _consented(work, message))
        and (rule.states is None or _booking_is_in(work, message, rule.states))
        and (rule.waiting is None or _wish_is_in(work, message, rule.waiting))
        and ((rule.states is None and rule.waiting is None) or is_theirs(work, message))
        and (message.code_id is None or _code_is_open(work, message))
        and (message.invitation_id is None or _invitation_is_open(work, message))
        and (message.kind != Kind.ENQUIRY_PASSED_ON or message.enquiry_id is not None)
    )


def may_track(work: Work, message: Message) -> bool:
    """Whether openings and clicks of this mail may be seen; never without a consent of its own."""
    return RULES[Kind(message.kind)].consent and holds(work, message.customer_id, ConsentPurpose.TRACKING)


def _consented(work: Work, message: Message) -> bool:
    return all(holds(work, message.customer_id, purpose) for purpose in CONSENTS[message.channel])


def _booking_is_in(work: Work, message: Message, states: frozenset) -> bool:
    booking = work.find(Booking, message.booking_id)
    return booking is not None and booking.status in states


def _wish_is_in(work: Work, message: Message, states: frozenset) -> bool:
    """An offer's mail is about one offer: a later one has a mail of its own."""
    entry = work.find(WaitlistEntry, message.waitlist_id)
    current = entry is not None and (message.booking_id is None or entry.booking_id == message.booking_id)
    return current and entry.status in states


def is_theirs(work: Work, message: Message) -> bool:
    """The letter carries the booking's newest links: they prove an address, and are for nobody at an earlier one."""
    customer = work.find(Customer, message.customer_id)
    if customer is None:
        return False
    address = customer.email if message.channel is Channel.EMAIL else customer.phone
    return bool(address) and address_key(work.tenant, address) == message.address_key


def _code_is_open(work: Work, message: Message) -> bool:
    code = work.find(OneTimeCode, message.code_id)
    return code is not None and code.used_at is None and code.lapses_at > work.now


def _invitation_is_open(work: Work, message: Message) -> bool:
    invitation = work.find(Invitation, message.invitation_id)
    return invitation is not None and invitation.accepted_at is None and invitation.lapses_at > work.now
