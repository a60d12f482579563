"""The outbox: a message is put in with the change it tells of, and commits with it or not at all (design D7)."""

from datetime import datetime
from uuid import UUID

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.language import known
from smartcx_portal.messaging.delivering import deliver
from smartcx_portal.models.messaging import Channel, Message, MessageStatus
from smartcx_portal.standing.addresses import address_key
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.tenancy import Permission, Work


def post(
    work: Work,
    kind: Kind | str,
    channel: Channel,
    to: str,
    *,
    language: str,
    customer_id: UUID | None = None,
    booking_id: UUID | None = None,
    code_id: UUID | None = None,
    invitation_id: UUID | None = None,
    waitlist_id: UUID | None = None,
    enquiry_id: UUID | None = None,
    before: datetime | None = None,
    not_before: datetime | None = None,
) -> Message:
    """Put one message in; it leaves after the commit or from `not_before` on, if it may then still be sent.

    Raises `NotAnEmail` or `NotAPhone` for what is no address, `ValueError` for an unknown kind.
    """
    message = work.new(
        Message,
        kind=Kind(kind).value,
        channel=channel,
        to_address=to.strip(),
        address_key=address_key(work.tenant, to),
        language=known(language),
        customer_id=customer_id,
        booking_id=booking_id,
        code_id=code_id,
        invitation_id=invitation_id,
        waitlist_id=waitlist_id,
        enquiry_id=enquiry_id,
        before=before,
        not_before=not_before,
        created_at=work.now,
    )
    work.defer(deliver, at=not_before, message=str(message.id))
    return message


def send_again(work: Work, message_id: UUID) -> None:
    """Let staff try a failed message again. Raises `NotFound` for one that did not fail."""
    work.need(Permission.STAFF)
    message = work.get(Message, message_id, lock=True)
    if message.status is not MessageStatus.FAILED:
        raise NotFound
    message.status = MessageStatus.QUEUED
    work.audit("message.sent_again", message, kind=message.kind)
    work.defer(deliver, message=str(message.id))
