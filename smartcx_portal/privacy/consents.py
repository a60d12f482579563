"""A person's own consents: seen with text and version, given anew, and their history (Art. 7, promises P05, P06)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from smartcx_portal.bookings.telling import tell_from_now_on
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.limits import limit
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.models.booking import Confirming
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.privacy import ConsentEvent, ConsentKind, ConsentPurpose, NoticeVersion
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.access import own_id
from smartcx_portal.standing.consents import (
    ConsentText,
    consent_text,
    give,
    holds,
    newest_events,
    standings,
    title_of,
)
from smartcx_portal.standing.offers import sms_offered
from smartcx_portal.tenancy import Permission, Work

MAIL, TRACKING = ConsentPurpose.MAIL, ConsentPurpose.TRACKING
SMS, SMS_TRANSFER = ConsentPurpose.SMS, ConsentPurpose.SMS_TRANSFER
RESTS_ON = {
    MAIL: {Purpose.MAIL},
    SMS: {Purpose.SMS},
    SMS_TRANSFER: {Purpose.SMS},
    ConsentPurpose.HEALTH: {Purpose.HEALTH},
    TRACKING: set(),
}
"""Which purposes end with a consent."""
PLACES = {
    "booking_form": N_("when booking"),
    "api": N_("in another program, when it booked for you"),
    "portal": N_("in this portal"),
    "link": N_("by a link in a message"),
    "staff": N_("by telephone or on site; the staff wrote it down"),
    "waiting_list": N_("when you joined the waiting list"),
}
MAIL_GIVEN = N_("You agreed. We write to you by e-mail about your coming appointments.")
SMS_GIVEN = N_("You agreed. We write to you by text message about your coming appointments.")
ONE_MISSING = N_("You agreed. Text messages come only when you agree to SMS and to the transfer to the USA.")
TRACKING_GIVEN = N_("You agreed. It may now be seen whether you open mails.")
A_PAGE = 50
GIVEN = "30 per hour"
"""Consents that one person may give: each stays recorded for years. A withdrawal is never counted (Art. 7(3))."""


@dataclass(frozen=True, slots=True)
class OwnConsent:
    """One consent. `purpose` goes back to `withdraw_own`; `version` names the text that was read, in `language`.

    `event` is the id of the last word on it, `notice` that of the privacy notice then in force and `notice_number` its
    number; both empty where there was none.
    """

    purpose: str
    title: str
    text: str
    language: str
    version: str
    given: bool
    at: str
    where: str
    event: str
    notice: str
    notice_number: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A consent that the person can give here; `purpose` goes back to `give_own`."""

    purpose: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One event of the history; the fields are those of `OwnConsent`."""

    event: str
    title: str
    given: bool
    at: str
    where: str
    version: str
    notice: str
    notice_number: str


@dataclass(frozen=True, slots=True)
class History:
    """A page of events, newest first. `more`: there are older ones, which follow the last line's `event`."""

    lines: list[ConsentLine]
    more: bool


def own_consents(work: Work) -> list[OwnConsent]:
    """Every purpose the signed-in person was asked about, and where they stand with it."""
    work.need(Permission.PERSON)
    zone, found = _zone(work), standings(work, own_id(work), work.lang)
    notices = _notices(work, (one.notice_version_id for one in found))
    return [
        OwnConsent(
            purpose=consent.purpose.value,
            title=consent.title,
            text=consent.text,
            language=consent.language,
            version=consent.text_version[:12],
            given=consent.given,
            at=moment_text(consent.at, zone, work.lang),
            where=place_text(consent.channel, work.lang),
            event=str(consent.event_id),
            notice=str(consent.notice_version_id or ""),
            notice_number=notices.get(consent.notice_version_id, ""),
        )
        for consent in found
    ]


def givable(work: Work) -> list[Offer]:
    """What the signed-in person can agree to here, each on its own.

    Only what can be used at once: an address that is theirs, a channel that is offered. Consents to sensitive details
    are asked beside their question and nowhere else, so that it is clear what they are about.
    """
    work.need(Permission.PERSON)
    return [Offer(one.purpose.value, one.title, one.text) for one in _givable(work)]


def give_own(work: Work, purpose: ConsentPurpose | str) -> list[str]:
    """Agree to one purpose, from now on; what that does, in sentences.

    Raises `NotFound` for what is not offered, and `TooMany`.
    """
    work.need(Permission.PERSON)
    wanted = ConsentPurpose(purpose)
    if wanted not in [one.purpose for one in _givable(work)]:
        raise NotFound
    customer_id = own_id(work)
    limit("give-consent", f"{work.tenant}:{customer_id}", GIVEN)
    give(work, customer_id, wanted, language=work.lang, channel="portal")
    return [translate(work.lang, _follow(work, customer_id, wanted))]


def history(work: Work, before: str = "", most: int = A_PAGE) -> History:
    """What the person gave and withdrew, newest first: `most` events, older than the event `before` if it is named."""
    work.need(Permission.PERSON)
    mark = as_id(before) if before else None
    found = newest_events(work, own_id(work), before=mark, most=most + 1)
    return History(lines_of(work, found[:most]), len(found) > most)


def lines_of(work: Work, events: list[ConsentEvent]) -> list[ConsentLine]:
    """Events in the reader's words. The caller has made sure of the right."""
    zone, notices = _zone(work), _notices(work, (one.notice_version_id for one in events))
    return [
        ConsentLine(
            event=str(one.id),
            title=title_of(one.purpose, work.lang),
            given=one.kind is ConsentKind.GIVEN,
            at=moment_text(one.at, zone, work.lang),
            where=place_text(one.channel, work.lang),
            version=one.text_version[:12],
            notice=str(one.notice_version_id or ""),
            notice_number=notices.get(one.notice_version_id, ""),
        )
        for one in events
    ]


def place_text(channel: str, lang: str) -> str:
    """Where a consent was given or withdrawn, in words that follow `You agreed`."""
    return translate(lang, PLACES.get(channel, channel))


def _givable(work: Work) -> list[ConsentText]:
    customer = work.get(Customer, own_id(work))
    by_mail = customer.email is not None and customer.email_verified_at is not None
    by_phone = customer.phone is not None and customer.phone_verified_at is not None and sms_offered(work)
    tracked = by_mail and holds(work, customer.id, MAIL)
    offered = {MAIL: by_mail, TRACKING: tracked, SMS: by_phone, SMS_TRANSFER: by_phone}
    return [
        consent_text(work, purpose, work.lang)
        for purpose in ConsentPurpose
        if offered.get(purpose) and not holds(work, customer.id, purpose)
    ]


def _follow(work: Work, customer_id: UUID, purpose: ConsentPurpose) -> str:
    """Let a new consent be of use for coming appointments about which no message was wanted; what to say of it."""
    if purpose is TRACKING:
        return TRACKING_GIVEN
    if purpose is MAIL:
        tell_from_now_on(work, customer_id, Confirming.EMAIL)
        return MAIL_GIVEN
    if not (holds(work, customer_id, SMS) and holds(work, customer_id, SMS_TRANSFER)):
        return ONE_MISSING
    tell_from_now_on(work, customer_id, Confirming.SMS)
    return SMS_GIVEN


def _notices(work: Work, ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The numbers of these versions of the notice."""
    wanted = {one for one in ids if one is not None}
    query = work.select(NoticeVersion.id, NoticeVersion.number).where(NoticeVersion.id.in_(wanted))
    return {found: str(number) for found, number in work.all(query)} if wanted else {}


def _zone(work: Work) -> str:
    return work.get(Tenant, work.tenant).zone
