"""Requests that people decide."""

from datetime import timedelta

import pytest

from smartcx_portal.kit.errors import NotFound, NotPermitted
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import AccessRecord, Right
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy.cases import open_case
from smartcx_portal.privacy.deciding import grant_name, look_at_case, open_cases
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY, at
from tests.privacy.scenes import clara_books


def asks_for(cast: Cast, name: str | None, right: Right = Right.RECTIFICATION) -> str:
    """Clara asks; the id of her case."""
    clara = clara_books(cast)
    with cast.as_job() as work:
        return str(open_case(work, right, clara, request=name, proven_by="code").id)


def test_an_open_case_says_by_when_and_how_long_that_is(cast: Cast) -> None:
    asks_for(cast, "Clara Sommer")
    with at(SUNDAY + timedelta(days=20)), cast.as_staff(cast.anna, role=Role.OWNER) as work:
        (case,) = open_cases(work)
    assert (case.due, case.left, case.urgent) == ("Dienstag, 22. Dezember 2026", "Fällig in 10 Tagen", False)


def test_a_case_past_its_day_is_overdue(cast: Cast) -> None:
    asks_for(cast, "Clara Sommer")
    with at(SUNDAY + timedelta(days=40)), cast.as_staff(cast.anna, role=Role.OWNER) as work:
        assert open_cases(work)[0].left == "Überfällig"


def test_the_list_says_neither_whose_request_it_is_nor_what_it_asks(cast: Cast) -> None:
    asks_for(cast, "Clara Sommer")
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        assert "Clara" not in repr(open_cases(work))


@pytest.mark.promise("P03")
def test_opening_a_request_shows_it_and_is_shown_to_the_person(cast: Cast) -> None:
    case = asks_for(cast, "Clara Sommer")
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        seen = look_at_case(work, case)
    assert (seen.name, seen.email, seen.request) == (CLARA["name"], CLARA["email"], "Clara Sommer")
    with cast.as_job() as work:
        looks = [(one.what, one.why, one.by_identity) for one in work.all(work.select(AccessRecord))]
    assert looks == [("privacy_case", "case", cast.anna)]


def test_ben_opens_no_case(cast: Cast) -> None:
    case = asks_for(cast, "Clara Sommer")
    with cast.as_staff(cast.ben) as work, pytest.raises(NotPermitted):
        look_at_case(work, case)


def test_granting_takes_the_wished_name_over_and_settles_the_case(cast: Cast) -> None:
    case = asks_for(cast, "Clara Sommer")
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        grant_name(work, case)
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        assert open_cases(work) == []
        assert work.first(work.select(Customer)).name == "Clara Sommer"


def test_a_case_about_something_else_cannot_be_granted_as_a_name(cast: Cast) -> None:
    case = asks_for(cast, "Bitte nur speichern", Right.RESTRICTION)
    with cast.as_staff(cast.anna, role=Role.OWNER) as work, pytest.raises(NotFound):
        grant_name(work, case)


def test_ben_sees_no_cases(cast: Cast) -> None:
    with cast.as_staff(cast.ben) as work, pytest.raises(NotPermitted):
        open_cases(work)
