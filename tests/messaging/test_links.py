"""Secret links open what they were made for, at their tenant, until they are made void."""

import pytest

from smartcx_portal.messaging.links import (
    LinkInvalid,
    booking_of,
    booking_secret,
    confirm_secret,
    confirmable_of,
    invitation_secret,
    read_invitation_secret,
    withdraw_of,
    withdraw_secret,
)
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.privacy import ConsentEvent, ConsentPurpose
from smartcx_portal.models.staff import Invitation, Role
from smartcx_portal.standing.consents import given
from tests.cast import Cast
from tests.messaging.scenes import claras_booking

NO_ID = "019a0000-0000-7000-8000-000000000000"


@pytest.fixture
def booking(cast: Cast) -> Booking:
    scene = claras_booking(cast)
    with cast.as_visitor() as work:
        return work.get(Booking, scene.booking)


def test_the_own_link_opens_the_booking(cast: Cast, booking: Booking):
    with cast.as_visitor(tab="another-tab") as work:
        assert booking_of(work, booking_secret(booking)).id == booking.id


@pytest.mark.promise("P02")
def test_a_link_opens_nothing_at_the_neighbours(cast: Cast, booking: Booking):
    with cast.as_visitor(cast.salon) as work, pytest.raises(LinkInvalid):
        booking_of(work, booking_secret(booking))


def test_a_link_to_manage_confirms_nothing_and_the_other_way_round(cast: Cast, booking: Booking):
    with cast.as_visitor() as work:
        with pytest.raises(LinkInvalid):
            confirmable_of(work, booking_secret(booking))
        with pytest.raises(LinkInvalid):
            booking_of(work, confirm_secret(booking))


def test_a_new_version_makes_old_links_void(cast: Cast, booking: Booking):
    old = booking_secret(booking)
    with cast.as_visitor() as work:
        work.get(Booking, booking.id).link_version = 2
    with cast.as_visitor() as work, pytest.raises(LinkInvalid):
        booking_of(work, old)


@pytest.mark.parametrize("secret", ["", ".", "x.y", "ä", NO_ID, f"{NO_ID}.{'A' * 22}", "a" * 100_000])
def test_what_is_no_secret_opens_nothing(cast: Cast, booking: Booking, secret: str):
    with cast.as_visitor() as work, pytest.raises(LinkInvalid):
        booking_of(work, secret)


def test_a_signature_for_another_booking_opens_nothing(cast: Cast, booking: Booking):
    other = claras_booking_again(cast)
    forged = f"{booking.id}.{booking_secret(other).partition('.')[2]}"
    with cast.as_visitor() as work, pytest.raises(LinkInvalid):
        booking_of(work, forged)


def claras_booking_again(cast: Cast) -> Booking:
    with cast.as_visitor() as work:
        first = work.first(work.select(Booking))
        facts = first.model_dump(exclude={"tenant_id", "id", "code"})
        return work.new(Booking, **facts)


def test_an_invitation_names_its_tenant_and_cannot_be_turned_to_another(cast: Cast):
    with cast.as_staff(cast.anna) as work:
        mail = "ben@example.org"
        row = work.new(Invitation, email=mail, email_key=mail, role=Role.STAFF, created_at=work.now, lapses_at=work.now)
    secret = invitation_secret(row)
    assert read_invitation_secret(secret) == (cast.town.id, row.id)
    with pytest.raises(LinkInvalid):
        read_invitation_secret(secret.replace(str(cast.town.id), str(cast.salon.id)))


@pytest.fixture
def consent(cast: Cast, booking: Booking) -> ConsentEvent:
    with cast.as_visitor() as work:
        event = given(work, booking.customer_id, ConsentPurpose.MAIL)
    assert event is not None
    return event


@pytest.mark.promise("P06")
def test_a_link_to_withdraw_names_the_consent_without_signing_in(cast: Cast, consent: ConsentEvent):
    with cast.as_visitor(tab="another-tab") as work:
        assert withdraw_of(work, withdraw_secret(work, consent)).id == consent.id


@pytest.mark.promise("P02")
def test_a_link_to_withdraw_withdraws_nothing_at_the_neighbours(cast: Cast, consent: ConsentEvent):
    with cast.as_visitor() as work:
        secret = withdraw_secret(work, consent)
    with cast.as_visitor(cast.salon) as work, pytest.raises(LinkInvalid):
        withdraw_of(work, secret)


def test_links_for_other_purposes_withdraw_nothing_and_the_other_way_round(
    cast: Cast, booking: Booking, consent: ConsentEvent
):
    signs = booking_secret(booking).partition(".")[2]
    with cast.as_visitor() as work:
        for secret in (booking_secret(booking), confirm_secret(booking), f"{consent.id}.{signs}"):
            with pytest.raises(LinkInvalid):
                withdraw_of(work, secret)
        with pytest.raises(LinkInvalid):
            booking_of(work, withdraw_secret(work, consent))


@pytest.mark.parametrize("secret", ["", ".", "x.y", "ä", NO_ID, f"{NO_ID}.{'A' * 22}", "a" * 100_000])
def test_what_is_no_secret_withdraws_nothing(cast: Cast, booking: Booking, secret: str):
    with cast.as_visitor() as work, pytest.raises(LinkInvalid):
        withdraw_of(work, secret)


def test_a_link_to_withdraw_is_void_once_its_person_is_erased(cast: Cast, consent: ConsentEvent):
    with cast.as_visitor() as work:
        work.get(ConsentEvent, consent.id).customer_id = None
    with cast.as_visitor() as work, pytest.raises(LinkInvalid):
        withdraw_of(work, withdraw_secret(work, consent))
