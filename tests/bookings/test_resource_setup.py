"""Counters, people, rooms and devices: what they serve, how much at a time, and what becomes of them."""

from uuid import UUID

import pytest

from smartcx_portal.bookings.changing import undo_last_change
from smartcx_portal.bookings.hours import add_hours
from smartcx_portal.bookings.resource_setup import (
    list_resources,
    move_resource,
    new_resource_entries,
    remove_resource,
    resource_entries,
    save_resource,
    served_rows,
)
from smartcx_portal.bookings.serving import needs_of
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.calendar import OpeningHours, Resource, ResourceKind, ServiceResource
from tests.bookings.journeys import book, visitor
from tests.cast import Cast


def entries(cast: Cast, **changes: str) -> dict[str, str]:
    with cast.as_staff(cast.anna) as work:
        return new_resource_entries(work) | {"name": "Schalter 3"} | changes


def test_a_new_resource_serves_what_was_ticked(cast: Cast):
    form = entries(cast, kind="person", capacity="2") | {f"service-{cast.town.service}": "yes"}
    with cast.as_staff(cast.anna) as work:
        made = UUID(save_resource(work, "", form))
        one = work.get(Resource, made)
        assert (one.kind, one.capacity, one.position) == (ResourceKind.PERSON, 2, 2)
        assert needs_of(work, cast.town.service)[made] == 0
        rows = served_rows(work, str(cast.town.location), str(made))
        assert [(row.label, row.ticked) for row in rows] == [("Personalausweis beantragen", "yes")]


def test_what_it_serves_already_keeps_its_step(cast: Cast):
    counter = cast.town.counters[0]
    with cast.as_job() as work:
        link = work.first(work.select(ServiceResource).where(ServiceResource.resource_id == counter))
        link.need = 1
    with cast.as_staff(cast.anna) as work:
        form = resource_entries(work, counter) | {f"service-{cast.town.service}": "yes"}
        save_resource(work, str(counter), form)
        assert needs_of(work, cast.town.service)[counter] == 1
        save_resource(work, str(counter), resource_entries(work, counter))
        assert counter not in needs_of(work, cast.town.service)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"kind": "robot"}, "kind"),
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "101"}, "capacity"),
        ({"capacity": "zwei"}, "capacity"),
        ({"location_id": "nowhere"}, "location_id"),
    ],
)
def test_what_cannot_be_says_so_at_its_field(cast: Cast, changes: dict[str, str], field: str):
    form = entries(cast, **changes)
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        save_resource(work, "", form)
    assert list(refusal.value.problems) == [field]


def test_a_neighbours_service_is_not_served(cast: Cast):
    form = entries(cast) | {f"service-{cast.salon.service}": "yes"}
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        save_resource(work, "", form)
    assert list(refusal.value.problems) == ["_served"]


def test_resources_change_places(cast: Cast):
    with cast.as_staff(cast.anna) as work:
        move_resource(work, cast.town.counters[1], up=True)
        rows = list_resources(work)
    assert [(one.name, one.first, one.last) for one in rows] == [
        ("Schalter 2", True, False),
        ("Schalter 1", False, True),
    ]


def test_an_unused_resource_goes_with_its_hours(cast: Cast):
    counter = cast.town.counters[1]
    with cast.as_staff(cast.anna) as work:
        add_hours(work, 5, "10:00", "12:00", resource_id=str(counter))
    with cast.as_staff(cast.anna) as work:
        assert remove_resource(work, counter)
        assert work.find(Resource, counter) is None
        undo_last_change(work)
        assert work.count(work.select(OpeningHours).where(OpeningHours.resource_id == counter)) == 1
        assert [one.services for one in list_resources(work)] == ["Personalausweis beantragen"] * 2


def test_a_booked_resource_stays_out_of_use_with_its_hours(cast: Cast):
    book(cast)
    with cast.as_job() as work:
        booked = work.first(work.select(Booking.resource_id))
    with cast.as_staff(cast.anna) as work:
        add_hours(work, 5, "10:00", "12:00", resource_id=str(booked))
        assert not remove_resource(work, booked)
        assert not work.get(Resource, booked).active
        assert work.count(work.select(OpeningHours).where(OpeningHours.resource_id == booked)) == 1


def test_dora_sets_up_no_resource_of_the_office(cast: Cast):
    form, counter = entries(cast), cast.town.counters[0]
    for act in (
        lambda work: resource_entries(work, counter),
        lambda work: save_resource(work, str(counter), form),
        lambda work: move_resource(work, counter, up=True),
        lambda work: remove_resource(work, counter),
    ):
        with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon) as work:
            act(work)
    with cast.as_staff(cast.dora, cast.salon) as work:
        assert served_rows(work, str(cast.town.location)) == []


def test_a_visitor_sets_nothing_up(cast: Cast):
    form = entries(cast)
    for act in (lambda work: save_resource(work, "", form), lambda work: list_resources(work)):
        with pytest.raises(NotFound), visitor(cast.town) as work:
            act(work)
