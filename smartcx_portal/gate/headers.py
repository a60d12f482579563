"""Security and cache headers on every answer; a content security policy that names each page's own scripts."""

import asyncio
import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from smartcx_portal.gate.serving import MISSING, PAGE

INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
UNCACHED = ("/api/", "/callbacks/", "/downloads/", "/feeds/", "/imports/", "/pulls/", "/dev/", "/_health", "/ping")
"""Answers that may be personal, or must be fresh: never kept anywhere."""
LONG_LIVED = "/assets/"
"""Files whose names change with their contents."""
TENANT_SHEET = "/colours.css"
NO_DOCUMENT = "default-src 'none'; frame-ancestors 'none'"
"""For built scripts, sheets and fonts: nobody opens them as a page, and the short rule weighs less a dozen times."""
POWERS = (
    "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
    "microphone", "midi", "payment", "usb",
)  # fmt: skip
TWO_YEARS = 63_072_000

FRAMED = re.compile(r"(?:de|en)/t/_/widget(?:/[a-z-]+)?/index\.html")
"""The built pages that stand within other websites."""

Sites = Callable[[str], Iterable[str]]
"""By a tenant's slug: the origins of the websites that may show its booking. Asks the database."""


def no_sites(slug: str) -> Iterable[str]:
    """No website may show a page of ours within its own."""
    return ()


class Headers:
    """ASGI wrapper, the outermost one. `base_url` and `origins` are the public addresses of this installation.

    `sites` tells which websites may show a tenant's booking; it is asked for the pages made for that, and in a thread.
    """

    def __init__(
        self,
        app: ASGIApp,
        folder: Path,
        base_url: str,
        origins: Iterable[str],
        sites: Sites = no_sites,
    ) -> None:
        self.app = app
        self.https = urlsplit(base_url).scheme == "https"
        self.sockets = [origin.replace("http", "ws", 1) for origin in origins]
        self.scripts = {
            file.relative_to(folder).as_posix(): script_hashes(file.read_text()) for file in folder.rglob("*.html")
        }
        self.sites = sites

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                page = scope.get(PAGE, MISSING)
                framers = await self._framers(path) if FRAMED.fullmatch(page) else []
                self._add(MutableHeaders(scope=message), path, page, message["status"], framers)
            await send(message)

        await self.app(scope, receive, with_headers)

    async def _framers(self, path: str) -> list[str]:
        """The websites that may show this page of a tenant, whose slug is the third word of the path."""
        return list(await asyncio.to_thread(self.sites, path.strip("/").split("/")[2]))

    def _add(self, headers: MutableHeaders, path: str, page: str, status: int, framers: list[str]) -> None:
        built = path.startswith(LONG_LIVED)
        bare = built or path.endswith(TENANT_SHEET)
        headers["Content-Security-Policy"] = NO_DOCUMENT if bare else self.policy(page, framers)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = ", ".join(f"{power}=()" for power in POWERS)
        headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if framers else "same-origin")
        if not framers:
            headers["X-Frame-Options"] = "DENY"
        if self.https:
            headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}; includeSubDomains"
            headers["Cross-Origin-Opener-Policy"] = "same-origin"
        self._add_cache_rule(headers, path, status)

    def _add_cache_rule(self, headers: MutableHeaders, path: str, status: int) -> None:
        if path.startswith(UNCACHED):
            headers["Cache-Control"] = "no-store"
        elif path.startswith(LONG_LIVED) and status in (200, 304):
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            headers.setdefault("Cache-Control", "no-cache")

    def policy(self, page: str, framers: Iterable[str] = ()) -> str:
        """The content security policy for one built page."""
        rules = {
            "default-src": ["'self'"],
            "script-src": ["'self'", *self.scripts.get(page, [])],
            "style-src": ["'self'"],
            "img-src": ["'self'", "data:"],
            "connect-src": ["'self'", *self.sockets],
            "object-src": ["'none'"],
            "base-uri": ["'none'"],
            "form-action": ["'self'"],
            "frame-src": ["'none'"],
            "frame-ancestors": list(framers) or ["'none'"],
        }
        parts = [f"{name} {' '.join(values)}" for name, values in rules.items()]
        if self.https:
            parts.append("upgrade-insecure-requests")
        return "; ".join(parts)


def script_hashes(html: str) -> list[str]:
    """The inline scripts of a page, as sources that a policy can name (CSP Level 3, 2.3.1)."""
    digests = (hashlib.sha256(script.encode()).digest() for script in INLINE_SCRIPT.findall(html) if script)
    return list(dict.fromkeys(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests))
