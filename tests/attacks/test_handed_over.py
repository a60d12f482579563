"""What comes from another provider proves no more than what was proven there."""

from uuid import UUID

import pytest

from smartcx_portal.models.customer import Customer
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy.handing_over import hand_over
from smartcx_portal.privacy.receiving import import_data, waiting_data
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
