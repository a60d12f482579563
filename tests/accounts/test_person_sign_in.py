"""People prove themselves by an address they confirmed; nobody learns from it which addresses are known."""

from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from smartcx_portal.accounts.codes import Because, Refused
from smartcx_portal.accounts.person_sign_in import (
    NeedBookingCode,
    NoWayToProve,
    SignedIn,
    UseYourAddress,
    WrongBookingCode,
    request_code,
    request_step_up,
    sign_in,
    sign_in_by_booking,
    step_up,
    without_mailbox,
)
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.tokens import number_code
from smartcx_portal.messaging.channels.mailbox import letters
from smartcx_portal.messaging.links import booking_secret
from smartcx_portal.messaging.templates import CODE_USE
from smartcx_portal.models.booking import Answer, Booking
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, CodeUse, OneTimeCode
from smartcx_portal.models.tenant import BodyKind
from smartcx_portal.privacy.activities import set_up_activities
from smartcx_portal.worker import work_off
from tests.cast import CLARA, Cast
from tests.messaging.conftest import demo  # noqa: F401 - a fixture
from tests.messaging.scenes import Scene, claras_booking, new_clara

STRANGE = "dora@example.org"


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return claras_booking(cast)


def ask(cast: Cast, address: str = CLARA["email"]) -> None:
    with cast.as_visitor() as work:
        request_code(work, address)


def figures(cast: Cast, use: CodeUse = CodeUse.PORTAL) -> str:
    """What the newest code says, as only its receiver can read it."""
    with cast.as_job() as work:
        newest = work.select(OneTimeCode.id).where(OneTimeCode.use == use).order_by(OneTimeCode.lapses_at.desc())
        return number_code(CODE_USE, work.first(newest))


def come_in(cast: Cast, entered: str, booking_code: str = "") -> object:
    with cast.as_visitor() as work:
        return sign_in(work, entered, booking_code)


def second_person(cast: Cast) -> UUID:
    """Another customer who confirmed the same address, with a booking of their own."""
    with cast.as_visitor() as work:
        other = new_clara(work, phone=None, phone_key=None, phone_verified_at=None)
        first = work.first(work.select(Booking))
        facts = first.model_dump(exclude={"tenant_id", "id", "code", "customer_id"})
        work.new(Booking, **facts, customer_id=other.id, code="W3RZ9P")
        return other.id


@pytest.mark.promise("P03")
@pytest.mark.parametrize("address", [CLARA["email"], "Clara@Example.org", CLARA["phone"], "02151 555123"])
def test_clara_signs_in_with_her_address_in_any_spelling(cast: Cast, scene: Scene, address: str):
    ask(cast, address)
    assert come_in(cast, figures(cast)) == SignedIn(scene.customer)


def test_known_and_unknown_addresses_get_the_same_answer_and_the_same_rows(cast: Cast, scene: Scene, engine: Engine):
    def asked(address: str) -> tuple:
        with cast.as_visitor(tab=f"tab {address}") as work:
            answer = request_code(work, address)
        with engine.connect() as connection:
            jobs = connection.execute(sa.text("SELECT count(*) FROM procrastinate_jobs")).scalar()
        with cast.as_job() as work:
            return answer, work.count(work.select(OneTimeCode)), jobs

    known, unknown = asked(CLARA["email"]), asked(STRANGE)
    assert known[0] == unknown[0]
    assert (unknown[1], unknown[2]) == (2 * known[1], 2 * known[2])


@pytest.mark.usefixtures("demo")
def test_an_unknown_mail_address_is_told_that_nothing_is_stored(cast: Cast, scene: Scene):
    ask(cast, STRANGE)
    work_off()
    (letter,) = letters()
    assert (letter["to"], letter["kind"]) == (STRANGE, "nothing_stored")
    assert figures(cast)[:4] not in letter["text"]


@pytest.mark.usefixtures("demo")
def test_an_unknown_number_gets_no_sms(cast: Cast, scene: Scene):
    ask(cast, "+49 2151 555999")
    work_off()
    assert letters() == []


def test_a_guessed_code_for_an_unknown_address_opens_nothing(cast: Cast, scene: Scene):
    ask(cast, STRANGE)
    assert isinstance(come_in(cast, figures(cast)), Refused)


