"""Setting up services: what can be entered is bookable at once, what cannot says so at its field."""

from uuid import UUID

import pytest

from smartcx_portal.bookings.changing import undo_last_change
from smartcx_portal.bookings.copying import copy_service
from smartcx_portal.bookings.offering import free_times
from smartcx_portal.bookings.service_setup import (
    coming_bookings,
    list_services,
    move_service,
    new_service_entries,
    remove_service,
    save_service,
    service_entries,
)
from smartcx_portal.bookings.serving import needs_of, needs_text, serving_rows
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.calendar import Colour, FormField, Location, Resource, ResourceKind, Service
from tests.bookings.journeys import book, visitor
from tests.cast import Cast

MONDAY = "2026-11-23"


def entries(cast: Cast, **changes: str) -> dict[str, str]:
    """A passport service at the first counter."""
    with cast.as_staff(cast.anna) as work:
        form = new_service_entries(work)
    return form | {"name": "Reisepass", f"need-{cast.town.counters[0]}": "0"} | changes


def saved(cast: Cast, service_id: str = "", **changes: str) -> Service:
    with cast.as_staff(cast.anna) as work:
        made = save_service(work, service_id, entries(cast, **changes))
    with cast.as_job() as work:
        return work.get(Service, UUID(made))


def room(cast: Cast) -> UUID:
    with cast.as_job() as work:
        place = cast.town.location
        return work.new(Resource, location_id=place, name="Raum 1", kind=ResourceKind.ROOM, position=5).id


def test_a_new_service_can_be_booked_at_once(cast: Cast):
    service = saved(cast, duration="1", duration_unit="hours", step="1", step_unit="hours")
    with visitor(cast.town) as work:
        assert [one.time for one in free_times(work, service.id, MONDAY, MONDAY)] == [
            "08:00",
            "09:00",
            "10:00",
            "11:00",
        ]


def test_every_column_goes_through_the_form_and_back(cast: Cast):
    changes = {
        "description": "Zwei Zeilen\nText",
        "for_whom": "Nur mit Wohnsitz hier",
        "bring": "Altes Dokument",
        "price": "37 €",
        "duration": "1,5",
        "duration_unit": "hours",
        "before": "10",
        "after": "5",
        "step": "20",
        "lead": "2",
        "lead_unit": "days",
        "horizon": "8",
        "horizon_unit": "weeks",
        "cancel_until": "24",
        "cancel_until_unit": "hours",
        "way-on_site": "",
        "way-video": "yes",
        "video_url": "https://video.example/raum",
        "seats": "12",
        "most_at_once": "3",
        "most_repeats": "4",
        "per_person_day": "1",
        "per_person_week": "2",
        "choosable": "yes",
        "for_others": "",
        "waitlist": "yes",
        "waitlist_hold": "3",
        "waitlist_hold_unit": "hours",
        "colour": "rose",
        "online": "",
        "double_opt_in": "",
        "without_message": "",
        "active": "",
    }
    service = saved(cast, **changes)
    assert (service.duration_min, service.lead_min, service.horizon_days) == (90, 2880, 56)
    assert (service.ways, service.colour, service.seats, service.waitlist_hold_min) == (["video"], Colour.ROSE, 12, 180)
    with cast.as_staff(cast.anna) as work:
        shown = service_entries(work, service.id)
    same = {"duration": "90", "duration_unit": "minutes", "cancel_until": "1", "cancel_until_unit": "days"}
    expected = changes | same | {"horizon": "8"}
    assert {name: shown[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "\x07\t"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"description": "x" * 1_000_000}, "description"),
        ({"price": "€" * 201}, "price"),
        ({"duration": "0"}, "duration"),
        ({"duration": "-20"}, "duration"),
        ({"duration": "25", "duration_unit": "hours"}, "duration"),
        ({"duration": "zwanzig"}, "duration"),
        ({"duration_unit": "fortnights"}, "duration"),
        ({"step": "0"}, "step"),
        ({"step": "1441"}, "step"),
        ({"before": ""}, "before"),
        ({"after": "1,33"}, "after"),
        ({"horizon": "0"}, "horizon"),
        ({"horizon": "-1"}, "horizon"),
        ({"horizon": "0,5"}, "horizon"),
        ({"horizon": "53", "horizon_unit": "weeks"}, "horizon"),
        ({"lead": "60", "lead_unit": "days"}, "lead"),
        ({"way-on_site": ""}, "ways"),
        ({"way-video": "yes"}, "video_url"),
        ({"way-video": "yes", "video_url": "http://video.example"}, "video_url"),
        ({"way-video": "yes", "video_url": "https://anna:geheim@video.example"}, "video_url"),
        ({"way-video": "yes", "video_url": "https://"}, "video_url"),
        ({"video_url": "javascript:alert(1)"}, "video_url"),
        ({"seats": "0"}, "seats"),
        ({"seats": "501"}, "seats"),
        ({"seats": "2", "combinable": "yes"}, "combinable"),
        ({"seats": "2", "most_at_once": "3"}, "most_at_once"),
        ({"most_at_once": "21"}, "most_at_once"),
        ({"most_repeats": "0"}, "most_repeats"),
        ({"per_person_day": "3", "per_person_week": "2"}, "per_person_week"),
        ({"waitlist_hold": "4", "waitlist_hold_unit": "minutes"}, "waitlist_hold"),
        ({"colour": "#ff0000"}, "colour"),
        ({"location_id": ""}, "location_id"),
    ],
)
def test_what_cannot_be_says_so_at_its_field_and_changes_nothing(cast: Cast, changes: dict[str, str], field: str):
    form = entries(cast, **changes)
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        save_service(work, "", form)
    assert list(refusal.value.problems) == [field]
    with cast.as_job() as work:
        assert work.all(work.select(Service.id)) == [cast.town.service]


