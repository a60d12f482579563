"""The staff calendar as its page shows it: addresses, columns, days, counts."""

from datetime import timedelta

import pytest

from smartcx_portal.bookings.calendar_ground import Band
from smartcx_portal.dashboard.calendar_address import Shown, calendar_address, read_query, read_shown
from smartcx_portal.dashboard.calendar_columns import Ground, packed, shared
from smartcx_portal.dashboard.calendar_state import followed, read_followed, touches
from smartcx_portal.dashboard.calendar_view import calendar_view
from tests.bookings.journeys import MONDAY_8, MONDAY_9, TUESDAY_8, book
from tests.cast import Cast
from tests.conftest import at

DAY = "2026-11-23"


def view_of(cast: Cast, **shown):
    with cast.as_staff(cast.ben) as work:
        return calendar_view(work, Shown(**shown))


@pytest.mark.parametrize("lang", ["de", "en"])
def test_an_address_reads_back_as_what_it_shows(cast: Cast, lang: str) -> None:
    shown = Shown("week", DAY, str(cast.town.location), str(cast.town.service), "", "pending", True)
    assert read_query(calendar_address(lang, shown).partition("?")[2]) == shown


def test_words_of_both_languages_are_read() -> None:
    assert read_shown({"ansicht": "monat", "day": DAY}) == read_shown({"view": "month", "tag": DAY})


@pytest.mark.parametrize(
    "nonsense", [{"tag": "0001-01-01"}, {"tag": "morgen"}, {"mit": "'; --"}, {"status": "held"}, {"ansicht": "jahr"}]
)
def test_nonsense_counts_as_not_said(nonsense: dict[str, str]) -> None:
    assert read_shown(nonsense) == Shown()


def test_a_day_has_a_column_for_each_resource(cast: Cast) -> None:
    book(cast, at=MONDAY_9)
    book(cast, at=MONDAY_9, tab="tab-2")
    columns = view_of(cast, day=DAY).columns
    assert [(one.title, [block.time for block in one.blocks]) for one in columns] == [
        ("Schalter 1", ["09:00–09:20"]),
        ("Schalter 2", ["09:00–09:20"]),
    ]


def test_a_week_has_a_column_for_each_day_and_lays_appointments_beside_each_other(cast: Cast) -> None:
    book(cast, at=MONDAY_9)
    book(cast, at=MONDAY_9, tab="tab-2")
    book(cast, at=TUESDAY_8, tab="tab-3")
    columns = view_of(cast, view="week", day=DAY).columns
    assert [len(one.blocks) for one in columns] == [2, 1, 0, 0, 0]
    assert [(block.slot, block.slots) for block in columns[0].blocks] == [(0, 2), (1, 2)]


def test_the_axis_reaches_from_opening_to_closing(cast: Cast) -> None:
    shown = view_of(cast, day=DAY)
    assert (shown.begins, shown.ends) == (480, 720)


def test_the_present_minute_is_marked_today(cast: Cast) -> None:
    with at(MONDAY_8 + timedelta(minutes=7)):
        assert {one.now for one in view_of(cast, day=DAY).columns} == {487}
    assert {one.now for one in view_of(cast, day=DAY).columns} == {-1}


def test_a_table_lists_what_the_columns_show(cast: Cast) -> None:
    book(cast, at=MONDAY_9)
    shown = view_of(cast, day=DAY, table=True)
    assert shown.columns == []
    assert [(one.time, one.who, one.resource) for one in shown.parts[0].lines] == [
        ("09:00–09:20", "Clara Lindqvist", "Schalter 1")
    ]


def test_a_month_counts_each_day_and_leads_there(cast: Cast) -> None:
    book(cast, at=MONDAY_9)
    days = [one for week in view_of(cast, view="month", day=DAY).weeks for one in week if one.count]
    assert [(one.number, one.count, one.words) for one in days] == [(23, "1", "Montag, 23. November 2026: 1 Termin")]
    assert days[0].leads == f"/de/verwaltung/kalender?tag={DAY}"


def test_dora_sees_an_empty_calendar(cast: Cast) -> None:
    book(cast, at=MONDAY_9)
    with cast.as_staff(cast.dora, cast.salon) as work:
        shown = calendar_view(work, Shown(day=DAY, resource=str(cast.town.counters[0])))
    assert (shown.count, shown.columns) == ("", [])


def test_appointments_in_a_row_share_a_slot_and_those_at_once_do_not() -> None:
    assert packed([(0, 20), (20, 40), (30, 50), (60, 80)]) == [(0, 1), (0, 2), (1, 2), (0, 1)]


def test_what_is_very_short_takes_the_room_that_a_finger_needs() -> None:
    assert packed([(0, 5), (5, 20)]) == [(0, 2), (1, 2)]


def test_a_column_of_several_resources_is_closed_where_all_are() -> None:
    one, other = Band("a", DAY, 0, 600, "closed"), Band("b", DAY, 480, 720, "closed")
    assert shared([one, other], 2) == [Ground(480, 600, "closed")]
    assert shared([one], 1) == [Ground(0, 600, "closed")]


def test_a_tab_is_told_of_the_days_that_it_shows(cast: Cast) -> None:
    with cast.as_staff(cast.ben) as work:
        week, month = (followed(work, Shown(view, DAY)) for view in ("week", "month"))
        assert read_followed(work, week) == Shown("week", DAY)
    assert touches(week, "2026-11-29")
    assert not touches(week, "2026-11-30")
    assert touches(month, "2026-11-30")
    assert touches("/de/verwaltung/kalender", "2027-01-01")
