"""Anybody may ask, and is not stored for anything else (promises P14, P18)."""

from datetime import timedelta

import pytest

from smartcx_portal.dashboard.enquiries_state import TOPICS
from smartcx_portal.endpoints.contact_form import OFFERED
from smartcx_portal.kit.errors import InvalidForm, NotFound, TooMany
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.messaging.templates import render
from smartcx_portal.models.messaging import Message
from smartcx_portal.models.privacy import AccessRecord, Enquiry
from smartcx_portal.privacy.data_map import everything, person
from smartcx_portal.privacy.disclosures import disclosures
from smartcx_portal.privacy.enquiries import (
    ABOUT,
    ask,
    ask_about,
    close_enquiry,
    delete_enquiry,
    look_at_enquiry,
    open_enquiries,
)
from smartcx_portal.privacy.operator import operator
from smartcx_portal.privacy.own_enquiries import ABOUT as OWN
from smartcx_portal.privacy.own_enquiries import own_questions, question_period
from smartcx_portal.standing.kinds import Kind
from smartcx_portal.standing.sending import may_send
from smartcx_portal.tenancy import VISITOR, Actor, ActorKind, open_work
from tests.cast import CLARA, Cast
from tests.privacy.scenes import TUESDAY, clara_books, open_house

LATER = TUESDAY + timedelta(hours=1)
pytestmark = [pytest.mark.promise("P14"), pytest.mark.promise("P18")]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    forget_all()


def test_a_question_reaches_the_staff(cast: Cast):
    with cast.as_visitor() as work:
        ask(work, "privacy", "Clara", CLARA["email"], "Was ist gespeichert?")
    with cast.as_staff(cast.ben) as work:
        (waiting,) = open_enquiries(work)
        shown = look_at_enquiry(work, waiting.id)
    assert (waiting.topic, shown.text, shown.email) == ("privacy", "Was ist gespeichert?", CLARA["email"])


def test_the_list_shows_a_masked_address_and_no_text(cast: Cast):
    with cast.as_visitor() as work:
        ask(work, "privacy", "Clara", CLARA["email"], "Was ist gespeichert?")
    with cast.as_staff(cast.ben) as work:
        (waiting,) = open_enquiries(work)
    assert (waiting.name, waiting.email) == ("Clara", "c…@example.org")
    assert "gespeichert" not in repr(waiting)


