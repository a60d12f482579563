"""Who calls an HTTP route, as far as limits need to know."""

from starlette.requests import Request

from smartcx_portal.gate.proving import network_of
from smartcx_portal.settings import settings


def caller_network(request: Request) -> str:
    """The keyed hash of the caller's network; behind trusted proxies of what the outermost of them saw.

    A proxy may add a line of its own below the one that the caller sent: all lines count as one list (RFC 9110, 5.3).
    """
    hops = settings().trusted_proxy_hops
    lines = ",".join(request.headers.getlist("x-forwarded-for"))
    forwarded = [part.strip() for part in lines.split(",") if part.strip()]
    if hops and len(forwarded) >= hops:
        return network_of(forwarded[-hops])
    return network_of(request.client.host if request.client else "")
