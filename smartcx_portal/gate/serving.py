"""Which built file answers which address: languages at the root, tenant pages, and pages that do not exist."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from smartcx_portal.gate.refusing import MACHINES
from smartcx_portal.kit.language import LANGUAGES, known

ANY = "_"
"""The path part under which a page is built once for all values."""
PAGE = "smartcx.page"
"""Key in the ASGI scope: the built file, relative to the folder, that answers; read by `headers`."""
MISSING = "404.html"

TenantExists = Callable[[str], bool]


@dataclass(frozen=True)
class Built:
    """The pages on disk: `static` paths without slashes at their ends, and patterns for those of all tenants."""

    static: frozenset[str]
    patterns: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, folder: Path) -> "Built":
        found = {file.parent.relative_to(folder).as_posix() for file in folder.rglob("index.html")}
        dynamic = {page for page in found if ANY in page.split("/")}
        return cls(frozenset(found - dynamic - {"."}), tuple(sorted(tuple(p.split("/")) for p in dynamic)))

    def find(self, path: str) -> tuple[str, str]:
        """The built page for a path and the tenant's slug in it, both empty when there is none."""
        wanted = path.strip("/")
        if wanted in self.static:
            return wanted, ""
        parts = tuple(wanted.split("/"))
        for pattern in self.patterns:
            if len(pattern) == len(parts) and all(p in (ANY, part) for p, part in zip(pattern, parts, strict=True)):
                slug = parts[2] if pattern[1:3] == ("t", ANY) else ""
                return "/".join(pattern), slug
        return "", ""


class Pages:
    """ASGI wrapper around the whole app: rewrites paths to built files, answers the root and unknown tenants itself.

    A form that was sent before the page worked comes by POST and leads back to the page; what it holds is not read.

    `tenant_exists` is asked in a thread, once per page load.
    """

    def __init__(self, app: ASGIApp, folder: Path, tenant_exists: TenantExists | None = None) -> None:
        self.app = app
        self.built = Built.of(folder)
        self.tenant_exists = tenant_exists
        missing = folder / MISSING
        self.missing = missing.read_text() if missing.exists() else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and self.built.find(scope["path"])[0]:
            here = f"/{scope['path'].strip('/')}"  # two slashes at the beginning would name a host
            await RedirectResponse(here, status_code=303)(scope, receive, send)
            return
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        target = redirect(path, Headers(scope=scope).get("accept-language", ""))
        if target:
            response = RedirectResponse(target, status_code=307, headers={"Vary": "Accept-Language"})
            await response(scope, receive, send)
            return
        page, slug = self.built.find(path)
        if path.startswith(MACHINES):
            await self.app(scope, receive, send)
            return
        if "//" in path or (slug and not await self._exists(slug)):
            await HTMLResponse(self.missing, status_code=404)(scope, receive, send)
            return
        if page:
            scope["path"] = f"/{page}/index.html"
            scope["raw_path"] = scope["path"].encode()
            scope[PAGE] = f"{page}/index.html"
        await self.app(scope, receive, send)

    async def _exists(self, slug: str) -> bool:
        if slug == ANY:
            return False
        return self.tenant_exists is None or await asyncio.to_thread(self.tenant_exists, slug)


def redirect(path: str, accept_language: str) -> str:
    """Where an address without a language (or without its slash) leads: a path only, so never to another host."""
    if path == "/":
        return f"/{preferred(accept_language)}/"
    return f"{path}/" if path.lstrip("/") in LANGUAGES and path.count("/") == 1 else ""


def preferred(accept_language: str) -> str:
    """The language we speak that the reader likes best, German when none fits (RFC 9110, 12.5.4)."""
    wishes = []
    for position, wish in enumerate(accept_language.split(",")):
        tag, _, weight = wish.strip().partition(";")
        quality = _quality(weight)
        if quality > 0 and tag[:2].lower() in LANGUAGES:
            wishes.append((-quality, position, tag[:2].lower()))
    return min(wishes)[2] if wishes else known("")


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
