"""The API as an app of its own, mounted at `/api/v1`: routes, the OpenAPI document, and a problem for every error."""

import functools
import json
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Scope

from smartcx_portal.endpoints.api import bookings, catalogue, docs_page, holds
from smartcx_portal.endpoints.api.problems import KINDS, WRONG, Mistake, plain_problem, problem
from smartcx_portal.endpoints.api.shapes import Problem
from smartcx_portal.endpoints.api.views import JSON, ROOT
from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.gate.bodies import BodyLimit
from smartcx_portal.gate.serving import preferred
from smartcx_portal.kit.errors import InvalidForm, NotFound
from smartcx_portal.kit.language import N_, translate
from smartcx_portal.tenancy import Permission

LARGEST = 64_000
"""Bytes of a body."""
WRONG_METHOD = 405
SAYS = {
    400: N_("The body could not be read. Send JSON."),
    404: N_("We could not find that."),
    405: N_("This address does not take this method; the header Allow names those that it takes."),
    413: N_("The body is too large. Send at most 64,000 bytes."),
    415: N_("Send the body as application/json."),
}
MISSING = N_("This is missing.")
UNKNOWN = N_("We do not know this name.")
UNFIT = N_("This does not fit. The documentation says what it should look like.")
OF_MISTAKES = {"missing": MISSING, "extra_forbidden": UNKNOWN}
ABOUT = (
    "Find a free time, hold it, book it, move it, cancel it. Everything goes through the same rules as the booking "
    "page. Secrets travel in headers only. Times are ISO 8601 with an offset."
)
documents = APIRouter()


@documents.get("/openapi.json", include_in_schema=False)
@open_route(Permission.PUBLIC)
async def openapi(request: Request) -> Response:
    """The OpenAPI 3.1 document."""
    return Response(_document_text(request.app), media_type=JSON)


@documents.get("/docs", include_in_schema=False)
@open_route(Permission.PUBLIC)
async def docs(request: Request) -> Response:
    """The documentation as a page."""
    return docs_page.page(document_of(request.app), preferred(request.headers.get("accept-language", "")))


ROUTERS: tuple[APIRouter, ...] = (documents, catalogue.router, holds.router, bookings.router)


def make_api() -> FastAPI:
    """The app; its own pages, which load scripts from a third host, are off."""
    api = FastAPI(
        title="Smart CX",
        version="1",
        description=ABOUT,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        servers=[{"url": ROOT}],
        root_path_in_servers=False,
        generate_unique_id_function=lambda route: route.name,
    )
    api.add_exception_handler(RequestValidationError, say_what_does_not_fit)
    api.add_exception_handler(HTTPException, say_plainly)
    api.add_middleware(BodyLimit, largest=LARGEST)
    for router in ROUTERS:
        api.include_router(router)
    return api


def document_of(api: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the shape of problems, which no route names as its own answer."""
    document = api.openapi()
    shape = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    document["components"]["schemas"] |= shape.pop("$defs", {}) | {"Problem": shape}
    return document


async def say_what_does_not_fit(request: Request, trouble: Exception) -> Response:
    """422 with place and meaning of each mistake, never the value that was sent; a path that fits nothing is 404."""
    found = trouble.errors() if isinstance(trouble, RequestValidationError) else []
    lang = preferred(request.headers.get("accept-language", ""))
    if any(one["loc"][0] == "path" for one in found):
        return problem(KINDS[NotFound], translate(lang, SAYS[404]), lang)
    if any(one["type"] == "json_invalid" for one in found):
        return plain_problem(400, lang, SAYS[400])
    return problem(KINDS[InvalidForm], translate(lang, WRONG), lang, [_mistake(one) for one in found])


async def say_plainly(request: Request, trouble: Exception) -> Response:
    """What the router and the body's reader refuse."""
    assert isinstance(trouble, HTTPException)
    lang = preferred(request.headers.get("accept-language", ""))
    says = SAYS.get(trouble.status_code, SAYS[400])
    headers = {"Allow": _allowed(request.scope)} if trouble.status_code == WRONG_METHOD else trouble.headers
    return plain_problem(trouble.status_code, lang, says, headers)


def _allowed(scope: Scope) -> str:
    """All methods of an address: each has a route of its own, and the router names those of one only."""
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    fitting = [one for one in routes if one.matches(scope)[0] is not Match.NONE]
    return ", ".join(sorted(method for one in fitting for method in one.methods))


@functools.cache
def _document_text(api: FastAPI) -> str:
    return json.dumps(document_of(api), ensure_ascii=False)


def _mistake(error: dict[str, Any]) -> Mistake:
    where, *path = error["loc"]
    says = OF_MISTAKES.get(error["type"], UNFIT)
    if where == "body":
        return Mistake(says, "#" + "".join(f"/{part}" for part in path))
    return Mistake(says, parameter=str(path[0]) if path else str(where))
