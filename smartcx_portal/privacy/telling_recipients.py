"""Who else holds what was just corrected or erased is told of it (Art. 19), and the person sees whom and with what
result.

Calendars of the staff follow by themselves; companies that carry messages keep a log of addresses, never the name; a
provider that the person's data was handed to is told by a job (`telling_receivers`), with a request of its own there.
"""

from collections.abc import Sequence
from uuid import UUID

from smartcx_portal.bookings.feeds import gives_names
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.kit.localtime import moment_text
from smartcx_portal.models.booking import Attendee, Booking
from smartcx_portal.models.declaring import Purpose
from smartcx_portal.models.messaging import Channel, Message
from smartcx_portal.models.privacy import PrivacyCase, RecipientNotice, Told, Transfer, TransferState
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.privacy.activities import activities
from smartcx_portal.privacy.handed_titles import TOLD, HandedTitles
from smartcx_portal.privacy.telling_receivers import ERASED, Changed, Place, as_text, tell_receiver
from smartcx_portal.tenancy import Work

CARRIED_FOR = {Channel.EMAIL: Purpose.MAIL, Channel.SMS: Purpose.SMS}
HOLDING = (TransferState.DELIVERED, TransferState.IMPORTED)
LINE = N_("{name}: {state}")
FEEDS = "feeds"
Recipients = Sequence[tuple[str, Told]]


def tell_recipients(work: Work, case: PrivacyCase, what: Changed) -> list[str]:
    """Note for each recipient what it was told of this correction, and tell them; one sentence each.

    Nothing for a case that belongs to nobody any more.
    """
    if case.customer_id is None:
        return []
    return _tell(work, case, case.customer_id, _recipients(work, case.customer_id, what), what.value)


def tell_of_statements(work: Work, case: PrivacyCase, places: Sequence[Place | None]) -> list[str]:
    """The same for corrected answers, names of others and questions; None stands for one that was not there before."""
    changed = [place for place in places if place]
    if case.customer_id is None or not changed:
        return []
    named = any(place.table == Attendee.__tablename__ for place in changed)
    feeds = _feeds(work, case.customer_id) if named else []
    found = [*feeds, *_transfers(work, case.customer_id)]
    return _tell(work, case, case.customer_id, found, as_text(changed))


def tell_of_erasure(work: Work, case: PrivacyCase, customer_id: UUID) -> list[str]:
    """The same for a person who is about to be erased at their own wish; what is noted leads to nobody.

    Companies that carry messages delete by themselves: the certificate says when. A provider that the data is just on
    its way to is told once it has arrived.
    """
    found = [*_feeds(work, customer_id), *_transfers(work, customer_id, (TransferState.ASKED, *HOLDING))]
    return _tell(work, case, None, found, ERASED)


def receivers_of(work: Work, customer_id: UUID) -> list[str]:
    """The names of the providers that the person's data was handed to and who may hold it."""
    held = work.select(Transfer.to_tenant).where(Transfer.customer_id == customer_id, Transfer.state.in_(HOLDING))
    return sorted(work.get(Tenant, one).name for one in set(work.all(held)))


def _tell(work: Work, case: PrivacyCase, customer_id: UUID | None, recipients: Recipients, what: str) -> list[str]:
    names = HandedTitles(work, work.lang, lambda at: moment_text(at, work.get(Tenant, work.tenant).zone, work.lang))
    said = []
    for recipient, state in recipients:
        notice = work.new(
            RecipientNotice,
            customer_id=customer_id,
            case_id=case.id,
            recipient=recipient,
            state=state,
            at=work.now,
        )
        if state is Told.PENDING:
            work.defer(tell_receiver, notice=str(notice.id), what=what)
        line = {"name": names.recipient(recipient), "state": translate(work.lang, TOLD[state])}
        said.append(translate(work.lang, LINE).format(**line))
    return said


def _recipients(work: Work, customer_id: UUID, what: Changed) -> Recipients:
    """Who got something of this person, and what the correction means there.

    A new address says nothing to who logged the old one: that log tells truly where a message went.
    """
    found: list[tuple[str, Told]] = []
    if what is Changed.NAME:
        found += _feeds(work, customer_id)
        found += [(key, Told.NOTHING) for key in _carriers(work, customer_id)]
    return [*found, *_transfers(work, customer_id)]


def _feeds(work: Work, customer_id: UUID) -> Recipients:
    booked = work.select(Booking.id).where(Booking.customer_id == customer_id)
    return [(FEEDS, Told.FOLLOWS)] if gives_names(work) and work.first(booked) is not None else []


def _transfers(work: Work, customer_id: UUID, states: Sequence[TransferState] = HOLDING) -> Recipients:
    handed = work.select(Transfer.id).where(Transfer.customer_id == customer_id, Transfer.state.in_(states))
    return [(f"transfer:{one}", Told.PENDING) for one in work.all(handed.order_by(Transfer.created_at))]


def _carriers(work: Work, customer_id: UUID) -> list[str]:
    """The companies that have carried a message to this person, but for the host of it all."""
    active = activities(work)
    host = set(active[Purpose.OPERATION].recipients) if Purpose.OPERATION in active else set()
    tried = work.select(Message.channel).where(Message.customer_id == customer_id, Message.tried_at.is_not(None))
    purposes = [CARRIED_FOR[channel] for channel in sorted(set(work.all(tried)))]
    keys = [key for purpose in purposes if purpose in active for key in active[purpose].recipients if key not in host]
    return list(dict.fromkeys(keys))
