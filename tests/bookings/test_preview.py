"""The preview of a change: what people could book, as it would be and as it is."""

from datetime import date

import pytest

from smartcx_portal.bookings.closures import list_closures, put_closure
from smartcx_portal.bookings.hours import list_hours, put_hours
from smartcx_portal.bookings.hours_owner import owner_of, owners, resources_at, services_of
from smartcx_portal.bookings.preview import preview
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.calendar import Location, Resource
from tests.bookings.journeys import MONDAY_8, book, visitor

SATURDAY = {"weekday": "5", "opens": "09:00", "closes": "10:00"}


def seen(cast, entered=None, **more):
    """The preview of the cast's service with these hours entered."""
    with cast.as_staff(cast.anna) as work:
        change = (lambda: put_hours(work, entered)) if entered else None
        return preview(work, change, str(cast.town.service), **more)


def test_it_shows_two_weeks_as_they_are(cast):
    found = seen(cast)
    assert (len(found.days), found.free, found.now) == (14, 120, 120)
    assert (found.days[1].text, found.days[1].times) == ("Mo., 23. Nov.", "08:00–11:40")


def test_it_shows_what_a_change_would_do_and_leaves_nothing(cast):
    found = seen(cast, SATURDAY)
    assert (found.free, found.now) == (126, 120)
    assert [(day.text, day.free, day.now) for day in found.days if day.differs] == [
        ("Sa., 28. Nov.", 3, 0),
        ("Sa., 5. Dez.", 3, 0),
    ]
    with cast.as_staff(cast.anna) as work:
        assert len(list_hours(work)) == 5


def test_taken_times_are_not_free(cast):
    for tab in ("one", "two"):
        book(cast, at=MONDAY_8, tab=tab, network=tab)
    assert seen(cast).days[1].times == "08:20–11:40"


def test_it_may_begin_later_and_be_of_one_counter(cast):
    counter = str(cast.town.counters[0])
    found = seen(cast, SATURDAY | {"resource_id": counter}, resource_id=counter, from_day=date(2026, 12, 1))
    assert (found.days[0].day, found.free, found.now) == ("2026-12-01", 6, 120)


def test_it_never_begins_in_the_past(cast):
    assert seen(cast, from_day=date(2020, 1, 1)).days[0].day == "2026-11-22"


def test_it_says_up_to_when_the_service_can_be_booked(cast):
    assert seen(cast).until == ""
    assert seen(cast, from_day=date(2027, 1, 18)).until == "21. Januar 2027"


def test_wrong_entries_are_refused_as_when_they_are_saved(cast):
    with pytest.raises(InvalidForm):
        seen(cast, SATURDAY | {"closes": "08:00"})


def test_a_closure_can_be_looked_at_too(cast):
    with cast.as_staff(cast.anna) as work:
        closing = {"first_day": "2026-11-23", "last_day": "2026-11-27"}
        found = preview(work, lambda: put_closure(work, closing), str(cast.town.service))
        assert (found.free, found.now) == (60, 120)
        assert list_closures(work) == []


def test_nobody_else_looks(cast):
    with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon) as work:
        preview(work, None, str(cast.town.service))
    with pytest.raises(NotFound), visitor(cast.town) as work:
        preview(work, None, str(cast.town.service))


def test_hours_are_of_a_location_or_of_what_is_there(cast):
    with cast.as_staff(cast.anna) as work:
        found = [(one.name, one.resource_id != "", one.own) for one in owners(work)]
        assert found == [
            ("Bürgeramt Musterstadt", False, False),
            ("Schalter 1", True, False),
            ("Schalter 2", True, False),
        ]
        put_hours(work, SATURDAY | {"resource_id": str(cast.town.counters[0])})
        assert owner_of(work, "", str(cast.town.counters[0])).own
        assert [name for _, name in resources_at(work, str(cast.town.location))] == ["Schalter 1", "Schalter 2"]


def test_what_is_switched_off_is_not_offered_but_can_be_opened(cast):
    with cast.as_staff(cast.anna) as work:
        work.get(Resource, cast.town.counters[0]).active = False
        assert [one.name for one in owners(work)] == ["Bürgeramt Musterstadt", "Schalter 2"]
        assert owner_of(work, "", str(cast.town.counters[0])).name == "Schalter 1"
        work.get(Location, cast.town.location).active = False
        assert owners(work) == []


def test_an_owner_of_another_place_or_tenant_is_none(cast):
    with cast.as_staff(cast.anna) as work:
        for ids in ((str(cast.salon.location), ""), ("", str(cast.salon.counters[0])), ("nowhere", "")):
            with pytest.raises(NotFound):
                owner_of(work, *ids)


def test_a_preview_is_made_for_the_services_of_a_place_or_counter(cast):
    with cast.as_staff(cast.anna) as work:
        here = [service for service, _ in services_of(work, str(cast.town.location))]
        assert here == [str(cast.town.service)]
        assert services_of(work, str(cast.town.location), str(cast.town.counters[0]))
        assert services_of(work, str(cast.town.location), str(cast.salon.counters[0])) == []
