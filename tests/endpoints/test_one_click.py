"""P06: a mail program withdraws the consent that a mail rests on by one POST; what only looks changes nothing."""

from uuid import UUID

import pytest

from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.messaging.links import one_click_url, withdraw_secret
from smartcx_portal.models.customer import Customer
from smartcx_portal.models.privacy import ConsentEvent, ConsentPurpose
from smartcx_portal.privacy.erase import erase_person
from smartcx_portal.settings import settings
from smartcx_portal.standing.consents import events, given, holds
from tests.asgi import Client
from tests.cast import Cast
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P06")
MAIL = ConsentPurpose.MAIL
PRESS = {"List-Unsubscribe": "One-Click"}
"""What RFC 8058 lets a mail program send."""


@pytest.fixture
def clara(cast: Cast) -> UUID:
    forget_all()
    open_house(cast)
    return clara_books(cast)


@pytest.fixture
def event(cast: Cast, clara: UUID) -> ConsentEvent:
    with cast.as_job() as work:
        found = given(work, clara, MAIL)
    assert found is not None
    return found


@pytest.fixture
def path(cast: Cast, event: ConsentEvent) -> str:
    with cast.as_job() as work:
        return one_click_url(work, event).removeprefix(settings().base_url)


@pytest.fixture
def secret(cast: Cast, event: ConsentEvent) -> str:
    """Of the page that the path leads to."""
    with cast.as_job() as work:
        return withdraw_secret(work, event)


@pytest.fixture
def program() -> Client:
    return Client(make_outer())


def stands(cast: Cast, clara: UUID) -> bool:
    with cast.as_job() as work:
        return holds(work, clara, MAIL)


def test_one_post_withdraws(cast: Cast, clara: UUID, program: Client, path: str):
    answer = program.post(path, data=PRESS)
    assert (answer.status_code, answer.text) == (200, "")
    with cast.as_job() as work:
        assert not holds(work, clara, MAIL)
        assert events(work, clara)[-1].channel == "link"


def test_a_second_post_is_as_good_as_one(cast: Cast, clara: UUID, program: Client, path: str):
    assert [program.post(path, data=PRESS).status_code for _ in range(2)] == [200, 200]
    with cast.as_job() as work:
        assert [one.kind.value for one in events(work, clara) if one.purpose is MAIL] == ["given", "withdrawn"]


def test_the_press_may_come_as_multipart(cast: Cast, clara: UUID, program: Client, path: str):
    assert program.post(path, files={"List-Unsubscribe": (None, "One-Click")}).status_code == 200
    assert not stands(cast, clara)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data": {"List-Unsubscribe": "one-click"}},
        {"data": {"list-unsubscribe": "One-Click"}},
        {"data": PRESS | {"more": "1"}},
        {"data": {"List-Unsubscribe": ["One-Click", "One-Click"]}},
        {"json": PRESS},
        {"content": b"List-Unsubscribe=One-Click"},
        {"files": {"List-Unsubscribe": ("a.txt", "One-Click")}},
        {"content": b"--", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
        {"content": b"--", "headers": {"Content-Type": "multipart/form-data"}},
    ],
)
def test_a_post_that_is_no_press_changes_nothing(cast: Cast, clara: UUID, program: Client, path: str, body: dict):
    assert program.post(path, **body).status_code == 400
    assert stands(cast, clara)


def test_what_opens_the_link_is_led_to_the_page_and_changes_nothing(
    cast: Cast, clara: UUID, program: Client, path: str, secret: str
):
    answer = program.get(path)
    page = f"{settings().base_url}/de/t/buergeramt-musterstadt/widerrufen#{secret}"
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    assert stands(cast, clara)


@pytest.mark.parametrize("secret", ["x", "a.b.c", "..", "a" * 2000])
def test_an_invented_one_withdraws_nothing(program: Client, secret: str):
    address = f"/callbacks/withdraw/{secret}"
    assert program.get(address).status_code == 404
    assert program.post(address, data=PRESS).status_code in (404, 405, 410)


def test_the_secret_of_the_page_opens_nothing_here(cast: Cast, clara: UUID, program: Client, path: str, secret: str):
    mark = secret.rpartition(".")[2]
    assert program.post(f"{path.rpartition('.')[0]}.{mark}", data=PRESS).status_code == 410
    assert stands(cast, clara)


@pytest.mark.promise("P02")
def test_it_cannot_be_turned_to_a_neighbour(cast: Cast, clara: UUID, program: Client, path: str):
    assert program.post(path.replace(str(cast.town.id), str(cast.salon.id)), data=PRESS).status_code == 410
    assert stands(cast, clara)


def test_once_the_person_is_erased_it_opens_nothing(cast: Cast, clara: UUID, program: Client, path: str):
    with cast.as_job() as work:
        erase_person(work, clara, asked=True)
    assert (program.get(path).status_code, program.post(path, data=PRESS).status_code) == (404, 410)


def test_a_mail_to_an_earlier_address_stops_nothing(cast: Cast, clara: UUID, program: Client, path: str):
    with cast.as_job() as work:
        work.get(Customer, clara).email_key = "clara.neu@example.org"
    assert (program.get(path).status_code, program.post(path, data=PRESS).status_code) == (404, 410)
    assert stands(cast, clara)
