"""People who work here take a copy of their own data along, in which nobody else stands (Art. 15(3) and (4))."""

import json

import pytest

from smartcx_portal.bookings.looking import record_look
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.booking import Booking
from smartcx_portal.models.staff import Identity, Invitation, Role
from smartcx_portal.privacy.papers import asked_in, make_paper, paper_token
from smartcx_portal.privacy.staff_copy import AS_JSON, AS_PDF, staff_document, staff_sheet
from tests.cast import CLARA, Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P03")


def ben_looks(cast: Cast) -> str:
    """Ben opened Clara's appointment and made an entry in the trail; the number of her row."""
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_staff(cast.ben) as work:
        booking = work.first(work.select(Booking))
        record_look(work, booking)
        work.audit("booking.arrived", booking, customer=str(clara))
        work.new(
            Invitation,
            email="ben@example.org",
            email_key="ben@example.org",
            role=Role.STAFF,
            created_at=work.now,
            lapses_at=work.now,
        )
    return str(clara)


def file_of(cast: Cast, kind: str) -> bytes:
    with cast.as_staff(cast.ben) as work:
        token = paper_token(work, kind)
        return make_paper(work, asked_in(token), token).content


def test_the_copy_holds_what_is_stored_about_ben(cast: Cast):
    ben_looks(cast)
    copy = json.loads(file_of(cast, AS_JSON))
    assert copy["account"]["email"] == "ben@example.org"
    assert copy["controller"]["name"] == "Bürgeramt Musterstadt"
    assert {"membership", "invitation", "access_record", "audit_entry"} <= set(copy["entries"])
    assert "booking.arrived" in {entry["action"] for entry in copy["entries"]["audit_entry"]}


def test_nothing_in_it_leads_to_clara(cast: Cast):
    clara = ben_looks(cast)
    with cast.as_staff(cast.ben) as work:
        booking = work.first(work.select(Booking))
        copy = json.dumps(staff_document(work), ensure_ascii=False)
        sheet = str(staff_sheet(work, "de"))
    for word in (clara, str(booking.id), booking.code, *CLARA.values()):
        assert word not in copy
        assert word not in sheet


def test_what_anna_did_is_not_in_bens_copy(cast: Cast):
    open_house(cast)
    clara_books(cast)
    with cast.as_staff(cast.anna, role=Role.OWNER) as work:
        record_look(work, work.first(work.select(Booking)))
    with cast.as_staff(cast.ben) as work:
        assert set(staff_document(work)["entries"]) == {"membership"}


def test_the_password_stays_out(cast: Cast):
    open_house(cast)
    with cast.as_job() as work:
        work.get(Identity, cast.ben).password_hash = "hash-of-bens-password"
    with cast.as_staff(cast.ben) as work:
        assert "hash-of-bens-password" not in json.dumps(staff_document(work))


def test_the_paper_is_a_pdf_with_the_dates_after_leaving(cast: Cast):
    ben_looks(cast)
    assert file_of(cast, AS_PDF).startswith(b"%PDF-")
    with cast.as_staff(cast.ben) as work:
        sheet = staff_sheet(work, "de")
    parts = {part.heading: part for part in sheet.parts}
    assert any("am Samstag, 20. Februar 2027" in point for point in parts["Nachdem Sie gegangen sind"].points)


@pytest.mark.promise("P02")
def test_elsewhere_there_is_no_copy(cast: Cast):
    with cast.as_staff(cast.ben, cast.salon) as work, pytest.raises(NotFound):
        staff_document(work)
