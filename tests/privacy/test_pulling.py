"""A link for any other provider: looked at as often as one likes, fetched once (promise P13)."""

import io
import zipfile
from datetime import timedelta
from uuid import UUID

import pytest

from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.privacy.export import MOST_KEPT, make_package, own_packages
from smartcx_portal.privacy.pulling import LIFE, PullOver, make_pull_link, own_pull_links, pull, tenant_of
from smartcx_portal.privacy.retention import keep_periods_of
from tests.asgi import Client
from tests.cast import Cast
from tests.conftest import SUNDAY, at
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P13")


@pytest.fixture
def clara(cast: Cast) -> UUID:
    forget_all()
    open_house(cast)
    return clara_books(cast)


@pytest.fixture
def browser() -> Client:
    return Client(make_outer())


def made(cast: Cast, clara: UUID, label: str = "Praxis") -> str:
    """The path of a new link."""
    with cast.as_person(clara, fresh=True) as work:
        return "/pulls/" + make_pull_link(work, label).rpartition("/")[2]


def states(cast: Cast, clara: UUID) -> list[str]:
    with cast.as_person(clara) as work:
        return [one.state for one in own_pull_links(work)]


def test_looking_tells_of_it_and_uses_nothing_up(cast: Cast, clara: UUID, browser: Client):
    path = made(cast, clara)
    told = [browser.get(path) for _ in range(3)]
    assert {one.status_code for one in told} == {200}
    assert told[0].json()["from"] == "Bürgeramt Musterstadt"
    assert states(cast, clara) == ["noch nicht benutzt"]


def test_it_is_fetched_once(cast: Cast, clara: UUID, browser: Client):
    path = made(cast, clara)
    first, second = browser.post(path), browser.post(path)
    assert "data/subject.json" in zipfile.ZipFile(io.BytesIO(first.content)).namelist()
    assert (second.status_code, browser.get(path).status_code) == (410, 410)
    assert states(cast, clara)[0].startswith("benutzt am")


def test_after_three_days_it_is_over(cast: Cast, clara: UUID, browser: Client):
    path = made(cast, clara)
    with at(SUNDAY + LIFE + timedelta(seconds=1)):
        assert browser.post(path).status_code == 410
        assert states(cast, clara) == ["abgelaufen, wurde nicht benutzt"]


@pytest.mark.parametrize("secret", ["x", "a.b.c", "..", "a" * 2000])
def test_an_invented_one_opens_nothing(cast: Cast, browser: Client, secret: str):
    assert browser.get(f"/pulls/{secret}").status_code in (404, 410)
    assert browser.post(f"/pulls/{secret}").status_code in (404, 405, 410)


def test_a_changed_one_opens_nothing(cast: Cast, clara: UUID, browser: Client):
    path = made(cast, clara)
    changed = path[:-1] + ("a" if path[-1] != "a" else "b")
    assert browser.post(changed).status_code == 410


@pytest.mark.promise("P02")
def test_it_opens_nothing_at_another_tenant(cast: Cast, clara: UUID):
    secret = made(cast, clara).rpartition("/")[2]
    assert tenant_of(secret) == cast.town.id
    with cast.as_visitor(cast.salon) as work, pytest.raises(PullOver):
        pull(work, secret)


def test_packages_made_later_do_not_push_its_own_out(cast: Cast, clara: UUID, browser: Client):
    path = made(cast, clara)
    with cast.as_person(clara) as work:
        for _ in range(MOST_KEPT + 1):
            make_package(work)
    assert browser.post(path).status_code == 200


def test_it_pushes_out_no_package_that_lies_ready(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work:
        ready = {make_package(work).id for _ in range(MOST_KEPT)}
    made(cast, clara)
    with cast.as_person(clara) as work:
        assert ready <= {one.id for one in own_packages(work)}


def test_it_takes_a_fresh_proof(cast: Cast, clara: UUID):
    with cast.as_person(clara) as work, pytest.raises(NotFound):
        make_pull_link(work, "")


def test_a_label_has_its_length(cast: Cast, clara: UUID):
    with cast.as_person(clara, fresh=True) as work, pytest.raises(InvalidForm):
        make_pull_link(work, "x" * 201)


@pytest.mark.promise("P08")
def test_the_link_goes_when_its_time_is_over(cast: Cast, clara: UUID):
    made(cast, clara)
    with at(SUNDAY + LIFE + timedelta(days=2)):
        keep_periods_of(cast.town.id)
        assert states(cast, clara) == []
