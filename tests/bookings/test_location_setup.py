"""Places: an address, a zone that exists, and what becomes of them."""

from uuid import UUID

import pytest

from smartcx_portal.bookings.location_setup import (
    list_locations,
    location_entries,
    move_location,
    new_location_entries,
    remove_location,
    save_location,
    zones,
)
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.calendar import Location, OpeningHours
from tests.bookings.journeys import book, visitor
from tests.cast import Cast


def entries(cast: Cast, **changes: str) -> dict[str, str]:
    with cast.as_staff(cast.anna) as work:
        return new_location_entries(work) | {"name": "Nebenstelle", "street": "Weg 2"} | changes


def save(cast: Cast, **changes: str) -> Location:
    with cast.as_staff(cast.anna) as work:
        made = save_location(work, "", entries(cast, **changes))
    with cast.as_job() as work:
        return work.get(Location, UUID(made))


def test_a_new_place_starts_in_the_tenants_town_and_zone(cast: Cast):
    place = save(cast, land="BY", holidays="yes", directions="Bus 5", accessibility="Rampe")
    assert (place.city, place.zone, place.land, place.holidays) == ("Musterstadt", "Europe/Berlin", "BY", True)
    assert (place.directions, place.accessibility, place.active, place.position) == ("Bus 5", "Rampe", True, 1)


def test_the_case_of_a_zone_does_not_matter(cast: Cast):
    assert save(cast, zone=" europe/lisbon ").zone == "Europe/Lisbon"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"street": ""}, "street"),
        ({"postal_code": "4779"}, "postal_code"),
        ({"postal_code": "4779٣"}, "postal_code"),
        ({"city": ""}, "city"),
        ({"zone": "Europe/Musterstadt"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"land": "XX"}, "land"),
        ({"land": "Augsburg"}, "land"),
        ({"directions": "x" * 2001}, "directions"),
        ({"accessibility": "x" * 1_000_000}, "accessibility"),
    ],
)
def test_what_cannot_be_says_so_at_its_field(cast: Cast, changes: dict[str, str], field: str):
    form = entries(cast, **changes)
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        save_location(work, "", form)
    assert list(refusal.value.problems) == [field]


def test_the_zone_stays_while_appointments_are_to_come(cast: Cast):
    place = str(cast.town.location)
    book(cast)
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        save_location(work, place, location_entries(work, place) | {"zone": "Europe/Lisbon"})
    assert list(refusal.value.problems) == ["zone"]


def test_without_appointments_the_zone_may_change(cast: Cast):
    place = str(cast.town.location)
    with cast.as_staff(cast.anna) as work:
        save_location(work, place, location_entries(work, place) | {"zone": "Europe/Lisbon"})
        assert list_locations(work)[0].zone == "Europe/Lisbon"


def test_places_change_places(cast: Cast):
    save(cast)
    with cast.as_staff(cast.anna) as work:
        move_location(work, str(cast.town.location), up=False)
        assert [one.name for one in list_locations(work)] == ["Nebenstelle", "Bürgeramt Musterstadt"]


def test_an_unused_place_goes_and_a_used_one_stays_with_its_hours(cast: Cast):
    branch = save(cast)
    with cast.as_staff(cast.anna) as work:
        assert remove_location(work, str(branch.id))
        assert not remove_location(work, str(cast.town.location))
        assert [(one.name, one.active) for one in list_locations(work)] == [("Bürgeramt Musterstadt", False)]
        assert work.count(work.select(OpeningHours)) == 5


def test_dora_sets_up_no_place_of_the_office(cast: Cast):
    form, place = entries(cast), str(cast.town.location)
    for act in (
        lambda work: location_entries(work, place),
        lambda work: save_location(work, place, form),
        lambda work: move_location(work, place, up=True),
        lambda work: remove_location(work, place),
    ):
        with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon) as work:
            act(work)


def test_a_visitor_sets_nothing_up(cast: Cast):
    form = entries(cast)
    with pytest.raises(NotFound), visitor(cast.town) as work:
        save_location(work, "", form)


def test_the_zones_to_choose_are_those_of_places():
    assert {"Europe/Berlin", "America/Nuuk"} <= set(zones())
    assert not any(zone.startswith(("Etc/", "posix")) or zone == "UTC" for zone in zones())
