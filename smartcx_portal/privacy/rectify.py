"""Rectification (Art. 16, promise P04): name and language at once, an address once a code was read at the new one."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from sqlalchemy import ColumnElement

from smartcx_portal.accounts.codes import Because, Refused, examine, send_code, use_up
from smartcx_portal.bookings.entries import clean, name_key
from smartcx_portal.bookings.feeds import date_events_anew
from smartcx_portal.bookings.own_list import is_coming
from smartcx_portal.kit.contact import email_key, masked, phone_key
from smartcx_portal.kit.errors import InvalidForm
from smartcx_portal.kit.language import LANGUAGES, N_, translate
from smartcx_portal.kit.limits import limit
from smartcx_portal.kit.localtime import time_text
from smartcx_portal.messaging.outbox import post
from smartcx_portal.models.booking import Booking, WaitlistEntry
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, CodeUse, OneTimeCode
from smartcx_portal.models.privacy import PrivacyCase, Right
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.cases import close_case, done_at_once, open_case, wishes_name
from smartcx_portal.privacy.erase import coming_bookings
from smartcx_portal.privacy.telling_receivers import Changed
from smartcx_portal.privacy.telling_recipients import tell_recipients
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Permission, Work

LONGEST_NAME = 200
CORRECTED = "30 per hour"
"""Corrections of one person: others are told of each."""
ALIKE = 0.6
"""From this likeness on, two names are taken for spellings of one."""
NAME_MISSING = N_("Enter your name.")
NAME_TOO_LONG = N_("Use at most 200 characters.")
DONE = N_("Your name is corrected.")
SAME = N_("That is the name we have.")
ASKED = N_(
    "You have an appointment to come, and it cannot be handed to another person. So {tenant} looks at this change "
    "and answers you by the date under “Your requests”."
)
LANGUAGE_MISSING = N_("Choose a language.")
LANGUAGE_DONE = N_("The language is corrected. Messages about your appointments come in it from now on.")
SAME_LANGUAGE = N_("That is the language we have. Nothing was changed.")
ADDRESS_DONE = N_(
    "The new address holds from now on. The old one was told. Links in earlier messages no longer work; you find your "
    "appointments here in the portal."
)
FIRST_ADDRESS_DONE = N_("The address holds from now on.")
USES = {Channel.EMAIL: CodeUse.NEW_EMAIL, Channel.SMS: CodeUse.NEW_PHONE}


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of a correction. `applied` is False where the tenant has to look first; `says` tells the person.

    `told`: for each recipient of the old value a sentence on what it was told (Art. 19).
    """

    applied: bool
    says: str
    case_id: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedNew:
    """A code is on its way to the new address, valid until `until` (a clock time)."""

    sent_to: str
    until: str


def correct_name(work: Work, name: str) -> Corrected:
    """Correct the name at once; a wholly different one waits while an appointment lies ahead. Raises `InvalidForm`."""
    work.need(Permission.PERSON)
    customer = work.get(Customer, own_id(work), lock=True)
    wish = _checked(name)
    if wish == customer.name:
        return Corrected(True, translate(work.lang, SAME), "")
    count_correction(work)
    if coming_bookings(work, customer.id) and (not is_same_person(customer.name, wish) or _corrected_before(work)):
        tenant = work.get(Tenant, work.tenant)
        case = _ask(work, customer, wish)
        return Corrected(False, translate(work.lang, ASKED).format(tenant=tenant.name), str(case.id))
    customer.name = wish
    date_events_anew(work, customer.id)
    case = close_case(work, open_case(work, Right.RECTIFICATION, customer.id, request=wish))
    told = tell_recipients(work, case, Changed.NAME)
    work.audit("person.corrected", case, field="name")
    return Corrected(True, translate(work.lang, DONE), str(case.id), tuple(told))


def correct_language(work: Work, language: str) -> Corrected:
    """Correct the language of messages at once, also of those about coming appointments and wishes.

    Raises `InvalidForm` for a language that nothing is written in here.
    """
    work.need(Permission.PERSON)
    if language not in LANGUAGES:
        raise InvalidForm({"language": LANGUAGE_MISSING})
    customer = work.get(Customer, own_id(work), lock=True)
    if customer.language == language:
        return Corrected(True, translate(work.lang, SAME_LANGUAGE), "")
    count_correction(work)
    customer.language = language
    work.update_where(Booking, Booking.customer_id == customer.id, is_coming(work), language=language)
    work.update_where(WaitlistEntry, WaitlistEntry.customer_id == customer.id, language=language)
    case = done_at_once(work, Right.RECTIFICATION, customer.id)
    told = tell_recipients(work, case, Changed.LANGUAGE)
    work.audit("person.corrected", case, field="language")
    return Corrected(True, translate(work.lang, LANGUAGE_DONE), str(case.id), tuple(told))


