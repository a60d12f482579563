"""An address counts as proven only for who really read what was sent to it, and opens only their own data."""

from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.accounts.codes import redeem, send_code
from smartcx_portal.accounts.person_sign_in import NeedBookingCode, SignedIn, request_code, sign_in
from smartcx_portal.bookings.confirming import confirm_after_code, confirm_by_link, correct_address
from smartcx_portal.bookings.drafts import save_entered
from smartcx_portal.bookings.refusals import CodeMissing, TooManyPending
from smartcx_portal.kit.tokens import number_code
from smartcx_portal.messaging.links import confirm_secret
from smartcx_portal.messaging.templates import CODE_USE
from smartcx_portal.models.booking import Answer, Booking, Draft
from smartcx_portal.models.messaging import Channel, CodeUse, Message, MessageStatus, OneTimeCode
from smartcx_portal.privacy.access import person_view
from smartcx_portal.privacy.erase import erase_own
from smartcx_portal.worker import work_off
from tests.bookings.conftest import sms  # noqa: F401 - a fixture
from tests.bookings.journeys import BY_MAIL, BY_SMS, MONDAY_8, MONDAY_9, TUESDAY_8, book, booking_row, visitor
from tests.cast import CLARA, Cast
from tests.messaging.conftest import demo  # noqa: F401 - a fixture
from tests.privacy.scenes import clara_books, open_house

FOREIGN = "dora@example.org"


def confirm(cast: Cast, booking_id: str) -> UUID:
    """What the receiver of the mail does; the customer's id afterwards."""
    with visitor(cast.town, "tab-of-the-mail") as work:
        confirm_by_link(work, confirm_secret(work.get(Booking, UUID(booking_id))))
    return booking_row(cast, booking_id).customer_id


def portal_code(cast: Cast, address: str = CLARA["email"]) -> str:
    """Ask for a code in Clara's tab and read it at the address."""
    with cast.as_visitor() as work:
        request_code(work, address)
    with cast.as_job() as work:
        newest = work.select(OneTimeCode.id).order_by(OneTimeCode.id.desc())
        return number_code(CODE_USE, work.first(newest))


def test_a_mail_that_waits_does_not_carry_the_next_addresses_link(cast: Cast, demo):  # noqa: F811
    book(cast, BY_MAIL)
    with visitor(cast.town) as work:
        correct_address(work, FOREIGN)
    work_off()
    with cast.as_job() as work:
        first, second = work.all(work.select(Message).order_by(Message.id))
    assert (first.status, second.status) == (MessageStatus.SUPPRESSED, MessageStatus.SENT)


def test_a_code_that_commits_after_the_correction_proves_nothing(cast: Cast, sms):  # noqa: F811
    done = book(cast, BY_SMS)
    with visitor(cast.town) as work:
        correct_address(work, "0151 23456789")
    with visitor(cast.town) as work:
        ids = {"customer_id": UUID(done.customer_id), "booking_id": UUID(done.booking_id)}
        sent = send_code(work, CodeUse.BOOKING, Channel.SMS, CLARA["phone"], **ids)
        redeem(work, CodeUse.BOOKING, number_code(CODE_USE, sent.id))
    with pytest.raises(CodeMissing), visitor(cast.town) as work:
        confirm_after_code(work, done.booking_id)


def test_a_correction_is_no_way_round_the_limit_of_an_address(cast: Cast):
    foreign = BY_MAIL | {"email": FOREIGN}
    for number, at in enumerate((MONDAY_8, MONDAY_9, TUESDAY_8)):
        book(cast, foreign, at=at, tab=f"tab-{number}", network=f"net-{number}")
    book(cast, BY_MAIL, at=TUESDAY_8 + timedelta(hours=1), network="net-9")
    with pytest.raises(TooManyPending), visitor(cast.town) as work:
        correct_address(work, FOREIGN)


def test_at_a_shared_address_anothers_name_does_not_open_anothers_data(cast: Cast):
    clara = confirm(cast, book(cast, BY_MAIL).booking_id)
    of_house = BY_MAIL | {"name": "Dora"}
    confirm(cast, book(cast, of_house, at=MONDAY_9, tab="tab-2", network="net-2").booking_id)
    posing = book(cast, BY_MAIL, at=TUESDAY_8, tab="tab-3", network="net-3").booking_id
    confirm(cast, posing)
    with cast.as_visitor() as work:
        code = booking_row(cast, posing).code
    entered = portal_code(cast)
    with cast.as_visitor() as work:
        answer = sign_in(work, entered, code)
    assert isinstance(answer, SignedIn)
    assert answer.customer_id != clara


def test_special_categories_open_only_with_the_booking_code(cast: Cast):
    done = book(cast, BY_MAIL)
    clara = confirm(cast, done.booking_id)
    with cast.as_job() as work:
        work.new(
            Answer, booking_id=UUID(done.booking_id), field_id=cast.town.special_question, special_value="Rollstuhl"
        )
    entered = portal_code(cast)
    with cast.as_visitor() as work:
        assert isinstance(sign_in(work, entered), NeedBookingCode)
    with cast.as_visitor() as work:
        assert sign_in(work, entered, booking_row(cast, done.booking_id).code) == SignedIn(clara)


@pytest.fixture
def strangers_tab(cast: Cast) -> UUID:
    """Clara, known here; and somebody else who typed into their own tab and asked for a code with her address."""
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_visitor(tab="tab-of-dora") as work:
        save_entered(work, {"name": "Dora", "phone": "0151 23456789"})
    with cast.as_visitor(tab="tab-of-dora") as work:
        request_code(work, CLARA["email"])
    return clara


def test_who_asks_for_a_code_does_not_show_their_draft_to_the_addresss_owner(cast: Cast, strangers_tab: UUID):
    with cast.as_person(strangers_tab) as work:
        assert "draft" not in [group.id for group in person_view(work, "de").groups]


def test_who_asks_for_a_code_does_not_lose_their_draft_by_the_owners_erasure(cast: Cast, strangers_tab: UUID):
    with cast.as_person(strangers_tab, fresh=True) as work:
        erase_own(work)
    with cast.as_job() as work:
        assert work.count(work.select(Draft).where(Draft.key_hash == "tab-of-dora")) == 1
