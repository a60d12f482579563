"""What came here at a person's wish, from another provider or as a file: the staff take it over or refuse it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from smartcx_portal.bookings.joining import prove
from smartcx_portal.bookings.looking import Why, record_person_look
from smartcx_portal.kit.clock import local_day
from smartcx_portal.kit.contact import email_key, phone_key
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.localtime import day_text
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.messaging import Channel
from smartcx_portal.models.privacy import ReceivedData, TransferState
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.keeping import Periods
from smartcx_portal.privacy.received_contents import BROUGHT, Contact, beside, contact_in
from smartcx_portal.privacy.telling_receivers import ERASED_AT
from smartcx_portal.privacy.transferring import settle_transfer
from smartcx_portal.tenancy import Permission, Work

REFUSED_STAYS = timedelta(days=1)
"""How long the empty row of a refused one stays, so that the giving provider is told."""


class NoLongerWaits(ProductError):
    """Somebody else took it over or refused it, or its time is over."""

    says = N_("This no longer waits: it has been taken over or refused, or its time is over.")


class NoName(ProductError):
    """Nobody can be entered without a name."""

    says = N_("This data holds no name, so it cannot be taken over. Refuse it, and ask the person.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One that waits; whose it is stands only in `Opened`. `as_file`: the staff brought it in."""

    id: str
    sender: str
    as_file: bool
    arrived: str
    until: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What would be taken over, and what was sent beside it, by kind and number.

    `seal` is a value of `brought.Seal` for a file, else empty. Addresses are `…_confirmed` if they will count as such.
    """

    id: str = ""
    sender: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    email_confirmed: bool = False
    phone_confirmed: bool = False
    seal: str = ""
    beside: tuple[str, ...] = ()
    erased: str = ""
    """The day on which the sender deleted it at the person's wish; empty while it has not."""


def waiting_data(work: Work) -> list[Waiting]:
    """What waits to be looked at, oldest first."""
    work.need(Permission.PRIVACY_CASES)
    zone = work.get(Tenant, work.tenant).zone
    query = work.select(ReceivedData).where(
        ReceivedData.state == TransferState.DELIVERED, ReceivedData.lapses_at > work.now
    )
    return [
        Waiting(
            str(row.id),
            row.from_name,
            row.from_transfer is None,
            day_text(local_day(row.created_at, zone), work.lang),
            day_text(local_day(row.lapses_at, zone), work.lang),
        )
        for row in work.all(query.order_by(ReceivedData.created_at).limit(200))
    ]


def open_data(work: Work, received_id: str) -> Opened:
    """Look at one; the trail says that somebody did. Raises `NoLongerWaits`."""
    row = _waiting(work, received_id)
    work.audit("received.opened", row)
    contact, confirmed = contact_in(row.document), _confirmed(row)
    return Opened(
        id=str(row.id),
        sender=row.from_name,
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        language=contact.language,
        email_confirmed=Channel.EMAIL in confirmed,
        phone_confirmed=Channel.SMS in confirmed,
        seal=row.document.get(BROUGHT, ""),
        beside=tuple(beside(row.document, work.lang)),
        erased=_erased_on(work, row),
    )


def import_data(work: Work, received_id: str) -> UUID:
    """Enter the person, or join them with who is known by the same address and name; the customer's id.

    Addresses that they had confirmed at another tenant of this portal count as confirmed: it was the same proof. Those
    of a file do not. Of the document only this is kept. They stay as long as somebody who came once.

    Raises `NoLongerWaits`, `NoName`.
    """
    row = _waiting(work, received_id)
    contact = contact_in(row.document)
    if not contact.name:
        raise NoName
    person = work.new(
        Customer,
        name=contact.name,
        email=contact.email or None,
        email_key=email_key(contact.email) if contact.email else None,
        phone=contact.phone or None,
        phone_key=phone_key(contact.phone) if contact.phone else None,
        language=contact.language,
        created_at=work.now,
    )
    for channel in _confirmed(row):
        if _is_theirs(person, channel, contact):
            person = prove(work, person, channel)
    row.lapses_at = work.now + timedelta(days=Periods(work).activities[Purpose.APPOINTMENT].retention_days)
    _settle(work, row, TransferState.IMPORTED)
    row.customer_id = person.id
    record_person_look(work, person.id, "received_data", Why.CASE)
    return person.id


def refuse_data(work: Work, received_id: str) -> None:
    """Take nothing over; what was sent is deleted at once. Raises `NoLongerWaits`."""
    row = _waiting(work, received_id)
    row.lapses_at = work.now + REFUSED_STAYS
    _settle(work, row, TransferState.REFUSED)


def _waiting(work: Work, received_id: str) -> ReceivedData:
    work.need(Permission.PRIVACY_CASES)
    row = work.find(ReceivedData, as_id(received_id), lock=True)
    if row is None or row.state is not TransferState.DELIVERED or row.lapses_at <= work.now:
        raise NoLongerWaits
    return row


def _erased_on(work: Work, row: ReceivedData) -> str:
    told = row.document.get(ERASED_AT) if row.from_transfer else None
    zone = work.get(Tenant, work.tenant).zone
    return day_text(local_day(datetime.fromisoformat(told), zone), work.lang) if told else ""


def _confirmed(row: ReceivedData) -> tuple[Channel, ...]:
    """The addresses that another tenant here saw proven; a file may say anything."""
    return contact_in(row.document).confirmed if row.from_transfer else ()


def _is_theirs(person: Customer, channel: Channel, contact: Contact) -> bool:
    """Whether the proven address is the one stored: who is known already keeps an address that nobody proved."""
    if channel is Channel.EMAIL:
        return person.email_key == email_key(contact.email)
    return person.phone_key == phone_key(contact.phone)


def _settle(work: Work, row: ReceivedData, state: TransferState) -> None:
    row.state, row.document, row.address_key = state, {}, None
    work.audit(f"received.{state.value}", row)
    if row.from_tenant is not None:
        work.defer(settle_transfer, received=str(row.id))
