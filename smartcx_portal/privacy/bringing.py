"""The staff bring in a file that a person gave them: it waits like what other providers hand over (Art. 20(1)).

The file comes by a ticket that lives ten minutes; nothing of it is stored unless all of it fits.
"""

from datetime import timedelta

from smartcx_portal.bookings.entries import clean
from smartcx_portal.kit.errors import ProductError
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.limits import limit
from smartcx_portal.models.privacy import ReceivedData, TransferState
from smartcx_portal.privacy.brought import Document, Unfit, brought
from smartcx_portal.privacy.received_contents import BROUGHT, LONGEST_NAME, address_in, contact_in
from smartcx_portal.privacy.tickets import Asked, TicketOver, opened, ticket
from smartcx_portal.privacy.transferring import LIFE
from smartcx_portal.standing.addresses import address_key
from smartcx_portal.tenancy import Permission, Work

USE = "bring"
TICKET_LIFE = timedelta(minutes=10)
RATE = "30 per hour"
"""Files that one member of the staff may bring."""
UNNAMED = "?"
NAMELESS = N_(
    "The file holds no name, so nobody could be entered. Ask the person for the package with everything that is stored "
    "about them."
)


class BringingOver(ProductError):
    """A ticket for a file works for ten minutes."""

    says = N_("The ten minutes for choosing a file are over. Send the file once more.")


def bringing_path(work: Work) -> str:
    """Where a file may be sent by POST for ten minutes, by who acts now. Raises `NotPermitted`."""
    work.need(Permission.PRIVACY_CASES)
    return f"/imports/{ticket(work, USE, 'received')}"


def bringer(token: str) -> Asked:
    """Who got this ticket. Raises `BringingOver`."""
    try:
        return opened(token, USE, TICKET_LIFE)
    except TicketOver:
        raise BringingOver from None


def bring(work: Work, content: bytes) -> ReceivedData:
    """Lay the document in a file down, to be looked at, taken over or refused; one that waits already is given back.

    Raises `Unfit`, `TooMany`.
    """
    work.need(Permission.PRIVACY_CASES)
    limit("bring", str(work.actor.identity_id), RATE)
    found = brought(content, work.lang)
    if not contact_in(found.document).name:
        raise Unfit(translate(work.lang, NAMELESS))
    document = {**found.document, BROUGHT: found.seal.value}
    work.lock(USE)
    if waits := _waiting(work, document):
        return waits
    address = address_in(document)
    row = work.new(
        ReceivedData,
        address_key=address_key(work.tenant, address) if address else None,
        document=document,
        from_name=clean(document["controller"]["name"])[:LONGEST_NAME] or UNNAMED,
        created_at=work.now,
        lapses_at=work.now + LIFE,
    )
    work.audit("received.brought", row)
    return row


def _waiting(work: Work, document: Document) -> ReceivedData | None:
    """The same file, brought earlier and not decided on yet."""
    same = work.select(ReceivedData).where(ReceivedData.document == document, ReceivedData.from_transfer.is_(None))
    open_still = same.where(ReceivedData.state == TransferState.DELIVERED, ReceivedData.lapses_at > work.now)
    return work.first(open_still)
