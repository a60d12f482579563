"""A look at a person's data is written down, for the person and in the trail (Art. 15)."""

from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.bookings.looking import Why, record_export, record_look, record_person_look
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.privacy import AccessRecord
from tests.cast import Cast
from tests.conftest import SUNDAY, at
from tests.privacy.scenes import clara_books, open_house


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def ben_looks(cast: Cast, clara: UUID, what: str = "enquiry", why: str = "enquiry") -> None:
    with cast.as_staff(cast.ben) as work:
        record_person_look(work, clara, what, why)


def looks(cast: Cast) -> list[AccessRecord]:
    with cast.as_job() as work:
        return list(work.all(work.select(AccessRecord)))


def test_a_look_is_written_down_with_who_what_and_why(cast: Cast, clara: UUID) -> None:
    ben_looks(cast, clara)
    assert [(one.customer_id, one.by_identity) for one in looks(cast)] == [(clara, cast.ben)]
    assert [(one.what, one.why) for one in looks(cast)] == [("enquiry", "enquiry")]


def test_a_reload_is_the_same_look(cast: Cast, clara: UUID) -> None:
    ben_looks(cast, clara)
    ben_looks(cast, clara)
    assert len(looks(cast)) == 1


def test_another_thing_is_another_look(cast: Cast, clara: UUID) -> None:
    ben_looks(cast, clara)
    ben_looks(cast, clara, "consent_event", "consents")
    assert len(looks(cast)) == 2


def test_another_reason_is_another_look(cast: Cast, clara: UUID) -> None:
    ben_looks(cast, clara, "enquiry", "enquiry")
    ben_looks(cast, clara, "enquiry", "case")
    assert {one.why for one in looks(cast)} == {"enquiry", "case"}


def test_a_booking_that_is_opened_is_looked_at_for_the_appointment(cast: Cast, clara: UUID) -> None:
    with cast.as_staff(cast.ben) as work:
        record_look(work, work.first(work.select(Booking).where(Booking.customer_id == clara)))
    assert [(one.what, one.why) for one in looks(cast)] == [("booking", "appointment")]


def test_a_file_with_people_is_written_down_with_its_reason(cast: Cast, clara: UUID) -> None:
    with cast.as_staff(cast.anna) as work:
        record_export(work, [clara])
        record_export(work, [clara], Why.BREACH)
    assert sorted((one.what, one.why) for one in looks(cast)) == [("export", "breach"), ("export", "list")]


def test_somebody_else_makes_another_look(cast: Cast, clara: UUID) -> None:
    ben_looks(cast, clara)
    with cast.as_staff(cast.anna) as work:
        record_person_look(work, clara, "enquiry", "enquiry")
    assert len(looks(cast)) == 2


def test_a_later_look_is_another_one(cast: Cast, clara: UUID) -> None:
    ben_looks(cast, clara)
    with at(SUNDAY + timedelta(minutes=11)):
        ben_looks(cast, clara)
    assert len(looks(cast)) == 2


def test_the_trail_says_why_and_not_at_whom(cast: Cast, clara: UUID) -> None:
    ben_looks(cast, clara)
    with cast.as_job() as work:
        entry = work.first(work.select(AuditEntry).where(AuditEntry.action == "person.looked_at"))
    assert (entry.actor_id, entry.object_id) == (cast.ben, None)
    assert entry.detail == {"what": "enquiry", "why": "enquiry"}


def test_a_reason_outside_the_list_is_a_mistake_of_the_program(cast: Cast, clara: UUID) -> None:
    with pytest.raises(ValueError, match="curious"):
        ben_looks(cast, clara, why="curious")
