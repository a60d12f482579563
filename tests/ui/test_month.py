"""The plain data behind the calendar."""

from datetime import UTC, date, datetime, timedelta

from smartcx_portal.ui.month import free_days, month_weeks, part_of_day, time_groups, weekday_names

DECEMBER = date(2026, 12, 1)
ZONE = "Europe/Berlin"


def test_a_bookable_day_says_its_full_name_and_number() -> None:
    weeks = month_weeks("de", DECEMBER, {DECEMBER: 4})
    first = weeks[0][1]
    assert (first.day, first.number, first.free) == ("2026-12-01", "1", 4)
    assert first.name == "Dienstag, 1. Dezember 2026, 4 freie Zeiten"


def test_a_single_free_time_is_singular() -> None:
    assert month_weeks("en", DECEMBER, {DECEMBER: 1})[0][1].name == "Tuesday, 1 December 2026, 1 free time"


def test_other_days_say_why_not() -> None:
    closed = month_weeks("de", DECEMBER, {}, reason=lambda day: "geschlossen" if day.weekday() == 6 else "belegt")
    assert closed[0][6].reason == "geschlossen"
    assert month_weeks("de", DECEMBER, {})[0][1].reason == "nichts frei"


def test_days_of_neighbouring_months_are_gaps() -> None:
    assert month_weeks("de", DECEMBER, {date(2026, 11, 30): 3})[0][0].number == ""


def test_the_chosen_day_is_marked() -> None:
    cells = [cell for week in month_weeks("de", DECEMBER, {DECEMBER: 1}, chosen=DECEMBER) for cell in week]
    assert [cell.day for cell in cells if cell.chosen] == ["2026-12-01"]


def test_weeks_begin_on_monday() -> None:
    assert weekday_names("de")[0] == ("Mo", "Montag")
    assert weekday_names("en")[6][1] == "Sunday"


def test_times_are_grouped_by_the_part_of_the_local_day() -> None:
    starts = [datetime(2026, 12, 1, hour, 15, tzinfo=UTC) for hour in (16, 9, 11)]
    groups = time_groups("de", starts, ZONE, chosen=starts[1])
    assert [(group.heading, [slot.text for slot in group.slots]) for group in groups] == [
        ("Vormittag", ["10:15 Uhr"]),
        ("Nachmittag", ["12:15 Uhr"]),
        ("Abend", ["17:15 Uhr"]),
    ]
    assert groups[0].slots[0].chosen


def test_parts_of_the_day_in_english() -> None:
    assert [part_of_day("en", hour) for hour in (11, 12, 17)] == ["Morning", "Afternoon", "Evening"]


def test_only_days_with_free_times_are_listed() -> None:
    morning = datetime(2026, 12, 1, 9, 15, tzinfo=UTC)
    days = {DECEMBER + timedelta(days=n): [morning + timedelta(days=n)] * (n % 2) for n in range(20)}
    lines = free_days("de", days, ZONE, most=3)
    assert [line.day for line in lines] == ["2026-12-02", "2026-12-04", "2026-12-06"]
    assert (lines[0].text, lines[0].first, lines[0].free_text) == ("Mi., 2. Dez.", "ab 10:15 Uhr", "1 freie Zeit")
