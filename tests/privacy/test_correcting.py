"""Clara corrects what she stated: answers, who comes, an open question; at once, and nobody else's (P04)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from smartcx_portal.bookings.cancelling import cancel_own
from smartcx_portal.bookings.feed_file import feed_file
from smartcx_portal.kit import clock
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.booking import Answer, Attendee, Booking, Origin
from smartcx_portal.models.calendar import CalendarFeed, FieldKind, FormField, Resource
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Message
from smartcx_portal.models.privacy import (
    Enquiry,
    PrivacyCase,
    ReceivedData,
    RecipientNotice,
    Told,
    Transfer,
    TransferState,
)
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy.correctable import correctable
from smartcx_portal.privacy.deciding import open_cases
from smartcx_portal.privacy.enquiries import ask_about, close_enquiry
from smartcx_portal.privacy.own_statements import Matter, Statement, own_matters
from smartcx_portal.privacy.rectify import Corrected, correct_name
from smartcx_portal.privacy.restate import CalledOff, HasBegun, IsAnswered, NoLongerThere, restate
from smartcx_portal.privacy.telling_receivers import tell_receiver
from smartcx_portal.privacy.wishing import ask_correction, wish
from smartcx_portal.privacy.withdrawing import withdraw_own
from smartcx_portal.tenancy import Work
from tests.cast import CLARA, Cast, House
from tests.conftest import SUNDAY
from tests.privacy.scenes import TUESDAY, book, clara_books, open_house

pytestmark = pytest.mark.promise("P04")
NUMBER, HELP = "Alte Ausweisnummer", "Benötigen Sie Hilfe vor Ort?"


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def matters(cast: Cast, clara: UUID, house: House | None = None) -> list[Matter]:
    with cast.as_person(clara, house) as work:
        return own_matters(work)


def field(matter: Matter, label: str) -> Statement:
    return next(one for one in matter.statements if one.label == label)


def corrects(cast: Cast, clara: UUID, label: str, text: str) -> Corrected:
    """In the first matter that has such a field."""
    matter = next(one for one in matters(cast, clara) if label in [each.label for each in one.statements])
    with cast.as_person(clara) as work:
        return restate(work, matter.key, {field(matter, label).name: text})


def answers(cast: Cast) -> list[tuple[str | None, str | None]]:
    """Plain answers first: ids of one millisecond have no order."""
    with cast.as_job() as work:
        ordered = work.select(Answer).order_by(Answer.special_value.nulls_first())
        return [(one.value, one.special_value) for one in work.all(ordered)]


def all_of(cast: Cast, model: Any) -> list[Any]:
    with cast.as_job() as work:
        return list(work.all(work.select(model)))


def for_somebody_else(cast: Cast) -> None:
    """The appointment is for somebody else."""
    with cast.as_job() as work:
        work.new(Attendee, booking_id=work.first(work.select(Booking)).id, name="Ben Lindqvist")


@contextmanager
def question_of(cast: Cast, number: UUID) -> Iterator[FormField]:
    with cast.as_job() as work:
        yield work.get(FormField, number)


def test_what_can_be_corrected_follows_from_the_map():
    found = {f"{entry.table}.{column.name}" for entry, columns in correctable() for column in columns}
    statements = {"customer.name", "customer.language", "attendee.name", "answer.value", "answer.special_value"}
    assert found == statements | {"enquiry.name", "enquiry.text"}


def test_each_appointment_comes_with_what_was_stated_for_it(cast: Cast, clara: UUID):
    (matter,) = matters(cast, clara)
    assert matter.title.startswith("Personalausweis beantragen, Dienstag, 1. Dezember 2026")
    assert [(one.label, one.shown) for one in matter.statements] == [(NUMBER, "T220001293"), (HELP, "Rollstuhl")]


def test_an_answer_is_corrected_at_once_as_a_request_that_is_settled(cast: Cast, clara: UUID):
    answer = corrects(cast, clara, NUMBER, " T220001294 ")
    assert (answer.applied, answers(cast)[0]) == (True, ("T220001294", None))
    assert [(one.right.value, one.status) for one in all_of(cast, PrivacyCase)] == [("rectification", "done")]


def test_the_old_answer_is_kept_nowhere(cast: Cast, clara: UUID):
    corrects(cast, clara, NUMBER, "T220001294")
    told = [one.detail for one in all_of(cast, AuditEntry)] + [one.request for one in all_of(cast, PrivacyCase)]
    assert {"field": "answer.value"} in told
    assert not [one for one in told if "T22000129" in str(one)]


def test_what_is_the_same_changes_nothing(cast: Cast, clara: UUID):
    assert corrects(cast, clara, NUMBER, "T220001293 ").case_id == ""


def test_a_required_answer_cannot_be_emptied(cast: Cast, clara: UUID):
    with question_of(cast, cast.town.question) as asked:
        asked.required = True
    with pytest.raises(InvalidForm) as refused:
        corrects(cast, clara, NUMBER, "  ")
    assert list(refused.value.problems.values()) == ["Answer this question."]


def test_an_optional_answer_can_be_taken_back(cast: Cast, clara: UUID):
    corrects(cast, clara, NUMBER, "")
    assert answers(cast) == [(None, "Rollstuhl")]


@pytest.mark.parametrize(("kind", "wrong"), [(FieldKind.NUMBER, "drei"), (FieldKind.DATE, "31.2.2026")])
def test_answers_are_checked_as_when_booking(cast: Cast, clara: UUID, kind: FieldKind, wrong: str):
    with question_of(cast, cast.town.question) as asked:
        asked.kind = kind
    with pytest.raises(InvalidForm):
        corrects(cast, clara, NUMBER, wrong)


def test_too_long_is_told(cast: Cast, clara: UUID):
    with pytest.raises(InvalidForm) as refused:
        corrects(cast, clara, NUMBER, "x" * 2001)
    assert list(refused.value.problems.values()) == ["Use at most 2000 characters."]


def test_an_answer_that_was_left_out_can_be_completed(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.delete(work.first(work.select(Answer).where(Answer.field_id == cast.town.question)))
    corrects(cast, clara, NUMBER, "T220001294")
    assert set(answers(cast)) == {("T220001294", None), (None, "Rollstuhl")}


@pytest.mark.promise("P05")
def test_a_specially_protected_answer_stays_under_its_consent(cast: Cast, clara: UUID):
    corrects(cast, clara, HELP, "Gehhilfe")
    assert answers(cast)[1] == (None, "Gehhilfe")
    with cast.as_person(clara) as work:
        withdraw_own(work, "health")
    assert answers(cast) == [("T220001293", None)]


@pytest.mark.promise("P05")
def test_a_specially_protected_question_is_not_asked_here(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        withdraw_own(work, "health")
    assert [one.label for one in matters(cast, clara)[0].statements] == [NUMBER]


@pytest.mark.promise("P06")
def test_a_consent_withdrawn_meanwhile_wins(cast: Cast, clara: UUID):
    (matter,) = matters(cast, clara)
    with cast.as_person(clara) as work:
        withdraw_own(work, "health")
    with cast.as_person(clara) as work, pytest.raises(NoLongerThere):
        restate(work, matter.key, {field(matter, HELP).name: "Gehhilfe"})


def test_an_appointment_cancelled_meanwhile_says_so(cast: Cast, clara: UUID):
    (matter,) = matters(cast, clara)
    with cast.as_person(clara) as work:
        cancel_own(work, matter.key.partition(":")[2])
    with cast.as_person(clara) as work, pytest.raises(CalledOff):
        restate(work, matter.key, {})


def test_from_its_beginning_on_what_was_told_is_a_record(cast: Cast, clara: UUID, monkeypatch: pytest.MonkeyPatch):
    (matter,) = matters(cast, clara)
    monkeypatch.setattr(clock, "now", lambda: TUESDAY + timedelta(minutes=1))
    assert matters(cast, clara) == []
    with cast.as_person(clara) as work, pytest.raises(HasBegun):
        restate(work, matter.key, {})


def test_what_the_staff_entered_is_not_hers_to_change_at_once(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.first(work.select(Booking)).origin = Origin.STAFF
    assert matters(cast, clara) == []


def test_a_spelling_of_who_comes_is_corrected_and_calendars_see_it(cast: Cast, clara: UUID):
    for_somebody_else(cast)
    with cast.as_job() as work:
        work.new(CalendarFeed, resource_id=cast.town.counters[0], with_details=True, created_at=work.now)
    done = corrects(cast, clara, "Name der Person, die kommt", "Benno Lindqvist")
    assert done.told == ("Kalender der Beschäftigten: folgt von selbst beim nächsten Abruf",)
    with cast.as_job() as work:
        file = feed_file(work, work.get(Resource, cast.town.counters[0]), with_details=True).decode()
    assert "Benno Lindqvist" in file.replace("\r\n ", "")
    assert all_of(cast, Booking)[0].changed_at == SUNDAY


def test_another_person_is_not_put_into_the_appointment(cast: Cast, clara: UUID):
    for_somebody_else(cast)
    answer = corrects(cast, clara, "Name der Person, die kommt", "Dora Petersen")
    assert (answer.applied, all_of(cast, Attendee)[0].name) == (False, "Ben Lindqvist")
    (case,) = all_of(cast, PrivacyCase)
    assert case.status == "open"
    assert case.request.endswith(": Dora Petersen")


def test_two_small_steps_do_not_make_a_large_one(cast: Cast, clara: UUID):
    for_somebody_else(cast)
    assert corrects(cast, clara, "Name der Person, die kommt", "Ben Petersen").applied
    assert not corrects(cast, clara, "Name der Person, die kommt", "Dora Petersen").applied


def test_a_name_that_waits_is_not_taken_for_her_own(cast: Cast, clara: UUID):
    for_somebody_else(cast)
    corrects(cast, clara, "Name der Person, die kommt", "Dora Petersen")
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        assert [one.grantable for one in open_cases(work)] == [False]


@pytest.fixture
def asked(cast: Cast, clara: UUID) -> UUID:
    with cast.as_person(clara) as work:
        return ask_about(work, "privacy", CLARA["name"], CLARA["email"], "Wie lange bleibt das?")


@pytest.mark.promise("P14")
def test_an_open_question_is_corrected(cast: Cast, clara: UUID, asked: UUID):
    corrects(cast, clara, "Ihre Frage", "Wie lange bleibt die Nummer?")
    assert all_of(cast, Enquiry)[0].text == "Wie lange bleibt die Nummer?"


@pytest.mark.parametrize("text", ["", "x" * 4001])
def test_a_question_that_cannot_be_is_refused(cast: Cast, clara: UUID, asked: UUID, text: str):
    with pytest.raises(InvalidForm):
        corrects(cast, clara, "Ihre Frage", text)


def test_an_answered_question_is_a_record(cast: Cast, clara: UUID, asked: UUID):
    with cast.as_staff(cast.ben) as work:
        close_enquiry(work, str(asked))
    assert [one.key for one in matters(cast, clara) if one.key.startswith("enquiry")] == []
    with cast.as_person(clara) as work, pytest.raises(IsAnswered):
        restate(work, f"enquiry:{asked}", {})


def test_the_operator_gets_a_corrected_question_again(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        ask_about(work, "operator", CLARA["name"], CLARA["email"], "Wer betreibt die Server?")
    told = corrects(cast, clara, "Ihre Frage", "Wo stehen die Server?").told
    assert told == ("SMART CJM GmbH: erhält Ihre Frage noch einmal, so wie sie jetzt lautet",)
    assert [one.kind for one in all_of(cast, Message)].count("enquiry_passed_on") == 2


@pytest.mark.promise("P02")
def test_nobody_corrects_anothers_appointment_or_question(cast: Cast, clara: UUID, asked: UUID):
    keys = [one.key for one in matters(cast, clara)]
    with cast.as_job() as work:
        other = work.new(Customer, name="Ben", created_at=work.now).id
        book(work, cast.town, other, TUESDAY)
    for key in keys:
        with cast.as_person(other) as work, pytest.raises(NotFound):
            restate(work, key, {})


def test_a_field_of_anothers_appointment_is_none_of_this_form(cast: Cast, clara: UUID):
    (mine,) = matters(cast, clara)
    with cast.as_job() as work:
        other = work.new(Customer, name="Ben", created_at=work.now).id
        theirs = book(work, cast.town, other, TUESDAY)
    name = field(mine, NUMBER).name.replace(mine.key.partition(":")[2], str(theirs.id))
    with cast.as_person(clara) as work, pytest.raises(NoLongerThere):
        restate(work, mine.key, {name: "T1"})


@pytest.mark.promise("P02")
def test_what_is_at_another_tenant_is_not_there(cast: Cast, clara: UUID):
    open_house(cast, cast.salon)
    there = clara_books(cast, house=cast.salon)
    (matter,) = matters(cast, there, cast.salon)
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        restate(work, matter.key, {})


@pytest.mark.parametrize("key", ["", "booking:", "booking:1", "customer:1", "enquiry:x"])
def test_a_key_that_names_nothing_is_not_found(cast: Cast, clara: UUID, key: str):
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        restate(work, key, {})


@pytest.mark.promise("P13")
def test_a_copy_that_waits_elsewhere_is_corrected_too(cast: Cast, clara: UUID):
    answer = next(one for one in all_of(cast, Answer) if one.value)
    record = {"type": "answer", "id": str(answer.id), "fields": {"value": {"value": answer.value}}}
    delivered = {"state": TransferState.DELIVERED, "created_at": SUNDAY}
    with cast.as_job() as work:
        sent = work.new(Transfer, customer_id=clara, to_tenant=cast.salon.id, **delivered).id
    with cast.as_job(cast.salon) as work:
        document = {"records": [record]}
        work.new(ReceivedData, document=document, from_name="B", from_transfer=sent, lapses_at=SUNDAY, **delivered)
    assert corrects(cast, clara, NUMBER, "T220001294").told == ("Salon Haarlekin: erfährt es gerade",)
    (notice,) = all_of(cast, RecipientNotice)
    tell_receiver(tenant=str(cast.town.id), notice=str(notice.id), what=f"answer:{answer.id}:value")
    with cast.as_job(cast.salon) as work:
        kept = work.first(work.select(ReceivedData)).document["records"]
    assert kept == [record | {"fields": {"value": {"value": "T220001294"}}}]
    assert all_of(cast, RecipientNotice)[0].state is Told.INFORMED


def test_whatever_else_is_wrong_becomes_a_request_with_a_date(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        view = ask_correction(work, "Beim letzten Termin steht eine falsche Nummer.")
    assert view.due
    assert view.request.endswith("Beim letzten Termin steht eine falsche Nummer.")


def test_such_a_request_and_a_wish_for_another_name_stay_apart(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        ask_correction(work, "Die Nummer stimmt nicht.")
        correct_name(work, "Dora Petersen")
        ask_correction(work, "Das Datum auch nicht.")
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        assert sorted(one.grantable for one in open_cases(work)) == [False, True]


def test_a_restriction_without_further_words_joins_the_open_one(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        assert wish(work, "incorrect", "").id == wish(work, "unlawful", "").id


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_a_request_without_words_or_too_long_is_refused(cast: Cast, clara: UUID, text: str):
    with cast.as_person(clara) as work, pytest.raises(InvalidForm):
        ask_correction(work, text)


def test_a_correction_needs_its_person(cast: Cast, clara: UUID):
    (matter,) = matters(cast, clara)
    with cast.as_visitor() as work, pytest.raises(NotFound):
        restate(work, matter.key, {})


def test_a_job_carries_no_value(cast: Cast, clara: UUID, monkeypatch: pytest.MonkeyPatch):
    with cast.as_job() as work:
        work.new(
            Transfer,
            customer_id=clara,
            to_tenant=cast.salon.id,
            state=TransferState.DELIVERED,
            created_at=work.now,
        )
    carried: list[str] = []
    monkeypatch.setattr(Work, "defer", lambda self, task, **ids: carried.extend(map(str, ids.values())))
    corrects(cast, clara, NUMBER, "T220001294")
    assert carried
    assert not [one for one in carried if "T22000129" in one]
