"""What telling a person everything costs follows from their own rows, and few questions bring them (promise P03)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from smartcx_portal.kit.engine import app_engine
from smartcx_portal.models.booking import Answer, BookingPart
from smartcx_portal.privacy.package_contents import package_files
from smartcx_portal.privacy.reading import Reading
from smartcx_portal.privacy.subject import PORTABILITY, subject_document
from smartcx_portal.tenancy import Work
from tests.cast import Cast
from tests.privacy.scenes import TUESDAY, book, clara_books, open_house

pytestmark = pytest.mark.promise("P03")
Deed = Callable[[Work, UUID], Any]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_: Any, __: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    sa.event.listen(app_engine(), "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(app_engine(), "before_cursor_execute", note)


def statements(cast: Cast, clara: UUID, deed: Deed) -> int:
    with cast.as_person(clara) as work, counted() as sent:
        deed(work, clara)
    return len(sent)


@pytest.mark.parametrize(
    "deed",
    [subject_document, lambda work, clara: package_files(Reading.of(work, clara))],
    ids=["document", "package"],
)
def test_more_appointments_bring_no_more_questions_to_the_database(cast: Cast, deed: Deed):
    open_house(cast)
    clara = clara_books(cast)
    few = statements(cast, clara, deed)
    with cast.as_job() as work:
        for number in range(1, 8):
            booking = book(work, cast.town, clara, TUESDAY + timedelta(hours=number))
            work.new(BookingPart, booking_id=booking.id, service_id=cast.town.service, quantity=2)
            work.new(Answer, booking_id=booking.id, field_id=cast.town.question, value="T220001293")
    assert statements(cast, clara, deed) <= few + 1  # the first part asks for its service


def test_a_combined_visit_is_told_with_all_its_services(cast: Cast):
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_job() as work:
        booking = book(work, cast.town, clara, TUESDAY + timedelta(hours=1))
        work.new(BookingPart, booking_id=booking.id, service_id=cast.town.service, quantity=2)
    with cast.as_person(clara) as work:
        reading = Reading.of(work, clara)
        told = sorted(reading.visits.of(one).what for one in reading.rows("booking"))
    assert told == ["2 × Personalausweis beantragen", "Personalausweis beantragen"]


def test_what_may_be_taken_along_is_part_of_what_is_stored(cast: Cast):
    open_house(cast, cast.salon)
    clara = clara_books(cast, house=cast.salon)
    with cast.as_person(clara, cast.salon) as work:
        everything, portable = subject_document(work, clara), subject_document(work, clara, PORTABILITY)
    whole = {record["id"]: record["fields"] for record in everything["records"]}
    assert portable["records"]
    assert all(
        fields.items() <= whole[record["id"]].items() for record in portable["records"] for fields in [record["fields"]]
    )
