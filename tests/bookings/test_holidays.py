"""Public holidays of the Länder."""

from datetime import date

from smartcx_portal.bookings.holidays import holiday_shuts, holidays_of


def test_each_land_has_its_own() -> None:
    corpus_christi = date(2026, 6, 4)
    assert corpus_christi in [one.day for one in holidays_of("NW", 2026)]
    assert corpus_christi not in [one.day for one in holidays_of("BE", 2026)]


def test_they_are_named_in_both_languages() -> None:
    assert [one.name for one in holidays_of("NW", 2026)][3] == "Erster Mai"
    assert [one.name for one in holidays_of("NW", 2026, "en")][3] == "Labour Day"


def test_only_the_days_asked_for_are_shut_over_a_year_end_too() -> None:
    shuts = holiday_shuts("NW", date(2026, 12, 25), date(2027, 1, 1))
    assert [shut.first_day for shut in shuts] == [date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)]
    assert all(shut.first_day == shut.last_day and shut.resource_id is None for shut in shuts)


def test_an_unknown_land_has_none() -> None:
    assert holiday_shuts("XX", date(2026, 1, 1), date(2026, 12, 31)) == []
    assert holiday_shuts("", date(2026, 1, 1), date(2026, 12, 31)) == []


def test_days_the_wrong_way_round_have_none() -> None:
    assert holiday_shuts("NW", date(2027, 1, 1), date(2026, 1, 1)) == []