@pytest.mark.usefixtures("demo")
def test_an_address_that_was_only_typed_leads_to_nobody(cast: Cast):
    with cast.as_visitor() as work:
        new_clara(work, email_verified_at=None)
    ask(cast)
    work_off()
    assert [letter["kind"] for letter in letters()] == ["nothing_stored"]


def noted_by_the_staff(cast: Cast, scene: Scene) -> None:
    """Ben wrote Clara's address down on the telephone; she never confirmed it."""
    with cast.as_job() as work:
        clara = work.get(Customer, scene.customer)
        clara.email_verified_at = clara.phone_verified_at = None
        work.get(Booking, scene.booking).booked_at = work.now


@pytest.mark.promise("P03")
@pytest.mark.parametrize("address", [CLARA["email"], CLARA["phone"]])
def test_an_address_that_the_staff_wrote_down_opens_with_the_booking_code(cast: Cast, scene: Scene, address: str):
    noted_by_the_staff(cast, scene)
    ask(cast, address)
    assert come_in(cast, figures(cast)) == NeedBookingCode()
    channel = Channel.EMAIL if "@" in address else Channel.SMS
    assert come_in(cast, figures(cast), "K7QM2X") == SignedIn(scene.customer, confirms=channel)


def test_an_unconfirmed_address_without_the_right_booking_code_opens_nothing(cast: Cast, scene: Scene):
    noted_by_the_staff(cast, scene)
    ask(cast)
    assert come_in(cast, figures(cast), "AAAAAA") == Refused(Because.WRONG, 4)


def test_who_confirmed_an_address_is_not_asked_more_because_somebody_else_typed_it(cast: Cast, scene: Scene):
    with cast.as_visitor() as work:
        typed = new_clara(work, name="Ben", email_verified_at=None, phone=None, phone_key=None)
        facts = work.get(Booking, scene.booking).model_dump(exclude={"tenant_id", "id", "code", "customer_id"})
        work.new(Booking, **facts | {"booked_at": work.now}, customer_id=typed.id, code="W3RZ9P")
    ask(cast)
    assert come_in(cast, figures(cast)) == SignedIn(scene.customer)


@pytest.mark.promise("P02")
@pytest.mark.usefixtures("demo")
def test_one_tenants_portal_knows_nobody_of_the_other(cast: Cast, scene: Scene):
    with cast.as_visitor(cast.salon) as work:
        request_code(work, CLARA["email"])
    work_off()
    assert [letter["kind"] for letter in letters(cast.salon.id)] == ["nothing_stored"]


def test_a_shared_address_asks_for_the_booking_code_and_names_nobody(cast: Cast, scene: Scene):
    other = second_person(cast)
    ask(cast)
    assert come_in(cast, figures(cast)) == NeedBookingCode()
    assert come_in(cast, figures(cast), "w3rz 9p") == SignedIn(other)


def test_a_wrong_booking_code_costs_a_try(cast: Cast, scene: Scene):
    second_person(cast)
    ask(cast)
    assert come_in(cast, figures(cast), "AAAAAA") == Refused(Because.WRONG, 4)


def test_who_changed_the_address_since_is_not_signed_in(cast: Cast, scene: Scene):
    ask(cast)
    with cast.as_job() as work:
        work.get(Customer, scene.customer).email_key = "clara.neu@example.org"
    assert isinstance(come_in(cast, figures(cast)), Refused)


def secret_of(cast: Cast, scene: Scene) -> str:
    with cast.as_job() as work:
        return booking_secret(work.get(Booking, scene.booking))


def without_address(cast: Cast, scene: Scene) -> None:
    with cast.as_job() as work:
        clara = work.get(Customer, scene.customer)
        clara.email = clara.email_key = clara.email_verified_at = None
        clara.phone = clara.phone_key = clara.phone_verified_at = None


def test_who_left_no_address_comes_in_by_link_and_booking_code(cast: Cast, scene: Scene):
    without_address(cast, scene)
    with cast.as_visitor() as work:
        assert sign_in_by_booking(work, secret_of(cast, scene), "k7qm-2x") == SignedIn(scene.customer)


@pytest.mark.parametrize("booking_code", ["", "AAAAAA", "K7QM2"])
def test_the_link_alone_does_not_sign_in(cast: Cast, scene: Scene, booking_code: str):
    without_address(cast, scene)
    with cast.as_visitor() as work, pytest.raises(WrongBookingCode):
        sign_in_by_booking(work, secret_of(cast, scene), booking_code)


