"""The report a page at a time: the same values, found by words, and never more at once than a page shows."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event

from smartcx_portal.kit.engine import app_engine
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.ids import new_id
from smartcx_portal.models.booking import Draft
from smartcx_portal.models.privacy import ConsentEvent, ConsentKind, ConsentPurpose
from smartcx_portal.privacy.access import person_view
from smartcx_portal.privacy.access_pages import MOST, OwnReport
from tests.cast import Cast
from tests.conftest import SUNDAY
from tests.privacy.scenes import TUESDAY, clara_books, open_house

pytestmark = pytest.mark.promise("P03")


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def consents(cast: Cast, clara: UUID, number: int) -> None:
    """So many more events in Clara's history of consents."""
    given = {"purpose": ConsentPurpose.TRACKING, "kind": ConsentKind.GIVEN, "language": "de", "channel": "portal"}
    with cast.as_job() as work:
        rows = [
            {
                "id": new_id(),
                "customer_id": clara,
                "text": "Ja, das darf sein.",
                "text_version": "0" * 64,
                "at": SUNDAY - timedelta(days=number - n),
                **given,
            }
            for n in range(number)
        ]
        work.write_many(ConsentEvent, rows)


def test_small_groups_stand_there_whole_as_in_the_package(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        parts, whole = OwnReport(work, "en").groups(), person_view(work, "en")
    assert [(p.id, p.title, p.total) for p in parts] == [(g.id, g.title, len(g.records)) for g in whole.groups]
    for part, group in zip(parts, whole.groups, strict=True):
        assert sorted(r.id for r in part.records) == sorted(r.id for r in group.records)


def test_of_many_the_newest_come_first(cast: Cast, clara: UUID):
    consents(cast, clara, 25)
    with cast.as_person(clara) as work:
        report = OwnReport(work, "en")
        first, second = report.group("consent_event"), report.group("consent_event", start=MOST)
    assert (first.total, len(first.records), second.start) == (27, MOST, MOST)
    assert "Sunday, 22 November 2026" in first.records[0].title
    assert "Saturday, 21 November 2026" in first.records[2].title
    assert {r.id for r in first.records} & {r.id for r in second.records} == set()


def test_words_are_looked_for_in_all_that_is_said(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        (found,) = OwnReport(work, "en").groups("rollstuhl BENÖTIGEN")
    assert [value.value for record in found.records for value in record.values] == ["Rollstuhl"]


def test_words_are_looked_for_beyond_the_first_page(cast: Cast, clara: UUID):
    consents(cast, clara, 25)
    with cast.as_person(clara) as work:
        (found,) = [p for p in OwnReport(work, "en").groups("sensitive given") if p.id == "consent_event"]
    assert found.total == 1
    assert found.records[0].title.startswith("Details about your health and other sensitive details: given")


def test_what_cost_a_page_needs_does_not_grow_with_the_history(cast: Cast, clara: UUID):
    def statements() -> int:
        ran: list[str] = []
        event.listen(app_engine(), "before_cursor_execute", lambda *a: ran.append(a[2]))
        with cast.as_person(clara) as work:
            OwnReport(work).groups()
        return len(ran)

    before = statements()
    consents(cast, clara, 300)
    assert statements() <= before + 2 * MOST


@pytest.mark.parametrize("table", ["identity", "nonsense", ""])
def test_a_kind_that_there_is_not_is_not_found(cast: Cast, clara: UUID, table: str):
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        OwnReport(work).group(table)


def test_of_rows_that_say_nothing_no_empty_group_is_left(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.new(Draft, key_hash="tab-of-clara", updated_at=work.now, lapses_at=work.now + timedelta(hours=1))
    with cast.as_person(clara) as work:
        parts = OwnReport(work, "en").groups()
    assert all(record.title or record.values for part in parts for record in part.records)


@pytest.mark.promise("P02")
def test_nothing_of_others_is_there(cast: Cast, clara: UUID):
    ben = clara_books(cast, name="Ben", email="ben@example.org", starts_at=TUESDAY + timedelta(hours=1))
    with cast.as_person(ben) as work:
        assert OwnReport(work).groups("Lindqvist") == []
    with cast.as_person(clara, cast.salon) as work, pytest.raises(NotFound):
        OwnReport(work).groups()


def test_a_visitor_has_no_report(cast: Cast):
    with cast.as_visitor() as work, pytest.raises(NotFound):
        OwnReport(work)