def test_what_needs_a_person_and_a_room_cannot_be_combined(cast: Cast):
    form = entries(cast, combinable="yes") | {f"need-{room(cast)}": "1"}
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        save_service(work, "", form)
    assert list(refusal.value.problems) == ["combinable"]


def test_steps_are_numbered_without_gaps_and_said_in_words(cast: Cast):
    place, first = room(cast), cast.town.counters[0]
    with cast.as_staff(cast.anna) as work:
        made = UUID(save_service(work, "", entries(cast) | {f"need-{first}": "1", f"need-{place}": "3"}))
        assert needs_of(work, made) == {first: 0, place: 1}
        rows = [one for one in serving_rows(work, cast.town.location, made) if one.need]
        assert needs_text(rows, "de") == ["eines von: Schalter 1", "und zugleich eines von: Raum 1"]


def test_a_neighbours_counter_serves_nothing_here(cast: Cast):
    form = entries(cast) | {f"need-{cast.salon.counters[0]}": "0"}
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        save_service(work, "", form)
    assert list(refusal.value.problems) == ["_serving"]


def test_a_step_that_does_not_exist_is_refused(cast: Cast):
    counter = f"need-{cast.town.counters[0]}"
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        save_service(work, "", entries(cast) | {counter: "9"})
    assert list(refusal.value.problems) == [counter]


def test_a_neighbours_place_is_none_of_ours(cast: Cast):
    form = entries(cast, location_id=str(cast.salon.location))
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        save_service(work, "", form)
    assert "location_id" in refusal.value.problems


@pytest.mark.parametrize("act", [service_entries, remove_service, copy_service])
def test_dora_finds_no_such_service(cast: Cast, act):
    with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon) as work:
        act(work, cast.town.service)


def test_dora_counts_no_booking_of_the_office(cast: Cast):
    book(cast)
    with cast.as_staff(cast.dora, cast.salon) as work:
        assert coming_bookings(work, cast.town.service) == 0


def test_dora_changes_and_moves_no_service_of_the_office(cast: Cast):
    form = entries(cast)
    with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon) as work:
        save_service(work, str(cast.town.service), form)
    with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon) as work:
        move_service(work, cast.town.service, up=True)


def test_a_visitor_sets_nothing_up(cast: Cast):
    form = entries(cast)
    for act in (
        lambda work: save_service(work, "", form),
        lambda work: list_services(work),
        lambda work: copy_service(work, cast.town.service),
        lambda work: remove_service(work, cast.town.service),
    ):
        with pytest.raises(NotFound), visitor(cast.town) as work:
            act(work)


