"""Tier T3+: a mailbox and a booking code of one's own making do not open what somebody told about their health."""

from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.accounts.codes import Because, Refused
from smartcx_portal.accounts.person_sign_in import (
    NeedBookingCode,
    SignedIn,
    WrongBookingCode,
    request_code,
    request_step_up,
    sign_in_by_booking,
    step_up,
)
from smartcx_portal.accounts.sessions import begin
from smartcx_portal.bookings.confirming import confirm_by_link
from smartcx_portal.kit.tokens import number_code
from smartcx_portal.messaging.links import booking_secret, confirm_secret
from smartcx_portal.messaging.templates import CODE_USE
from smartcx_portal.models.booking import Answer, Booking
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import CodeUse, OneTimeCode
from smartcx_portal.models.staff import Session, SessionKind
from smartcx_portal.privacy.coming_in import come_in
from smartcx_portal.privacy.retention import keep_periods_of
from tests.bookings.journeys import BY_MAIL, MONDAY_8, visitor
from tests.bookings.journeys import book as book_online
from tests.cast import CLARA, Cast
from tests.conftest import SUNDAY, at
from tests.privacy.scenes import TUESDAY, book, clara_books, open_house

pytestmark = pytest.mark.promise("P03")
LATER = SUNDAY + timedelta(hours=1)
LATEST = SUNDAY + timedelta(hours=2)
DAY = timedelta(days=1)


@pytest.fixture
def clara(cast: Cast) -> UUID:
    """Clara told about her health when she booked."""
    open_house(cast)
    return clara_books(cast)


def code_of(cast: Cast, clara: UUID, number: int = 0) -> str:
    """The booking code of her appointment of this number, in the order in which they were made."""
    with cast.as_job() as work:
        query = work.select(Booking).where(Booking.customer_id == clara).order_by(Booking.created_at)
        return work.all(query)[number].code


def newest_figures(cast: Cast, use: CodeUse = CodeUse.PORTAL) -> str:
    """What whoever reads Clara's mail reads."""
    with cast.as_job() as work:
        query = work.select(OneTimeCode.id).where(OneTimeCode.use == use)
        return number_code(CODE_USE, work.first(query.order_by(OneTimeCode.created_at.desc(), OneTimeCode.id.desc())))


def enter(cast: Cast, booking_code: str) -> SignedIn | NeedBookingCode | Refused:
    """Ask for a code, read it, and come in with this booking code beside."""
    with cast.as_visitor() as work:
        request_code(work, CLARA["email"])
    with cast.as_visitor() as work:
        return come_in(work, newest_figures(cast), booking_code)


def book_in_her_name(cast: Cast, clara: UUID) -> str:
    """Whoever reads Clara's mail books as her and confirms: the code of an appointment that is now hers."""
    done = book_online(cast, BY_MAIL, at=MONDAY_8)
    with cast.as_job() as work:
        secret = confirm_secret(work.get(Booking, UUID(done.booking_id)))
    with visitor(cast.town) as work:
        confirm_by_link(work, secret)
    with cast.as_job() as work:
        made = work.get(Booking, UUID(done.booking_id))
        assert made.customer_id == clara
        return made.code


def test_the_code_of_a_booking_made_afterwards_does_not_sign_in(cast: Cast, clara: UUID):
    with at(LATER):
        young = book_in_her_name(cast, clara)
        assert enter(cast, young) == Refused(Because.WRONG, 4)


def test_nor_does_it_prove_anew_who_is_signed_in(cast: Cast, clara: UUID):
    with at(LATER):
        young = book_in_her_name(cast, clara)
        with cast.as_person(clara) as work:
            request_step_up(work)
        with cast.as_person(clara) as work:
            figures = newest_figures(cast, CodeUse.STEP_UP)
            assert step_up(work, figures, young) == Refused(Because.WRONG, 4)
            assert step_up(work, figures, code_of(cast, clara)) == SignedIn(clara)


