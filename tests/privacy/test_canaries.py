"""Unique strings in every personal column of two people: one's package has all of theirs and nothing of the other's;
after an erasure nothing of the first is left anywhere. The map fills the columns, so a new one is covered by itself."""

import io
import json
import logging
import zipfile
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from smartcx_portal.kit.embedded import Embedded
from smartcx_portal.kit.engine import make_single_use_engine
from smartcx_portal.kit.tokens import digest
from smartcx_portal.messaging.channels.mailbox import folder
from smartcx_portal.models.booking import Booking, BookingStatus, CancelledBy
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.declaring import OnErasure, Who
from smartcx_portal.models.messaging import Channel, CodeUse, Message
from smartcx_portal.models.privacy import (
    ConsentKind,
    ConsentPurpose,
    Enquiry,
    ErasureLedgerEntry,
    Right,
    Told,
    TransferState,
)
from smartcx_portal.models.staff import SessionKind
from smartcx_portal.privacy.data_map import Entry, data_map, entries_of, everything, person
from smartcx_portal.privacy.erase import erase_own
from smartcx_portal.privacy.export import make_package
from smartcx_portal.privacy.own_statements import own_matters
from smartcx_portal.privacy.package_files import package_path
from smartcx_portal.privacy.restate import restate
from smartcx_portal.settings import settings
from smartcx_portal.tenancy import Work
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = [pytest.mark.promise("P04"), pytest.mark.promise("P03")]
NEVER_OF_A_PERSON = {"erasure_ledger_entry"}
"""Written by an erasure itself, never before."""


class Canary:
    """One person whose every personal column holds a string of its own."""

    def __init__(self, cast: Cast, work: Work, name: str) -> None:
        self.name, self.cast, self.work = name, cast, work
        self.tab = f"tab-of-{name}-{uuid4().hex}"
        self.strings: dict[str, str] = {}
        self.rows: dict[str, UUID] = {}
        self.fill()

    def fill(self) -> None:
        """Parents first; `facts` hold only what is not personal."""
        wanted = {e.table: e for e in entries_of(Who.CUSTOMER, Who.TAB)}
        ordered = [t.name for t in Customer.metadata.sorted_tables if t.name in wanted]
        for table in ordered:
            if table not in NEVER_OF_A_PERSON:
                self.add(wanted[table])

    def add(self, entry: Entry) -> None:
        values = self.facts(entry.table)
        for column in entry.columns:
            values[column.name] = self.value(entry, column.name)
        row = self.work.new(entry.model, **values)
        self.rows[entry.table] = row.id

    def value(self, entry: Entry, column: str) -> Any:
        """A pointer where the column is one, the tab's and address' own hashes where they are, else a new string."""
        kind = entry.model.__table__.c[column].type
        if column == "customer_id":
            return self.rows["customer"]
        if column == "booking_id":
            return self.rows["booking"]
        if column in ("key_hash", "holder_key") and entry.table != "one_time_code":
            return self.remember(entry, column, self.tab)
        if column == "address_key":
            return self.remember(entry, column, digest("address", self.work.tenant, self.strings["customer.email_key"]))
        if column == "code":
            return self.remember(entry, column, uuid4().hex[:12])
        if isinstance(kind, sa.Uuid):
            return None
        if column == "language":
            return "de"
        text = f"canary{self.name}{entry.table}{column}{uuid4().hex}".replace("_", "")
        self.remember(entry, column, text)
        return {"name": text} if column in ("entered", "document") else text

    def remember(self, entry: Entry, column: str, text: str) -> str:
        self.strings[f"{entry.table}.{column}"] = text
        return text

    def facts(self, table: str) -> dict[str, Any]:
        """What a row needs besides personal data."""
        now, house = self.work.now, self.cast.town
        later = now + timedelta(days=2)
        known: dict[str, dict[str, Any]] = {
            "customer": {"created_at": now, "email_verified_at": now, "phone_verified_at": now},
            "booking": {
                "location_id": house.location,
                "service_id": house.service,
                "resource_id": house.counters[0],
                "starts_at": later,
                "ends_at": later + timedelta(minutes=20),
                "status": BookingStatus.CANCELLED,
                "created_at": now,
            },
            "attendee": {"booking_id": self.rows.get("booking")},
            "waitlist_entry": {
                "service_id": house.service,
                "first_day": later.date(),
                "last_day": later.date(),
                "from_time": time(8),
                "until_time": time(12),
                "created_at": now,
            },
            "api_reply": {"booking_id": self.rows.get("booking"), "status": 201, "created_at": now},
            "answer": {"booking_id": self.rows.get("booking"), "field_id": house.question},
            "cancellation": {"booking_id": self.rows.get("booking"), "by": CancelledBy.STAFF, "at": now},
            "draft": {"updated_at": now, "lapses_at": later, "service_id": house.service},
            "message": {
                "kind": "code",
                "channel": Channel.EMAIL,
                "language": "de",
                "created_at": now,
                "code_id": self.rows.get("one_time_code"),
                "booking_id": self.rows.get("booking"),
                "enquiry_id": self.rows.get("enquiry"),
            },
            "one_time_code": {
                "use": CodeUse.NEW_PHONE,
                "channel": Channel.SMS,
                "created_at": now,
                "lapses_at": later,
            },
            "consent_event": {
                "purpose": ConsentPurpose.MAIL,
                "kind": ConsentKind.GIVEN,
                "text": "Ja",
                "text_version": "1",
                "language": "de",
                "channel": "booking_form",
                "at": now,
            },
            "privacy_case": {"right": Right.RECTIFICATION, "received_at": now, "due_on": later.date()},
            "access_record": {"role": "staff", "what": "booking", "at": now},
            "enquiry": {"topic": "question", "created_at": now},
            "export_package": {"created_at": now, "lapses_at": later},
            "portal_draft": {"page": "correct", "lapses_at": later},
            "recipient_notice": {
                "case_id": self.rows.get("privacy_case"),
                "recipient": "mailjet",
                "state": Told.INFORMED,
                "at": now,
            },
            "transfer": {
                "package_id": self.rows.get("export_package"),
                "to_tenant": self.cast.salon.id,
                "state": TransferState.DELIVERED,
                "created_at": now,
            },
            "received_data": {"from_name": "Salon Haarlekin", "created_at": now, "lapses_at": later},
            "pull_link": {"package_id": self.rows.get("export_package"), "created_at": now, "lapses_at": later},
            "session": {
                "kind": SessionKind.PERSON,
                "tenant_id": self.work.tenant,
                "created_at": now,
                "seen_at": now,
                "ends_at": later,
            },
        }
        return known[table]

    @property
    def id(self) -> UUID:
        return self.rows["customer"]

    def readable(self) -> dict[str, str]:
        """The strings that a person can make sense of: no keyed hashes, no pointers."""
        hashes = ("key_hash", "holder_key", "network_key", "address_key", "proof", "provider_ref")
        hashes += ("request_key", "request_hash")
        return {where: text for where, text in self.strings.items() if not where.endswith(hashes)}


