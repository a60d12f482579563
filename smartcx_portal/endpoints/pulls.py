"""Where another controller fetches the package that a person made a link for: GET tells of it, POST hands it out.

Programs that look into mails open links; so looking uses nothing up.
"""

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, JSONResponse

from smartcx_portal.endpoints.permitting import open_route
from smartcx_portal.gate.limits import limit
from smartcx_portal.gate.requests import caller_network
from smartcx_portal.gate.visiting import with_secret
from smartcx_portal.kit.errors import NotFound, TooMany
from smartcx_portal.privacy.pulling import PullOver, offered, pull, tenant_of
from smartcx_portal.tenancy.permissions import Permission

router = APIRouter()
PER_NETWORK = "60 per 10 minutes"
WAIT = "600"
"""Seconds."""
HOW = "Send POST to this address. It answers once, with a ZIP file; data/subject.json in it fits its schema."


@router.get("/pulls/{secret}", include_in_schema=False)
@open_route(Permission.PUBLIC)
def look(request: Request, secret: str) -> Response:
    """From whom, how large, until when, and how it is fetched; 410 for a used, old or wrong link."""
    try:
        limit("pull", caller_network(request), PER_NETWORK)
        with with_secret(tenant_of(secret)) as work:
            ready = offered(work, secret)
    except TooMany:
        return _wait()
    except (PullOver, NotFound):
        return _over()
    told = {"from": ready.sender, "size": ready.size, "sha256": ready.sha256, "until": ready.until, "how": HOW}
    return JSONResponse(told)


@router.post("/pulls/{secret}", include_in_schema=False)
@open_route(Permission.PUBLIC)
def fetch(request: Request, secret: str) -> Response:
    """The package, once."""
    try:
        limit("pull", caller_network(request), PER_NETWORK)
        with with_secret(tenant_of(secret)) as work:
            got = pull(work, secret)
    except TooMany:
        return _wait()
    except (PullOver, NotFound):
        return _over()
    return FileResponse(got.path, filename=got.name, media_type="application/zip")


def _over() -> Response:
    return JSONResponse({"error": PullOver.says}, status_code=410)


def _wait() -> Response:
    return Response(status_code=429, headers={"Retry-After": WAIT})
