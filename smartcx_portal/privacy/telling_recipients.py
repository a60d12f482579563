"""Who else holds what was just corrected is told of it (Art. 19), and the person sees whom and with what result.

Calendars of the staff follow by themselves; companies that carry messages keep a log of addresses, never the name; a
provider that the person's data was handed to gets a request of its own there, which its staff carry out.
"""

from enum import StrEnum
from typing import Any
from uuid import UUID

from procrastinate import RetryStrategy

from smartcx_portal.bookings.feeds import gives_names
from smartcx_portal.kit.jobs import jobs
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.messaging import Channel, Message
from smartcx_portal.models.privacy import (
    PrivacyCase,
    ReceivedData,
    RecipientNotice,
    Right,
    Told,
    Transfer,
    TransferState,
)
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.activities import activities
from smartcx_portal.privacy.cases import open_case
from smartcx_portal.privacy.handed_titles import TOLD, HandedTitles
from smartcx_portal.tenancy import JOB, Work, open_work

CARRIED_FOR = {Channel.EMAIL: Purpose.MAIL, Channel.SMS: Purpose.SMS}
HOLDING = (TransferState.DELIVERED, TransferState.IMPORTED)
AGAIN = RetryStrategy(max_attempts=8, exponential_wait=3)
LINE = N_("{name}: {state}")
FEEDS = "feeds"


class Changed(StrEnum):
    """What was corrected: a column of the customer."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"


REQUESTS = {
    Changed.EMAIL: N_("E-mail address, as corrected at the provider it was handed over from: {value}"),
    Changed.PHONE: N_("Telephone number, as corrected at the provider it was handed over from: {value}"),
}
BY_PROVIDER, ADDRESS_BY_PROVIDER = "provider", "provider_address"
"""How such a request was proven: by the provider that handed the data over. One about an address wishes no name."""


def tell_recipients(work: Work, case: PrivacyCase, what: Changed) -> list[str]:
    """Note for each recipient what it was told of this correction, and tell them; one sentence each.

    Nothing for a case that belongs to nobody any more.
    """
    if case.customer_id is None:
        return []
    names = HandedTitles(work, work.lang, lambda at: moment_text(at, work.get(Tenant, work.tenant).zone, work.lang))
    said = []
    for recipient, state in _recipients(work, case.customer_id, what):
        notice = work.new(
            RecipientNotice,
            customer_id=case.customer_id,
            case_id=case.id,
            recipient=recipient,
            state=state,
            at=work.now,
        )
        if state is Told.PENDING:
            work.defer(tell_receiver, notice=str(notice.id), what=what.value)
        line = {"name": names.recipient(recipient), "state": translate(work.lang, TOLD[state])}
        said.append(translate(work.lang, LINE).format(**line))
    return said


@jobs.task(name="privacy.tell_receiver", retry=AGAIN)
def tell_receiver(tenant: str, notice: str, what: str) -> None:
    """Bring one correction to the provider that holds a copy; may run any number of times.

    No transaction stands within two tenants: it reads at the one, writes at the other, and notes the result.
    """
    giving, corrected = UUID(tenant), Changed(what)
    with open_work(JOB, giving) as work:
        row = work.find(RecipientNotice, UUID(notice))
        if row is None or row.state is not Told.PENDING:
            return
        sent = work.find(Transfer, UUID(row.recipient.partition(":")[2]))
        person = work.find(Customer, row.customer_id)
        value = getattr(person, corrected.value) if person else None
        to, transfer_id = (sent.to_tenant, sent.id) if sent else (None, None)
    holds = _tell(to, transfer_id, corrected, value) if to and value else False
    with open_work(JOB, giving) as work:
        row = work.find(RecipientNotice, UUID(notice), lock=True)
        if row is not None and row.state is Told.PENDING:
            row.state, row.at = Told.INFORMED if holds else Told.NOTHING, work.now


def _recipients(work: Work, customer_id: UUID, what: Changed) -> list[tuple[str, Told]]:
    """Who got something of this person, and what the correction means there.

    A new address says nothing to who logged the old one: that log tells truly where a message went.
    """
    found: list[tuple[str, Told]] = []
    if what is Changed.NAME:
        booked = work.select(Booking.id).where(Booking.customer_id == customer_id)
        if gives_names(work) and work.first(booked) is not None:
            found.append((FEEDS, Told.FOLLOWS))
        found += [(key, Told.NOTHING) for key in _carriers(work, customer_id)]
    handed = work.select(Transfer.id).where(Transfer.customer_id == customer_id, Transfer.state.in_(HOLDING))
    return found + [(f"transfer:{one}", Told.PENDING) for one in work.all(handed.order_by(Transfer.created_at))]


def _carriers(work: Work, customer_id: UUID) -> list[str]:
    """The companies that have carried a message to this person, but for the host of it all."""
    active = activities(work)
    host = set(active[Purpose.OPERATION].recipients) if Purpose.OPERATION in active else set()
    tried = work.select(Message.channel).where(Message.customer_id == customer_id, Message.tried_at.is_not(None))
    purposes = [CARRIED_FOR[channel] for channel in sorted(set(work.all(tried)))]
    keys = [key for purpose in purposes if purpose in active for key in active[purpose].recipients if key not in host]
    return list(dict.fromkeys(keys))


def _tell(to: UUID, transfer_id: UUID | None, what: Changed, value: str) -> bool:
    """At the receiver: correct what still waits to be taken over, else ask its staff; whether it holds any of it."""
    with open_work(JOB, to) as work:
        row = work.first(work.select(ReceivedData).where(ReceivedData.from_transfer == transfer_id))
        if row is None:
            return False
        if row.state is TransferState.DELIVERED:
            row.document = _corrected(row.document, what, value)
            return True
        if row.customer_id is None:
            return False
        _ask(work, row.customer_id, what, value)
        return True


def _corrected(document: dict[str, Any], what: Changed, value: str) -> dict[str, Any]:
    """The document with the new value, where it holds the old one at all."""
    records = [
        {**one, "fields": {**one["fields"], what.value: {**one["fields"][what.value], "value": value}}}
        if one["type"] == "customer" and what.value in one["fields"]
        else one
        for one in document.get("records", [])
    ]
    return {**document, "records": records}


def _ask(work: Work, customer_id: UUID, what: Changed, value: str) -> None:
    """Once, also when the job runs again."""
    lang = work.get(Customer, customer_id).language
    words = translate(lang, REQUESTS[what]).format(value=value) if what in REQUESTS else value
    same = work.select(PrivacyCase.id).where(
        PrivacyCase.customer_id == customer_id, PrivacyCase.status == "open", PrivacyCase.request == words
    )
    if work.first(same) is None:
        proven = BY_PROVIDER if what is Changed.NAME else ADDRESS_BY_PROVIDER
        open_case(work, Right.RECTIFICATION, customer_id, request=words, proven_by=proven)