@pytest.fixture
def two(cast: Cast) -> tuple[Canary, Canary]:
    """Two people at one tenant, with copies of their messages in the mailbox."""
    open_house(cast)
    with cast.as_job() as work:
        people = Canary(cast, work, "one"), Canary(cast, work, "other")
    for each in people:
        for row in (each.rows["message"],):
            copy = folder() / str(cast.town.id) / f"{row}.json"
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(json.dumps(each.strings))
    return people


@pytest.fixture
def everywhere(server: Embedded, engine: Engine) -> Iterator[Engine]:
    """An engine as the server's superuser, who sees all rows of all tenants."""
    name = str(engine.url.database)
    made = make_single_use_engine(server.superuser_url(name))
    yield made
    made.dispose()


def all_tables_as_text(engine: Engine) -> str:
    with engine.connect() as connection:
        names = connection.execute(
            sa.text(
                "SELECT quote_ident(relname) FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = "
                "'public'::regnamespace"
            )
        ).scalars()
        return "\n".join(
            str(line)
            for name in names
            for line in connection.execute(sa.text(f"SELECT t::text FROM {name} t")).scalars()
        )


def all_files_as_text() -> str:
    """Every file of the installation outside the database; packages unpacked."""
    texts = []
    for file in settings().data.rglob("*"):
        if not file.is_file() or "database" in file.relative_to(settings().data).parts:
            continue
        texts.append(file.read_bytes().decode("utf-8", "replace"))
        if zipfile.is_zipfile(file):
            texts.append(unpacked(file.read_bytes()))
    return "\n".join(texts)


