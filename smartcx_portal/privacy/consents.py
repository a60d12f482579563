"""A person's own consents: seen, and withdrawn as easily as given (Art. 7(3), promise P06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from smartcx_portal.bookings.leaving import leave_lines
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.messaging import Channel, Message
from smartcx_portal.models.privacy import ConsentPurpose, Right
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.cases import done_at_once
from smartcx_portal.privacy.data_map import Entry, everything, person
from smartcx_portal.privacy.destroying import destroy, empty
from smartcx_portal.standing.consents import standings, title_of, withdraw
from smartcx_portal.standing.kinds import RULES, Kind
from smartcx_portal.tenancy import Permission, Work

RESTS_ON = {
    ConsentPurpose.MAIL: {Purpose.MAIL},
    ConsentPurpose.SMS: {Purpose.SMS},
    ConsentPurpose.SMS_TRANSFER: {Purpose.SMS},
    ConsentPurpose.HEALTH: {Purpose.HEALTH},
    ConsentPurpose.TRACKING: set(),
}
"""Which purposes end with a consent."""
CARRIES = {Purpose.MAIL: Channel.EMAIL, Purpose.SMS: Channel.SMS}
PLACES = {
    "booking_form": N_("when booking"),
    "api": N_("in another program, when it booked for you"),
    "portal": N_("in this portal"),
    "link": N_("by a link in a message"),
    "staff": N_("by telephone or on site; the staff wrote it down"),
    "waiting_list": N_("when you joined the waiting list"),
}
NOW = {
    ConsentPurpose.MAIL: N_("Withdrawn. You get no more e-mails about your appointment. Your appointment stays."),
    ConsentPurpose.SMS: N_("Withdrawn. You get no more text messages. Your appointment stays."),
    ConsentPurpose.SMS_TRANSFER: N_("Withdrawn. You get no more text messages. Your appointment stays."),
    ConsentPurpose.HEALTH: N_("Withdrawn. The specially protected answers are deleted. Your appointment stays."),
    ConsentPurpose.TRACKING: N_("Withdrawn. Opened mails are not analysed any more."),
}
LEFT_LINE = N_("You are no longer on the waiting list: without e-mails nobody can offer you a time.")
ADDRESS_STAYS = N_(
    "Your address itself stays for questions on your appointment and for signing in here. "
    "It goes when you delete your data, or by itself after the appointment."
)


@dataclass(frozen=True, slots=True)
class OwnConsent:
    """One consent. `purpose` goes back to `withdraw_own`; `version` names the text that was read, in `language`."""

    purpose: str
    title: str
    text: str
    language: str
    version: str
    given: bool
    at: str
    where: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did, in sentences; `deleted` counts the entries that were erased with it."""

    says: list[str]
    deleted: int


def own_consents(work: Work) -> list[OwnConsent]:
    """Every purpose the signed-in person was asked about, and where they stand with it."""
    work.need(Permission.PERSON)
    zone = work.get(Tenant, work.tenant).zone
    return [
        OwnConsent(
            purpose=consent.purpose.value,
            title=title_of(consent.purpose, work.lang),
            text=consent.text,
            language=consent.language,
            version=consent.text_version[:12],
            given=consent.given,
            at=moment_text(consent.at, zone, work.lang),
            where=translate(work.lang, PLACES.get(consent.channel, consent.channel)),
        )
        for consent in standings(work, own_id(work), work.lang)
    ]


def withdraw_own(work: Work, purpose: ConsentPurpose | str) -> Withdrawn:
    """Withdraw one consent, from now on: what waits is not sent, and what rested on it alone is erased.

    Raises `NotFound` where there is no consent to withdraw.
    """
    work.need(Permission.PERSON)
    purpose = ConsentPurpose(purpose)
    event = withdraw(work, own_id(work), purpose, "portal")
    if event is None:
        raise NotFound
    deleted = _erase_what_rested(work, RESTS_ON[purpose])
    left = leave_lines(work, own_id(work)) if purpose is ConsentPurpose.MAIL else 0
    done_at_once(work, Right.WITHDRAWAL, own_id(work))
    says = [translate(work.lang, NOW[purpose])]
    if left:
        says.append(translate(work.lang, LEFT_LINE))
    if RESTS_ON[purpose] & set(CARRIES):
        says.append(translate(work.lang, ADDRESS_STAYS))
    return Withdrawn(says, deleted)


def _erase_what_rested(work: Work, lost: set[Purpose]) -> int:
    found = everything(work, person(work, own_id(work))) if lost else []
    return sum(_erase_in(work, entry, rows, lost) for entry, rows in found)


def _erase_in(work: Work, entry: Entry, rows: Sequence[Any], lost: set[Purpose]) -> int:
    """Messages that the consent carried go by their channel; elsewhere columns that serve nothing else."""
    if entry.model is Message:
        channels = {CARRIES[p] for p in lost if p in CARRIES}
        gone = [row.id for row in rows if row.channel in channels and RULES[Kind(row.kind)].consent]
        destroy(work, entry, gone)
        return len(gone)
    columns = [c for c in entry.columns if set(c.data.purposes) <= lost]
    touched = [row for row in rows if any(getattr(row, c.name) is not None for c in columns)]
    hollow = [row.id for row in touched if entry.row_goes and not _keeps(entry, row, lost)]
    destroy(work, entry, hollow)
    for column in columns:
        empty(work, entry, column, [row.id for row in touched if row.id not in hollow])
    return len(touched)


def _keeps(entry: Entry, row: Any, lost: set[Purpose]) -> bool:
    """Whether something in the row still serves another purpose."""
    others = [c for c in entry.columns if not set(c.data.purposes) <= lost]
    return any(getattr(row, c.name) is not None for c in others)