@pytest.mark.promise("P03")
def test_opening_a_question_is_shown_to_whose_address_it_is(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_visitor() as work:
        asked = ask(work, "question", "", CLARA["email"], "Haben Sie samstags auf?")
    with cast.as_staff(cast.ben) as work:
        look_at_enquiry(work, str(asked))
    with cast.as_job() as work:
        (line,) = [one for one in disclosures(work, clara, "en").lines if one.kind == "access_record"]
    assert (line.what, line.why) == ("Your question", "To answer your question")


def test_a_shared_address_tells_of_nobody_that_their_question_was_opened(cast: Cast):
    open_house(cast)
    clara_books(cast)
    clara_books(cast, name="Ben", starts_at=LATER)
    with cast.as_visitor() as work:
        asked = ask(work, "question", "", CLARA["email"], "Haben Sie samstags auf?")
    with cast.as_staff(cast.ben) as work:
        look_at_enquiry(work, str(asked))
        assert work.count(work.select(AccessRecord)) == 0


@pytest.mark.promise("P02")
def test_dora_cannot_open_the_towns_question(cast: Cast):
    with cast.as_visitor() as work:
        asked = ask(work, "question", "", CLARA["email"], "Haben Sie samstags auf?")
    with cast.as_staff(cast.dora, cast.salon) as work, pytest.raises(NotFound):
        look_at_enquiry(work, str(asked))


@pytest.mark.promise("P04")
def test_a_question_of_somebody_who_cannot_sign_in_is_deleted_when_they_ask(cast: Cast):
    with cast.as_visitor() as work:
        asked = ask(work, "question", "Clara", CLARA["email"], "Haben Sie samstags auf?")
    with cast.as_staff(cast.ben) as work:
        delete_enquiry(work, str(asked))
    with cast.as_job() as work:
        assert work.count(work.select(Enquiry)) == 0
        assert not [row for row in work.all(work.select(Message)) if row.enquiry_id]


@pytest.mark.promise("P02")
def test_dora_cannot_delete_the_towns_question(cast: Cast):
    with cast.as_visitor() as work:
        asked = ask(work, "question", "", CLARA["email"], "Haben Sie samstags auf?")
    with cast.as_staff(cast.dora, cast.salon) as work, pytest.raises(NotFound):
        delete_enquiry(work, str(asked))


def test_a_question_to_the_operator_reaches_who_passes_it_on(cast: Cast):
    with cast.as_visitor() as work:
        ask_about(work, "operator", "Clara", CLARA["email"], "Wer betreibt die Server?")
    with cast.as_staff(cast.ben) as work:
        (waiting,) = open_enquiries(work)
        assert (waiting.topic, look_at_enquiry(work, waiting.id).text) == ("operator", "Wer betreibt die Server?")


def test_a_barrier_can_be_reported_without_an_address(cast: Cast):
    with cast.as_visitor() as work:
        asked = ask(work, "barrier", "", "", "Der Kalender ist ohne Maus nicht bedienbar.")
        assert work.get(Enquiry, asked).address_key == ""


def test_who_acts_for_somebody_else_reaches_the_staff_who_check_it_by_hand(cast: Cast):
    with cast.as_visitor() as work:
        ask_about(work, "representative", "Clara", CLARA["email"], "Ich betreue meinen Vater.")
    with cast.as_staff(cast.ben) as work:
        assert [e.topic for e in open_enquiries(work)] == ["representative"]


def test_whatever_may_be_asked_has_words_for_all_who_read_it():
    shown = {"operator" if recipient == "operator" else topic for topic, recipient in ABOUT.values()}
    assert set(OFFERED) == set(ABOUT)
    assert shown <= set(TOPICS) & set(OWN)


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


def posted(cast: Cast) -> list[Message]:
    """What waits in the outbox, oldest first."""
    with cast.as_job() as work:
        return list(work.all(work.select(Message).order_by(Message.id)))


def test_whoever_asks_is_told_that_it_arrived(cast: Cast):
    with cast.as_visitor() as work:
        asked = ask(work, "question", "Clara", CLARA["email"], "Haben Sie samstags auf?")
    (message,) = posted(cast)
    assert (message.kind, message.to_address) == (Kind.ENQUIRY_RECEIVED, CLARA["email"])
    assert (message.enquiry_id, message.customer_id) == (asked, None)


def test_an_address_is_not_flooded_by_questions_of_others(cast: Cast):
    for number in range(5):
        with open_work(VISITOR, cast.town.id, network=f"net-{number}") as work:
            ask(work, "question", "", CLARA["email"], "Haben Sie samstags auf?")
    assert len(posted(cast)) == 3


def test_the_operators_officer_gets_the_question_by_mail_and_no_link_of_hers(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_person(clara) as work:
        ask_about(work, "operator", "Clara", CLARA["email"], "Wer betreibt die Server?")
    message = posted(cast)[-1]
    assert (message.kind, message.to_address) == (Kind.ENQUIRY_PASSED_ON, operator().dpo.email)
    with cast.as_job() as work:
        assert may_send(work, message)
        letter = render(work, message)
    assert "Wer betreibt die Server?" in letter.text
    assert CLARA["email"] in letter.text
    assert "widerrufen" not in letter.text


def test_a_question_that_is_erased_meanwhile_is_not_passed_on(cast: Cast):
    with cast.as_visitor() as work:
        ask_about(work, "operator", "Clara", CLARA["email"], "Wer betreibt die Server?")
    message = posted(cast)[-1]
    message.enquiry_id = None
    with cast.as_job() as work:
        assert not may_send(work, message)


@pytest.mark.parametrize(("email", "as_hers"), [(CLARA["email"], True), ("ben@example.org", False)])
def test_links_of_the_person_go_to_their_own_address_only(cast: Cast, email: str, as_hers: bool):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_person(clara) as work:
        ask(work, "privacy", "Clara", email, "Was ist gespeichert?")
    assert posted(cast)[-1].customer_id == (clara if as_hers else None)


def test_what_a_signed_in_person_asks_is_theirs_whatever_address_they_give(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_person(clara) as work:
        ask(work, "privacy", "Clara", "post@example.org", "Was ist gespeichert?")
        (question,) = own_questions(work).lines
    assert (question.about, question.state) == ("Frage zu Ihren Daten", "wartet auf Antwort")
    assert question.asked == "Sonntag, 22. November 2026"


def test_an_answered_question_says_when(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_visitor() as work:
        asked = ask(work, "question", "Clara", CLARA["email"], "Haben Sie samstags auf?")
    with cast.as_staff(cast.ben) as work:
        close_enquiry(work, str(asked))
    with cast.as_person(clara) as work:
        (question,) = own_questions(work).lines
    assert (question.state, question.closed) == ("beantwortet", "Sonntag, 22. November 2026")


@pytest.mark.promise("P02")
def test_others_questions_are_not_shown(cast: Cast):
    open_house(cast)
    clara, ben = clara_books(cast), clara_books(cast, name="Ben", email="ben@example.org", starts_at=LATER)
    with cast.as_person(clara) as work:
        ask(work, "privacy", "Clara", CLARA["email"], "Was ist gespeichert?")
    with cast.as_person(ben) as work:
        assert own_questions(work).lines == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_whoever_asks_reads_how_long_it_is_kept(cast: Cast, lang: str):
    open_house(cast)
    clara = clara_books(cast)
    with open_work(Actor(ActorKind.PERSON, customer_id=clara), cast.town.id, lang=lang) as work:
        assert question_period(work).startswith("30 ")
