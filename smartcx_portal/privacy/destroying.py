"""Destroying rows by the map: the one core that a person's wish, a withdrawal and the end of a period share."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from smartcx_portal.kit.tokens import digest
from smartcx_portal.messaging.copies import erase_copies
from smartcx_portal.models import metadata
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import OnErasure
from smartcx_portal.models.messaging import Message, MessageStatus
from smartcx_portal.models.privacy import ConsentEvent, ConsentPurpose, ExportPackage
from smartcx_portal.privacy.data_map import Column, Entry, referring_to
from smartcx_portal.privacy.package_files import remove_package_file
from smartcx_portal.tenancy import Work

Found = tuple[Entry, Sequence[Any]]
SMS = (ConsentPurpose.SMS, ConsentPurpose.SMS_TRANSFER)


def destroy_person(work: Work, found: Iterable[Found], customer: Customer) -> None:
    """All rows of one person by each column's fate; what refers goes before what it refers to."""
    order = {table.name: place for place, table in enumerate(reversed(metadata.sorted_tables))}
    for entry, rows in sorted(found, key=lambda each: order[each[0].table]):
        if entry.model is ConsentEvent:
            _leave_proofs(work, rows, customer)
        destroy(work, entry, [row.id for row in rows])


def destroy(work: Work, entry: Entry, ids: Sequence[UUID]) -> None:
    """Take these rows away, or empty their personal columns, and what lies beside them in files."""
    if not ids:
        return
    if entry.model is Message:
        suppress(work, ids)
    if entry.model is ExportPackage:
        for package_id in ids:
            remove_package_file(work.tenant, package_id)
    if entry.row_goes:
        _let_go(work, entry, ids)
        work.delete_where(entry.model, entry.model.id.in_(ids))
    else:
        for column in entry.columns:
            empty(work, entry, column, ids)


def empty(work: Work, entry: Entry, column: Column, ids: Sequence[UUID]) -> None:
    """Empty one column of these rows, as far as its fate allows it: a proof and what a law holds stay."""
    if ids and column.data.on_erasure in (OnErasure.NULL, OnErasure.DELETE):
        work.update_where(entry.model, entry.model.id.in_(ids), **{column.name: None})


def suppress(work: Work, ids: Sequence[UUID]) -> None:
    """What waits to be sent is not sent any more; copies outside the database go."""
    waiting = (MessageStatus.QUEUED, MessageStatus.FAILED)
    work.update_where(Message, Message.id.in_(ids), Message.status.in_(waiting), status=MessageStatus.SUPPRESSED)
    erase_copies(ids)


def proof_of(work: Work, customer: Customer, purpose: ConsentPurpose) -> str:
    """The keyed hash that shows, to whoever names the address, that its owner consented; nobody can read it back."""
    first, second = (customer.phone_key, customer.email_key)
    address = (first or second) if purpose in SMS else (second or first)
    return digest("consent-proof", work.tenant, address or customer.id)


def _leave_proofs(work: Work, events: Sequence[ConsentEvent], customer: Customer) -> None:
    for purpose in {event.purpose for event in events}:
        ids = [event.id for event in events if event.purpose is purpose]
        work.update_where(ConsentEvent, ConsentEvent.id.in_(ids), proof=proof_of(work, customer, purpose))


def _let_go(work: Work, entry: Entry, ids: Sequence[UUID]) -> None:
    """Nothing may point at what goes: rows that stay lose the pointer."""
    for model, name in referring_to(entry.model):
        if model.__table__.c[name].nullable:
            column = getattr(model, name)
            work.update_where(model, column.in_(ids), **{name: None})
