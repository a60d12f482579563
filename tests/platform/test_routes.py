"""HTTP routes: each names its permission, none accepts a flood, none repeats what was sent."""

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from smartcx_portal.endpoints.outer import ROUTERS, make_outer, say_what_does_not_fit
from smartcx_portal.endpoints.permitting import open_route, permissions_of
from smartcx_portal.gate.bodies import BodyLimit
from smartcx_portal.kit import engine as engines
from smartcx_portal.kit.engine import make_single_use_engine
from smartcx_portal.tenancy.permissions import Permission
from tests.asgi import Client
from tests.registry import routes


def test_every_route_names_its_permission() -> None:
    found = permissions_of(ROUTERS)
    assert found["GET /_health"] is Permission.PUBLIC
    assert len(make_outer().routes) == len(ROUTERS) + 1
    assert all(route.permission for route in routes())
    assert "/tenants/{slug}/bookings" in [route.name for route in routes()]


def test_a_route_without_one_is_refused() -> None:
    router = APIRouter()
    router.get("/forgotten")(lambda: None)
    with pytest.raises(LookupError, match="GET /forgotten names no permission"):
        permissions_of([router])


def test_no_route_can_name_what_no_machine_has() -> None:
    with pytest.raises(ValueError, match="machines have no accounts"):
        open_route(Permission.OPERATE)


def test_health_tells_whether_the_database_answers(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(make_outer())
    assert (client.get("/_health").status_code, client.get("/_health").json()) == (200, {"database": True})
    nowhere = make_single_use_engine("postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setattr(engines, "app_engine", lambda: nowhere)
    assert (client.get("/_health").status_code, client.get("/_health").json()) == (503, {"database": False})


def test_a_refused_value_is_not_repeated() -> None:
    app = FastAPI()
    app.add_exception_handler(RequestValidationError, say_what_does_not_fit)
    app.get("/day/{number}")(_day)
    answer = Client(app).get("/day/Clara")
    assert answer.status_code == 422
    assert answer.json() == {"errors": [{"loc": ["path", "number"], "type": "int_parsing"}]}


def _day(number: int) -> int:
    return number


def test_a_body_beyond_the_limit_is_refused() -> None:
    async def echo(request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))

    client = Client(BodyLimit(Starlette(routes=[Route("/", echo, methods=["POST"])]), largest=10))

    async def unannounced():
        for _ in range(3):
            yield b"12345"

    assert client.post("/", content=b"1234567890").text == "10"
    assert client.post("/", content=b"12345678901").status_code == 413
    assert client.post("/", content=unannounced()).status_code == 413
