"""Opening hours: the public page follows at once, each rule is checked, and what is copied is the same."""

from datetime import date

import pytest

from smartcx_portal.bookings.changing import last_change, undo_last_change
from smartcx_portal.bookings.hours import (
    HoursOverlap,
    add_extra_hours,
    add_hours,
    change_hours,
    hours_of,
    list_hours,
    meet,
    public_hours,
    remove_hours,
)
from smartcx_portal.bookings.offering import free_times
from smartcx_portal.bookings.opening import Rule
from smartcx_portal.bookings.rule_entries import CLOSES_FIRST
from smartcx_portal.bookings.week_copy import copy_day, copy_week
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.calendar import Location
from tests.bookings.journeys import visitor
from tests.bookings.scenes import clock

SATURDAY, NEXT_SATURDAY = "2026-11-28", "2026-12-05"
MONDAY = "2026-11-23"
TIMES = {"opens": "10:00", "closes": "11:00"}


def free(cast, day):
    with visitor(cast.town) as work:
        return [one.time for one in free_times(work, cast.town.service, day, day)]


def actions(cast):
    with cast.as_job() as work:
        return work.all(work.select(AuditEntry.action))


def counters(cast):
    return [str(one) for one in cast.town.counters]


def test_added_hours_are_offered_at_once_and_gone_when_removed(cast):
    with cast.as_staff(cast.anna) as work:
        row = add_hours(work, "5", "10:00", "11:00")
    assert free(cast, SATURDAY) == ["10:00", "10:20", "10:40"]
    with cast.as_staff(cast.anna) as work:
        remove_hours(work, row.id)
    assert free(cast, SATURDAY) == []
    assert {"hours.added", "hours.removed"} <= set(actions(cast))


def test_hours_may_hold_for_a_while_and_for_one_counter(cast):
    with cast.as_staff(cast.anna) as work:
        row = add_hours(
            work, 5, "10:00", "24:00", valid_from=SATURDAY, valid_until=SATURDAY, resource_id=counters(cast)[1]
        )
    assert (row.closes, row.resource, row.weekday_text) == ("24:00", "Schalter 2", "Samstag")
    assert free(cast, SATURDAY)[-1] == "23:40"
    assert free(cast, NEXT_SATURDAY) == []


def test_hours_of_every_second_week_are_counted_from_the_week_of_their_first_day(cast):
    with cast.as_staff(cast.anna) as work:
        row = add_hours(work, 5, **TIMES, repeats="weeks", every_weeks="2", valid_from="2026-12-03")
    assert row.limits == "alle 2 Wochen, ab 3. Dezember 2026"
    assert free(cast, SATURDAY) == []
    assert free(cast, NEXT_SATURDAY)
    assert free(cast, "2026-12-12") == []
    assert free(cast, "2026-12-19")


def test_hours_may_hold_on_the_first_such_day_of_a_month_only(cast):
    with cast.as_staff(cast.anna) as work:
        row = add_hours(work, 5, **TIMES, repeats="monthly", nth="1")
    assert row.limits == "erster im Monat"
    assert free(cast, SATURDAY) == []
    assert free(cast, NEXT_SATURDAY)


def test_a_quota_of_nothing_leaves_hours_to_the_staff(cast):
    with cast.as_staff(cast.anna) as work:
        row = add_hours(work, 5, **TIMES, online_quota="0")
    assert row.limits == "online nicht buchbar, nur intern"
    assert free(cast, SATURDAY) == []


def test_extra_hours_are_for_one_day(cast):
    with cast.as_staff(cast.anna) as work:
        row = add_extra_hours(work, SATURDAY, **TIMES)
    assert (row.extra, row.day, row.limits) == (True, SATURDAY, "")
    assert free(cast, SATURDAY) == ["10:00", "10:20", "10:40"]
    assert free(cast, NEXT_SATURDAY) == []


def test_a_counter_with_hours_of_its_own_follows_only_those(cast):
    with cast.as_staff(cast.anna) as work:
        for counter in counters(cast):
            add_hours(work, 5, **TIMES, resource_id=counter)
    assert free(cast, MONDAY) == []
    assert free(cast, SATURDAY)


def test_changed_hours_are_offered_instead(cast):
    with cast.as_staff(cast.anna) as work:
        monday = next(row for row in list_hours(work) if row.weekday == 0)
        changed = change_hours(work, monday.id, weekday="0", opens="11:00", closes="12:00")
    assert (changed.id, free(cast, MONDAY)) == (monday.id, ["11:00", "11:20", "11:40"])
    assert "hours.changed" in actions(cast)


def test_extra_hours_stay_extra_hours(cast):
    with cast.as_staff(cast.anna) as work:
        row = add_extra_hours(work, SATURDAY, **TIMES)
    with pytest.raises(NotFound), cast.as_staff(cast.anna) as work:
        change_hours(work, row.id, weekday="5", **TIMES)


def test_a_change_can_be_undone(cast):
    with cast.as_staff(cast.anna) as work:
        add_hours(work, "5", **TIMES)
        assert last_change(work).what == "Öffnungszeit eingetragen"
        undo_last_change(work)
    assert free(cast, SATURDAY) == []


