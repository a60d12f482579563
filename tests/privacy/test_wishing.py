"""Restriction and objection in their first form: a wish becomes a case with a due date, which people decide."""

from uuid import UUID

import pytest

from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.privacy import PrivacyCase
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy.deciding import look_at_case, open_cases
from smartcx_portal.privacy.wishing import WISHES, wish
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


@pytest.mark.parametrize("ground", sorted(WISHES))
def test_each_ground_opens_a_case_that_reaches_its_owner(cast: Cast, clara: UUID, ground: str):
    with cast.as_person(clara) as work:
        asked = wish(work, ground, "Weil ich umziehe.")
    assert asked.due
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        waiting = [one.id for one in open_cases(work)]
        opened = look_at_case(work, asked.id)
    assert waiting == [asked.id]
    assert "Weil ich umziehe." in opened.request


def test_a_second_wish_joins_the_open_case_and_loses_nothing(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        wish(work, "incorrect", "Der Name stimmt nicht.")
        wish(work, "claims", "Ich klage.")
    with cast.as_job() as work:
        cases = work.all(work.select(PrivacyCase))
    assert len(cases) == 1
    assert all(words in cases[0].request for words in ("Der Name stimmt nicht.", "Ich klage."))


@pytest.mark.parametrize(
    ("key", "text", "field"),
    [("objection", " ", "text"), ("", "Weil.", "wish"), ("incorrect", "x" * 2001, "text")],
)
def test_a_wish_that_says_too_little_or_too_much_is_refused(cast: Cast, clara: UUID, key: str, text: str, field: str):
    with cast.as_person(clara) as work, pytest.raises(InvalidForm) as refused:
        wish(work, key, text)
    assert set(refused.value.problems) == {field}


def test_only_the_person_may_ask(cast: Cast, clara: UUID):
    with cast.as_visitor() as work, pytest.raises(NotFound):
        wish(work, "objection", "Weil ich umziehe.")
