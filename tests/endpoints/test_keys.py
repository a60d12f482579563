"""Receipts are fetched by links of two minutes, and checked with the key that stands open to everybody."""

from uuid import UUID

import pytest

from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.kit.seals import key_named, public_key, sealed_by
from smartcx_portal.models.privacy import ConsentPurpose
from smartcx_portal.privacy.papers import paper_path, paper_token
from smartcx_portal.privacy.receipt_check import check_receipt
from smartcx_portal.privacy.receipts import KEYS_PATH, PAPER
from smartcx_portal.standing.consents import given
from tests.asgi import Client
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P05")


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def link(cast: Cast, reader: UUID, event: UUID) -> str:
    with cast.as_person(reader) as work:
        return paper_path(paper_token(work, PAPER, str(event)))


def event_of(cast: Cast, clara: UUID) -> UUID:
    with cast.as_person(clara) as work:
        return given(work, clara, ConsentPurpose.MAIL).id


def test_the_public_key_is_there_for_everybody():
    answer = Client(make_outer()).get(KEYS_PATH)
    assert answer.headers["content-type"] == "application/jwk-set+json"
    assert key_named(answer.json(), answer.json()["keys"][0]["kid"]) == public_key()


def test_a_receipt_is_fetched_and_fits_the_published_key(cast: Cast, clara: UUID):
    client = Client(make_outer())
    answer = client.get(link(cast, clara, event_of(cast, clara)))
    key = key_named(client.get(KEYS_PATH).json(), sealed_by(answer.json()["jws"]))
    assert answer.headers["cache-control"] == "no-store"
    assert "einwilligung_2026-11-22_" in answer.headers["content-disposition"]
    assert check_receipt(answer.content, key)["event"]["event_state"] == "consent given"


@pytest.mark.promise("P02")
def test_a_link_asked_for_with_another_persons_event_gives_nothing(cast: Cast, clara: UUID):
    namesake = clara_books(cast)
    answer = Client(make_outer()).get(link(cast, namesake, event_of(cast, clara)))
    assert answer.status_code == 410
    assert "jws" not in answer.text