def unpacked(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def package_of(cast: Cast, who: Canary) -> str:
    with cast.as_person(who.id, tab=who.tab) as work:
        made = make_package(work)
    return unpacked(package_path(cast.town.id, UUID(made.id)).read_bytes())


def erase(cast: Cast, who: Canary) -> None:
    with cast.as_person(who.id, tab=who.tab, fresh=True) as work:
        erase_own(work)


def test_the_canary_fills_every_personal_column_of_persons(two: tuple[Canary, Canary]):
    filled = set(two[0].strings)
    pointers = {"customer_id", "booking_id", "identity_id", "by_identity", "language"}
    declared = {
        f"{e.table}.{c.name}"
        for e in entries_of(Who.CUSTOMER, Who.TAB)
        if e.table not in NEVER_OF_A_PERSON
        for c in e.columns
        if c.name not in pointers
    }
    assert filled == declared


def test_the_package_has_all_of_ones_own_strings(cast: Cast, two: tuple[Canary, Canary]):
    text = package_of(cast, two[0])
    missing = {where for where, string in two[0].strings.items() if string not in text}
    assert missing == set()


def test_the_readable_page_has_all_that_can_be_read(cast: Cast, two: tuple[Canary, Canary]):
    with cast.as_person(two[0].id, tab=two[0].tab) as work:
        made = make_package(work)
    with zipfile.ZipFile(package_path(cast.town.id, UUID(made.id))) as archive:
        page = archive.read("index.html").decode()
    keys = {"customer.email_key", "customer.phone_key"}
    missing = {w for w, s in two[0].readable().items() if w not in keys and s not in page}
    assert missing == set()


def test_the_package_has_nothing_of_the_other(cast: Cast, two: tuple[Canary, Canary]):
    text = package_of(cast, two[0])
    assert {where for where, string in two[1].strings.items() if string in text} == set()


def test_after_erasure_no_table_holds_any_string(cast: Cast, two: tuple[Canary, Canary], everywhere: Engine):
    package_of(cast, two[0])
    erase(cast, two[0])
    text = all_tables_as_text(everywhere)
    left = {where for where, string in two[0].strings.items() if string in text}
    assert left == set()
    assert str(two[0].id) not in text


def test_the_scan_would_find_what_is_there(cast: Cast, two: tuple[Canary, Canary], everywhere: Engine):
    text = all_tables_as_text(everywhere)
    assert {where for where, string in two[0].strings.items() if string not in text} == set()


def test_after_erasure_no_file_or_log_holds_any_string(
    cast: Cast, two: tuple[Canary, Canary], caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    package_of(cast, two[0])
    assert two[0].strings["customer.name"] in all_files_as_text()
    erase(cast, two[0])
    text = all_files_as_text() + caplog.text
    assert {where for where, string in two[0].strings.items() if string in text} == set()


def test_the_other_person_keeps_everything(cast: Cast, two: tuple[Canary, Canary], everywhere: Engine):
    erase(cast, two[0])
    text = all_tables_as_text(everywhere)
    assert {where for where, string in two[1].strings.items() if string not in text} == set()
    assert two[1].strings["customer.name"] in all_files_as_text()


def test_the_count_of_bookings_is_unchanged(cast: Cast, two: tuple[Canary, Canary]):
    with cast.as_job() as work:
        before = work.count(work.select(Booking))
    erase(cast, two[0])
    with cast.as_job() as work:
        assert work.count(work.select(Booking)) == before == 2


def test_the_ledger_and_the_trail_name_nobody(cast: Cast, two: tuple[Canary, Canary]):
    erase(cast, two[0])
    file = Path(settings().data / "ledger.jsonl").read_text()
    with cast.as_job() as work:
        entry = work.first(work.select(ErasureLedgerEntry))
    assert entry.proof in file
    assert not any(string in file for string in two[0].strings.values())


def test_a_shared_address_keeps_the_question_for_the_other(cast: Cast):
    """A question that came by mail alone belongs to nobody in particular when two people share the address."""
    open_house(cast)
    with cast.as_job() as work:
        one, other = Canary(cast, work, "one"), Canary(cast, work, "other")
        for each in (one, other):
            work.get(Customer, each.id).email_key = "family@example.org"
        key = digest("address", work.tenant, "family@example.org")
        asked = work.get(Enquiry, one.rows["enquiry"])
        asked.address_key, asked.customer_id = key, None
    erase(cast, one)
    with cast.as_job() as work:
        assert work.find(Enquiry, one.rows["enquiry"]) is not None


def test_a_message_that_waits_is_not_sent_any_more(cast: Cast, two: tuple[Canary, Canary]):
    erase(cast, two[0])
    with cast.as_job() as work:
        message = work.get(Message, two[0].rows["message"])
    assert (message.status.value, message.to_address) == ("suppressed", None)


def test_after_a_correction_no_table_holds_the_old_values(cast: Cast, everywhere: Engine):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_person(clara) as work:
        (matter,) = own_matters(work)
        old = [one.value for one in matter.statements]
        restate(work, matter.key, {one.name: f"corrected-{place}" for place, one in enumerate(matter.statements)})
    text = all_tables_as_text(everywhere)
    assert [("corrected-0" in text), ("corrected-1" in text)] == [True, True]
    assert [value for value in old if value in text] == []


def test_every_fate_of_the_map_is_one_that_erasure_knows():
    fates = {c.data.on_erasure for e in data_map() for c in e.columns}
    assert fates <= set(OnErasure)


def test_one_persons_rows_are_found_in_every_table(cast: Cast, two: tuple[Canary, Canary]):
    with cast.as_person(two[0].id, tab=two[0].tab) as work:
        tables = {entry.table for entry, _ in everything(work, person(work, two[0].id))}
    assert tables == {e.table for e in entries_of(Who.CUSTOMER, Who.TAB)} - NEVER_OF_A_PERSON