def count_correction(work: Work) -> None:
    """Raises `TooMany` where one person corrects more often than anybody has reason to."""
    limit("correct", f"{work.tenant}:{own_id(work)}", CORRECTED)


def is_same_person(before: str, after: str) -> bool:
    """Whether one name may be the other's spelling: they share a part, or are much alike."""
    one, other = name_key(before), name_key(after)
    return bool(_parts(one) & _parts(other)) or SequenceMatcher(None, one, other).ratio() >= ALIKE


def ask_new_email(work: Work, email: str) -> AskedNew:
    """Send a code to the new e-mail address (tier T3). Raises `NotAnEmail`, `TooManyCodes`."""
    email_key(email)
    return _ask_address(work, Channel.EMAIL, email.strip())


def ask_new_phone(work: Work, phone: str) -> AskedNew:
    """Send a code to the new telephone number (tier T3). Raises `NotAPhone`, `TooManyCodes`."""
    return _ask_address(work, Channel.SMS, phone_key(phone))


def confirm_new_address(work: Work, channel: Channel | str, entered: str) -> Corrected | Refused:
    """With the code that was read at the new address, let it replace the old one, which is told."""
    work.need(Permission.PERSON)
    channel = Channel(channel)
    customer = work.get(Customer, own_id(work), lock=True)
    code = examine(work, USES[channel], entered)
    if isinstance(code, Refused):
        return code
    if code.customer_id != customer.id or code.new_value is None:
        return Refused(Because.NONE)
    done = ADDRESS_DONE if _replace(work, customer, channel, code) else FIRST_ADDRESS_DONE
    use_up(work, code)
    case = done_at_once(work, Right.RECTIFICATION, customer.id)
    told = tell_recipients(work, case, Changed.EMAIL if channel is Channel.EMAIL else Changed.PHONE)
    work.audit("person.corrected", case, field=channel.value)
    return Corrected(True, translate(work.lang, done), str(case.id), tuple(told))


def _checked(name: str) -> str:
    wish = clean(name)
    if not wish:
        raise InvalidForm({"name": NAME_MISSING})
    if len(wish) > LONGEST_NAME:
        raise InvalidForm({"name": NAME_TOO_LONG})
    return wish


def _corrected_before(work: Work) -> bool:
    """Whether the name was changed since the next appointment was made: two small steps make a large one."""
    since = min(booking.created_at for booking in coming_bookings(work, own_id(work)))
    done = _about_name(work, own_id(work), PrivacyCase.status == "done", PrivacyCase.received_at >= since)
    return done is not None


def _ask(work: Work, customer: Customer, wish: str) -> PrivacyCase:
    """One open case about the name; a newer wish takes the place of an older one."""
    case = _about_name(work, customer.id, PrivacyCase.status == "open")
    if case is None:
        return open_case(work, Right.RECTIFICATION, customer.id, request=wish)
    case.request = wish
    return case


def _about_name(work: Work, customer_id: UUID, *criteria: ColumnElement[bool]) -> PrivacyCase | None:
    own = (PrivacyCase.customer_id == customer_id, PrivacyCase.right == Right.RECTIFICATION)
    found = work.all(work.select(PrivacyCase).where(*own, PrivacyCase.request.is_not(None), *criteria))
    return next(filter(wishes_name, found), None)


def _ask_address(work: Work, channel: Channel, address: str) -> AskedNew:
    work.need(Permission.PERSON_FRESH)
    customer = own_id(work)
    sent = send_code(work, USES[channel], channel, address, customer_id=customer, new_value=address)
    zone = work.get(Tenant, work.tenant).zone
    return AskedNew(masked(address), time_text(sent.lapses_at, zone, work.lang))


def _replace(work: Work, customer: Customer, channel: Channel, code: OneTimeCode) -> bool:
    """Whether another address was there before: it is told, and the links that went there stop working."""
    new = code.new_value or ""
    old = customer.email if channel is Channel.EMAIL else customer.phone
    before = customer.email_key if channel is Channel.EMAIL else customer.phone_key
    key = email_key(new) if channel is Channel.EMAIL else phone_key(new)
    if channel is Channel.EMAIL:
        customer.email, customer.email_key, customer.email_verified_at = new, key, work.now
    else:
        customer.phone, customer.phone_key, customer.phone_verified_at = new, key, work.now
    replaced = bool(old) and before != key
    if replaced:
        work.update_where(Booking, Booking.customer_id == customer.id, link_version=Booking.link_version + 1)
        for kind, to in ((Kind.CONTACT_CHANGED, old or ""), (Kind.LINKS_RENEWED, new)):
            post(work, kind, channel, to, language=customer.language, customer_id=customer.id)
    return replaced


def _parts(key: str) -> set[str]:
    return {part for part in key.replace("-", " ").split() if len(part) > 1}
