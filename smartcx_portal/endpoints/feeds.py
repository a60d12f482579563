"""Calendar feeds: fetched by calendar programs every few minutes, by a secret in the address."""

import hashlib

from fastapi import APIRouter, Request, Response

from smartcx_portal.bookings.feeds import open_feed, tenant_in
from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.gate.limits import limit
from smartcx_portal.gate.requests import caller_network
from smartcx_portal.gate.visiting import with_secret
from smartcx_portal.kit.errors import NotFound, TooMany
from smartcx_portal.kit.tokens import digest
from smartcx_portal.tenancy.permissions import Permission

router = APIRouter()
PER_FEED = "30 per 10 minutes"
PER_NETWORK = "300 per 10 minutes"
"""Behind one address may be a whole office's calendars, or a provider's for many offices."""
WAIT = "600"
"""Seconds."""


@router.api_route("/feeds/{secret}.ics", methods=["GET", "HEAD"], include_in_schema=False)
@open_route(Permission.PUBLIC)
def feed(request: Request, secret: str) -> Response:
    """The file; 304 when it is the one the caller has; 404 for void, foreign and invented secrets alike."""
    try:
        limit("feed-network", caller_network(request), PER_NETWORK)
        limit("feed", digest("feed", secret), PER_FEED)
        with with_secret(tenant_in(secret)) as work:
            file = open_feed(work, secret)
    except TooMany:
        return Response(status_code=429, headers={"Retry-After": WAIT})
    except NotFound:
        return Response(status_code=404)
    tag = f'"{hashlib.sha256(file).hexdigest()[:32]}"'
    if tag in _known(request):
        return Response(status_code=304, headers={"ETag": tag})
    headers = {"ETag": tag, "Content-Disposition": 'inline; filename="termine.ics"'}
    return Response(file, media_type="text/calendar; charset=utf-8", headers=headers)


def _known(request: Request) -> list[str]:
    """The tags that the caller has (RFC 9110, 13.1.2)."""
    return [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
