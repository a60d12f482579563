"""What is typed is not lost, is nobody else's, and goes when it is no longer needed."""

from datetime import timedelta

import pytest

from smartcx_portal.bookings.drafts import drop_draft, load_draft, save_entered
from smartcx_portal.bookings.entries import answer_name
from smartcx_portal.bookings.holding import hold
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.calendar import Service, ServiceResource
from tests.bookings.journeys import MONDAY_8, visitor
from tests.conftest import at


def held(cast, tab="tab-of-clara"):
    with visitor(cast.town, tab) as work:
        hold(work, cast.town.service, MONDAY_8)


def entered(cast, tab="tab-of-clara"):
    with visitor(cast.town, tab) as work:
        return load_draft(work).entered


def test_what_was_typed_is_there_after_a_reload(cast):
    held(cast)
    with visitor(cast.town) as work:
        save_entered(work, {"name": "Clara"})
    with visitor(cast.town) as work:
        save_entered(work, {"email": "clara@", answer_name(cast.town.question): "L01X00T47"})
    assert entered(cast) == {"name": "Clara", "email": "clara@", answer_name(cast.town.question): "L01X00T47"}


def test_another_tab_and_another_tenant_see_nothing_of_it(cast):
    held(cast)
    with visitor(cast.town) as work:
        save_entered(work, {"name": "Clara"})
    with visitor(cast.town, "another-tab") as work:
        assert load_draft(work) is None
    with visitor(cast.salon) as work:
        assert load_draft(work) is None


def test_a_draft_lapses_two_hours_after_its_last_change(cast, frozen):
    held(cast)
    with at(frozen + timedelta(hours=1)), visitor(cast.town) as work:
        save_entered(work, {"name": "Clara"})
    with at(frozen + timedelta(hours=2, minutes=59)), visitor(cast.town) as work:
        assert load_draft(work)
    with at(frozen + timedelta(hours=3)), visitor(cast.town) as work:
        assert load_draft(work) is None
        save_entered(work, {"name": "C"})
        assert load_draft(work).entered == {"name": "C"}


@pytest.mark.promise("P05")
def test_a_sensitive_answer_is_not_even_kept_in_the_draft_without_its_consent(cast):
    held(cast)
    special = answer_name(cast.town.special_question)
    with visitor(cast.town) as work:
        save_entered(work, {special: "Rollstuhl"})
    assert special not in entered(cast)
    with visitor(cast.town) as work:
        save_entered(work, {special: "Rollstuhl", "consent-health": True})
    assert entered(cast)[special] == "Rollstuhl"
    with visitor(cast.town) as work:
        save_entered(work, {"consent-health": False})
    assert special not in entered(cast)


@pytest.mark.parametrize("name", ["role", "answer-1", "consent-mail", "answer-{foreign}"])
def test_names_that_the_form_does_not_have_are_refused(cast, name):
    held(cast)
    with pytest.raises(NotFound), visitor(cast.town) as work:
        save_entered(work, {name.format(foreign=cast.salon.question): "x"})


@pytest.mark.parametrize(("name", "length"), [("name", 201), ("email", 255), ("phone", 41), ("answer", 2001)])
def test_texts_that_are_too_long_name_their_field(cast, name, length):
    held(cast)
    field = answer_name(cast.town.question) if name == "answer" else name
    with pytest.raises(InvalidForm) as refusal, visitor(cast.town) as work:
        save_entered(work, {field: "x" * length})
    assert list(refusal.value.problems) == [field]


def test_control_characters_do_not_reach_a_mails_header_or_the_database(cast):
    held(cast)
    with visitor(cast.town) as work:
        save_entered(work, {"name": "Clara\r\nBcc: all@example.org\x00 \ud800L"})
    assert entered(cast)["name"] == "Clara Bcc: all@example.org L"


def test_another_service_keeps_the_person_and_drops_the_answers(cast):
    held(cast)
    with visitor(cast.town) as work:
        save_entered(work, {"name": "Clara", answer_name(cast.town.question): "L01"})
    with cast.as_job() as work:
        other = work.new(
            Service, location_id=cast.town.location, name="Reisepass beantragen", duration_min=20, step_min=20
        )
        work.new(ServiceResource, service_id=other.id, resource_id=cast.town.counters[0])
    with visitor(cast.town) as work:
        hold(work, other.id, MONDAY_8)
    assert entered(cast) == {"name": "Clara"}


def test_a_dropped_draft_is_gone(cast):
    held(cast)
    with visitor(cast.town) as work:
        drop_draft(work)
        assert load_draft(work) is None