def test_hours_are_listed_in_the_order_of_the_week_and_by_whose_they_are(cast):
    with cast.as_staff(cast.anna) as work:
        add_hours(work, 5, **TIMES, resource_id=counters(cast)[0])
        assert [row.weekday_text for row in list_hours(work)][:2] == ["Montag", "Dienstag"]
        assert len(hours_of(work, str(cast.town.location))) == 5
        assert [row.weekday for row in hours_of(work, str(cast.town.location), counters(cast)[0])] == [5]


def test_people_read_the_weekly_hours_of_the_place(cast):
    with cast.as_staff(cast.anna) as work:
        add_extra_hours(work, SATURDAY, **TIMES)
    with visitor(cast.town) as work:
        assert len(public_hours(work)) == 5


def test_people_read_in_which_weeks_hours_hold_and_at_which_of_several_places(cast):
    with cast.as_staff(cast.anna) as work:
        add_hours(work, 5, **TIMES, repeats="monthly", nth="1", online_quota="0")
        columns = {"street": "Ring 3", "postal_code": "47798", "city": "Musterstadt"}
        branch = work.new(Location, name="Außenstelle", position=1, **columns)
        add_hours(work, 6, **TIMES, location_id=str(branch.id))
    with visitor(cast.town) as work:
        found = [(row.weekday_text, row.rhythm) for row in public_hours(work)]
    assert found[5:] == [("Bürgeramt Musterstadt, Samstag", "erster im Monat"), ("Außenstelle, Sonntag", "")]


@pytest.mark.parametrize(
    ("entries", "fields"),
    [
        ({"weekday": "7"}, {"weekday"}),
        ({"weekday": ""}, {"weekday"}),
        ({"opens": "8 o'clock"}, {"opens"}),
        ({"opens": "", "closes": "25:00"}, {"opens", "closes"}),
        ({"opens": "12:00"}, {"closes"}),
        ({"opens": "13:00"}, {"closes"}),
        ({"opens": "08:00:30"}, {"opens"}),
        ({"valid_from": "2026-12-02", "valid_until": "2026-12-01"}, {"valid_until"}),
        ({"valid_from": "soon"}, {"valid_from"}),
        ({"valid_from": "2027-02-29"}, {"valid_from"}),
        ({"valid_from": "0001-01-01"}, {"valid_from"}),
        ({"valid_until": "9999-12-31"}, {"valid_until"}),
        ({"resource_id": "nobody"}, {"resource_id"}),
        ({"repeats": "sometimes"}, {"repeats"}),
        ({"repeats": "weeks", "every_weeks": "1", "valid_from": MONDAY}, {"every_weeks"}),
        ({"repeats": "weeks", "every_weeks": "99999"}, {"every_weeks", "valid_from"}),
        ({"repeats": "monthly", "nth": "6"}, {"nth"}),
        ({"online_quota": "-1"}, {"online_quota"}),
        ({"online_quota": "٣"}, {"online_quota"}),
        ({"weekday": "0"}, {"opens"}),
    ],
)
def test_wrong_hours_name_their_field_and_change_nothing(cast, entries, fields):
    form = {"weekday": "5", "opens": "08:00", "closes": "12:00"} | entries
    with cast.as_staff(cast.anna) as work:
        before = list_hours(work)
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        add_hours(work, **form)
    assert refusal.value.problems.keys() == fields
    with cast.as_staff(cast.anna) as work:
        assert list_hours(work) == before


def test_an_end_before_the_beginning_is_said_in_one_sentence(cast):
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        add_hours(work, 5, "12:00", "08:00")
    assert refusal.value.problems == {"closes": CLOSES_FIRST}


@pytest.mark.parametrize("day", ["", "2026-11-21", "29.02.2027", "2027-02-29"])
def test_extra_hours_need_a_day_to_come(cast, day):
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        add_extra_hours(work, day, **TIMES)
    assert refusal.value.problems.keys() == {"day"}


def test_the_twenty_ninth_of_february_is_a_day_in_a_leap_year(cast):
    with cast.as_staff(cast.anna) as work:
        assert add_extra_hours(work, "2028-02-29", **TIMES).day_text == "Dienstag, 29. Februar 2028"


@pytest.mark.parametrize(
    "entries",
    [
        {"opens": "11:00", "closes": "13:00"},
        {"opens": "07:00", "closes": "24:00", "valid_from": "2027-01-01"},
        {"opens": "09:00", "closes": "10:00", "repeats": "weeks", "every_weeks": "3", "valid_from": MONDAY},
        {"opens": "09:00", "closes": "10:00", "repeats": "monthly", "nth": "-1"},
    ],
)
def test_hours_that_overlap_with_others_name_them(cast, entries):
    with pytest.raises(HoursOverlap) as refusal, cast.as_staff(cast.anna) as work:
        add_hours(work, "0", **entries)
    assert refusal.value.field == "opens"
    assert "08:00–12:00" in refusal.value.text("de")


