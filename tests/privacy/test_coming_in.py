"""Coming in with an address that nobody had confirmed: it is confirmed by that, and two records may become one."""

from smartcx_portal.accounts.person_sign_in import SignedIn, request_code
from smartcx_portal.kit.tokens import number_code
from smartcx_portal.messaging.templates import CODE_USE
from smartcx_portal.models.booking import Answer, Booking
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import OneTimeCode
from smartcx_portal.privacy.coming_in import come_in
from tests.cast import CLARA, Cast
from tests.messaging.scenes import Scene, claras_booking, new_clara


def noted(cast: Cast) -> Scene:
    """Ben wrote Clara's address down on the telephone; her number is none he knows."""
    scene = claras_booking(cast)
    with cast.as_job() as work:
        clara = work.get(Customer, scene.customer)
        clara.email_verified_at = clara.phone_verified_at = clara.phone = clara.phone_key = None
        work.get(Booking, scene.booking).booked_at = work.now
    return scene


def proven(cast: Cast) -> SignedIn:
    """Clara reads the code at her address, and enters it with her booking code."""
    with cast.as_visitor() as work:
        request_code(work, CLARA["email"])
    with cast.as_visitor() as work:
        entered = number_code(CODE_USE, work.first(work.select(OneTimeCode.id)))
        answer = come_in(work, entered, "K7QM-2X")
    assert isinstance(answer, SignedIn)
    return answer


def test_the_address_counts_as_confirmed_from_then_on(cast: Cast):
    scene = noted(cast)
    assert proven(cast).customer_id == scene.customer
    with cast.as_job() as work:
        assert work.get(Customer, scene.customer).email_verified_at == work.now


def test_with_one_who_confirmed_it_before_under_that_name_they_become_one_person(cast: Cast):
    scene = noted(cast)
    with cast.as_job() as work:
        known = new_clara(work, phone=None, phone_key=None, phone_verified_at=None).id
        facts = work.get(Booking, scene.booking).model_dump(exclude={"tenant_id", "id", "code", "customer_id"})
        earlier = work.new(Booking, **facts, customer_id=known, code="W3RZ9P").id
        work.new(Answer, booking_id=earlier, field_id=cast.town.special_question, special_value="Rollstuhl")
    assert proven(cast).customer_id == known
    with cast.as_job() as work:
        assert work.get(Booking, scene.booking).customer_id == known
