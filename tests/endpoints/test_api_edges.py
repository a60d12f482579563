"""The API's edges: every error is a problem document, limits show, nothing foreign passes."""

import json
from datetime import timedelta

import pytest

from smartcx_portal.bookings.replies import forget_replies
from smartcx_portal.endpoints.api.app import ROUTERS, document_of, make_api
from smartcx_portal.endpoints.api.problems import all_kinds
from smartcx_portal.endpoints.permitting import permissions_of
from smartcx_portal.models.booking import ApiReply
from smartcx_portal.tenancy import Permission
from tests.cast import Cast
from tests.conftest import SUNDAY, at
from tests.endpoints.api_calls import KEY, Caller

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/services/no-id", 404),
        ("PUT", "/holds", 405),
        ("GET", "/availability", 422),
        ("POST", "/holds", 422),
    ],
)
def test_every_error_is_a_problem(api: Caller, method: str, path: str, status: int) -> None:
    answer = api.ask(method, path, Accept_Language="en")
    said = answer.json()
    assert (answer.status_code, answer.headers["content-type"], said["status"]) == (status, PROBLEM, status)
    assert answer.headers["content-language"] == "en"
    assert {"type", "title", "detail"} <= said.keys()


def test_unknown_tenants_and_strange_names_are_not_found(api: Caller) -> None:
    for slug in ("nobody", "Nobody", "_", "%00", "a" * 61):
        answer = api.client.get(f"/api/v1/tenants/{slug}")
        assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM)


def test_the_detail_is_in_the_callers_language(api: Caller) -> None:
    assert api.ask("GET", "/nowhere", Accept_Language="en").json()["detail"] == "We could not find that."
    assert api.ask("GET", "/nowhere", Accept_Language="de").json()["detail"] == "Das haben wir nicht gefunden."


def test_405_says_what_is_allowed(api: Caller) -> None:
    assert api.ask("PUT", "/holds").headers["allow"] == "POST"


def test_a_body_that_is_no_json_is_refused(api: Caller) -> None:
    root, form = f"{api.root}/bookings", {"Content-Type": "application/x-www-form-urlencoded"}
    assert api.client.post(root, content=b"a=b", headers=form).status_code == 415
    assert api.client.post(root, content=b"{", headers={"Content-Type": "application/json"}).status_code == 400


@pytest.mark.parametrize("size", [70_000, 1_100_000])
def test_a_large_body_is_refused(api: Caller, size: int) -> None:
    headers = {"Content-Type": "application/json"}
    answer = api.client.post(f"{api.root}/bookings", content=b" " * size, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)


def test_another_websites_page_changes_nothing(api: Caller) -> None:
    answer = api.hold(Origin="https://evil.example")
    assert (answer.status_code, answer.headers["content-type"]) == (403, PROBLEM)


def test_no_website_may_read_answers(api: Caller) -> None:
    assert "access-control-allow-origin" not in api.ask("GET", Origin="https://evil.example").headers


def test_answers_say_where_the_limit_stands(api: Caller) -> None:
    first, second = api.ask("GET"), api.ask("GET")
    assert (first.headers["ratelimit-limit"], first.headers["ratelimit-remaining"]) == ("600", "599")
    assert second.headers["ratelimit-remaining"] == "598"
    assert 0 < int(second.headers["ratelimit-reset"]) <= 60


def test_beyond_the_limit_nothing_is_done(api: Caller, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartcx_portal.endpoints.api.idempotency.WRITING", "1 per minute")
    assert api.hold().status_code == 201
    answer = api.hold()
    assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (429, "too-many")
    assert int(answer.headers["retry-after"]) > 0


def test_a_fault_of_ours_is_a_problem_without_details(api: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Clara")

    monkeypatch.setattr("smartcx_portal.endpoints.api.catalogue.services", broken)
    answer = api.ask("GET", "/services")
    assert (answer.status_code, answer.headers["content-type"]) == (500, PROBLEM)
    assert "Clara" not in answer.text


def test_every_route_names_its_permission() -> None:
    found = permissions_of(ROUTERS)
    assert set(found.values()) == {Permission.PUBLIC}
    assert len(found) == 15


def test_the_document_is_openapi_3_1_and_served_by_us(api: Caller) -> None:
    said = api.client.get("/api/v1/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert said["servers"] == [{"url": "/api/v1"}]
    assert "http" not in json.dumps({"paths": said["paths"], "components": said["components"]})


def test_every_route_documents_its_problems() -> None:
    for path, methods in document_of(make_api())["paths"].items():
        for method, facts in methods.items():
            assert {"404", "429"} <= facts["responses"].keys(), (method, path)
            assert PROBLEM in facts["responses"]["404"]["content"]


def test_the_page_explains_every_problem_without_a_script(api: Caller) -> None:
    page = api.client.get("/api/v1/docs", headers={"Accept-Language": "de"}).text
    assert [kind.name for kind in all_kinds() if f'id="{kind.name}"' not in page] == []
    assert "<script" not in page
    assert "Programmierschnittstelle" in page


@pytest.fixture
def stored(api: Caller) -> None:
    """A reply that is kept."""
    api.book(Idempotency_Key=KEY)


@pytest.mark.usefixtures("stored")
def test_replies_are_forgotten_after_a_day(cast: Cast) -> None:
    for hours, left in ((23, 1), (24, 0)):
        with at(SUNDAY + timedelta(hours=hours)), cast.as_job() as work:
            forget_replies(work)
            assert work.count(work.select(ApiReply)) == left
