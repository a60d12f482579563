"""A file goes in by a ticket that lives ten minutes; without one nothing of it is read (D3, P13)."""

import functools
from datetime import timedelta

import pytest
from httpx import Response

from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.gate.bodies import BodyLimit
from smartcx_portal.kit.errors import NotPermitted
from smartcx_portal.kit.limits import forget_all
from smartcx_portal.models.privacy import ReceivedData
from smartcx_portal.models.staff import Role
from smartcx_portal.privacy.bringing import RATE, BringingOver, bringing_path
from smartcx_portal.privacy.brought import EMPTY, LARGEST
from smartcx_portal.privacy.papers import paper_path, paper_token
from smartcx_portal.privacy.record_papers import AS_PDF
from smartcx_portal.privacy.subject import as_json, subject_document
from tests.asgi import Client
from tests.cast import Cast
from tests.conftest import SUNDAY, at
from tests.privacy.scenes import clara_books, open_house

pytestmark = pytest.mark.promise("P13")


@pytest.fixture
def file(cast: Cast) -> bytes:
    """What Clara brings from the town to the salon."""
    forget_all()
    open_house(cast)
    clara = clara_books(cast)
    with cast.as_person(clara) as work:
        return as_json(subject_document(work, clara))


@functools.cache
def client() -> Client:
    return Client(BodyLimit(make_outer()))


def doras(cast: Cast, role: Role = Role.OWNER) -> str:
    """The address that Dora's page has for a file."""
    with cast.as_staff(cast.dora, cast.salon, role) as work:
        return bringing_path(work)


def send(path: str, content: bytes, lang: str = "en") -> Response:
    return client().post(path, content=content, headers={"Accept-Language": lang})


def stored(cast: Cast) -> list[str]:
    with cast.as_job(cast.salon) as work:
        return [str(one) for one in work.all(work.select(ReceivedData.id))]


def test_a_file_waits_where_its_ticket_comes_from(cast: Cast, file: bytes):
    answer = send(doras(cast), file)
    assert (answer.status_code, [answer.json()["id"]]) == (200, stored(cast))


def test_what_does_not_fit_is_said_in_the_language_of_the_page(cast: Cast, file: bytes):
    answer = send(doras(cast), b"")
    assert (answer.status_code, answer.json()) == (200, {"problems": ["Die Datei ist leer."]})
    assert EMPTY not in answer.text
    assert stored(cast) == []


@pytest.mark.parametrize("token", ["x", "a.b", "%00", "Z" * 3_000])
def test_an_invented_ticket_takes_nothing(cast: Cast, file: bytes, token: str):
    answer = send(f"/imports/{token}", file)
    assert (answer.status_code, answer.json()) == (410, {"problems": [BringingOver.says]})


def test_after_ten_minutes_it_is_over(cast: Cast, file: bytes):
    path = doras(cast)
    with at(SUNDAY + timedelta(minutes=11)):
        answer = send(path, file, "de")
    assert answer.json() == {"problems": [BringingOver().text("de")]}
    assert stored(cast) == []


def test_a_link_to_a_file_is_no_ticket_for_one_and_the_other_way_round(cast: Cast, file: bytes):
    with cast.as_staff(cast.dora, cast.salon, Role.OWNER) as work:
        token = paper_token(work, AS_PDF)
    assert send(f"/imports/{token}", file).status_code == 410
    ticket = doras(cast).rpartition("/")[2]
    assert client().get(paper_path(ticket)).status_code == 410


def test_only_owners_get_a_ticket(cast: Cast, file: bytes):
    with pytest.raises(NotPermitted):
        doras(cast, Role.STAFF)


def test_nobody_fetches_there(cast: Cast, file: bytes):
    assert client().get(doras(cast)).status_code == 405


def test_a_file_that_is_too_large_is_said_to_be_so(cast: Cast, file: bytes):
    answer = send(doras(cast), b" " * (LARGEST + 1), "de")
    assert (answer.status_code, answer.json()) == (413, {"problems": ["Die Datei ist größer als 5 MB."]})


def test_a_far_larger_one_is_not_read_at_all(cast: Cast, file: bytes):
    assert send(doras(cast), b" " * 7_000_000).status_code == 413
    assert stored(cast) == []


def test_a_flood_of_files_is_stopped(cast: Cast, file: bytes):
    path = doras(cast)
    answers = [send(path, b"") for _ in range(int(RATE.split()[0]) + 1)]
    assert [one.status_code for one in answers[-2:]] == [200, 429]
