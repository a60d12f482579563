"""Who calls an HTTP route, as far as limits need to know."""

from starlette.requests import Request

from smartcx_portal.gate.proving import network_of
from smartcx_portal.settings import settings


def caller_network(request: Request) -> str:
    """The keyed hash of the caller's network; behind trusted proxies of what the outermost of them saw."""
    hops = settings().trusted_proxy_hops
    forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    if hops and len(forwarded) >= hops:
        return network_of(forwarded[-hops])
    return network_of(request.client.host if request.client else "")
