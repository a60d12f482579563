"""What every request of the API shares: language, network, limits, one transaction in a thread, problems as answers."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Depends, Header, HTTPException, Path, Request, Response
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from smartcx_portal.endpoints.api.problems import Place, in_body, plain_problem, problem_of
from smartcx_portal.gate.requests import caller_network
from smartcx_portal.gate.serving import preferred
from smartcx_portal.gate.visiting import visiting
from smartcx_portal.kit.errors import NotFound, ProductError, TooMany
from smartcx_portal.kit.language import N_
from smartcx_portal.kit.limits import Count, count
from smartcx_portal.kit.logs import get_log
from smartcx_portal.kit.tokens import digest
from smartcx_portal.models.tenant import Tenant
from smartcx_portal.tenancy import Work

log = get_log(__name__)
READING, WRITING = "600 per minute", "120 per minute"
"""Requests of one network at one tenant."""
BUSY = N_("The service is busy at the moment. Please try again shortly.")
BROKEN = N_("Something went wrong on our side. It has been noted.")
HOLD_TOKEN, BOOKING_SECRET = "Hold-Token", "Booking-Secret"


@dataclass(frozen=True, slots=True)
class Call:
    """Who asks, in which language, for which tenant; `token` is the caller's own, empty when none was sent."""

    slug: str
    lang: str
    network: str
    token: str = ""
    secret: str = ""
    place: Place = in_body
    """Where the fields of a form stand in this request."""

    @property
    def tab(self) -> str:
        """What the hold of this caller hangs on, as a page's hangs on its tab."""
        return digest("api-hold", self.slug, self.token) if self.token else ""

    def but(self, **changes: Any) -> "Call":
        """The same call with these changes."""
        return replace(self, **changes)


Act = Callable[[Work], Response]
Respond = Callable[[], Response]


SlugPath = Annotated[str, Path(pattern="^[a-z0-9-]{1,60}$", description="The tenant's name in addresses.")]
TokenHeader = Annotated[
    str,
    Header(alias=HOLD_TOKEN, max_length=100, description="What a hold or a booking gave you in its answer."),
]
SecretHeader = Annotated[
    str,
    Header(alias=BOOKING_SECRET, max_length=200, description="What a booking gave you once it was certain."),
]


async def visitor(request: Request, slug: SlugPath) -> Call:
    """Somebody who shows nothing. Raises 415 for a body that is no JSON."""
    if request.method in ("POST", "PATCH") and not _is_json(request):
        raise HTTPException(415)
    lang = preferred(request.headers.get("accept-language", ""))
    return Call(slug, lang, caller_network(request))


Visitor = Annotated[Call, Depends(visitor)]


async def holder(call: Visitor, hold_token: TokenHeader = "") -> Call:
    """Somebody who may hold something."""
    return call.but(token=hold_token)


Holder = Annotated[Call, Depends(holder)]


async def booker(call: Holder, booking_secret: SecretHeader = "") -> Call:
    """Somebody who may have booked something."""
    return call.but(secret=booking_secret)


Booker = Annotated[Call, Depends(booker)]


async def read(call: Call, act: Act) -> Response:
    """Answer a reading request: `act` runs in a thread, in one transaction."""
    return await asyncio.to_thread(counted, call, READING, lambda: performed(call, act))


async def write(call: Call, act: Act) -> Response:
    """Answer a changing request, with a narrower limit."""
    return await asyncio.to_thread(counted, call, WRITING, lambda: performed(call, act))


def counted(call: Call, rule: str, respond: Respond) -> Response:
    """Count the request and answer it; headers say where the limit stands."""
    standing = count("api", f"{rule}:{call.slug}:{call.network}", rule)
    response = _too_many(call, standing) if standing.over else respond()
    response.headers.update(_said(standing))
    response.headers.setdefault("Content-Language", call.lang)
    return response


def performed(call: Call, act: Act) -> Response:
    """What `act` answers, in one transaction; a refusal undoes all that it did."""

    def respond() -> Response:
        with visiting(call.slug, call.lang, call.network, call.tab) as work:
            require_offered(work)
            return act(work)

    return guarded(call, respond)


def guarded(call: Call, respond: Respond) -> Response:
    """The answer, or the problem that kept it from coming."""
    try:
        return respond()
    except ProductError as refusal:
        return problem_of(refusal, call.lang, call.place)
    except (OperationalError, PoolTimeout) as trouble:
        log.error("api.busy", problem=trouble)
        return plain_problem(503, call.lang, BUSY, {"Retry-After": "5"})
    except Exception as trouble:
        log.error("api.failed", problem=trouble)
        return plain_problem(500, call.lang, BROKEN)


def require_offered(work: Work) -> None:
    """Raises `NotFound` for a tenant that does not want to be booked this way."""
    if not work.get(Tenant, work.tenant).api:
        raise NotFound


def _too_many(call: Call, standing: Count) -> Response:
    response = problem_of(TooMany(), call.lang)
    response.headers["Retry-After"] = str(standing.begins_anew)
    return response


def _said(standing: Count) -> dict[str, str]:
    return {
        "RateLimit-Limit": str(standing.most),
        "RateLimit-Remaining": str(standing.left),
        "RateLimit-Reset": str(standing.begins_anew),
        "RateLimit-Policy": f"{standing.most};w={standing.window}",
    }


def _is_json(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or (not kind and request.headers.get("content-length", "0") == "0")
