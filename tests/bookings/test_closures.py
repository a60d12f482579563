"""Closures of days and parts of days, and public holidays."""

import pytest

from smartcx_portal.bookings.closures import (
    add_closure,
    change_closure,
    coming_holidays,
    list_closures,
    remove_closure,
    switch_holidays,
)
from smartcx_portal.bookings.hours import add_extra_hours
from smartcx_portal.bookings.offering import free_times
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.audit import AuditEntry
from tests.bookings.journeys import MONDAY_9, WITHOUT, book, claims, visitor

MONDAY, TUESDAY = "2026-11-23", "2026-11-24"
CHRISTMAS = "2026-12-25"
"""A Friday."""


def free(cast, day):
    with visitor(cast.town) as work:
        return [one.time for one in free_times(work, cast.town.service, day, day)]


def actions(cast):
    with cast.as_job() as work:
        return work.all(work.select(AuditEntry.action))


def test_a_closure_closes_and_keeps_what_is_booked_already(cast):
    done = book(cast, WITHOUT, at=MONDAY_9)
    with cast.as_staff(cast.anna) as work:
        closure = add_closure(work, MONDAY, "", "Betriebsausflug")
    assert closure.text == "Montag, 23. November 2026"
    assert free(cast, MONDAY) == []
    with visitor(cast.town) as work:
        assert len(claims(work, done.booking_id)) == 1


def test_a_closure_of_a_part_of_the_day_leaves_the_rest(cast):
    with cast.as_staff(cast.anna) as work:
        closure = add_closure(work, MONDAY, TUESDAY, begins="09:00")
    assert closure.text == "Montag, 23. November 2026 – Dienstag, 24. November 2026, jeweils 09:00–24:00 Uhr"
    assert free(cast, MONDAY) == free(cast, TUESDAY) == ["08:00", "08:20", "08:40"]


def test_a_closure_until_some_hour_begins_with_the_day(cast):
    with cast.as_staff(cast.anna) as work:
        closure = add_closure(work, MONDAY, ends="11:20")
    assert closure.text == "Montag, 23. November 2026, 00:00–11:20 Uhr"
    assert free(cast, MONDAY) == ["11:20", "11:40"]


def test_a_closure_of_one_counter_leaves_the_other(cast):
    with cast.as_staff(cast.anna) as work:
        closure = add_closure(work, MONDAY, resource_id=str(cast.town.counters[1]))
    assert closure.resource == "Schalter 2"
    assert free(cast, MONDAY)[0] == "08:00"


def test_a_changed_closure_closes_other_days(cast):
    with cast.as_staff(cast.anna) as work:
        closure = add_closure(work, MONDAY)
        change_closure(work, closure.id, first_day=TUESDAY, reason="Inventur")
        assert [(row.first_day, row.reason) for row in list_closures(work)] == [(TUESDAY, "Inventur")]
    assert free(cast, MONDAY)
    assert free(cast, TUESDAY) == []
    assert "closure.changed" in actions(cast)


def test_a_removed_closure_opens_again(cast):
    with cast.as_staff(cast.anna) as work:
        closure = add_closure(work, MONDAY, TUESDAY)
        assert [row.id for row in list_closures(work, str(cast.town.location))] == [closure.id]
    with cast.as_staff(cast.anna) as work:
        remove_closure(work, closure.id)
    assert free(cast, MONDAY)
    assert {"closure.added", "closure.removed"} <= set(actions(cast))


@pytest.mark.parametrize(
    ("entries", "fields"),
    [
        ({"first_day": ""}, {"first_day"}),
        ({"first_day": "24.12.2026"}, {"first_day"}),
        ({"first_day": "2027-02-29"}, {"first_day"}),
        ({"first_day": "2026-11-20"}, {"first_day"}),
        ({"first_day": "2026-11-01", "last_day": "2026-11-20"}, {"last_day"}),
        ({"first_day": "9999-12-31"}, {"first_day"}),
        ({"last_day": "2026-11-22"}, {"last_day"}),
        ({"last_day": "later"}, {"last_day"}),
        ({"begins": "12:00", "ends": "12:00"}, {"ends"}),
        ({"begins": "14:00", "ends": "12:00"}, {"ends"}),
        ({"begins": "noon"}, {"begins"}),
        ({"reason": "x" * 201}, {"reason"}),
        ({"resource_id": "nobody"}, {"resource_id"}),
    ],
)
def test_wrong_closures_name_their_field(cast, entries, fields):
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        add_closure(work, **({"first_day": MONDAY} | entries))
    assert refusal.value.problems.keys() == fields
    with cast.as_staff(cast.anna) as work:
        assert list_closures(work) == []


def test_the_same_closure_twice_is_said(cast):
    with cast.as_staff(cast.anna) as work:
        add_closure(work, MONDAY)
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        add_closure(work, MONDAY, MONDAY, "noch einmal")
    assert refusal.value.problems.keys() == {"first_day"}


def test_any_writing_may_name_the_reason(cast):
    with cast.as_staff(cast.anna) as work:
        assert add_closure(work, MONDAY, reason="🎉 חג שמח").reason == "🎉 חג שמח"


def test_public_holidays_are_closed_where_they_are_kept(cast):
    assert free(cast, CHRISTMAS)
    with cast.as_staff(cast.anna) as work:
        switch_holidays(work, str(cast.town.location), True)
    assert free(cast, CHRISTMAS) == []
    assert free(cast, "2026-12-24")
    assert "holidays.changed" in actions(cast)


def test_extra_hours_open_a_public_holiday_and_a_closure_closes_them(cast):
    with cast.as_staff(cast.anna) as work:
        switch_holidays(work, str(cast.town.location), True)
        add_extra_hours(work, CHRISTMAS, "10:00", "10:40")
    assert free(cast, CHRISTMAS) == ["10:00", "10:20"]
    with cast.as_staff(cast.anna) as work:
        add_closure(work, CHRISTMAS)
    assert free(cast, CHRISTMAS) == []


def test_the_holidays_of_this_and_the_next_year_are_listed_in_both_languages(cast):
    with cast.as_staff(cast.anna) as work:
        german = coming_holidays(work, str(cast.town.location))
        work.lang = "en"
        english = coming_holidays(work, str(cast.town.location))
    assert (german[0].text, german[0].name) == ("Freitag, 25. Dezember 2026", "Erster Weihnachtstag")
    assert english[0].name == "Christmas Day"
    assert {one.day[:4] for one in german} == {"2026", "2027"}


def test_a_visitor_closes_nothing(cast):
    with pytest.raises(NotFound), visitor(cast.town) as work:
        add_closure(work, MONDAY)


def test_dora_neither_closes_nor_opens_the_office(cast):
    with cast.as_staff(cast.anna) as work:
        closure, place = add_closure(work, MONDAY), str(cast.town.location)
    for act in (
        lambda work: remove_closure(work, closure.id),
        lambda work: change_closure(work, closure.id, first_day=TUESDAY),
        lambda work: add_closure(work, MONDAY, location_id=place),
        lambda work: switch_holidays(work, place, True),
        lambda work: coming_holidays(work, place),
    ):
        with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon) as work:
            act(work)
    with cast.as_staff(cast.dora, cast.salon) as work:
        assert list_closures(work) == []