def test_changing_a_service_keeps_its_counters_unless_they_are_unchosen(cast: Cast):
    first, second = cast.town.counters
    with cast.as_staff(cast.anna) as work:
        form = service_entries(work, cast.town.service) | {f"need-{second}": "0", f"need-{first}": ""}
        save_service(work, str(cast.town.service), form)
        assert needs_of(work, cast.town.service) == {second: 0}
        undo_last_change(work)
        assert needs_of(work, cast.town.service) == {first: 0, second: 0}


def test_a_change_leaves_what_is_booked(cast: Cast):
    book(cast)
    with cast.as_staff(cast.anna) as work:
        form = service_entries(work, cast.town.service)
        first, second = cast.town.counters
        form |= {"duration": "1", "duration_unit": "hours", f"need-{first}": "0", f"need-{second}": "0"}
        save_service(work, str(cast.town.service), form)
        assert coming_bookings(work, cast.town.service) == 1


def test_services_change_places(cast: Cast):
    saved(cast)
    with cast.as_staff(cast.anna) as work:
        move_service(work, cast.town.service, up=False)
        assert [(one.name, one.first, one.last) for one in list_services(work)] == [
            ("Reisepass", True, False),
            ("Personalausweis beantragen", False, True),
        ]
        move_service(work, cast.town.service, up=False)
        assert [one.name for one in list_services(work)][1] == "Personalausweis beantragen"


def test_the_list_says_what_a_service_is(cast: Cast):
    with cast.as_staff(cast.anna) as work:
        (row,) = list_services(work)
    assert (row.duration, row.resources, row.questions, row.active) == ("20 Minuten", "Schalter 1, Schalter 2", 2, True)


def test_a_service_nobody_booked_goes_with_its_questions(cast: Cast):
    with cast.as_staff(cast.anna) as work:
        assert remove_service(work, cast.town.service)
        assert work.all(work.select(FormField)) == []
        undo_last_change(work)
        assert [one.questions for one in list_services(work)] == [2]


def test_a_service_that_was_booked_is_switched_off_instead(cast: Cast):
    book(cast)
    with cast.as_staff(cast.anna) as work:
        assert not remove_service(work, cast.town.service)
        assert [(one.active, one.resources) for one in list_services(work)] == [(False, "Schalter 1, Schalter 2")]


def test_a_copy_stands_behind_its_service_and_is_switched_off(cast: Cast):
    saved(cast)
    with cast.as_staff(cast.ben) as work:
        copy_service(work, cast.town.service)
        rows = list_services(work)
    assert [(one.name, one.active, one.questions) for one in rows] == [
        ("Personalausweis beantragen", True, 2),
        ("Personalausweis beantragen (Kopie)", False, 2),
        ("Reisepass", True, 0),
    ]
    assert rows[1].resources == "Schalter 1, Schalter 2"


def test_a_copy_at_another_place_has_no_resources_yet(cast: Cast):
    with cast.as_job() as work:
        branch = work.new(Location, name="Nebenstelle", street="Weg 2", postal_code="47798", city="Musterstadt").id
    with cast.as_staff(cast.ben) as work:
        made = UUID(copy_service(work, cast.town.service, str(branch)))
        assert (work.get(Service, made).location_id, needs_of(work, made)) == (branch, {})
    with pytest.raises(NotFound), cast.as_staff(cast.ben) as work:
        copy_service(work, cast.town.service, str(cast.salon.location))


def test_every_change_stands_in_the_trail(cast: Cast):
    service = str(saved(cast).id)
    saved(cast, service, name="Reisepass vorläufig")
    with cast.as_staff(cast.ben) as work:
        move_service(work, service, up=True)
    with cast.as_staff(cast.ben) as work:
        copy_service(work, service)
    with cast.as_staff(cast.ben) as work:
        remove_service(work, service)
    with cast.as_job() as work:
        found = work.all(work.select(AuditEntry).order_by(AuditEntry.seq))
    deeds = ["service.added", "service.changed", "service.sorted", "service.copied", "service.removed"]
    assert [one.action for one in found] == deeds
    assert {one.object_id for one in found[:3]} == {UUID(service)}
