"""Art. 33, 34: whose data, and which fields, one table held at a moment; whoever takes the list out is written down."""

import io
import zipfile
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from smartcx_portal.kit.errors import InvalidForm, NotFound, NotPermitted
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.booking import Attendee, Booking, Draft
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import AccessRecord, Enquiry
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy.breach import (
    Figures,
    Hit,
    breach_figures,
    breach_list,
    breach_moment,
    breach_tables,
)
from smartcx_portal.privacy.breach_papers import breach_paper, breach_ref
from smartcx_portal.privacy.data_map import address_key, data_map, everything, person
from smartcx_portal.privacy.disclosures import disclosures
from smartcx_portal.privacy.erase import erase_person
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY, at
from tests.privacy.scenes import TUESDAY, clara_books, open_house

pytestmark = pytest.mark.promise("P01")
LATER = SUNDAY + timedelta(hours=1)


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def as_anna(cast: Cast):
    return cast.as_staff(cast.anna, role=Role.OWNER)


def figures(cast: Cast, table: str, moment: datetime = SUNDAY) -> Figures:
    with as_anna(cast) as work:
        return breach_figures(work, table, moment, "en")


def listed(cast: Cast, table: str, moment: datetime = SUNDAY) -> list[Hit]:
    with as_anna(cast) as work:
        return breach_list(work, table, moment, "en")


def labels(found: Figures) -> dict[str, int]:
    return {one.label: one.people for one in found.fields}


def test_a_person_is_found_with_the_fields_that_the_table_holds(cast: Cast, clara: UUID):
    (hit,) = listed(cast, "customer")
    assert (hit.name, hit.email, hit.phone) == (CLARA["name"], CLARA["email"], "")
    assert hit.fields == ["Name", "E-mail address", "Language"]


def test_rows_without_a_name_lead_to_their_person_along_the_map(cast: Cast, clara: UUID):
    (hit,) = listed(cast, "answer")
    assert (hit.name, hit.rows) == (CLARA["name"], 2)
    assert hit.fields == [
        "The entry itself, with its times and its state",
        "Answers to the form's questions",
        "Specially protected answer",
    ]


