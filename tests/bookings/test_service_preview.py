"""The preview of a service: what people would see with these entries, and nothing of it stays."""

import pytest

from smartcx_portal.bookings.offering import free_times
from smartcx_portal.bookings.service_preview import Preview, preview_service
from smartcx_portal.bookings.service_setup import new_service_entries, save_service, service_entries
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.calendar import CalendarChange, Service
from tests.bookings.journeys import book, visitor
from tests.cast import Cast


def form_of(cast: Cast, **changes: str) -> dict[str, str]:
    with cast.as_staff(cast.anna) as work:
        form = service_entries(work, cast.town.service)
    return form | {f"need-{one}": "0" for one in cast.town.counters} | changes


def previewed(cast: Cast, **changes: str) -> Preview:
    with cast.as_staff(cast.anna) as work:
        return preview_service(work, str(cast.town.service), form_of(cast, **changes))


def test_it_shows_the_next_free_times_with_the_entries(cast: Cast):
    shown = previewed(cast, duration="2", duration_unit="hours", step="1", step_unit="hours")
    assert (shown.sentence, shown.duration) == ("Diese Zeiten werden angeboten:", "2 Stunden")
    assert shown.days[0].day == "Montag, 23. November 2026"
    assert shown.days[0].times == ("08:00", "09:00", "10:00")
    assert len(shown.days) == 5


def test_it_shows_what_saving_then_offers(cast: Cast):
    form = form_of(cast, duration="50", step="25", lead="3", lead_unit="days")
    with cast.as_staff(cast.anna) as work:
        shown = preview_service(work, str(cast.town.service), form)
        save_service(work, str(cast.town.service), form)
    with visitor(cast.town) as work:
        offered = free_times(work, cast.town.service, "2026-11-22", "2026-11-27")
    (day, *_) = shown.days
    assert (day.day, list(day.times)) == (offered[0].day_text, [t.time for t in offered if t.day == offered[0].day][:8])


def test_it_counts_the_times_that_it_does_not_show(cast: Cast):
    assert previewed(cast).days[0].more == "und 4 weitere"


def test_it_minds_what_is_booked(cast: Cast):
    book(cast)
    assert previewed(cast, **{f"need-{cast.town.counters[1]}": ""}).days[0].times[0] in ("08:00", "08:20")


def test_a_new_service_has_a_preview_too_and_leaves_nothing(cast: Cast):
    with cast.as_staff(cast.anna) as work:
        form = new_service_entries(work) | {"name": "Reisepass", f"need-{cast.town.counters[0]}": "0"}
        assert preview_service(work, "", form).days
    with cast.as_job() as work:
        assert work.all(work.select(Service.id)) == [cast.town.service]
        assert work.all(work.select(CalendarChange)) == work.all(work.select(AuditEntry)) == []


def test_wrong_entries_give_no_times_and_keep_quiet(cast: Cast):
    assert previewed(cast, duration="0") == Preview("Die Vorschau kommt wieder, sobald alle Angaben stimmen.")


def test_without_a_resource_it_says_what_is_missing(cast: Cast):
    shown = previewed(cast, **{f"need-{one}": "" for one in cast.town.counters})
    assert shown.sentence.startswith("So ist nichts buchbar")


def test_it_says_when_nothing_is_free(cast: Cast):
    assert previewed(cast, duration="5", duration_unit="hours").sentence.startswith("Im Buchungszeitraum ist nichts")


@pytest.mark.parametrize(
    ("changes", "says"), [({"active": ""}, "Ausgeschaltet: "), ({"online": ""}, "Nur Ihr Team kann sie buchen.")]
)
def test_it_says_who_cannot_book(cast: Cast, changes: dict[str, str], says: str):
    shown = previewed(cast, **changes)
    assert shown.sentence.startswith(says)
    assert shown.days


def test_dora_previews_nothing_of_the_office(cast: Cast):
    form = form_of(cast)
    with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon) as work:
        preview_service(work, str(cast.town.service), form)
