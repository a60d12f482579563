"""No request may carry more than a form needs, so that nobody fills the memory."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from smartcx_portal.gate.refusing import refused

LARGEST = 1_000_000
"""Bytes."""
FILES, LARGEST_FILE = "/imports/", 6_000_000
"""Where the staff send a file; the route itself says, in words, that one is too large."""


class BodyLimit:
    """ASGI wrapper: 413 for a body that says to be larger than `largest` bytes, or that turns out to be.

    Below `FILES` at least `LARGEST_FILE` are let through.
    """

    def __init__(self, app: ASGIApp, largest: int = LARGEST) -> None:
        self.app = app
        self.largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        largest = max(self.largest, LARGEST_FILE) if scope["path"].startswith(FILES) else self.largest
        said = Headers(scope=scope).get("content-length", "0")
        if not said.isdecimal() or int(said) > largest:
            await refused(scope, 413, "Too large")(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > largest:
                raise HTTPException(413)  # answered by the Starlette app that is reading
            return message

        await self.app(scope, counted, send)
