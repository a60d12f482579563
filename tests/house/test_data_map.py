"""D8: notice, report, export and erasure follow from the map; a table it cannot resolve would be skipped in silence."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy import text as sql

from smartcx_portal.models.declaring import Category, OnErasure, Purpose, Source, Who
from smartcx_portal.models.privacy import ConsentPurpose, RetentionStart, Right
from smartcx_portal.models.tenant import BodyKind, TransferBasis
from smartcx_portal.operations.sub_processors import known_facts
from smartcx_portal.privacy.activities import BOUNDS, defaults
from smartcx_portal.privacy.consents import RESTS_ON
from smartcx_portal.privacy.data_map import data_map, entries_of, referring_to
from smartcx_portal.privacy.export import LIFE as LIFE_OF_PACKAGES
from smartcx_portal.privacy.keeping import EVENTS
from smartcx_portal.privacy.outside import PLACES
from smartcx_portal.privacy.services import ALONE, SERVICES
from smartcx_portal.privacy.transferring import LIFE
from smartcx_portal.privacy.words import (
    CATEGORIES,
    FIELDS,
    GROUNDS,
    PERIODS,
    PURPOSES,
    RIGHTS,
    SOURCES,
    TABLES,
)
from smartcx_portal.standing.consent_texts import TITLES
from smartcx_portal.worker import KEPT_HOURS

ALWAYS_PROOF = {"erasure_ledger_entry"}
"""Reviewed: a keyed hash by itself, which leads to nobody."""


def test_every_table_with_personal_data_leads_to_its_person():
    for entry in entries_of(Who.CUSTOMER, Who.TAB):
        subject = entry.subject
        assert subject.via or subject.or_address or entry.table in ALWAYS_PROOF, entry.table
        for column in filter(None, (*subject.via[:1], subject.or_address)):
            assert hasattr(entry.model, column), (entry.table, column)


def test_what_erasure_empties_can_be_empty():
    for entry in data_map():
        for column in entry.columns:
            if column.data.on_erasure is OnErasure.NULL:
                assert entry.model.__table__.c[column.name].nullable, f"{entry.table}.{column.name}"


def test_nothing_that_stays_is_bound_to_what_goes():
    for entry in entries_of(Who.CUSTOMER, Who.TAB):
        for model, column in referring_to(entry.model) if entry.row_goes else ():
            goes_too = any(e.model is model and e.row_goes for e in data_map())
            assert goes_too or model.__table__.c[column].nullable, (model.__tablename__, column)


def test_the_app_may_do_what_the_map_demands(engine: Engine):
    with engine.connect() as connection:
        for entry in entries_of(Who.CUSTOMER, Who.TAB):
            if entry.row_goes:
                may = sql("SELECT has_table_privilege(:table, 'DELETE')")
                assert connection.execute(may, {"table": entry.table}).scalar(), entry.table
            for column in entry.columns:
                if column.data.on_erasure is OnErasure.NULL:
                    may = sql("SELECT has_column_privilege(:table, :column, 'UPDATE')")
                    names = {"table": entry.table, "column": column.name}
                    assert connection.execute(may, names).scalar(), names


def test_every_word_of_the_map_has_words_for_people():
    assert set(PURPOSES) == set(Purpose)
    assert set(CATEGORIES) == set(Category)
    assert set(SOURCES) == set(Source)
    assert set(PERIODS) == set(EVENTS) == set(RetentionStart)
    assert set(TITLES) == set(RESTS_ON) == set(ConsentPurpose)
    assert set(RIGHTS) == set(Right)
    assert set(TABLES) == {e.table for e in data_map()}
    assert set(FIELDS) <= {f"{e.table}.{c.name}" for e in data_map() for c in e.columns}


@pytest.mark.promise("P07")
@pytest.mark.parametrize("kind", BodyKind)
def test_every_purpose_has_a_ground_and_an_end_within_bounds(kind: BodyKind):
    made = defaults(kind)
    assert set(made) == set(Purpose) == set(BOUNDS)
    for purpose, default in made.items():
        fewest, most = BOUNDS[purpose]
        assert fewest <= default.days <= most, purpose
        assert default.legal_basis in GROUNDS
        assert not default.special_basis or default.special_basis in GROUNDS


@pytest.mark.parametrize("kind", [kind for kind in BodyKind if kind.public])
def test_a_public_body_never_rests_on_legitimate_interest(kind: BodyKind):
    assert all(d.legal_basis != "6(1)(f)" for d in defaults(kind).values())


def test_every_place_outside_the_database_says_how_long_and_what_erasure_does():
    assert all(p.what and p.kept and p.erasure for p in PLACES)
    assert len({p.key for p in PLACES}) == len(PLACES)


REVIEWED_WITHOUT_END = {"mailbox", "calendar_feeds", "ledger_file", "backups"}
"""Reviewed: each says why no number of days can be given."""


@pytest.mark.promise("P08")
def test_every_place_outside_the_database_has_an_end_or_a_reviewed_reason():
    assert {p.key for p in PLACES if p.days is None} == REVIEWED_WITHOUT_END
    assert all((p.days is None) == bool(p.no_end) for p in PLACES)


ROWS_THAT_STAY = {
    "access_record": "how often the staff looked, by role and reason; the person and who looked are emptied",
    "audit_entry": "a chain of which nothing may be missing; decision 0020",
    "booking": "appointments are counted",
    "calendar_change": "what could be booked when; who changed it is emptied",
    "cancellation": "cancelled appointments are counted; the reason is emptied",
    "consent_event": "that consents were asked for, and by which words; the proof ends after three years",
    "erasure_ledger_entry": "a restored backup is erased anew by it",
    "message": "messages are counted; whom they went to is emptied",
    "privacy_case": "requests and their dates are counted; who asked and what is emptied",
    "recipient_notice": "that recipients were told; of whom is emptied",
    "tenant": "the tenant itself; goes with it",
    "transfer": "that data was handed over; whose is emptied",
}
"""Reviewed: why rows of these tables are never taken away."""
HELD = {"audit_entry.actor_id"}
"""Reviewed: the personal column beside the tenant's own facts that no period empties; decision 0020."""


