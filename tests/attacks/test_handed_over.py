"""What comes from another provider proves no more than what was proven there."""

from uuid import UUID

import pytest

from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import ReceivedData, RecipientNotice, Told
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy import transferring
from smartcx_portal.privacy.erase import erase_own
from smartcx_portal.privacy.handing_over import hand_over
from smartcx_portal.privacy.receiving import import_data, waiting_data
from smartcx_portal.privacy.telling_receivers import ERASED_AT
from smartcx_portal.worker import work_off
from tests.cast import CLARA, Cast
from tests.privacy.scenes import clara_books, open_house

TYPED, PROVEN = "+4915123456789", "+492151555123"


@pytest.fixture
def handed(cast: Cast) -> UUID:
    """Clara, known at the salon by her address and with a number that nobody proved; at the town she proved another."""
    open_house(cast)
    open_house(cast, cast.salon)
    known, clara = clara_books(cast, house=cast.salon), clara_books(cast)
    with cast.as_job(cast.salon) as work:
        row = work.get(Customer, known)
        row.phone = row.phone_key = TYPED
    with cast.as_job() as work:
        row = work.get(Customer, clara)
        row.phone, row.phone_key, row.phone_verified_at = CLARA["phone"], PROVEN, work.now
    with cast.as_person(clara, fresh=True) as work:
        hand_over(work, cast.salon.slug)
    work_off()
    return known


def test_a_number_that_was_only_typed_is_not_proven_by_another_ones_proof(cast: Cast, handed: UUID):
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        assert import_data(work, waiting_data(work)[0].id) == handed
    with cast.as_job(cast.salon) as work:
        row = work.get(Customer, handed)
        assert (row.phone_key, row.phone_verified_at) == (TYPED, None)


def test_who_is_erased_while_their_data_is_on_its_way_is_said_to_be_erased(cast: Cast, monkeypatch):
    open_house(cast)
    open_house(cast, cast.salon)
    clara, lay_down = clara_books(cast), transferring._receive

    def erase_first(*what: object) -> str:
        with cast.as_person(clara, fresh=True) as work:
            erase_own(work)
        return lay_down(*what)

    monkeypatch.setattr(transferring, "_receive", erase_first)
    with cast.as_person(clara, fresh=True) as work:
        hand_over(work, cast.salon.slug)
    work_off()
    with cast.as_job(cast.salon) as work:
        assert ERASED_AT in work.first(work.select(ReceivedData)).document
    with cast.as_job() as work:
        assert work.all(work.select(RecipientNotice.state)) == [Told.INFORMED]


def test_who_is_erased_before_anything_left_is_handed_to_nobody(cast: Cast):
    open_house(cast)
    open_house(cast, cast.salon)
    clara = clara_books(cast)
    with cast.as_person(clara, fresh=True) as work:
        hand_over(work, cast.salon.slug)
    with cast.as_person(clara, fresh=True) as work:
        erase_own(work)
    work_off()
    with cast.as_job(cast.salon) as work:
        assert work.count(work.select(ReceivedData)) == 0
    with cast.as_job() as work:
        assert work.all(work.select(RecipientNotice.state)) == [Told.NOTHING]
