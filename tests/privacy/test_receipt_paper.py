"""A receipt on paper says what the signed one says, and how to check it (promises P05, P06)."""

from uuid import UUID

import pytest

from smartcx_portal.kit.errors import NotFound
from smartcx_portal.kit.sheets import Sheet
from smartcx_portal.models.privacy import ConsentEvent, ConsentKind, ConsentPurpose
from smartcx_portal.privacy.papers import asked_in, make_paper, paper_token
from smartcx_portal.privacy.receipt_paper import AS_PDF, own_paper, receipt_sheet
from smartcx_portal.privacy.receipts import KEYS_PATH, receipt
from smartcx_portal.privacy.withdrawing import withdraw_own
from smartcx_portal.standing.consents import given
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P05")


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def sheet_of(cast: Cast, clara: UUID, lang: str, purpose: ConsentPurpose = ConsentPurpose.MAIL) -> Sheet:
    with cast.as_person(clara) as work:
        return receipt_sheet(work, given(work, clara, purpose), lang)


@pytest.mark.parametrize("purpose", [ConsentPurpose.MAIL, ConsentPurpose.HEALTH])
def test_it_says_what_the_signed_receipt_says(cast: Cast, clara: UUID, purpose: ConsentPurpose):
    with cast.as_person(clara) as work:
        event = given(work, clara, purpose)
        signed, said = receipt(work, event), str(receipt_sheet(work, event, "de"))
    (of,) = signed["pii_processing"]["purposes"]
    for word in (of["description"], of["description_sha256"], signed["record_id"], of["withdrawal_method"]["portal"]):
        assert word in said
    for company in of["recipient_third_parties"]:
        assert company["name"] in said
    assert signed["pii_processing"]["privacy_notice"]["url"] in said


@pytest.mark.parametrize("lang", ["de", "en"])
def test_it_says_how_to_check_it(cast: Cast, clara: UUID, lang: str):
    checking = sheet_of(cast, clara, lang).parts[-1]
    assert any("smartcx verify" in point for point in checking.points)
    assert any(point.endswith(KEYS_PATH) for point in checking.points)


def test_a_withdrawal_reads_as_one(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        withdraw_own(work, ConsentPurpose.MAIL)
        event = work.first(work.select(ConsentEvent).where(ConsentEvent.kind == ConsentKind.WITHDRAWN))
        sheet = receipt_sheet(work, event, "en")
    assert sheet.parts[0].paragraphs[0].startswith("You withdrew it on Sunday, 22 November 2026")


def test_clara_fetches_it_by_a_short_link(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        token = paper_token(work, AS_PDF, str(given(work, clara, ConsentPurpose.MAIL).id))
        paper = make_paper(work, asked_in(token), token)
    assert paper.name.startswith("einwilligung_2026-11-22_")
    assert paper.content.startswith(b"%PDF-")


@pytest.mark.promise("P02")
def test_nobody_gets_the_receipt_of_another_person(cast: Cast, clara: UUID):
    namesake = clara_books(cast)
    with cast.as_person(clara) as work:
        event = given(work, clara, ConsentPurpose.MAIL)
    with cast.as_person(namesake) as work, pytest.raises(NotFound):
        own_paper(work, str(event.id), "de")