@pytest.mark.parametrize(
    "entries",
    [
        {"opens": "12:00", "closes": "13:00"},
        {"opens": "09:00", "closes": "10:00", "resource_id": "counter"},
    ],
)
def test_hours_beside_others_are_no_overlap(cast, entries):
    entries = {name: counters(cast)[0] if value == "counter" else value for name, value in entries.items()}
    with cast.as_staff(cast.anna) as work:
        assert add_hours(work, "0", **entries).weekday == 0


@pytest.mark.parametrize(
    ("one", "other", "met"),
    [
        (
            {"every_weeks": 2, "valid_from": date(2026, 11, 23)},
            {"every_weeks": 2, "valid_from": date(2026, 11, 30)},
            False,
        ),
        (
            {"every_weeks": 2, "valid_from": date(2026, 11, 23)},
            {"every_weeks": 3, "valid_from": date(2026, 11, 30)},
            True,
        ),
        (
            {"every_weeks": 51, "valid_from": date(2026, 1, 5)},
            {"every_weeks": 52, "valid_from": date(2026, 1, 12)},
            True,
        ),
        ({"nth": 1}, {"nth": 2}, False),
        ({"nth": 4}, {"nth": -1}, True),
        ({"valid_until": date(2026, 12, 31)}, {"valid_from": date(2027, 1, 1)}, False),
    ],
)
def test_rules_meet_if_some_day_has_both(one, other, met):
    rules = [Rule(0, clock("08:00"), clock("12:00"), **more) for more in (one, other)]
    assert meet(*rules) is met


def test_a_day_is_copied_to_others_instead_of_what_they_had(cast):
    place = str(cast.town.location)
    with cast.as_staff(cast.anna) as work:
        add_hours(work, 0, "14:00", "16:00", online_quota="1")
        copy_day(work, "0", ["1", "5"], location_id=place)
        spans = {
            day: [(row.span, row.online_quota) for row in hours_of(work, place) if row.weekday == day]
            for day in (0, 1, 5)
        }
    assert spans[0] == spans[1] == spans[5] == [("08:00–12:00", None), ("14:00–16:00", 1)]
    assert "hours.copied" in actions(cast)


def test_a_copied_day_leaves_other_counters_and_single_days_alone(cast):
    place, counter = str(cast.town.location), counters(cast)[0]
    with cast.as_staff(cast.anna) as work:
        add_hours(work, 1, **TIMES, resource_id=counter)
        add_extra_hours(work, "2026-11-24", "18:00", "19:00")
        copy_day(work, "0", ["1"], location_id=place)
        assert len(hours_of(work, place, counter)) == 1
        assert [row.day for row in hours_of(work, place) if row.extra] == ["2026-11-24"]


@pytest.mark.parametrize(("weekday", "days"), [("0", []), ("0", ["0"]), ("0", ["9"]), ("6", ["5"])])
def test_copying_nothing_or_to_nowhere_is_said(cast, weekday, days):
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        copy_day(work, weekday, days, location_id=str(cast.town.location))
    assert refusal.value.problems.keys() == {"days"}


def test_a_week_is_copied_to_a_counter(cast):
    place, counter = str(cast.town.location), counters(cast)[0]
    with cast.as_staff(cast.anna) as work:
        add_hours(work, 5, **TIMES, resource_id=counter)
        copy_week(work, (place, ""), (place, counter))
        assert [row.weekday for row in hours_of(work, place, counter)] == [0, 1, 2, 3, 4]


def test_a_week_is_not_copied_from_nothing_from_itself_or_from_a_neighbour(cast):
    place, counter = str(cast.town.location), counters(cast)[0]
    for source in ((place, counter), (place, ""), (place, str(cast.salon.counters[0]))):
        with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
            copy_week(work, source, (place, ""))
        assert refusal.value.problems.keys() == {"source"}
    with pytest.raises(NotFound), cast.as_staff(cast.anna) as work:
        copy_week(work, (str(cast.salon.location), ""), (place, ""))


def test_a_neighbours_counter_is_none_of_ours(cast):
    foreign = str(cast.salon.counters[0])
    with pytest.raises(InvalidForm), cast.as_staff(cast.anna) as work:
        add_hours(work, "5", "08:00", "12:00", resource_id=foreign)
    with pytest.raises(NotFound), cast.as_staff(cast.anna) as work:
        add_hours(work, "5", "08:00", "12:00", location_id=str(cast.salon.location))


def test_a_visitor_changes_nothing(cast):
    with pytest.raises(NotFound), visitor(cast.town) as work:
        add_hours(work, 5, "08:00", "12:00")


def test_dora_neither_sees_nor_changes_nor_removes_the_offices_hours(cast):
    with cast.as_staff(cast.anna) as work:
        row = list_hours(work)[0]
    for act in (
        lambda work: remove_hours(work, row.id),
        lambda work: change_hours(work, row.id, weekday="0", **TIMES),
        lambda work: hours_of(work, str(cast.town.location)),
    ):
        with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon) as work:
            act(work)
