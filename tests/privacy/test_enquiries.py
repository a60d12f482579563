"""Anybody may ask, and is not stored for anything else (promises P14, P18)."""

import pytest

from smartcx_portal.kit.errors import InvalidForm, NotFound, TooMany
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.models.privacy import Enquiry
from smartcx_portal.privacy.data_map import everything, person
from smartcx_portal.privacy.enquiries import ask, ask_about, open_enquiries
from tests.cast import CLARA, Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = [pytest.mark.promise("P14"), pytest.mark.promise("P18")]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    forget_all()


def test_a_question_reaches_the_staff(cast: Cast):
    with cast.as_visitor() as work:
        ask(work, "privacy", "Clara", CLARA["email"], "Was ist gespeichert?")
    with cast.as_staff(cast.ben) as work:
        assert [(e.topic, e.text) for e in open_enquiries(work)] == [("privacy", "Was ist gespeichert?")]


def test_a_question_to_the_operator_reaches_who_passes_it_on(cast: Cast):
    with cast.as_visitor() as work:
        ask_about(work, "operator", "Clara", CLARA["email"], "Wer betreibt die Server?")
    with cast.as_staff(cast.ben) as work:
        assert [(e.topic, e.text) for e in open_enquiries(work)] == [("operator", "Wer betreibt die Server?")]


def test_a_barrier_can_be_reported_without_an_address(cast: Cast):
    with cast.as_visitor() as work:
        asked = ask(work, "barrier", "", "", "Der Kalender ist ohne Maus nicht bedienbar.")
        assert work.get(Enquiry, asked).address_key == ""


def test_each_wrong_field_is_named(cast: Cast):
    with cast.as_visitor() as work, pytest.raises(InvalidForm) as refused:
        ask(work, "question", "x" * 201, "clara", "  ")
    assert set(refused.value.problems) == {"name", "email", "text"}


def test_an_unknown_topic_is_not_found(cast: Cast):
    with cast.as_visitor() as work, pytest.raises(NotFound):
        ask(work, "praise", "", CLARA["email"], "Gut!")


def test_nobody_floods_the_staff(cast: Cast):
    with cast.as_visitor() as work:
        for _ in range(5):
            ask(work, "question", "Clara", CLARA["email"], "Haben Sie samstags auf?")
        with pytest.raises(TooMany):
            ask(work, "question", "Clara", CLARA["email"], "Haben Sie samstags auf?")


def test_it_belongs_to_the_data_of_who_owns_the_address(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_visitor() as work:
        ask(work, "question", "Clara", CLARA["email"].upper(), "Haben Sie samstags auf?")
    with cast.as_person(clara) as work:
        assert "enquiry" in {entry.table for entry, _ in everything(work, person(work, clara))}