def test_clara_comes_in_with_the_code_of_her_first_one(cast: Cast, clara: UUID):
    with at(LATER):
        book_in_her_name(cast, clara)
        assert enter(cast, code_of(cast, clara)) == SignedIn(clara)


def test_a_code_older_than_what_she_told_opens_it_too(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_job() as work:
        first = work.first(work.select(Booking))
        work.delete_where(Answer, Answer.booking_id == first.id)
    tell_again(cast, clara)
    with at(LATER):
        assert enter(cast, code_of(cast, clara)) == SignedIn(clara)


def tell_again(cast: Cast, clara: UUID) -> None:
    """A second appointment, two days after the first, for which she told about her health as well."""
    with at(LATER), cast.as_job() as work:
        second = book(work, cast.town, clara, TUESDAY + 2 * DAY)
        work.new(Answer, booking_id=second.id, field_id=cast.town.special_question, special_value="Rollstuhl")


@pytest.mark.promise("P08")
def test_once_the_first_answers_are_gone_the_next_appointments_code_counts(cast: Cast, clara: UUID):
    tell_again(cast, clara)
    with at(LATEST):
        young = book_in_her_name(cast, clara)
        assert enter(cast, code_of(cast, clara, 1)) == Refused(Because.WRONG, 4)
    with at(TUESDAY + 2 * DAY):
        keep_periods_of(cast.town.id)
        assert enter(cast, young) == Refused(Because.WRONG, 4)
        assert enter(cast, code_of(cast, clara, 1)) == SignedIn(clara)


def test_without_protected_answers_no_booking_code_is_asked_for(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        work.delete_where(Answer, Answer.special_value.is_not(None))
    with at(LATER):
        book_in_her_name(cast, clara)
        assert enter(cast, "") == SignedIn(clara)


def noted_by_the_staff(cast: Cast) -> Booking:
    """Somebody called as Clara: an appointment of a record of its own, with her address, which nobody confirmed."""
    with at(LATER), cast.as_job() as work:
        mail = CLARA["email"]
        caller = work.new(Customer, name=CLARA["name"], email=mail, email_key=mail, created_at=work.now)
        return book(work, cast.town, caller.id, TUESDAY + DAY)


def test_an_appointment_made_on_the_telephone_is_no_way_round(cast: Cast, clara: UUID):
    noted = noted_by_the_staff(cast)
    with at(LATEST):
        assert enter(cast, noted.code) == Refused(Because.USED)
    with at(LATEST + timedelta(minutes=1)):
        assert enter(cast, noted.code) == Refused(Because.WRONG, 4)
        assert enter(cast, code_of(cast, clara)) == SignedIn(clara)
    with cast.as_job() as work:
        assert work.get(Booking, noted.id).customer_id == clara


def test_who_is_signed_in_as_a_record_apart_does_not_become_clara(cast: Cast, clara: UUID):
    noted = noted_by_the_staff(cast)
    with at(LATEST):
        with cast.as_visitor(tab="tab-apart") as work:
            proven = sign_in_by_booking(work, booking_secret(noted), noted.code)
            begin(work, "tab-apart", SessionKind.PERSON, tenant_id=work.tenant, customer_id=proven.customer_id)
        enter(cast, noted.code)
    with cast.as_job() as work:
        assert work.count(work.shared(Session).where(Session.key_hash == "tab-apart")) == 0


def test_link_and_booking_code_open_no_more_than_the_code_beside_a_mail(cast: Cast, clara: UUID):
    with at(LATER):
        young = book_in_her_name(cast, clara)
    with cast.as_job() as work:
        person = work.get(Customer, clara)
        person.email = person.email_key = person.email_verified_at = None
        made = work.first(work.select(Booking).where(Booking.code == young))
    with cast.as_visitor() as work, pytest.raises(WrongBookingCode):
        sign_in_by_booking(work, booking_secret(made), young)
