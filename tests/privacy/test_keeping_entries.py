"""What somebody typed into the portal and did not send is there again for a day, for them alone."""

from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.bookings.joining import prove
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel
from smartcx_portal.models.privacy import PortalDraft
from smartcx_portal.privacy.keeping_entries import LIFE, LONGEST, forget, keep, kept
from smartcx_portal.privacy.retention import sweep
from tests.cast import Cast
from tests.conftest import SUNDAY, at
from tests.messaging.scenes import new_clara
from tests.privacy.scenes import clara_books, open_house

REASON = "Der Straßenname ist falsch geschrieben."


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def typed(cast: Cast, clara: UUID, page: str = "restrict", **fields: str) -> None:
    with cast.as_person(clara) as work:
        keep(work, page, fields or {"text": REASON, "wish": "incorrect"})


def there(cast: Cast, clara: UUID, page: str = "restrict") -> dict[str, str]:
    with cast.as_person(clara) as work:
        return kept(work, page)


def test_it_is_there_again_in_another_tab(cast: Cast, clara: UUID):
    typed(cast, clara)
    with cast.as_person(clara, tab="another") as work:
        assert kept(work, "restrict") == {"text": REASON, "wish": "incorrect"}


def test_each_page_keeps_its_own(cast: Cast, clara: UUID):
    typed(cast, clara)
    typed(cast, clara, "correct", name="Clara Lindquist")
    assert there(cast, clara, "correct") == {"name": "Clara Lindquist"}
    assert there(cast, clara)["text"] == REASON


def test_two_forms_of_a_page_do_not_wipe_each_other(cast: Cast, clara: UUID):
    typed(cast, clara, "correct", name="Clara Lindquist")
    typed(cast, clara, "correct", email="clara.neu@example.org")
    assert there(cast, clara, "correct") == {"name": "Clara Lindquist", "email": "clara.neu@example.org"}


def test_what_was_wiped_out_again_is_not_kept(cast: Cast, clara: UUID):
    typed(cast, clara)
    typed(cast, clara, text="", wish="")
    assert there(cast, clara) == {}
    with cast.as_job() as work:
        assert work.count(work.select(PortalDraft)) == 0


def test_what_was_sent_is_forgotten(cast: Cast, clara: UUID):
    typed(cast, clara)
    with cast.as_person(clara) as work:
        forget(work, "restrict")
    assert there(cast, clara) == {}


def test_codes_are_never_kept(cast: Cast, clara: UUID):
    typed(cast, clara, code="12345678", booking_code="K7QM2X", link="secret", text=REASON)
    assert there(cast, clara) == {"text": REASON}


def test_a_text_without_end_is_cut(cast: Cast, clara: UUID):
    typed(cast, clara, text="x" * 2 * LONGEST)
    assert len(there(cast, clara)["text"]) == LONGEST


def test_an_unknown_page_keeps_nothing(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        keep(work, "delete", {"text": REASON})


def test_nobody_else_finds_it(cast: Cast, clara: UUID):
    typed(cast, clara)
    with cast.as_job() as work:
        other = new_clara(work, name="Dora").id
    assert there(cast, other) == {}
    with cast.as_visitor() as work, pytest.raises(NotFound):
        kept(work, "restrict")


@pytest.mark.promise("P07")
def test_after_a_day_it_is_gone(cast: Cast, clara: UUID):
    typed(cast, clara)
    with at(SUNDAY + LIFE + timedelta(minutes=1)):
        assert there(cast, clara) == {}
        with cast.as_job() as work:
            sweep(work)
            assert work.count(work.select(PortalDraft)) == 0


def test_two_records_that_become_one_do_not_quarrel_about_it(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        double = new_clara(work, email_verified_at=None, phone=None, phone_key=None, phone_verified_at=None).id
    typed(cast, clara)
    typed(cast, double, text="Etwas anderes.")
    with cast.as_job() as work:
        assert prove(work, work.get(Customer, double), Channel.EMAIL).id == clara
    assert there(cast, clara)["text"] == REASON
