"""Front door of a process that answers the public HTTP API and nothing else: `smartcx api`.

It keeps no state of a tab, so as many as there are cores may run beside the web process, which answers the API too.
"""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.types import ASGIApp

from smartcx_portal.endpoints import health
from smartcx_portal.endpoints.api.app import make_api
from smartcx_portal.endpoints.api.views import ROOT
from smartcx_portal.endpoints.outer import all_below
from smartcx_portal.gate.headers import Headers
from smartcx_portal.gate.routes import SameOrigin
from smartcx_portal.kit.logs import guard_handlers, set_up_logs
from smartcx_portal.kit.memory import keep_for_good
from smartcx_portal.kit.toolchain import pages_folder
from smartcx_portal.settings import settings


@asynccontextmanager
async def prepared(app: FastAPI) -> AsyncIterator[None]:
    """As many threads for use cases as connections; no library logs past the filter."""
    asyncio.get_running_loop().set_default_executor(
        ThreadPoolExecutor(settings().database_pool, thread_name_prefix="use-case")
    )
    guard_handlers()
    keep_for_good()
    yield


async def ping() -> str:
    """That the process is up, as the web process says it."""
    return "pong"


def make_app() -> ASGIApp:
    """The API below its path, with the headers and the refusals that it has in the web process."""
    made = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=prepared)
    made.include_router(health.router)
    made.add_api_route("/ping", ping)
    made.routes.append(all_below(ROOT, make_api()))
    guarded = SameOrigin(made, settings().origins)
    return Headers(guarded, pages_folder(), settings().base_url, settings().origins)


set_up_logs()
app = make_app()
