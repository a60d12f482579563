"""Packages are fetched by links that live two minutes (Art. 15, 20)."""

from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.privacy.export import download_token, make_package
from tests.asgi import Client
from tests.cast import Cast
from tests.conftest import SUNDAY, at
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P13")


@pytest.fixture
def clara(cast: Cast) -> UUID:
    open_house(cast)
    return clara_books(cast)


def link(cast: Cast, clara: UUID) -> str:
    with cast.as_person(clara) as work:
        return f"/downloads/{download_token(work, make_package(work).id)}"


def test_a_fresh_link_gives_the_file(cast: Cast, clara: UUID) -> None:
    answer = Client(make_outer()).get(link(cast, clara))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith('attachment; filename="auskunft_')
    assert answer.content.startswith(b"PK")


def test_an_old_link_says_what_to_do(cast: Cast, clara: UUID) -> None:
    address = link(cast, clara)
    with at(SUNDAY + timedelta(minutes=3)):
        answer = Client(make_outer()).get(address, headers={"Accept-Language": "de"})
    assert answer.status_code == 410
    assert "Dieser Link gilt nicht mehr" in answer.text


def test_a_forged_link_opens_nothing(cast: Cast, clara: UUID) -> None:
    address = link(cast, clara)
    assert Client(make_outer()).get(address[:-1] + ("0" if address[-1] != "0" else "1")).status_code == 410
