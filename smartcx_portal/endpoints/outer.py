"""The HTTP routes beside the pages. A route that names no permission keeps the app from starting."""

import re

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.routing import Mount

from smartcx_portal.endpoints import (
    appointment_file,
    colours,
    contact,
    downloads,
    exports,
    feeds,
    health,
    imports,
    keys,
    mailbox,
    notice_file,
    one_click,
    papers,
    pulls,
    widget_script,
)
from smartcx_portal.endpoints.api.app import ROUTERS as OF_API
from smartcx_portal.endpoints.api.app import make_api
from smartcx_portal.endpoints.api.views import ROOT
from smartcx_portal.endpoints.permitting import permissions_of

ROUTERS: tuple[APIRouter, ...] = (
    health.router,
    keys.router,
    appointment_file.router,
    downloads.router,
    notice_file.router,
    exports.router,
    papers.router,
    pulls.router,
    one_click.router,
    imports.router,
    feeds.router,
    colours.router,
    widget_script.router,
    contact.router,
    mailbox.router,
)
"""Every router of this surface, in the order in which they are asked."""


def make_outer() -> FastAPI:
    """The FastAPI app that goes before the pages; its own documentation page, which loads from a third host, is off."""
    permissions_of([*ROUTERS, *OF_API])
    outer = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    outer.add_exception_handler(RequestValidationError, say_what_does_not_fit)
    for router in ROUTERS:
        outer.include_router(router)
    outer.routes.append(all_below(ROOT, make_api()))
    return outer


def all_below(path: str, app: FastAPI) -> Mount:
    """Mount `app`, also for addresses that have a line break in them: these are its own to refuse."""
    mount = Mount(path, app)
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


def say_what_does_not_fit(request: Request, problem: Exception) -> JSONResponse:
    """422 with place and kind of each mistake, never the value that was sent."""
    errors = problem.errors() if isinstance(problem, RequestValidationError) else []
    return JSONResponse({"errors": [{"loc": list(e["loc"]), "type": e["type"]} for e in errors]}, status_code=422)
