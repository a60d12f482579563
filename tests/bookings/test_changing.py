"""A change of the calendar is noted whole, can be undone once and redone, and never breaks what is booked."""

from datetime import time

import pytest

from smartcx_portal.bookings.changing import (
    ChangedSince,
    NothingToUndo,
    changing,
    last_change,
    supposing,
    take_away,
    undo_last_change,
)
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.calendar import (
    CalendarChange,
    Closure,
    Colour,
    FormField,
    OpeningHours,
    Resource,
    Service,
    ServiceResource,
)
from tests.bookings.journeys import book, visitor
from tests.cast import Cast


def rename(cast: Cast, name: str = "Reisepass beantragen") -> None:
    with cast.as_staff(cast.ben) as work, changing(work, "service.changed") as change:
        change.about = service = work.get(Service, cast.town.service)
        service.name, service.colour = name, Colour.ROSE


def service_of(cast: Cast) -> Service:
    with cast.as_job() as work:
        return work.get(Service, cast.town.service)


def test_a_change_is_noted_with_the_rows_before_and_after(cast: Cast):
    rename(cast)
    with cast.as_job() as work:
        noted = work.first(work.select(CalendarChange))
        assert noted.by_identity == cast.ben
        (row,) = noted.rows
        assert (row["before"]["name"], row["after"]["name"]) == ("Personalausweis beantragen", "Reisepass beantragen")
        entry = work.first(work.select(AuditEntry).where(AuditEntry.action == "service.changed"))
        assert (entry.object_id, entry.detail) == (cast.town.service, {"rows": 1})


def test_a_change_without_a_difference_is_no_change(cast: Cast):
    with cast.as_staff(cast.ben) as work, changing(work, "service.changed"):
        service = work.get(Service, cast.town.service)
        service.name = str(service.name)
    with cast.as_staff(cast.ben) as work:
        assert last_change(work) is None
        assert work.all(work.select(AuditEntry)) == []


def test_the_last_change_says_what_when_and_who(cast: Cast):
    rename(cast)
    with cast.as_staff(cast.anna) as work:
        assert last_change(work).label == "Rückgängig: Leistung geändert, 10:00 Uhr, Ben"


def test_undoing_puts_the_row_back_and_redoing_changes_it_again(cast: Cast):
    rename(cast)
    with cast.as_staff(cast.anna) as work:
        undo_last_change(work)
    assert (service_of(cast).name, service_of(cast).colour) == ("Personalausweis beantragen", Colour.BLUE)
    with cast.as_staff(cast.anna) as work:
        assert last_change(work).label == "Wiederherstellen: Leistung geändert, 10:00 Uhr, Anna"
        undo_last_change(work)
    assert (service_of(cast).name, service_of(cast).colour) == ("Reisepass beantragen", Colour.ROSE)


def test_undoing_is_audited(cast: Cast):
    rename(cast)
    with cast.as_staff(cast.anna) as work:
        undo_last_change(work)
    with cast.as_job() as work:
        assert work.all(work.select(AuditEntry.action)) == ["service.changed", "calendar.undone"]


def test_what_was_removed_comes_back_with_its_days_and_times(cast: Cast):
    with cast.as_staff(cast.anna) as work, changing(work, "hours.removed"):
        for one in work.all(work.select(OpeningHours)):
            work.delete(one)
    with cast.as_staff(cast.anna) as work:
        undo_last_change(work)
        hours = work.all(work.select(OpeningHours))
    assert {(one.weekday, one.opens, one.closes) for one in hours} == {(day, time(8), time(12)) for day in range(5)}


def test_what_was_added_goes_again_with_what_hangs_on_it(cast: Cast):
    with cast.as_staff(cast.anna) as work, changing(work, "service.added"):
        service = work.new(Service, location_id=cast.town.location, name="Meldebescheinigung", duration_min=10)
        work.new(ServiceResource, service_id=service.id, resource_id=cast.town.counters[0])
        work.new(FormField, service_id=service.id, label="Wofür?", why="Für den Text")
    with cast.as_staff(cast.anna) as work:
        undo_last_change(work)
        assert work.find(Service, service.id) is None
        undo_last_change(work)
    with cast.as_job() as work:
        assert work.get(Service, service.id).active
        assert work.count(work.select(ServiceResource).where(ServiceResource.service_id == service.id)) == 1


def test_what_was_added_and_booked_since_stays_inactive_with_its_resources(cast: Cast):
    book(cast)
    with cast.as_staff(cast.anna) as work, changing(work, "service.added"):
        links = work.all(work.select(ServiceResource).where(ServiceResource.service_id == cast.town.service))
        gone = take_away(work, *links, work.get(Service, cast.town.service))
    assert not gone
    assert not service_of(cast).active
    with cast.as_job() as work:
        assert work.count(work.select(ServiceResource).where(ServiceResource.service_id == cast.town.service)) == 2


def test_a_row_that_is_no_longer_as_the_change_left_it_is_left_alone(cast: Cast):
    rename(cast)
    with cast.as_job() as work:
        work.get(Service, cast.town.service).name = "Führungszeugnis"
    with pytest.raises(ChangedSince), cast.as_staff(cast.anna) as work:
        undo_last_change(work)
    assert service_of(cast).name == "Führungszeugnis"


def test_the_button_of_an_older_change_does_not_undo_a_newer_one(cast: Cast):
    rename(cast)
    with cast.as_staff(cast.anna) as work:
        shown = last_change(work)
    rename(cast, "Führungszeugnis")
    with pytest.raises(ChangedSince), cast.as_staff(cast.anna) as work:
        undo_last_change(work, shown.id)


def test_without_a_change_there_is_nothing_to_undo(cast: Cast):
    with pytest.raises(NothingToUndo), cast.as_staff(cast.anna) as work:
        undo_last_change(work)


def test_dora_neither_sees_nor_undoes_the_offices_change(cast: Cast):
    rename(cast)
    with cast.as_staff(cast.dora, cast.salon) as work:
        assert last_change(work) is None
        with pytest.raises(NothingToUndo):
            undo_last_change(work)


def test_a_visitor_changes_and_undoes_nothing(cast: Cast):
    with pytest.raises(NotFound), visitor(cast.town) as work, changing(work, "service.changed"):
        work.get(Service, cast.town.service).name = "Umsonst"
    with pytest.raises(NotFound), visitor(cast.town) as work:
        undo_last_change(work)


def test_what_is_supposed_leaves_nothing_behind(cast: Cast):
    with cast.as_staff(cast.anna) as work:
        with supposing(work):
            work.new(Closure, location_id=cast.town.location, first_day=work.now.date(), last_day=work.now.date())
            work.get(Resource, cast.town.counters[0]).name = "Anders"
            work.audit("closure.added")
        assert work.all(work.select(Closure)) == []
        assert work.get(Resource, cast.town.counters[0]).name == "Schalter 1"
    with cast.as_job() as work:
        assert work.all(work.select(AuditEntry)) == []