def test_who_has_an_address_proves_it_by_that(cast: Cast, scene: Scene):
    with cast.as_visitor() as work, pytest.raises(UseYourAddress):
        sign_in_by_booking(work, secret_of(cast, scene), "K7QM2X")


def test_a_fresh_code_goes_to_the_own_address(cast: Cast, scene: Scene):
    with cast.as_person(scene.customer) as work:
        assert request_step_up(work).sent_to == "c…@example.org"
    with cast.as_person(scene.customer) as work:
        assert step_up(work, figures(cast, CodeUse.STEP_UP)) == SignedIn(scene.customer)


def test_a_visitor_cannot_ask_for_a_fresh_code(cast: Cast, scene: Scene):
    with cast.as_visitor() as work, pytest.raises(NotFound):
        request_step_up(work)


def test_a_sign_in_code_is_no_fresh_proof(cast: Cast, scene: Scene):
    ask(cast)
    with cast.as_person(scene.customer) as work:
        assert step_up(work, figures(cast)) == Refused(Because.NONE)


def test_special_categories_ask_for_the_booking_code_too(cast: Cast, scene: Scene):
    with cast.as_visitor() as work:
        work.new(Answer, booking_id=scene.booking, field_id=cast.town.special_question, special_value="Rollstuhl")
    with cast.as_person(scene.customer) as work:
        request_step_up(work)
    with cast.as_person(scene.customer) as work:
        code = figures(cast, CodeUse.STEP_UP)
        assert step_up(work, code) == NeedBookingCode()
        assert step_up(work, code, "AAAAAA") == Refused(Because.WRONG, 4)
        assert step_up(work, code, "K7QM2X") == SignedIn(scene.customer)


@pytest.mark.usefixtures("demo")
def test_a_lost_mailbox_is_replaced_by_the_telephones_code_and_the_booking_code(cast: Cast, scene: Scene):
    with cast.as_person(scene.customer) as work:
        assert without_mailbox(work) == "phone"
        request_step_up(work, other_way=True)
    work_off()
    assert [letter["to"] for letter in letters()] == [CLARA["phone"]]
    with cast.as_person(scene.customer) as work:
        code = figures(cast, CodeUse.STEP_UP)
        assert step_up(work, code) == NeedBookingCode()
        assert step_up(work, code, "AAAAAA") == Refused(Because.WRONG, 4)
        assert step_up(work, code, "K7QM2X") == SignedIn(scene.customer)


def test_without_a_confirmed_number_a_lost_mailbox_is_the_offices_business(cast: Cast, scene: Scene):
    with cast.as_job() as work:
        work.get(Customer, scene.customer).phone_verified_at = None
    with cast.as_person(scene.customer) as work:
        assert without_mailbox(work) == "office"
        with pytest.raises(NoWayToProve):
            request_step_up(work, other_way=True)


def without_text_messages(cast: Cast) -> None:
    with cast.as_job() as work:
        set_up_activities(work, BodyKind.PUBLIC_OFFICE, sms=False)


@pytest.mark.promise("P22")
@pytest.mark.usefixtures("demo")
def test_no_code_goes_to_a_company_that_the_tenant_switched_off(cast: Cast, scene: Scene):
    without_text_messages(cast)
    ask(cast, CLARA["phone"])
    work_off()
    assert letters() == []


@pytest.mark.usefixtures("demo")
def test_where_text_messages_are_off_a_number_gives_way_to_link_and_booking_code(cast: Cast, scene: Scene):
    without_text_messages(cast)
    with cast.as_job() as work:
        clara = work.get(Customer, scene.customer)
        clara.email = clara.email_key = clara.email_verified_at = None
    with cast.as_visitor() as work:
        assert sign_in_by_booking(work, secret_of(cast, scene), "K7QM2X") == SignedIn(scene.customer)
    with cast.as_person(scene.customer) as work, pytest.raises(NoWayToProve):
        request_step_up(work)


@pytest.mark.usefixtures("demo")
def test_where_text_messages_are_off_no_number_stands_in_for_a_mailbox(cast: Cast, scene: Scene):
    without_text_messages(cast)
    with cast.as_person(scene.customer) as work:
        assert without_mailbox(work) == "office"
