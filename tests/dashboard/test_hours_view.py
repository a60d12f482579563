"""What the pages of hours and closures show and ask, and where they are."""

from dataclasses import replace

from smartcx_portal.bookings.affected import Choice, Deed, affected_by, apply_with_choices
from smartcx_portal.bookings.closures import add_closure
from smartcx_portal.bookings.hours import add_extra_hours, add_hours, hours_of
from smartcx_portal.bookings.hours_owner import owner_of
from smartcx_portal.dashboard.deciding import REST, Asking, asking_of, choices_of, chosen_for_all, done_of, noted
from smartcx_portal.dashboard.hours_view import RuleEntries, entries_of, hours_view
from smartcx_portal.dashboard.whose import whose_address, whose_in
from tests.bookings.journeys import MONDAY_8, MONDAY_9, book
from tests.cast import Cast

MONDAY = "2026-11-23"


def view_of(cast: Cast, resource_id: str = ""):
    place = str(cast.town.location)
    with cast.as_staff(cast.anna) as work:
        return hours_view(owner_of(work, place, resource_id), hours_of(work, place, resource_id), "de")


def asked(cast: Cast, before: Asking | None = None) -> tuple[Asking, list[str]]:
    """The question about closing Monday."""
    with cast.as_staff(cast.anna) as work:
        found = tuple(affected_by(work, lambda: add_closure(work, MONDAY)))
        return asking_of(found, work.lang, before or Asking()), [one.id for one in found]


def test_the_week_has_seven_rows_and_single_days_stand_apart(cast: Cast) -> None:
    with cast.as_staff(cast.anna) as work:
        add_extra_hours(work, "2026-11-28", "10:00", "12:00", online_quota="2")
    view = view_of(cast)
    assert [(day.name, [line.span for line in day.lines]) for day in view.week][4:] == [
        ("Freitag", ["08:00–12:00"]),
        ("Samstag", []),
        ("Sonntag", []),
    ]
    (extra,) = view.extras
    assert extra.whole == "Samstag, 28. November 2026, 10:00–12:00, höchstens 2 online gebuchte Termine gleichzeitig"


def test_a_counter_says_plainly_whose_hours_count(cast: Cast) -> None:
    counter = str(cast.town.counters[0])
    assert view_of(cast).note == ""
    assert "folgt denen von Bürgeramt Musterstadt" in view_of(cast, counter).note
    with cast.as_staff(cast.anna) as work:
        add_hours(work, 5, "10:00", "12:00", resource_id=counter)
    assert view_of(cast, counter).note.startswith("Schalter 1 hat eigene Öffnungszeiten.")


def test_a_rule_comes_back_into_its_form_as_it_was_typed(cast: Cast) -> None:
    entered = {"repeats": "weeks", "every_weeks": "3", "valid_from": "2026-12-01", "online_quota": "0"}
    with cast.as_staff(cast.anna) as work:
        row = add_hours(work, 5, "10:00", "24:00", **entered)
    assert entries_of(row) == RuleEntries(weekday="5", opens="10:00", closes="00:00", **entered)


def test_the_address_names_whose_hours_in_both_languages(cast: Cast) -> None:
    place, counter = str(cast.town.location), str(cast.town.counters[0])
    assert whose_address("en", "hours", place, counter) == f"/en/dashboard/hours?location={place}&resource={counter}"
    assert whose_in({"standort": place, "resource": counter}) == (place, counter)
    assert whose_in({"standort": "überall"}) == ("", "")


def test_an_appointment_is_asked_about_with_times_to_move_to(cast: Cast) -> None:
    book(cast, at=MONDAY_9)
    asking, ids = asked(cast)
    (row,) = asking.rows
    assert asking.title == "1 Termin ist betroffen"
    assert (row.name, row.chosen) == (f"choice-{ids[0]}", "keep")
    assert row.head.endswith("09:00–09:20: Clara Lindqvist")
    assert row.detail.endswith("Dann wäre geschlossen.")
    assert [time.value.partition(" ")[0] for time in row.times] == ["move"] * 5


def test_one_choice_can_be_set_for_all(cast: Cast) -> None:
    for number, moment in enumerate((MONDAY_8, MONDAY_9)):
        book(cast, at=moment, tab=f"tab-{number}")
    asking, _ = asked(cast)
    assert {row.chosen for row in chosen_for_all(asking, "cancel").rows} == {"cancel"}
    assert chosen_for_all(asking, "explode") == asking


def test_a_question_asked_again_keeps_the_answers_and_says_so(cast: Cast) -> None:
    book(cast, at=MONDAY_8)
    first, ids = asked(cast)
    book(cast, at=MONDAY_9, tab="another")
    again, _ = asked(cast, noted(first, {f"choice-{ids[0]}": "next"}))
    assert again.fresh
    assert [row.chosen for row in again.rows] == ["next", "keep"]


def test_the_form_decides_about_those_shown_and_about_the_rest_together(cast: Cast) -> None:
    book(cast, at=MONDAY_8)
    asking, (shown,) = asked(cast)
    form = {f"choice-{shown}": "move 2026-11-24T07:00:00+00:00", REST: "cancel", "message": "Umbau"}
    assert choices_of(asking, [shown, "another"], form) == {
        shown: Choice(Deed.MOVE, to="2026-11-24T07:00:00+00:00"),
        "another": Choice(Deed.CANCEL, message="Umbau"),
    }


def test_what_no_page_sends_leaves_an_appointment_alone(cast: Cast) -> None:
    book(cast, at=MONDAY_8)
    asking, (shown,) = asked(cast)
    assert choices_of(asking, [shown], {f"choice-{shown}": "erase"}) == {shown: Choice()}


def test_afterwards_each_appointment_is_told_with_what_became_of_it(cast: Cast) -> None:
    done = book(cast, at=MONDAY_8)
    with cast.as_staff(cast.anna) as work:
        outcome = apply_with_choices(
            work, lambda: add_closure(work, MONDAY), {done.booking_id: Choice(Deed.CANCEL, message="Umbau")}
        )
        told = done_of(work, outcome)
    assert told.title == "Übernommen. Das wurde aus 1 Termin:"
    assert [(line.person, line.text) for line in told.lines] == [("Clara Lindqvist", "abgesagt")]


def test_without_affected_appointments_there_is_nothing_to_ask_or_to_tell(cast: Cast) -> None:
    asking, _ = asked(cast)
    assert asking == replace(asking, title="", rows=[])
    with cast.as_staff(cast.anna) as work:
        outcome = apply_with_choices(work, lambda: add_closure(work, MONDAY), {})
        assert done_of(work, outcome).title == ""
