"""A provider that a person's data was handed to learns what was corrected or erased at the one that gave it (Art. 19).

What still waits there to be taken over is corrected in place; of a person who was taken over, the staff there get a
request. No transaction stands within two tenants, and jobs carry ids and names of columns, never a value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from procrastinate import RetryStrategy

from smartcx_portal.kit.ids import as_id
from smartcx_portal.kit.jobs import jobs
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import Who
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
from smartcx_portal.privacy.cases import ADDRESS_BY_PROVIDER, BY_PROVIDER, open_case
from smartcx_portal.privacy.data_map import entries_of
from smartcx_portal.privacy.summaries import LANGUAGE_NAMES
from smartcx_portal.privacy.transferring import digest_of
from smartcx_portal.tenancy import JOB, Work, open_work

AGAIN = RetryStrategy(max_attempts=8, exponential_wait=3)
ERASED = "erased"
"""What a receiver is told when the person was erased at their own wish, in place of what was corrected."""
ERASED_AT = "erasedAtSender"
"""The key in a waiting document that says so, with the moment."""
TOLD = "received.told"
"""The receiver's trail says by this which notice has reached it, so that a job that runs again knows."""
Record = dict[str, Any]


class OnItsWay(Exception):
    """What was handed over has not arrived yet, so nobody there could be told; the job runs again."""


class Changed(StrEnum):
    """What was corrected: a column of the customer."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    LANGUAGE = "language"


REQUESTS = {
    Changed.EMAIL: N_("E-mail address, as corrected at the provider it was handed over from: {value}"),
    Changed.PHONE: N_("Telephone number, as corrected at the provider it was handed over from: {value}"),
    Changed.LANGUAGE: N_("Language, as corrected at the provider it was handed over from: {value}"),
}
ERASED_THERE = N_(
    "Told by {name}, which handed this data over at the person's wish: it has been deleted there, at their wish too. "
    "The person has not asked you to delete anything. Check whether you still need what you hold."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a corrected value stands, here and in what was handed over."""

    table: str
    row_id: UUID
    column: str


@dataclass(frozen=True, slots=True)
class There:
    """Whether the receiver holds any of it, and the check sum of what waits there; empty if nothing does."""

    holds: bool
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Tidings:
    """What a receiver is told: `values` of what was corrected, or that `name` erased the person `at` a moment (ISO)."""

    what: str
    values: Mapping[Place, Any]
    name: str
    at: str


def as_text(places: Sequence[Place]) -> str:
    """The places as a job carries them."""
    return ",".join(f"{one.table}:{one.row_id}:{one.column}" for one in places)


@jobs.task(name="privacy.tell_receiver", retry=AGAIN)
def tell_receiver(tenant: str, notice: str, what: str) -> None:
    """Bring one correction, or that the person was erased, to the provider that holds a copy; may run any number of
    times. `what`: a value of `Changed`, places `as_text`, or `ERASED`.
    """
    giving = UUID(tenant)
    with open_work(JOB, giving) as work:
        row = work.find(RecipientNotice, UUID(notice))
        if row is None or row.state is not Told.PENDING:
            return
        sent = work.find(Transfer, UUID(row.recipient.partition(":")[2]))
        if sent is not None and sent.state is TransferState.ASKED:
            raise OnItsWay
        values = _values(work, row.customer_id, what)
        name, at = work.get(Tenant, giving).name, row.at.isoformat()
        to, transfer_id = (sent.to_tenant, sent.id) if sent else (None, None)
    there = There(False)
    if to is not None and transfer_id is not None:
        with open_work(JOB, to) as work:
            there = _tell_once(work, transfer_id, notice, Tidings(what, values, name, at))
    with open_work(JOB, giving) as work:
        _note(work, UUID(notice), transfer_id, there)


def _note(work: Work, notice: UUID, transfer_id: UUID | None, there: There) -> None:
    """At the giver: that it was told, and the check sum of what lies there from now on."""
    row = work.find(RecipientNotice, notice, lock=True)
    if row is not None and row.state is Told.PENDING:
        row.state, row.at = Told.INFORMED if there.holds else Told.NOTHING, work.now
    sent = work.find(Transfer, transfer_id, lock=True) if transfer_id and there.sha256 else None
    if sent is not None:
        sent.sha256 = there.sha256


