"""Erasure on one's own wish: what it says beforehand, what it does, what it leaves (promises P04, P08)."""

from uuid import UUID

import pytest

from smartcx_portal.audit.trail import verify
from smartcx_portal.kit.errors import NotFound
from smartcx_portal.models.audit import AuditEntry
from smartcx_portal.models.booking import Booking, BookingStatus, Cancellation, CancelledBy, Claim
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.messaging import Channel, Message
from smartcx_portal.models.privacy import ConsentEvent, ErasureLedgerEntry, PrivacyCase, Right, Transfer
from smartcx_portal.privacy.erase import erase_own, preview
from smartcx_portal.privacy.ledger import ledger_proof
from smartcx_portal.privacy.rectify import correct_name
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = [pytest.mark.promise("P04"), pytest.mark.promise("P08")]


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def erase(cast: Cast, clara: UUID):
    with cast.as_person(clara, fresh=True) as work:
        return erase_own(work)


def test_it_needs_a_fresh_proof(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        erase_own(work)


def test_the_preview_says_what_goes_what_is_emptied_and_what_stays(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        seen = preview(work)
    assert [line.title for line in seen.goes] == ["Antworten auf Fragen", "Name und Kontakt"]
    assert [line.title for line in seen.emptied] == ["Termine"]
    assert "31. Dezember 2029" in seen.stays[0].note
    assert len(seen.coming) == 1


def test_the_preview_changes_nothing(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        preview(work)
    with cast.as_job() as work:
        assert work.get(Customer, clara).name == "Clara Lindqvist"
        assert work.all(work.select(ErasureLedgerEntry)) == []


def test_a_coming_appointment_is_called_off_and_its_time_is_free(cast: Cast, clara: UUID):
    assert erase(cast, clara).cancelled == 1
    with cast.as_job() as work:
        booking = work.first(work.select(Booking))
        assert (booking.status, booking.customer_id, booking.code) == (BookingStatus.CANCELLED, None, None)
        assert work.first(work.select(Cancellation)).by is CancelledBy.ERASURE
        assert work.count(work.select(Claim)) == 0


def test_the_ledger_finds_the_person_again_and_names_nobody(cast: Cast, clara: UUID):
    erase(cast, clara)
    with cast.as_job() as work:
        entry = work.first(work.select(ErasureLedgerEntry))
        assert entry.proof == ledger_proof(work.tenant, clara)
    assert entry.groups["customer"] == 1


def test_a_consent_leaves_a_proof_that_names_nobody(cast: Cast, clara: UUID):
    erase(cast, clara)
    with cast.as_job() as work:
        events = work.all(work.select(ConsentEvent))
    assert {(e.customer_id, e.booking_id, len(e.proof)) for e in events} == {(None, None, 64)}


def test_the_trail_notes_it_without_values(cast: Cast, clara: UUID):
    erase(cast, clara)
    with cast.as_job() as work:
        entry = work.first(work.select(AuditEntry).where(AuditEntry.action == "person.erased"))
        assert entry.detail["groups"]["answer"] == 2
        assert "Clara" not in str(entry.detail)
        assert verify(work.db, work.tenant).sound


def test_a_case_records_the_wish_and_older_ones_are_closed(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        correct_name(work, "Dora Petersen")
    erase(cast, clara)
    with cast.as_job() as work:
        cases = {c.right: (c.status, c.request, c.customer_id) for c in work.all(work.select(PrivacyCase))}
    assert cases == {Right.RECTIFICATION: ("done", None, None), Right.ERASURE: ("done", None, None)}


def test_the_certificate_says_what_providers_still_do(cast: Cast, clara: UUID):
    with cast.as_job() as work:
        sent = {"kind": "booking_booked", "channel": Channel.EMAIL, "language": "de", "created_at": work.now}
        work.new(Message, customer_id=clara, tried_at=work.now, **sent)
    notes = [line.note for line in erase(cast, clara).providers]
    assert "löscht der Anbieter nach 30 Tagen" in notes


def test_a_provider_that_never_wrote_to_the_person_is_not_named(cast: Cast, clara: UUID):
    notes = [line.note for line in erase(cast, clara).providers]
    assert notes == ["löscht der Hoster nach 8 Wochen; ohne Bezug zu Ihrem Namen"]


def test_only_who_handed_data_over_reads_that_it_stays_there(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        before = [line.note for line in preview(work).outside]
    with cast.as_job() as work:
        work.new(Transfer, customer_id=clara, to_tenant=cast.salon.id, created_at=work.now)
    with cast.as_person(clara) as work:
        more = {line.note for line in preview(work).outside} - set(before)
    assert more == {
        "bleibt dort, weil Sie es dort haben wollten; dieser Anbieter erfährt, dass Sie es hier löschen ließen"
    }


def test_a_neighbour_with_the_same_address_is_untouched(cast: Cast, clara: UUID):
    open_house(cast, cast.salon)
    there = clara_books(cast, house=cast.salon)
    erase(cast, clara)
    with cast.as_job(cast.salon) as work:
        assert work.get(Customer, there).email == "clara@example.org"
