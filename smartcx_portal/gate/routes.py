"""HTTP routes: what a browser sends from another website's page changes nothing here."""

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from smartcx_portal.gate.refusing import refused

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class SameOrigin:
    """ASGI wrapper: refuses changing requests whose `Origin` is foreign. Machines send none and pass."""

    def __init__(self, app: ASGIApp, origins: Iterable[str]) -> None:
        self.app = app
        self.origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in READING and self._foreign(Headers(scope=scope)):
            await refused(scope, 403, "Forbidden")(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _foreign(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
        return origin not in self.origins
