"""Clara corrects her data; nobody can hand an appointment to another person that way (promise P04)."""

from typing import Any
from uuid import UUID

import pytest

from smartcx_portal.accounts.codes import Refused
from smartcx_portal.bookings.own_list import own_appointments
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.tokens import number_code
from smartcx_portal.messaging.links import (
    LinkInvalid,
    booking_of,
    booking_secret,
    calendar_of,
    calendar_secret,
    withdraw_of,
    withdraw_secret,
)
from smartcx_portal.messaging.templates import CODE_USE, render
from smartcx_portal.models.booking import Booking, BookingStatus
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import CodeUse, Message, OneTimeCode
from smartcx_portal.models.privacy import ConsentPurpose, PrivacyCase
from smartcx_portal.privacy.rectify import (
    Corrected,
    ask_new_email,
    ask_new_phone,
    confirm_new_address,
    correct_language,
    correct_name,
    is_same_person,
)
from smartcx_portal.standing.consents import given
from tests.cast import Cast
from tests.conftest import SUNDAY
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P04")


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def stored(cast: Cast, clara: UUID, column: str) -> Any:
    with cast.as_job() as work:
        return getattr(work.get(Customer, clara), column)


def code_for(cast: Cast, use: CodeUse) -> str:
    with cast.as_job() as work:
        row = work.first(work.select(OneTimeCode).where(OneTimeCode.use == use))
    return number_code(CODE_USE, row.id)


def test_a_spelling_is_corrected_at_once(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        assert correct_name(work, "  Klara   Lindqvist ").applied
    assert stored(cast, clara, "name") == "Klara Lindqvist"


def test_calendars_see_that_the_name_is_another_one(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        correct_name(work, "Klara Lindqvist")
    with cast.as_job() as work:
        assert work.first(work.select(Booking)).changed_at == SUNDAY


def test_another_person_is_not_put_into_a_coming_appointment(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        answer = correct_name(work, "Dora Petersen")
    assert (answer.applied, stored(cast, clara, "name")) == (False, "Clara Lindqvist")
    with cast.as_job() as work:
        case = work.first(work.select(PrivacyCase))
    assert (case.request, case.status) == ("Dora Petersen", "open")


def test_two_small_steps_do_not_make_a_large_one(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        assert correct_name(work, "Clara Petersen").applied
        assert not correct_name(work, "Dora Petersen").applied


def test_without_a_coming_appointment_any_name_is_taken(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.first(work.select(Booking)).status = BookingStatus.CANCELLED
    with cast.as_person(clara) as work:
        assert correct_name(work, "Dora Petersen").applied


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_name_that_cannot_be_is_refused(cast: Cast, clara: UUID, name: str):
    with cast.as_person(clara) as work, pytest.raises(InvalidForm) as refused:
        correct_name(work, name)
    assert set(refused.value.problems) == {"name"}


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Clara Lindqvist", "Clara Lindquist", True),
        ("Clara Lindqvist", "Clara Berg", True),
        ("Clara Lindqvist", "LINDQVIST, Klara", False),
        ("Clara Müller", "Clara Mueller", True),
        ("Clara Lindqvist", "Dora Petersen", False),
        ("Anna Li", "Ben Wu", False),
    ],
)
def test_likeness_of_names(before: str, after: str, same: bool):
    assert is_same_person(before, after) is same


def test_the_language_holds_for_messages_about_coming_appointments_too(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        assert correct_language(work, "en").applied
    with cast.as_job() as work:
        assert work.first(work.select(Booking)).language == "en"
    assert stored(cast, clara, "language") == "en"


@pytest.mark.parametrize("language", ["", "fr", "DE"])
def test_a_language_in_which_nothing_is_written_is_refused(cast: Cast, clara: UUID, language: str):
    with cast.as_person(clara) as work, pytest.raises(InvalidForm):
        correct_language(work, language)


def test_a_new_number_holds_once_its_code_is_read(cast: Cast, clara: UUID):
    with cast.as_person(clara, fresh=True) as work:
        ask_new_phone(work, "02151 555124")
    assert stored(cast, clara, "phone") is None
    with cast.as_person(clara) as work:
        answer = confirm_new_address(work, "sms", code_for(cast, CodeUse.NEW_PHONE))
    assert isinstance(answer, Corrected)
    assert stored(cast, clara, "phone") == "+492151555124"
    assert stored(cast, clara, "phone_verified_at") is not None


def test_the_old_address_is_told(cast: Cast, clara: UUID):
    with cast.as_person(clara, fresh=True) as work:
        ask_new_email(work, "clara.neu@example.org")
    assert stored(cast, clara, "email") == "clara@example.org"
    with cast.as_person(clara) as work:
        confirm_new_address(work, "email", code_for(cast, CodeUse.NEW_EMAIL))
    assert stored(cast, clara, "email_key") == "clara.neu@example.org"
    with cast.as_job() as work:
        told = work.first(work.select(Message).where(Message.kind == "contact_changed"))
        text = render(work, told).text
    assert (told.to_address, "widerrufen#" in text) == ("clara@example.org", False)


def move_to_another_mailbox(cast: Cast, clara: UUID) -> None:
    with cast.as_person(clara, fresh=True) as work:
        ask_new_email(work, "clara.neu@example.org")
    with cast.as_person(clara) as work:
        confirm_new_address(work, "email", code_for(cast, CodeUse.NEW_EMAIL))


def test_links_in_mails_to_the_old_address_open_nothing_any_more(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        booking = work.first(work.select(Booking))
        manage, calendar = booking_secret(booking), calendar_secret(booking)
        withdraw = withdraw_secret(work, given(work, clara, ConsentPurpose.MAIL))
    move_to_another_mailbox(cast, clara)
    with cast.as_visitor() as work:
        with pytest.raises(LinkInvalid):
            booking_of(work, manage)
        with pytest.raises(LinkInvalid):
            calendar_of(work, calendar)
        with pytest.raises(LinkInvalid):
            withdraw_of(work, withdraw)


def test_the_new_address_is_told_where_the_appointments_are_now(cast: Cast, clara: UUID):
    move_to_another_mailbox(cast, clara)
    with cast.as_job() as work:
        told = work.first(work.select(Message).where(Message.kind == "links_renewed"))
        text = render(work, told).text
    assert told.to_address == "clara.neu@example.org"
    assert "/de/t/buergeramt-musterstadt/meine-daten/termine" in text
    with cast.as_person(clara) as work:
        (line,) = own_appointments(work, coming=True).lines
        assert booking_of(work, line.secret).customer_id == clara


def test_a_first_number_leaves_the_links_in_mails_as_they_are(cast: Cast, clara: UUID):
    with cast.as_person(clara, fresh=True) as work:
        ask_new_phone(work, "02151 555124")
    with cast.as_person(clara) as work:
        confirm_new_address(work, "sms", code_for(cast, CodeUse.NEW_PHONE))
    with cast.as_job() as work:
        assert work.first(work.select(Booking)).link_version == 1
        assert not work.count(work.select(Message).where(Message.kind == "links_renewed"))


def test_a_wrong_code_changes_nothing(cast: Cast, clara: UUID):
    with cast.as_person(clara, fresh=True) as work:
        ask_new_email(work, "clara.neu@example.org")
    wrong = str((int(code_for(cast, CodeUse.NEW_EMAIL)) + 1) % 10**8).zfill(8)
    with cast.as_person(clara) as work:
        assert isinstance(confirm_new_address(work, "email", wrong), Refused)
    assert stored(cast, clara, "email") == "clara@example.org"


def test_a_new_address_needs_a_fresh_proof(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        ask_new_email(work, "clara.neu@example.org")
