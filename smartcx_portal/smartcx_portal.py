"""The front door: the app, its pages and what wraps them."""

import asyncio
import importlib
import importlib.util
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import reflex as rx

from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.gate import install
from smartcx_portal.gate.bodies import BodyLimit
from smartcx_portal.gate.headers import Headers
from smartcx_portal.gate.routes import SameOrigin
from smartcx_portal.gate.serving import Pages
from smartcx_portal.kit.logs import guard_handlers, set_up_logs
from smartcx_portal.kit.memory import keep_for_good
from smartcx_portal.kit.toolchain import pages_folder
from smartcx_portal.missing_page import missing_page
from smartcx_portal.page_language import LANG
from smartcx_portal.settings import settings
from smartcx_portal.tenancy.finding import sites_of, tenant_exists
from smartcx_portal.ui.styles import Styles

SURFACES = ("booking_page", "portal", "dashboard", "backoffice")


def add_surfaces(app: rx.App) -> None:
    """Each surface registers its own pages: `add_pages(app)` in its module `pages`."""
    for surface in SURFACES:
        name = f"smartcx_portal.{surface}.pages"
        if importlib.util.find_spec(name):
            importlib.import_module(name).add_pages(app)


async def prepare_process() -> None:
    """In each web process: as many threads for use cases as connections, and no library logs past the filter."""
    threads = ThreadPoolExecutor(settings().database_pool, thread_name_prefix="use-case")
    asyncio.get_running_loop().set_default_executor(threads)
    guard_handlers()
    keep_for_good()


def make_app() -> rx.App:
    """The whole app: pages, HTTP routes, headers."""
    attributes: dict[str, Any] = {"lang": LANG}
    made = rx.App(
        html_custom_attrs=attributes,
        toaster=None,
        reset_style=False,
        extra_app_wraps={(50, "Styles"): lambda stateful: Styles.create()},
        api_transformer=[
            make_outer(),
            lambda inner: Pages(inner, pages_folder(), tenant_exists),
            BodyLimit,
            lambda inner: SameOrigin(inner, settings().origins),
            lambda inner: Headers(inner, pages_folder(), settings().base_url, settings().origins, sites_of),
        ],
    )
    made.app_wraps[(5, "Overlay")] = lambda stateful: None  # each page has a banner of its own
    made.add_page(missing_page, route="404", title="Seite nicht gefunden · Page not found – Smart CX")
    add_surfaces(made)
    made.register_lifespan_task(prepare_process)
    install(made)
    return made


set_up_logs()
app = make_app()