def _values(work: Work, customer_id: UUID | None, what: str) -> dict[Place, Any]:
    """What the places hold now; None where nothing is any more."""
    if what == ERASED or customer_id is None:
        return {}
    if what in set(Changed):
        places = [Place(Customer.__tablename__, customer_id, what)]
    else:
        parts = [one.split(":") for one in what.split(",")]
        places = [Place(table, as_id(number), column) for table, number, column in parts]
    models = {entry.table: entry.model for entry in entries_of(Who.CUSTOMER)}
    return {one: getattr(work.find(models[one.table], one.row_id), one.column, None) for one in places}


def _tell_once(work: Work, transfer_id: UUID, notice: str, tidings: Tidings) -> There:
    """At the receiver. What has reached it once stays told, whatever became of the data there since."""
    row = work.first(work.select(ReceivedData).where(ReceivedData.from_transfer == transfer_id).with_for_update())
    if row is None:
        return There(False)
    noted = work.select(AuditEntry.id).where(AuditEntry.object_id == row.id, AuditEntry.action == TOLD)
    if work.first(noted.where(AuditEntry.detail["notice"].astext == notice)) is None:
        told = _say_erased if tidings.what == ERASED else _correct
        if not told(work, row, tidings):
            return There(False, _digest(row))
        work.audit(TOLD, row, notice=notice)
    return There(True, _digest(row))


def _digest(row: ReceivedData) -> str:
    """Of what waits; what is settled has left nothing to compare."""
    return digest_of(row.document) if row.state is TransferState.DELIVERED else ""


def _correct(work: Work, row: ReceivedData, tidings: Tidings) -> bool:
    """Correct what waits to be taken over, else ask the staff there; whether they hold any of it."""
    if row.state is TransferState.DELIVERED:
        return _correct_waiting(row, tidings.values)
    value = next(iter(tidings.values.values()), None)
    if row.customer_id is None or tidings.what not in set(Changed) or not value:
        return False  # of a person who was taken over, name and addresses are all that was kept
    _ask(work, row.customer_id, Changed(tidings.what), value)
    return True


def _correct_waiting(row: ReceivedData, values: Mapping[Place, Any]) -> bool:
    records = row.document.get("records", [])
    if not any(_stands_in(one, place) for one in records for place in values):
        return False
    row.document = {**row.document, "records": [_corrected(one, values) for one in records]}
    return True


def _stands_in(record: Record, place: Place) -> bool:
    own = place.table == Customer.__tablename__ or record.get("id") == str(place.row_id)
    return record["type"] == place.table and own and place.column in record.get("fields", {})


def _corrected(record: Record, values: Mapping[Place, Any]) -> Record:
    """The record with the new values, where it holds old ones at all; what is no longer there goes."""
    fields = dict(record.get("fields", {}))
    for place, value in values.items():
        if not _stands_in(record, place):
            continue
        if value is None:
            del fields[place.column]
        else:
            fields[place.column] = {**fields[place.column], "value": value}
    return {**record, "fields": fields}


def _say_erased(work: Work, row: ReceivedData, tidings: Tidings) -> bool:
    """Nothing goes by this, since the receiver holds the data at the person's wish; whether it holds any."""
    if row.state is TransferState.DELIVERED:
        row.document = {**row.document, ERASED_AT: tidings.at}
        return True
    if row.customer_id is None:
        return False
    lang = work.get(Customer, row.customer_id).language
    words = translate(lang, ERASED_THERE).format(name=tidings.name)
    _open_once(work, Right.ERASURE, row.customer_id, words, BY_PROVIDER)
    return True


def _ask(work: Work, customer_id: UUID, what: Changed, value: str) -> None:
    lang = work.get(Customer, customer_id).language
    said = translate(lang, LANGUAGE_NAMES[value]) if what is Changed.LANGUAGE else value
    words = translate(lang, REQUESTS[what]).format(value=said) if what in REQUESTS else said
    proven = BY_PROVIDER if what is Changed.NAME else ADDRESS_BY_PROVIDER
    _open_once(work, Right.RECTIFICATION, customer_id, words, proven)


def _open_once(work: Work, right: Right, customer_id: UUID, words: str, proven: str) -> None:
    """Once, also when the job runs again."""
    same = work.select(PrivacyCase.id).where(
        PrivacyCase.customer_id == customer_id, PrivacyCase.status == "open", PrivacyCase.request == words
    )
    if work.first(same) is None:
        open_case(work, right, customer_id, request=words, proven_by=proven)
