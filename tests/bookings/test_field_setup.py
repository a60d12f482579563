"""Questions of a service: each says why, and what was answered keeps its question."""

from uuid import UUID

import pytest

from smartcx_portal.bookings.changing import undo_last_change
from smartcx_portal.bookings.field_setup import MOST_FIELDS, list_fields, move_field, remove_field, save_field
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.calendar import AnswerKind, FieldKind, FormField
from tests.bookings.journeys import WITHOUT, book, visitor
from tests.cast import Cast

FIELD = {"label": "Wie viele Personen?", "why": "Um Zeit zu planen", "kind": "number", "required": "yes"}


def labels(cast: Cast) -> list[str]:
    with cast.as_staff(cast.anna) as work:
        return [one.label for one in list_fields(work, cast.town.service)]


def save(cast: Cast, field_id: str = "", **changes: str) -> UUID:
    with cast.as_staff(cast.anna) as work:
        return UUID(save_field(work, cast.town.service, field_id, FIELD | changes))


def answered(cast: Cast) -> str:
    book(cast, WITHOUT | {f"answer-{cast.town.question}": "L01X00T47"})
    return str(cast.town.question)


def row(cast: Cast, field_id: UUID) -> FormField:
    with cast.as_job() as work:
        return work.get(FormField, field_id)


def test_a_new_question_stands_at_the_end(cast: Cast):
    made = row(cast, save(cast))
    assert labels(cast) == ["Alte Ausweisnummer", "Benötigen Sie Hilfe vor Ort?", "Wie viele Personen?"]
    assert (made.kind, made.required, made.special, made.options) == (FieldKind.NUMBER, True, False, [])


def test_a_choice_keeps_its_answers_in_order(cast: Cast):
    made = row(cast, save(cast, kind="choice", options=" Führerschein \n\nReisepass\r\nSonstiges "))
    assert made.options == ["Führerschein", "Reisepass", "Sonstiges"]


def test_a_special_question_is_marked(cast: Cast):
    assert row(cast, save(cast, special="yes", kind="yes_no")).special


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"label": " "}, "label"),
        ({"label": "x" * 201}, "label"),
        ({"why": ""}, "why"),
        ({"why": "x" * 1_000_000}, "why"),
        ({"kind": ""}, "kind"),
        ({"kind": "password"}, "kind"),
        ({"kind": "choice"}, "options"),
        ({"kind": "choice", "options": "nur eine"}, "options"),
        ({"kind": "choice", "options": "Ja\nja"}, "options"),
        ({"kind": "choice", "options": "\n".join(map(str, range(51)))}, "options"),
        ({"kind": "choice", "options": "a\n" + "b" * 201}, "options"),
    ],
)
def test_what_cannot_be_asked_says_so_at_its_field(cast: Cast, changes: dict[str, str], field: str):
    with pytest.raises(InvalidForm) as refusal, cast.as_staff(cast.anna) as work:
        save_field(work, cast.town.service, "", FIELD | changes)
    assert list(refusal.value.problems) == [field]


def test_a_service_does_not_ask_without_end(cast: Cast):
    with cast.as_staff(cast.anna) as work:
        for number in range(MOST_FIELDS - 2):
            save_field(work, cast.town.service, "", FIELD | {"label": f"Frage {number}"})
        with pytest.raises(InvalidForm) as refusal:
            save_field(work, cast.town.service, "", FIELD)
    assert list(refusal.value.problems) == ["_fields"]


def test_a_question_nobody_answered_changes_as_it_is(cast: Cast):
    assert save(cast, str(cast.town.question)) == cast.town.question
    assert labels(cast)[0] == "Wie viele Personen?"


def test_a_new_meaning_of_an_answered_question_is_a_new_question_in_its_place(cast: Cast):
    made = save(cast, answered(cast))
    assert made != cast.town.question
    assert labels(cast) == ["Wie viele Personen?", "Benötigen Sie Hilfe vor Ort?"]
    old = row(cast, cast.town.question)
    assert (old.label, old.active) == ("Alte Ausweisnummer", False)


def test_a_new_reason_of_an_answered_question_is_no_new_question(cast: Cast):
    same = {"label": "Alte Ausweisnummer", "kind": "text", "why": "Damit niemand sie benutzt"}
    assert save(cast, answered(cast), **same) == cast.town.question
    assert row(cast, cast.town.question).why == "Damit niemand sie benutzt"


def test_a_question_nobody_answered_goes(cast: Cast):
    with cast.as_staff(cast.anna) as work:
        assert remove_field(work, cast.town.service, cast.town.question)
        assert work.find(FormField, cast.town.question) is None
        undo_last_change(work)
    assert labels(cast) == ["Alte Ausweisnummer", "Benötigen Sie Hilfe vor Ort?"]


def test_an_answered_question_is_retired(cast: Cast):
    answered(cast)
    with cast.as_staff(cast.anna) as work:
        assert not remove_field(work, cast.town.service, cast.town.question)
    assert labels(cast) == ["Benötigen Sie Hilfe vor Ort?"]
    assert not row(cast, cast.town.question).active


def test_the_list_counts_answers(cast: Cast):
    answered(cast)
    with cast.as_staff(cast.anna) as work:
        assert [one.answered for one in list_fields(work, cast.town.service)] == [1, 0]


def test_questions_change_places(cast: Cast):
    with cast.as_staff(cast.anna) as work:
        move_field(work, cast.town.service, cast.town.special_question, up=True)
    assert labels(cast) == ["Benötigen Sie Hilfe vor Ort?", "Alte Ausweisnummer"]


def test_dora_reads_and_changes_no_question_of_the_office(cast: Cast):
    service, question = cast.town.service, str(cast.town.question)
    for act in (
        lambda work: list_fields(work, service),
        lambda work: save_field(work, service, "", FIELD),
        lambda work: save_field(work, cast.salon.service, question, FIELD),
        lambda work: move_field(work, cast.salon.service, question, up=True),
        lambda work: remove_field(work, cast.salon.service, question),
    ):
        with pytest.raises(NotFound), cast.as_staff(cast.dora, cast.salon) as work:
            act(work)


def test_a_visitor_asks_nothing(cast: Cast):
    with pytest.raises(NotFound), visitor(cast.town) as work:
        save_field(work, cast.town.service, "", FIELD)


def test_every_change_stands_in_the_trail(cast: Cast):
    made = str(save(cast))
    save(cast, made, label="Wie viele?")
    with cast.as_staff(cast.ben) as work:
        move_field(work, cast.town.service, made, up=True)
    with cast.as_staff(cast.ben) as work:
        remove_field(work, cast.town.service, made)
    with cast.as_job() as work:
        found = work.all(work.select(AuditEntry.action).order_by(AuditEntry.seq))
    assert found == ["field.added", "field.changed", "field.sorted", "field.removed"]


@pytest.mark.promise("P01")
def test_a_question_says_what_kind_of_data_its_answer_is(cast: Cast):
    assert row(cast, save(cast, category="document")).category is AnswerKind.DOCUMENT
    assert row(cast, save(cast)).category is AnswerKind.TEXT


def test_health_without_protection_is_told_at_its_field_also_when_the_box_is_taken_off(cast: Cast):
    asked = save(cast, category="health", special="yes")
    with pytest.raises(InvalidForm) as wrong:
        save(cast, str(asked), category="health", special="")
    assert list(wrong.value.problems) == ["category"]
    assert row(cast, asked).category is AnswerKind.HEALTH