def test_a_field_that_is_empty_is_not_told_as_held(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        booking = work.first(work.select(Booking))
        work.new(Attendee, booking_id=booking.id, name="")
    assert labels(figures(cast, "attendee")) == {"The entry itself, with its times and its state": 1, "Name": 0}


def test_the_figures_count_people_once_and_say_how_to_reach_them(cast: Cast, clara: UUID):
    clara_books(cast, name="Ben", email="ben@example.org", starts_at=TUESDAY + timedelta(hours=1))
    with cast.as_job() as work:
        work.update_where(Customer, Customer.name == "Ben", email=None, email_key=None, email_verified_at=None)
    found = figures(cast, "answer")
    assert (found.rows, found.people, found.nameless) == (4, 2, 0)
    assert (found.by_email, found.by_phone, found.unreachable) == (1, 0, 1)
    assert labels(found)["Specially protected answer"] == 2


def test_what_came_after_the_moment_does_not_count(cast: Cast, clara: UUID):
    before = SUNDAY - timedelta(minutes=1)
    for table in ("customer", "booking", "answer", "consent_event"):
        assert figures(cast, table, before).rows == 0, table
        assert listed(cast, table, before) == [], table


def test_who_was_erased_since_is_counted_and_not_named(cast: Cast, clara: UUID):
    with at(LATER), cast.as_job() as work:
        erase_person(work, clara, asked=True)
    found = figures(cast, "answer")
    assert (found.people, found.erased, found.gone) == (0, 1, 2)
    assert figures(cast, "answer", LATER).erased == 0


def test_people_whom_only_this_table_knows_are_found_by_the_address_in_it(cast: Cast, clara: UUID):
    entered = {"topic": "question", "name": "Dora", "email": "dora@example.org", "text": "Wann haben Sie auf?"}
    with cast.as_job() as work:
        work.new(Enquiry, address_key=address_key(work, "dora@example.org"), created_at=work.now, **entered)
    (hit,) = listed(cast, "enquiry")
    assert (hit.name, hit.email, hit.rows, hit.staff) == ("Dora", "dora@example.org", 1, False)
    assert "What was asked" in hit.fields
    found = figures(cast, "enquiry")
    assert (found.people, found.strangers, found.nameless) == (0, 1, 0)


def test_rows_that_lead_to_nobody_are_counted(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        draft = {"updated_at": work.now, "lapses_at": LATER, "entered": {"name": "Clara"}}
        work.new(Draft, key_hash="tab-1", **draft)
        work.new(Draft, key_hash="tab-2", booking_id=work.first(work.select(Booking.id)), **draft)
    found = figures(cast, "draft")
    assert (found.rows, found.people, found.nameless) == (2, 1, 1)


def test_staff_are_data_subjects_too(cast: Cast, clara: UUID):
    assert [(one.name, one.email, one.staff) for one in listed(cast, "identity")] == [
        ("Anna", "anna@example.org", True),
        ("Ben", "ben@example.org", True),
    ]
    with cast.as_job() as work:
        work.new(AccessRecord, customer_id=clara, by_identity=cast.ben, role="staff", what="booking", at=work.now)
    assert [one.name for one in listed(cast, "access_record")] == [CLARA["name"], "Ben"]


def test_every_table_that_leads_to_people_can_be_asked_for(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        rows = {entry.table: len(found) for entry, found in everything(work, person(work, clara))}
    asked = [table for table, _ in breach_tables("de")]
    assert {entry.table for entry in data_map()} - set(asked) == {"tenant", "erasure_ledger_entry"}
    for table in asked:
        found = figures(cast, table)
        assert found.nameless >= 0, table
        held = sum(one.rows for one in listed(cast, table) if one.name == CLARA["name"])
        assert held == rows.get(table, 0), table


@pytest.mark.promise("P02")
def test_dora_finds_nobody_of_the_other_office(cast: Cast, clara: UUID):
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        for table, _ in breach_tables("de"):
            names = [one.name for one in breach_list(work, table, work.now, "de")]
            assert set(names) <= {"Dora"}, table
            assert breach_figures(work, table, work.now, "de").people == 0, table


def test_only_who_answers_for_privacy_may_ask(cast: Cast, clara: UUID):
    with cast.as_staff(cast.ben) as work:
        for look in (breach_figures, breach_list):
            with pytest.raises(NotPermitted):
                look(work, "customer", work.now, "de")
    with cast.as_visitor() as work, pytest.raises(NotFound):
        breach_figures(work, "customer", work.now, "de")


@pytest.mark.parametrize("table", ["tenant", "service", "", "customer; DROP TABLE customer", "erasure_ledger_entry"])
def test_other_tables_are_not_found(cast: Cast, table: str):
    with as_anna(cast) as work, pytest.raises(NotFound):
        breach_figures(work, table, work.now, "de")


@pytest.mark.promise("P03")
def test_whoever_takes_the_list_out_is_written_down_for_each_person(cast: Cast, clara: UUID):
    with as_anna(cast) as work:
        name, _, content = breach_paper(work, breach_ref("answer", SUNDAY), "en")
    with cast.as_job() as work:
        record = work.first(work.select(AccessRecord))
        entry = work.first(work.select(AuditEntry).where(AuditEntry.action == "breach.listed"))
        told = disclosures(work, clara, "en").lines
    assert (record.customer_id, record.by_identity, record.why) == (clara, cast.anna, "breach")
    assert entry.detail == {"table": "answer", "people": 1}
    assert (told[0].what, told[0].why) == ("Answers to questions", "To find out whom a data breach concerns")
    strings = zipfile.ZipFile(io.BytesIO(content)).read("xl/sharedStrings.xml").decode()
    assert (name, CLARA["email"] in strings) == ("people-concerned.xlsx", True)


@pytest.mark.parametrize(
    "ref",
    [
        "answer",
        "answer/",
        "answer/gestern",
        "answer/2026-11-22T10:00:00",
        "answer/2026-11-22",
        "/",
        "nothing/2026-11-22T10:00:00+00:00",
    ],
)
def test_a_file_of_nonsense_is_not_found(cast: Cast, clara: UUID, ref: str):
    with as_anna(cast) as work, pytest.raises(NotFound):
        breach_paper(work, ref, "de")


def test_a_moment_is_meant_in_the_zone_of_the_office(cast: Cast):
    with as_anna(cast) as work:
        assert breach_moment(work, "2026-11-22", "10:00") == SUNDAY


@pytest.mark.parametrize(
    ("day", "clock"),
    [("", ""), ("22.11.2026", "10:00"), ("2026-11-22", "25:00"), ("0001-01-01", "00:00"), ("2026-11-23", "10:00")],
)
def test_a_moment_that_is_none_or_to_come_is_refused(cast: Cast, day: str, clock: str):
    with as_anna(cast) as work, pytest.raises(InvalidForm):
        breach_moment(work, day, clock)
