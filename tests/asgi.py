"""Ask an ASGI app without a socket."""

import asyncio

import httpx
from starlette.types import ASGIApp


class Client:
    """A reader at `base_url` who follows no redirects."""

    def __init__(self, app: ASGIApp, base_url: str = "http://localhost:8000") -> None:
        self.app = app
        self.base_url = base_url

    def request(self, method: str, path: str, **options: object) -> httpx.Response:
        """The app's answer; its exceptions come through."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport) as client:
                return await client.request(method, self.base_url + path, **options)

        return asyncio.run(ask())

    def get(self, path: str, **options: object) -> httpx.Response:
        """GET."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: object) -> httpx.Response:
        """POST."""
        return self.request("POST", path, **options)
