"""Clara books through a program: the API's client, her entries, and how long a day's free times are."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from smartcx_portal.endpoints.outer import make_outer
from smartcx_portal.gate.bodies import BodyLimit
from smartcx_portal.gate.routes import SameOrigin
from smartcx_portal.kit.limits import forget_all
from tests.asgi import Client
from tests.bookings.journeys import MONDAY_8
from tests.cast import CLARA, Cast, House

KEY = "0123456789abcdef-clara"
NO_MESSAGE = {"person": {"name": CLARA["name"]}, "confirm_by": "none"}


class Caller:
    """A program at one tenant."""

    def __init__(self, house: House) -> None:
        self.client = Client(BodyLimit(SameOrigin(make_outer(), ["http://localhost:8000"])))
        self.root = f"/api/v1/tenants/{house.slug}"
        self.service = str(house.service)

    def ask(self, method: str, path: str = "", body: Any = None, **headers: str) -> httpx.Response:
        """One request; `Hold_Token="…"` becomes the header `Hold-Token`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, self.root + path, headers=named, **({"json": body} if body else {}))

    def wish(self, at: str = MONDAY_8.isoformat(), **more: Any) -> dict[str, Any]:
        """A time of the service."""
        return {"services": self.service, "starts_at": at, **more}

    def hold(self, at: str = MONDAY_8.isoformat(), **headers: str) -> httpx.Response:
        """Hold a time."""
        return self.ask("POST", "/holds", self.wish(at), **headers)

    def book(self, at: str = MONDAY_8.isoformat(), body: dict[str, Any] | None = None, **headers: str) -> Any:
        """Book a time at once."""
        return self.ask("POST", "/bookings", {"book": self.wish(at), **NO_MESSAGE, **(body or {})}, **headers)

    def consent(self, purpose: str, lang: str = "de") -> dict[str, str]:
        """The version of the words of one consent."""
        found = self.ask("GET", f"/services/{self.service}", Accept_Language=lang).json()["consents"]
        return {one["purpose"]: one["version"] for one in found if one["purpose"] == purpose}


@pytest.fixture
def api(cast: Cast) -> Iterator[Caller]:
    """A program that books at Bürgeramt Musterstadt."""
    forget_all()
    yield Caller(cast.town)
    forget_all()
