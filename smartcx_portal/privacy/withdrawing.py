"""Withdrawing a consent, as easy as giving it: in the portal, or by a link in a message (Art. 7(3), promise P06)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from smartcx_portal.bookings.leaving import leave_lines
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.messaging.links import withdraw_of, withdraw_url
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.messaging import Channel, Message
from smartcx_portal.models.privacy import ConsentEvent, ConsentPurpose, Right
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.access import own_id
from smartcx_portal.privacy.cases import close_case, done_at_once, open_case
from smartcx_portal.privacy.consents import RESTS_ON, place_text
from smartcx_portal.privacy.data_map import Entry, everything, person
from smartcx_portal.privacy.destroying import destroy, empty
from smartcx_portal.standing.consents import given, newest_of, title_of, withdraw
from smartcx_portal.standing.kinds import RULES, Kind
from smartcx_portal.tenancy import Permission, Work

LINK = "link"
CARRIES = {Purpose.MAIL: Channel.EMAIL, Purpose.SMS: Channel.SMS}
NO_MAIL = N_("You then get no more e-mails about your appointments. The appointments stay.")
NO_SMS = N_("You then get no more text messages. Your appointments stay.")
AHEAD = {
    ConsentPurpose.MAIL: NO_MAIL,
    ConsentPurpose.SMS: NO_SMS,
    ConsentPurpose.SMS_TRANSFER: NO_SMS,
    ConsentPurpose.HEALTH: N_("The specially protected answers are then deleted. Your appointments stay."),
    ConsentPurpose.TRACKING: N_("Opened mails are then not analysed any more. You still get them."),
}
"""What the page says before anything is done."""
NOW = {
    ConsentPurpose.MAIL: N_("Withdrawn. You get no more e-mails about your appointment. Your appointment stays."),
    ConsentPurpose.SMS: N_("Withdrawn. You get no more text messages. Your appointment stays."),
    ConsentPurpose.SMS_TRANSFER: N_("Withdrawn. You get no more text messages. Your appointment stays."),
    ConsentPurpose.HEALTH: N_("Withdrawn. The specially protected answers are deleted. Your appointment stays."),
    ConsentPurpose.TRACKING: N_("Withdrawn. Opened mails are not analysed any more."),
}
LEAVES_LINE = N_("If you are on the waiting list, you leave it: without e-mails nobody can offer you a time.")
LEFT_LINE = N_("You are no longer on the waiting list: without e-mails nobody can offer you a time.")
ADDRESS_STAYS = N_(
    "Your address itself stays for questions on your appointment and for signing in here. "
    "It goes when you delete your data, or by itself after the appointment."
)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did, in sentences; `deleted` counts the entries that were erased with it."""

    says: list[str]
    deleted: int


@dataclass(frozen=True, slots=True)
class LinkedConsent:
    """The consent that a link withdraws, and nothing else of its person.

    `at`, `where`: of the last word on it, which `stands` or was a withdrawal. `says`: what a withdrawal would do.
    """

    title: str
    text: str
    language: str
    stands: bool
    at: str
    where: str
    says: list[str] = field(default_factory=list)


def withdraw_own(work: Work, purpose: ConsentPurpose | str) -> Withdrawn:
    """Withdraw one consent, from now on: what waits is not sent, and what rested on it alone is erased.

    Raises `NotFound` where there is no consent to withdraw.
    """
    work.need(Permission.PERSON)
    purpose = ConsentPurpose(purpose)
    if withdraw(work, own_id(work), purpose, "portal") is None:
        raise NotFound
    done = _follow(work, own_id(work), purpose)
    done_at_once(work, Right.WITHDRAWAL, own_id(work))
    return done


def look_at_withdrawal(work: Work, secret: str) -> LinkedConsent:
    """What the link would withdraw; changes nothing. Raises `LinkInvalid`."""
    linked = withdraw_of(work, secret)
    purpose, last = linked.purpose, _last_word(work, linked)
    ahead = [AHEAD[purpose], *([LEAVES_LINE] if purpose is ConsentPurpose.MAIL else [])]
    return LinkedConsent(
        title=title_of(purpose, work.lang),
        text=last.text,
        language=last.language,
        stands=given(work, linked.customer_id, purpose) is not None,
        at=moment_text(last.at, work.get(Tenant, work.tenant).zone, work.lang),
        where=place_text(last.channel, work.lang),
        says=[translate(work.lang, one) for one in ahead],
    )


def page_of_link(work: Work, secret: str) -> str:
    """The address of the page that shows the consent and withdraws it by its button. Raises `LinkInvalid`."""
    linked = withdraw_of(work, secret)
    return withdraw_url(work, work.get(Tenant, work.tenant), linked, linked.language)


def withdraw_by_link(work: Work, secret: str) -> Withdrawn:
    """Withdraw the consent that a message's link names; twice is as good as once. Raises `LinkInvalid`."""
    linked = withdraw_of(work, secret)
    customer_id, purpose = linked.customer_id, linked.purpose
    if customer_id is None or withdraw(work, customer_id, purpose, LINK) is None:
        return Withdrawn(_told(work, purpose, left=0), 0)
    done = _follow(work, customer_id, purpose)
    close_case(work, open_case(work, Right.WITHDRAWAL, customer_id, proven_by=LINK))
    return done


def _last_word(work: Work, linked: ConsentEvent) -> ConsentEvent:
    found = newest_of(work, linked.customer_id, linked.purpose) if linked.customer_id else None
    return found or linked


def _follow(work: Work, customer_id: UUID, purpose: ConsentPurpose) -> Withdrawn:
    """What a withdrawal takes along."""
    deleted = _erase_what_rested(work, customer_id, RESTS_ON[purpose])
    left = leave_lines(work, customer_id) if purpose is ConsentPurpose.MAIL else 0
    return Withdrawn(_told(work, purpose, left), deleted)


def _told(work: Work, purpose: ConsentPurpose, left: int) -> list[str]:
    says = [NOW[purpose], *([LEFT_LINE] if left else [])]
    if RESTS_ON[purpose] & set(CARRIES):
        says.append(ADDRESS_STAYS)
    return [translate(work.lang, one) for one in says]


def _erase_what_rested(work: Work, customer_id: UUID, lost: set[Purpose]) -> int:
    found = everything(work, person(work, customer_id)) if lost else []
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