@pytest.mark.promise("P08")
def test_every_table_whose_rows_stay_has_a_reviewed_reason():
    assert {entry.table for entry in data_map() if not entry.row_goes} == set(ROWS_THAT_STAY)


@pytest.mark.promise("P08")
def test_what_no_period_empties_is_reviewed():
    held = {f"{e.table}.{c.name}" for e in data_map() for c in e.columns if c.data.on_erasure is OnErasure.HOLD}
    assert {one for one in held if not one.startswith("tenant.")} == HELD


def test_the_ends_that_are_told_are_those_that_jobs_keep():
    told = {p.key: timedelta(days=p.days) for p in PLACES if p.days is not None}
    assert told["job_queue"] >= timedelta(hours=max(KEPT_HOURS.values()))
    assert told["handed_over"] >= LIFE
    assert told["packages"] >= LIFE_OF_PACKAGES
    assert {p.only_with for p in PLACES if p.only_with} <= set(TABLES)


@pytest.mark.promise("P22")
@pytest.mark.parametrize("kind", BodyKind)
def test_every_recipient_is_known_and_under_an_agreement(kind: BodyKind):
    wanted = {key for default in defaults(kind).values() for key in default.recipients} | set(SERVICES)
    for key in wanted | {p.provider for p in PLACES if p.provider}:
        assert known_facts()[key]["agreement_since"], key


@pytest.mark.promise("P24")
def test_every_transfer_says_what_it_rests_on():
    for key, facts in known_facts().items():
        assert bool(facts["transfer"]) == (facts["transfer_basis"] is not TransferBasis.NONE), key


def test_a_purpose_that_stands_with_its_service_has_one():
    assert set(ALONE) <= set(SERVICES.values())
