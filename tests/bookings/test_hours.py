"""Opening hours and closures: the public page follows at once, and what is booked is kept and named."""

import pytest

from smartcx_portal.bookings.closures import add_closure, list_closures, remove_closure
from smartcx_portal.bookings.hours import add_hours, list_hours, public_hours, remove_hours
from smartcx_portal.bookings.offering import free_times
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.audit import AuditEntry
from tests.bookings.journeys import MONDAY_9, WITHOUT, book, claims, visitor

SATURDAY = "2026-11-28"
MONDAY = "2026-11-23"


def free(cast, day):
    with visitor(cast.town) as work:
        return [one.time for one in free_times(work, cast.town.service, day, day)]


def actions(cast):
    with cast.as_job() as work:
        return work.all(work.select(AuditEntry.action))


def test_added_hours_are_offered_at_once_and_gone_when_removed(cast):
    with cast.as_staff(cast.anna) as work:
        row = add_hours(work, "5", "10:00", "11:00")
    assert free(cast, SATURDAY) == ["10:00", "10:20", "10:40"]
    with cast.as_staff(cast.anna) as work:
        remove_hours(work, row.id)
    assert free(cast, SATURDAY) == []
    assert {"hours.added", "hours.removed"} <= set(actions(cast))


def test_hours_may_hold_for_a_while_and_for_one_counter(cast):
    counter = str(cast.town.counters[1])
    with cast.as_staff(cast.anna) as work:
        row = add_hours(
            work, 5, "10:00", "24:00", valid_from="2026-11-28", valid_until="2026-11-28", resource_id=counter
        )
    assert (row.closes, row.resource, row.weekday_text) == ("24:00", "Schalter 2", "Samstag")
    assert free(cast, SATURDAY)[-1] == "23:40"
    assert free(cast, "2026-12-05") == []


def test_hours_are_listed_in_the_order_of_the_week(cast):
    with cast.as_staff(cast.anna) as work:
        assert [row.weekday_text for row in list_hours(work)][:2] == ["Montag", "Dienstag"]
    with visitor(cast.town) as work:
        assert len(public_hours(work)) == 5


@pytest.mark.parametrize(
    ("entries", "fields"),
    [
        ({"weekday": "7"}, {"weekday"}),
        ({"weekday": ""}, {"weekday"}),
        ({"opens": "8 o'clock"}, {"opens"}),
        ({"opens": "", "closes": "25:00"}, {"opens", "closes"}),
        ({"opens": "12:00"}, {"closes"}),
        ({"opens": "08:00:30"}, {"opens"}),
        ({"valid_from": "2026-12-02", "valid_until": "2026-12-01"}, {"valid_until"}),
        ({"valid_from": "soon"}, {"valid_from"}),
        ({"resource_id": "nobody"}, {"resource_id"}),
        ({"weekday": "0"}, {"opens"}),
    ],
)
def test_wrong_hours_name_their_field(cast, entries, fields):
    form = {"weekday": "5", "opens": "08:00", "closes": "12:00"} | entries
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        add_hours(work, **form)
    assert refusal.value.problems.keys() == fields


def test_a_neighbours_counter_is_none_of_ours(cast):
    foreign = str(cast.salon.counters[0])
    with pytest.raises(InvalidForm), cast.as_staff(cast.anna) as work:
        add_hours(work, "5", "08:00", "12:00", resource_id=foreign)
    with pytest.raises(NotFound), cast.as_staff(cast.anna) as work:
        add_hours(work, "5", "08:00", "12:00", location_id=str(cast.salon.location))


def test_a_closure_closes_and_names_what_is_booked_already(cast):
    done = book(cast, WITHOUT, at=MONDAY_9)
    with cast.as_staff(cast.anna) as work:
        added = add_closure(work, MONDAY, "", "Betriebsausflug")
    assert [row.id for row in added.affected] == [done.booking_id]
    assert added.closure.text == "Montag, 23. November 2026"
    assert free(cast, MONDAY) == []
    with visitor(cast.town) as work:
        assert len(claims(work, done.booking_id)) == 1


def test_a_closure_of_one_counter_leaves_the_other(cast):
    book(cast, WITHOUT, at=MONDAY_9)
    with cast.as_staff(cast.anna) as work:
        added = add_closure(work, MONDAY, resource_id=str(cast.town.counters[1]))
    assert added.affected == ()
    assert free(cast, MONDAY)[0] == "08:00"


def test_a_removed_closure_opens_again(cast):
    with cast.as_staff(cast.anna) as work:
        closure = add_closure(work, MONDAY, "2026-11-24").closure
        assert [row.id for row in list_closures(work)] == [closure.id]
    with cast.as_staff(cast.anna) as work:
        remove_closure(work, closure.id)
    assert free(cast, MONDAY)
    assert {"closure.added", "closure.removed"} <= set(actions(cast))


@pytest.mark.parametrize(
    ("entries", "fields"),
    [
        ({"first_day": ""}, {"first_day"}),
        ({"first_day": "24.12.2026"}, {"first_day"}),
        ({"last_day": "2026-11-22"}, {"last_day"}),
        ({"last_day": "later"}, {"last_day"}),
        ({"reason": "x" * 201}, {"reason"}),
    ],
)
def test_wrong_closures_name_their_field(cast, entries, fields):
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        add_closure(work, **({"first_day": MONDAY} | entries))
    assert refusal.value.problems.keys() == fields


def test_a_visitor_changes_nothing(cast):
    for act in (lambda work: add_closure(work, MONDAY), lambda work: add_hours(work, 5, "08:00", "12:00")):
        with pytest.raises(NotFound), visitor(cast.town) as work:
            act(work)


def test_dora_cannot_remove_the_offices_hours(cast):
    with cast.as_staff(cast.anna) as work:
        row = list_hours(work)[0]
    with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon) as work:
        remove_hours(work, row.id)
