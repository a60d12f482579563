"""Art. 7(1): the tenant can show who consented when to which text, and sees figures of everybody else."""

from uuid import UUID

import pytest

from smartcx_portal.kit.errors import InvalidForm, NotFound, NotPermitted
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import AccessRecord, ConsentEvent, NoticeVersion
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy.consent_papers import proof_paper, proof_sheet
from smartcx_portal.privacy.consents import give_own
from smartcx_portal.privacy.consents_overview import find_people, overview, proof
from smartcx_portal.privacy.data_map import everything, person
from smartcx_portal.privacy.destroying import destroy_person
from smartcx_portal.privacy.withdrawing import withdraw_own
from tests.cast import CLARA, Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P05")


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def as_anna(cast: Cast):
    return cast.as_staff(cast.anna, role=Role.OWNER)


def erase(cast: Cast, customer_id: UUID) -> None:
    with cast.as_job() as work:
        found = everything(work, person(work, customer_id))
        destroy_person(work, found, work.get(Customer, customer_id))


def test_people_are_counted_by_their_last_word(cast: Cast, clara: UUID):
    clara_books(cast, name="Ben Lindqvist", email="ben.l@example.org")
    with cast.as_person(clara) as work:
        withdraw_own(work, "mail")
        give_own(work, "mail")
        withdraw_own(work, "health")
    with as_anna(cast) as work:
        lines = {line.purpose: (line.given, line.withdrawn) for line in overview(work)}
    assert lines == {"mail": (2, 0), "sms": (0, 0), "sms_transfer": (0, 0), "health": (1, 1), "tracking": (0, 0)}


def test_the_words_that_were_read_are_listed_with_their_first_and_last_day(cast: Cast, clara: UUID):
    with as_anna(cast) as work:
        (version,) = overview(work)[0].texts
        event = work.first(work.select(ConsentEvent).where(ConsentEvent.purpose == "mail"))
    assert (version.text, version.version, version.times) == (event.text, event.text_version[:12], 1)
    assert version.since == version.last == "Sonntag, 22. November 2026"


def test_the_proof_says_who_when_which_text_and_under_which_notice(cast: Cast, clara: UUID):
    with as_anna(cast) as work:
        (found,) = find_people(work, "  CLARA@example.org ")
        shown = proof(work, found.ref)
        notice = work.first(work.select(NoticeVersion))
    assert (shown.name, len(shown.lines), shown.more) == (CLARA["name"], 2, False)
    mail = next(line for line in shown.lines if line.title == "Nachrichten per E-Mail")
    assert (mail.given, mail.at, mail.where) == (True, "Sonntag, 22. November 2026, 10:00 Uhr", "bei der Buchung")
    assert (mail.notice, mail.notice_number) == (str(notice.id), "1")
    assert "Mailjet" in next(text.text for text in shown.texts if text.version == mail.version)


def test_whoever_is_found_is_masked_until_the_proof_is_opened(cast: Cast, clara: UUID):
    with as_anna(cast) as work:
        (found,) = find_people(work, CLARA["email"])
        assert work.count(work.select(AccessRecord)) == 0
    assert found.address == "c…@example.org"


@pytest.mark.promise("P03")
def test_opening_the_proof_is_written_down_for_the_person(cast: Cast, clara: UUID):
    with as_anna(cast) as work:
        proof(work, str(clara))
        (look,) = work.all(work.select(AccessRecord))
    assert (look.customer_id, look.by_identity, look.what) == (clara, cast.anna, "consent_event")


def test_a_booking_code_leads_to_its_person(cast: Cast, clara: UUID):
    with as_anna(cast) as work:
        code = work.first(work.select(Booking.code)).lower().replace("-", " ")
        assert [one.ref for one in find_people(work, code)] == [str(clara)]


@pytest.mark.parametrize("words", ["Clara", "Lindqvist", "example.org", "clara@", "0000-0000", "%", "' OR 1=1"])
def test_nobody_is_found_by_a_name_or_a_part(cast: Cast, clara: UUID, words: str):
    with as_anna(cast) as work:
        assert find_people(work, words) == []


@pytest.mark.parametrize("words", ["", "   ", "x" * 400])
def test_what_can_be_no_address_is_refused_in_words(cast: Cast, clara: UUID, words: str):
    with as_anna(cast) as work, pytest.raises(InvalidForm):
        find_people(work, words)


@pytest.mark.promise("P04")
def test_after_an_erasure_the_address_leads_to_what_proves_the_consent_and_to_no_name(cast: Cast, clara: UUID):
    erase(cast, clara)
    with as_anna(cast) as work:
        (found,) = find_people(work, CLARA["email"])
        shown = proof(work, found.ref)
        assert all(line.given == 0 for line in overview(work))
        assert work.count(work.select(AccessRecord)) == 0
    assert (shown.name, len(shown.lines)) == ("Eine Person, deren Daten gelöscht sind", 2)
    assert CLARA["name"] not in repr(shown)


@pytest.mark.promise("P02")
def test_the_neighbour_finds_nobody_and_opens_nothing(cast: Cast, clara: UUID):
    with as_anna(cast) as work:
        (found,) = find_people(work, CLARA["email"])
    with cast.as_staff(cast.dora, cast.salon, role=Role.OWNER) as work:
        assert find_people(work, CLARA["email"]) == []
        with pytest.raises(NotFound):
            proof(work, found.ref)


def test_the_proof_of_somebody_erased_is_not_the_neighbours_either(cast: Cast, clara: UUID):
    erase(cast, clara)
    with as_anna(cast) as work:
        (found,) = find_people(work, CLARA["email"])
    with cast.as_staff(cast.dora, cast.salon, role=Role.OWNER) as work:
        assert find_people(work, CLARA["email"]) == []
        with pytest.raises(NotFound):
            proof(work, found.ref)


def test_only_who_answers_for_privacy_may_look(cast: Cast, clara: UUID):
    with cast.as_staff(cast.ben) as work:
        for look in (lambda: overview(work), lambda: find_people(work, "x"), lambda: proof(work, str(clara))):
            with pytest.raises(NotPermitted):
                look()


def test_the_proof_is_a_file_too_with_the_texts_in_it(cast: Cast, clara: UUID):
    with as_anna(cast) as work:
        sheet = proof_sheet(work, proof(work, str(clara)), "de")
        name, media, content = proof_paper(work, str(clara), "de")
    events, _, *texts = sheet.parts
    assert (events.heading, len(events.grids[0].rows)) == (CLARA["name"], 2)
    assert "Mailjet" in " ".join(text.paragraphs[0] for text in texts)
    assert (name, media, content[:5]) == ("einwilligungen.pdf", "application/pdf", b"%PDF-")
